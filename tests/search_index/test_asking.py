"""A person asks: passages, proposals, completion, rights, saved searches; on both databases."""

import json
from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Role
from core.audit import SYSTEM, record
from core.clock import now
from core.db import db, transaction
from core.outbox import Task, publish
from core.worker import run
from documents.models import Blob, Document, FileVersion, PageText
from roadmap.services.answers import comment
from search_index.asking import Ask, ask, complete
from search_index.engines import engine
from search_index.likeness import things_like
from search_index.protocol import Filters
from search_index.queries.contents import papers_of, shown_of
from search_index.queries.rights import sight_of
from search_index.reading_addresses import address_of, ask_of
from search_index.services.indexing import drift, follow, rebuild, repair
from tests import factories
from tests.orders import scene as orders
from tests.search_index.papers import paper as make


@pytest.fixture
def scene(session):
    """Two districts; a plan with a measure and a document at home, a canary in every field of the other."""
    return Scene()


class Scene:
    def __init__(self):
        home, away = factories.municipality(), factories.municipality()
        self.coordinator = factories.coordinator(home)
        self.stranger = factories.coordinator(away)
        self.plan = factories.plan(by=self.coordinator, title="Дорожная карта «Учитель»")
        self.section = factories.section(self.plan)
        self.measure = factories.measure(
            self.section, number="3.5", title="Провести семинар наставников", condition="Наставники обучены"
        )
        self.document = self.add_document(self.measure.dossier, self.coordinator, "О создании рабочей группы")
        secret = factories.section(factories.plan(by=self.stranger, title="Канарейкин план"))
        self.secret = factories.measure(secret, number="471.7", title="Канарейкин семинар наставников")
        self.secret_document = self.add_document(
            self.secret.dossier, self.stranger, "О канарейках", "Ж-471-КН"
        )
        self.secret_key = f"document:{self.secret_document.id}"
        rebuild()

    def add_document(self, dossier, by, title, number="602-ОД"):
        """A link with requisites: no file, so that no test waits for its reading."""
        with transaction() as session:
            row = Document(
                dossier=dossier, title=title, number=number, date=date(2021, 1, 27),
                url="https://example.ru/1", authority="Комитет образования", added_by_id=by.id,
            )  # fmt: skip
            session.add(row)
            session.flush()  # the journal names the document by its number
            record(row, "document.add", by=by)
        return row

    def ask(self, text, by=None, **more):
        return ask(Ask(text, **more), by=by or self.coordinator)


def run_search_tasks():
    """What the worker would do for the search, without the previews and readings beside it."""
    waiting = db.session.query(Task).filter(Task.done_at.is_(None), Task.name.like("search.%"))
    for task in waiting.order_by(Task.id).all():
        run(task)


def keys(answer):
    return [line.thing.key for line in answer.lines]


def test_a_document_is_found_by_its_number_and_the_found_words_are_marked(scene):
    answer = scene.ask("602-ОД")
    (line,) = scene.ask("созданию рабочих групп").lines

    assert [piece.text for piece in line.title if piece.is_marked] == ["создании", "рабочей", "группы"]
    assert keys(answer) == [f"document:{scene.document.id}"]
    assert "27.01.2021" in answer.lines[0].thing.caption and "602-ОД" in answer.lines[0].thing.caption


def test_things_of_every_room_are_found_and_slips_are_forgiven(scene):
    assert scene.ask("семинрар наставников").instead == "семинар наставников"
    assert scene.ask("ctvbyfh").instead == "семинар"
    assert keys(scene.ask("ctvbyfh")) == [f"measure:{scene.measure.id}"]
    comment(scene.measure, "Ждём приглашения из института", by=scene.coordinator)
    run_search_tasks()

    assert keys(scene.ask("семинар")) == [f"measure:{scene.measure.id}"]
    assert f"plan:{scene.plan.id}" in keys(scene.ask("учитель"))
    (line,) = scene.ask("приглашение института").lines
    assert line.passages[0].place == "комментарий"


def test_a_change_leaves_its_task_in_the_commit_and_is_found_when_the_worker_has_run(scene):
    run_search_tasks()
    with transaction():
        comment(scene.measure, "Слово", by=scene.coordinator)
    waiting = db.session.query(Task).filter(Task.done_at.is_(None), Task.name == "search.changed").all()
    assert [task.payload for task in waiting] == [{"keys": [f"measure:{scene.measure.id}"]}]

    scene.add_document(scene.measure.dossier, scene.coordinator, "О закреплении наставников", "187-р")
    assert keys(scene.ask("187-р")) == []

    run_search_tasks()

    assert len(keys(scene.ask("187-р"))) == 1


SURFACES = {
    "results": lambda s: repr(keys(s.ask("канарейкин"))),
    "number": lambda s: repr(keys(s.ask("Ж-471-КН"))),
    "count": lambda s: s.ask("канарейка").total or "",
    "half a number": lambda s: repr(keys(s.ask("471"))),
    "phrase": lambda s: repr(keys(s.ask("«канарейкин семинар»"))),
    "facets": lambda s: repr({n for f in ("organisation", "author") for n in s.ask("семинар").facets[f]}
                             & {str(s.stranger.id + 10**6), "канарейка"}).replace("set()", ""),
    "proposals for a typo": lambda s: s.ask("канарекин").instead,
    "proposals for a layout": lambda s: s.ask("rfyfhtqrby").instead,
    "completion": lambda s: repr(complete("канар", by=s.coordinator)),
    "completion of a number": lambda s: repr(complete("471", by=s.coordinator)),
    "exclusion as an oracle": lambda s: (s.ask("семинар").total - s.ask("семинар -канарейкин").total) or "",
    "filter by key": lambda s: repr(keys(s.ask("", filters=Filters(keys=frozenset({s.secret_key}))))),
    "likeness": lambda s: repr([t.key for t in things_like(f"measure:{s.measure.id}", by=s.coordinator)[1]
                                if t.key in (f"measure:{s.secret.id}", s.secret_key)]),
    "authority field": lambda s: repr([k for k in keys(s.ask("орган:комитет")) if k == s.secret_key]),
}  # fmt: skip


def test_nothing_of_a_foreign_thing_shows_anywhere_and_its_owner_finds_it(scene):
    shown = {surface: look(scene) for surface, look in SURFACES.items()}
    owner = scene.stranger

    assert {surface: found for surface, found in shown.items() if found not in ("", "[]")} == {}
    assert len(keys(scene.ask("канарейкин", by=owner))) >= 1
    assert keys(scene.ask("Ж-471-КН", by=owner)) == [f"document:{scene.secret_document.id}"]
    assert scene.ask("канарекин", by=owner).instead == "канарейкин"
    assert complete("канар", by=owner)


def test_rights_taken_away_are_gone_at_once(scene):
    assert scene.ask("602-ОД").total == 1
    with transaction() as session:
        for grant in list(scene.coordinator.grants):
            session.delete(grant)
        record(scene.coordinator, "user.grants", by=SYSTEM)
    db.session.expire_all()

    answer = scene.ask("602-ОД")
    assert (answer.total, answer.facets["kind"]) == (0, {})


def test_the_sight_is_what_the_rooms_own_rules_say(scene):
    executor = factories.executor()
    factories.measure(scene.section, executors=[executor], number="3.6", title="Вебинар для педагогов")
    run_search_tasks()
    assert len(keys(scene.ask("вебинар", by=executor))) == 1
    people = [executor, scene.coordinator, scene.stranger, factories.person(Role.READER)]
    everything = list(engine().standing())
    for person in people:
        sight = sight_of(person)
        seen = {one.key for one in everything
                if (one.organisation in sight.organisations or one.scope in sight.scopes)
                and one.scope not in sight.hidden}  # fmt: skip
        assert seen == set(shown_of([one.key for one in everything], seen_by=person))


def test_drift_is_found_and_repaired(scene):
    index = engine()
    index.drop([f"measure:{scene.measure.id}"])
    paper = next(one for one in index.standing() if one.key == f"document:{scene.document.id}")
    index.put([make(paper.key, "Чужое", organisation=paper.organisation + 50, scope=paper.scope),
               make("document:99999", "Лишнее")])  # fmt: skip
    (plan,) = papers_of([f"plan:{scene.plan.id}"])
    index.put([replace(plan, text="Что говорилось раньше")])
    found = drift()

    assert {(one.kind, one.key) for one in found} == {
        ("missing", f"measure:{scene.measure.id}"), ("extra", "document:99999"), ("stale", paper.key),
        ("outdated", plan.key),
    }  # fmt: skip
    repair(found)
    repair(found)
    assert drift() == []
    assert keys(scene.ask("602-ОД")) == [f"document:{scene.document.id}"]


def test_what_the_index_says_already_is_not_written_again(scene, monkeypatch):
    monkeypatch.setattr(type(engine()), "put", lambda *_: pytest.fail("nothing has changed"))

    follow([f"measure:{scene.measure.id}", f"document:{scene.document.id}", f"plan:{scene.plan.id}"])

    with pytest.raises(pytest.fail.Exception):
        comment(scene.measure, "Ждём", by=scene.coordinator)
        follow([f"measure:{scene.measure.id}"])


def test_a_removed_document_is_found_no_more(scene):
    with transaction():
        scene.document.removed_at = now()
        record(scene.document, "document.remove", by=scene.coordinator)
    assert keys(scene.ask("602-ОД")) == []  # SQL decides before the index knows

    run_search_tasks()
    assert scene.ask("602-ОД").total == 0


ADDRESSES = [
    "q=%D0%BF%D0%BB%D0%B0%D0%BD&kind=order&year=2021&order=newest",
    "kind=order&kind=minutes", "q=a&since=2021-01-01&until=2021-12-31", "",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_says_what_is_asked_and_back(address):
    assert address_of(ask_of(address)) == address.replace(
        "kind=order&kind=minutes", "kind=minutes&kind=order"
    )


@pytest.mark.parametrize(
    "address", ["after=x:y", "after=document:1&at=z", "since=yesterday", "order=best", "&&=&%ff"]
)
def test_no_address_is_an_error(address):
    ask_of(address)


def test_questions_are_asked_from_the_command_line(scene, app):
    runner = app.test_cli_runner()
    db.session.rollback()
    said = runner.invoke(args=["search", "602-ОД", "--as", scene.coordinator.login, "--json"])
    foreign = runner.invoke(args=["search", "Ж-471-КН", "--as", scene.coordinator.login])

    assert json.loads(said.output)["items"][0]["key"] == f"document:{scene.document.id}"
    assert foreign.output.strip() == "total: 0"
    assert "up to date" in runner.invoke(args=["search", "rebuild", "--if-needed"]).output
    assert runner.invoke(args=["search", "doctor"]).exit_code == 0


def test_the_paper_of_an_order_is_followed_when_its_text_changes(session):
    order = orders.build().draft()
    sha256 = "8" * 64
    with transaction() as opened:
        opened.add(Blob(sha256=sha256, size=1, media_type="application/pdf"))
        paper = Document(dossier_id=order.dossier_id, title="Скан приказа")
        paper.versions.append(
            FileVersion(number=1, sha256=sha256, size=1, name="скан.pdf", media_type="application/pdf")
        )
        page = PageText(sha256=sha256, number=1, text="Обеспечить подвоз", way="ocr", facts={})
        opened.add_all([paper, page])
        opened.flush()
        record(paper, "document.add", by=SYSTEM)
        order.document_id = paper.id
        record(order, "order.attach", by=SYSTEM)
    rebuild()

    with transaction() as opened:
        page.text = "Обеспечить питание"
        (task,) = (task for task in publish("document.pages_read", sha256=sha256) if "search" in task.handler)
    run(task)

    by = order.drafted_by
    assert keys(ask(Ask("питание"), by=by)) == [f"order:{order.id}"]
    assert keys(ask(Ask("подвоз"), by=by)) == [] and drift() == []


def test_a_renamed_person_is_followed_in_what_says_the_name(scene):
    person = scene.coordinator
    with transaction():
        person.surname = "Черёмухова"
        record(person, "person.edited", by=SYSTEM)
    assert keys(scene.ask("черемухова")) == []

    run_search_tasks()

    assert keys(scene.ask("черемухова")) == [f"document:{scene.document.id}"]
    assert keys(scene.ask("исполнитель:черёмухова")) == [f"plan:{scene.plan.id}"]
    assert drift() == []


def test_what_else_is_told_of_people_is_no_work_for_the_search(scene):
    run_search_tasks()
    with transaction():
        scene.coordinator.phone = "12-34"
        record(scene.coordinator, "person.edited", by=SYSTEM)
    assert db.session.query(Task).filter(Task.done_at.is_(None), Task.name == "search.changed").count() == 0
