"""How many times a page asks the database: the number does not grow with what it shows."""

from core.db import db, transaction
from roadmap.models import Measure
from roadmap.services.answers import return_answer
from roadmap.services.due import due_rules
from roadmap.services.measures import Executor, MeasureFacts, place, tell_added
from tests import factories
from tests.roadmap.scene import counted_queries, put_into


def fill(scene, count: int) -> None:
    """So many measures in five sections, in one transaction."""
    rules = due_rules()
    who = (Executor(scene.executor.name, user_id=scene.executor.id), Executor("Школа № 7"))
    with transaction():
        sections = [factories.section(scene.plan) for _ in range(5)]
        for number in range(count):
            facts = MeasureFacts(str(number), f"Мероприятие {number}", due_text="сентябрь", executors=who)
            section = sections[number * 5 // count]
            measure = place(scene.plan, section, facts, position=number, rules=rules)
            tell_added(measure, by=scene.coordinator, ground="")


def asked(client, address: str) -> int:
    """The number of queries of one request; the page must be there."""
    client.get(address)
    with counted_queries() as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def test_the_page_of_a_long_plan_asks_at_most_twelve_times(scene, signed_in, pytestconfig):
    """600 measures in the full figures."""
    count, pages = (600, 6) if pytestconfig.getoption("--full") else (250, 3)
    fill(scene, count)
    client = signed_in(scene.coordinator)

    assert asked(client, f"/roadmaps/{scene.plan.id}") <= 12
    assert asked(client, f"/roadmaps/{scene.plan.id}?page={pages}&show=open") <= 12
    page = client.get(f"/roadmaps/{scene.plan.id}").text
    assert page.count("data-row-tick") == 100


def test_my_work_asks_no_more_for_forty_measures_than_for_four(scene, signed_in):
    fill(scene, 4)
    client = signed_in(scene.executor)
    few = asked(client, "/")

    fill(scene, 36)
    for measure in [scene.submitted() for _ in range(3)]:
        return_answer(measure, note="Нет подписи", by_day=None, by=scene.checker)

    assert asked(client, "/") <= few + 1
    assert few <= 14


def test_the_list_of_plans_asks_no_more_for_ten_plans_than_for_one(scene, signed_in):
    client = signed_in(scene.coordinator)
    one = asked(client, "/roadmaps")

    for _ in range(9):
        factories.section(factories.plan(by=scene.coordinator))

    assert asked(client, "/roadmaps") == one


def test_the_page_of_a_measure_asks_no_more_for_a_long_history(scene, signed_in):
    measure = scene.measure()
    client = signed_in(scene.executor)
    short = asked(client, f"/measures/{measure.id}")

    for day in range(1, 6):
        put_into(measure, report_text=f"День {day}")
        factories.document(measure.dossier, by=scene.executor)

    assert asked(client, f"/measures/{measure.id}") <= short + 4
    assert db.session.get(Measure, measure.id)
