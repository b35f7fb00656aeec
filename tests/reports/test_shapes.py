"""Reports by quarter, executor, section, of what is overdue, and of several plans together."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Role, User
from accounts.services.people import grant
from core.audit import SYSTEM
from core.clock import at
from core.db import transaction
from core.errors import Invalid, NotFound, NotYours
from reports.assembly import assemble, report_title, shape_of, shapes_of
from reports.queries import report_of
from reports.services import begin_report, make_version
from roadmap.models import Claim, Measure, Plan
from roadmap.queries.work import occurrences_of
from roadmap.services.answers import Report, report, report_occurrence, submit
from roadmap.services.measures import Executor, MeasureFacts, add_measure
from roadmap.services.plans import add_section
from tests import factories
from workflow.services import perform

BEFORE, AFTER = datetime(2026, 1, 12, 9, tzinfo=UTC), datetime(2026, 7, 3, 9, tzinfo=UTC)


def numbers(made: Any) -> list[str]:
    return [row["number"] for section in made.data["sections"] for row in section["measures"]]


def plan_with(*rows: tuple[str, str], by: User | None = None) -> Plan:
    """A plan with rows of a number and a printed term."""
    with at(BEFORE):
        plan = factories.plan(by=by)
        section = add_section(plan, number="1", title="Кадры", by=plan.coordinator)
        for number, due in rows:
            executors = (Executor(f"Школа № {number[-1]}"),)
            facts = MeasureFacts(number, f"Мероприятие {number}", due_text=due, executors=executors)
            add_measure(section, facts, by=plan.coordinator)
    return plan


def row_of(plan: Plan, number: str) -> Measure:
    return next(m for m in plan.sections[0].measures if m.number == number)


def do(measure: Measure, text: str, *, on: date) -> None:
    """The measure executed and accepted."""
    executor, checker = factories.coordinator(measure.plan.organisation), measure.plan.coordinator
    said = Report(text, Claim.EXECUTED, on, evidence_exception="Документ в деле", deviation_reason="Болезнь")
    report(measure, Report("Начали"), by=executor)
    submit(measure, said, by=executor)
    perform(measure, "accept", by=checker)


def test_a_quarter_speaks_of_what_is_due_in_it_and_of_what_was_left_open(session: Any) -> None:
    plan = plan_with(
        ("1.1", "до 31.03.2026"), ("1.2", "до 15.05.2026"), ("1.3", "до 30.09.2026"),
        ("1.4", "до 20.02.2026"), ("1.5", "январь - июнь 2026 года"),
    )  # fmt: skip
    with at(datetime(2026, 2, 25, 9, tzinfo=UTC)):
        do(row_of(plan, "1.4"), "Сделано", on=date(2026, 2, 18))

    made = assemble(plan, as_of=AFTER, shape=shape_of("quarter-2026-2"))

    assert numbers(made) == ["1.1", "1.2", "1.5"]
    assert made.data["period"] == "II квартал 2026 года"
    assert made.data["title"].endswith("за II квартал 2026 года")
    assert numbers(assemble(plan, as_of=AFTER, shape=shape_of("half-2026-1"))) == ["1.1", "1.2", "1.4", "1.5"]


def test_a_quarter_tells_the_turns_of_a_recurring_measure(session: Any) -> None:
    plan = plan_with(("1.1", "ежеквартально"))
    measure = row_of(plan, "1.1")
    turns = occurrences_of(measure)
    with at(datetime(2026, 3, 30, 9, tzinfo=UTC)):
        report(measure, Report("Идёт весь год"), by=plan.coordinator)
        report_occurrence(
            turns[0], done_on=date(2026, 3, 27), text="Совещание проведено", by=plan.coordinator
        )

    first = assemble(plan, as_of=AFTER, shape=shape_of("quarter-2026-1"))
    second = assemble(plan, as_of=AFTER, shape=shape_of("quarter-2026-2"))

    assert first.data["sections"][0]["measures"][0]["report"] == "27.03.2026: Совещание проведено"
    assert "no_turn" not in {gap.kind for gap in first.gaps}
    assert "no_turn" in {gap.kind for gap in second.gaps}


def test_what_is_overdue_leaves_out_answers_that_wait_for_the_check(session: Any) -> None:
    plan = plan_with(("1.1", "до 31.03.2026"), ("1.2", "до 31.03.2026"), ("1.3", "до 30.09.2026"))
    answered = row_of(plan, "1.2")
    with at(datetime(2026, 3, 30, 9, tzinfo=UTC)):
        report(answered, Report("Начали"), by=plan.coordinator)
        said = Report("Готово", Claim.EXECUTED, date(2026, 3, 29), evidence_exception="В деле")
        submit(answered, said, by=plan.coordinator)

    made = assemble(plan, as_of=AFTER, shape=shape_of("overdue"))

    assert numbers(made) == ["1.1"] and made.data["totals"]["overdue"] == 1
    whole = assemble(plan, as_of=AFTER)
    assert {(gap.number, gap.kind) for gap in whole.gaps} >= {("1.1", "overdue"), ("1.2", "unchecked")}


def test_executors_and_sections_come_with_their_totals(session: Any) -> None:
    plan = plan_with(("1.1", "до 31.03.2026"), ("1.2", "до 30.09.2026"), ("2.1", "до 30.09.2026"))

    by_executor = assemble(plan, as_of=AFTER, shape=shape_of("executors")).data["sections"]
    by_section = assemble(plan, as_of=AFTER, shape=shape_of("sections")).data["sections"]

    assert [(s["title"], len(s["measures"])) for s in by_executor] == [
        ("Школа № 1: исполнено 0 из 2, просрочено 1", 2),
        ("Школа № 2: исполнено 0 из 1", 1),
    ]
    assert [s["title"] for s in by_section] == ["Кадры: исполнено 0 из 3, просрочено 1"]


@pytest.mark.parametrize("code", ["quarter-2026-5", "half-2026-3", "monthly", "quarter-26-1", ""])
def test_a_report_that_there_is_not_is_refused(app: Any, code: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid, match="Такого отчёта нет"):
        shape_of(code)


def test_every_offered_report_has_a_title_and_a_label_of_its_own(session: Any) -> None:
    shapes = shapes_of(2026, 2027)

    assert len({str(shape.label) for shape in shapes}) == len(shapes) == 16
    titles = {report_title("План «Учитель» на 2026 год", shape) for shape in shapes}
    assert len(titles) == len(shapes)
    assert "Отчет об исполнении плана «Учитель» за II полугодие 2026 года" in titles


@pytest.fixture
def schools(session: Any) -> tuple[Plan, Plan, User]:
    """Two schools of a district with the same plan, the second without row 1.2; who answers for both."""
    town = factories.municipality()
    chief = factories.person(Role.COORDINATOR, organisation=town)
    plans = []
    for name, rows in (("Школа у озера", ("1.1", "1.2")), ("Лицей", ("1.1", "1.3"))):
        school = factories.institution(town, name=name)
        plans.append(plan_with(*[(n, "до 31.03.2026") for n in rows], by=factories.coordinator(school)))
    return plans[0], plans[1], chief


def test_several_organisations_are_put_together_by_number(schools: tuple[Plan, Plan, User]) -> None:
    first, second, _chief = schools
    with at(datetime(2026, 3, 20, 9, tzinfo=UTC)):
        do(row_of(first, "1.1"), "Семинар проведён", on=date(2026, 3, 18))

    made = assemble(first, as_of=AFTER, others=[second])

    assert numbers(made) == ["1.1", "1.2", "1.3"]
    row, other, _last = made.data["sections"][0]["measures"]
    assert row["status"] == "Школа у озера: исполнено\nЛицей: нет статуса"
    assert row["report"] == "Школа у озера: Семинар проведён\nЛицей: ответа нет"
    assert row["executors"] == ["Школа № 1"] and len(row["ids"]) == 2
    assert other["report"] == "Школа у озера: ответа нет\nЛицей: такой строки в карте нет"
    missing = {(gap.whose, gap.number, gap.kind) for gap in made.gaps}
    assert {
        ("Лицей", "1.1", "no_status"),
        ("Лицей", "1.2", "no_row"),
        ("Школа у озера", "1.3", "no_row"),
    } <= missing


def test_another_wording_under_the_same_number_is_said(schools: tuple[Plan, Plan, User]) -> None:
    first, second, _chief = schools
    add_measure(
        second.sections[0], MeasureFacts("1.2", "Провести форум", due_text="2026"), by=second.coordinator
    )

    made = assemble(first, as_of=datetime(2027, 1, 9, tzinfo=UTC), others=[second])

    row = made.data["sections"][0]["measures"][1]
    assert (
        row["title"] == "Мероприятие 1.2" and "Лицей: строка названа иначе — «Провести форум»" in row["note"]
    )


def test_two_plans_of_one_organisation_stand_beside_one_another(session: Any) -> None:
    first = plan_with(("1.1", "до 31.03.2026"))
    second = plan_with(("1.1", "до 30.06.2026"), by=first.coordinator)

    made = assemble(first, as_of=AFTER, others=[second])

    assert numbers(made) == ["1.1", "1.1"]
    assert [row["due_period"] for s in made.data["sections"] for row in s["measures"]] == [
        "до 31.03.2026", "до 30.06.2026",
    ]  # fmt: skip


def test_a_report_of_several_is_seen_and_moved_by_those_alone_who_answer_for_all(
    schools: tuple[Plan, Plan, User],
) -> None:
    first, second, chief = schools
    with pytest.raises(NotYours):
        begin_report(first, title="Сводный", period="2026", others=[second], by=first.coordinator)
    made = begin_report(first, title="Сводный", period="2026", others=[second], by=chief)
    version = make_version(made, as_of=AFTER, by=chief)

    assert report_of(made.id, seen_by=chief) is made
    assert Role.COORDINATOR in version.roles_of(chief)
    with pytest.raises(NotFound):
        report_of(made.id, seen_by=first.coordinator)
    assert begin_report(first, title="x", period="2026", others=[second], by=chief) is made
    assert begin_report(first, title="x", period="2026", by=chief) is not made


def test_a_grant_on_the_other_school_opens_it(schools: tuple[Plan, Plan, User]) -> None:
    first, second, chief = schools
    made = begin_report(first, title="Сводный", period="2026", others=[second], by=chief)
    with transaction():
        grant(first.coordinator, Role.READER, organisation=second.organisation, by=SYSTEM)

    assert report_of(made.id, seen_by=first.coordinator) is made


def test_the_command_makes_each_kind(app: Any, tmp_path: Path) -> None:
    with app.app_context():
        plan = plan_with(("1.1", "до 31.03.2026"), ("1.2", "до 30.09.2026"))
        other = plan_with(("1.1", "до 31.03.2026"))
        ids = (str(plan.id), str(other.id))
    run = app.test_cli_runner().invoke

    quarter = run(args=["reports", "assemble", ids[0], "--kind", "quarter-2026-1", "--json"])
    both = run(args=["reports", "assemble", ids[0], "--with", ids[1], "--out", str(tmp_path / "r.docx")])

    assert [row["number"] for row in json.loads(quarter.output)["sections"][0]["measures"]] == ["1.1"]
    assert "3 measures" in both.output and (tmp_path / "r.docx").exists()
    assert "Такого отчёта нет" in run(args=["reports", "assemble", ids[0], "--kind", "x"]).output
    assert "there is no plan 999" in run(args=["reports", "assemble", "999"]).output
