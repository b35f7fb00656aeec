"""Sittings, minutes and remarks are found by those who may see them, and by nobody else."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Role
from accounts.services.organisations import rename_organisation
from core.audit import SYSTEM, record
from core.clock import now
from core.db import transaction
from council.models import Decision, Remark
from council.review_rows import READ
from documents.models import Blob
from reports.models import ReportVersion
from search_index.asking import Ask, ask
from search_index.services.indexing import drift, rebuild
from search_index.states import LABELS, code_of
from tests import factories
from tests.council.review_scene import build, found_council, join, keep, plan_sitting, put_on_agenda
from tests.search_index.test_asking import keys, run_search_tasks


@pytest.fixture
def scene(session):
    return Scene()


class Scene:
    """A district whose report lies before its own council and before one of the region."""

    def __init__(self):
        self.home = build(measures=2)
        region = factories.municipality(name="Озёрная область")
        self.seated = factories.person(Role.COUNCIL_MEMBER, organisation=region)
        self.colleague = factories.person(Role.COUNCIL_MEMBER, organisation=region)
        self.council = found_council(region, "Коллегия области")
        self.seat = join(self.council, self.seated)
        self.sitting = plan_sitting(self.council)
        self.version = self._version()
        self._hold()
        self.remark = self._remark()
        rebuild()

    def _version(self):
        row = dict.fromkeys(READ, "") | {"number": "1.1", "title": "Семинар", "executors": []}
        row |= {"report": "Проведён брифинг наставников", "id": self.home.measures[0].id}
        data = {"sections": [{"number": "1", "title": "Кадры", "measures": [row]}]}
        with transaction() as session:
            session.add(Blob(sha256="7" * 64, size=1, media_type="application/pdf"))
            version = ReportVersion(
                report=self.home.report, number=1, as_of=now(), data=data, data_sha256="0" * 64,
                template_sha256="0" * 64, file_sha256="7" * 64, file_size=1, made_by=self.home.coordinator,
            )  # fmt: skip
            keep(version, version, "version.make")
        return version

    def _hold(self):
        item = put_on_agenda(self.sitting, self.version)
        with transaction():
            self.sitting.number = "14/2"
            self.sitting.date = date(2027, 1, 27)
            item.heard = "Тополева С. М. рассказала о трудоустройстве выпускников"
            keep(
                Decision(item=item, position=1, text="Провести сверку показателей"), self.sitting,
                "sitting.note",
            )  # fmt: skip

    def _remark(self):
        with transaction():
            made = Remark(
                report_version=self.version, measure=self.home.measures[0], row_number="1.1",
                author=self.seated, text="Где перечень волонтёров?", needs_answer=True,
            )  # fmt: skip
            keep(made, made, "remark.make")
        return made

    def found(self, text, by):
        return keys(ask(Ask(text), by=by))


def test_a_sitting_is_found_by_its_number_and_by_what_was_heard_and_decided(scene):
    own = [f"sitting:{scene.sitting.id}"]

    for text in ("протокол 14/2 от 27.01.2027", "трудоустройство выпускников",
                 "сверка показателей", "вид:заседание орган:коллегия"):  # fmt: skip
        assert (text, scene.found(text, scene.seated)) == (text, own)
        assert (text, scene.found(text, scene.home.coordinator)) == (text, [])
    (line,) = ask(Ask("трудоустройство"), by=scene.seated).lines
    assert line.passages[0].place == "вопрос 1"


def test_a_report_and_its_remarks_are_found_by_who_reads_them_in_a_council(scene, app):
    report, remark = f"report:{scene.home.report.id}", f"remark:{scene.remark.id}"

    assert scene.found("брифинг", scene.seated) == [report]
    assert scene.found("волонтёры", scene.seated) == [remark]
    assert scene.found("волонтёры", scene.home.executor) == [remark]
    assert scene.found("волонтёры", scene.home.coordinator) == [remark]
    for stranger in (scene.colleague, factories.person(Role.READER, organisation=scene.home.town)):
        assert scene.found("волонтёры", stranger) == []
    assert scene.found("брифинг", scene.colleague) == []


def test_results_lead_to_the_page_that_each_reader_may_open(scene, signed_in):
    for person in (scene.seated, scene.home.executor, scene.home.coordinator):
        client = signed_in(person)
        for item in client.get("/search?q=волонтёры", headers={"Accept": "application/json"}).json["items"]:
            answer = client.get(item["url"])
            assert (person.id, answer.status_code) == (person.id, 200)
            assert "волонтёров" in answer.text
    (item,) = (
        signed_in(scene.seated).get("/search?q=брифинг", headers={"Accept": "application/json"}).json["items"]
    )
    assert item["url"].endswith("/versions/1/review")


def test_a_seat_that_ends_closes_the_report_with_the_day_though_nothing_is_written(scene):
    with transaction():
        scene.seat.until = now().date() + timedelta(days=1)
        record(scene.council, "council.edit_member", by=SYSTEM)
    assert scene.found("брифинг", scene.seated) == [f"report:{scene.home.report.id}"]

    with time_machine.travel(now() + timedelta(days=3), tick=False):
        assert scene.found("брифинг", scene.seated) == []
        assert scene.found("волонтёры", scene.seated) == []


def test_a_renamed_council_organisation_and_measure_are_followed_in_what_says_their_names(scene):
    rename_organisation(scene.council.organisation, name="Приозёрье", short_name="", by=SYSTEM)
    with transaction():
        scene.council.name = "Коллегия министерства"
        record(scene.council, "council.edit", by=SYSTEM)
        scene.home.measures[0].title = "Практикум"
        record(scene.home.measures[0], "measure.edit", by=SYSTEM)
    assert len(drift()) > 0

    run_search_tasks()

    assert scene.found("орган:приозёрье", scene.seated) == [f"sitting:{scene.sitting.id}"]
    assert scene.found("министерство", scene.seated) == [f"sitting:{scene.sitting.id}"]
    assert f"remark:{scene.remark.id}" in scene.found("практикум", scene.seated)
    assert drift() == []


def test_one_word_is_one_status_and_two_words_are_two(scene, signed_in):
    page = signed_in(scene.seated).get("/search?kind=remark").text

    assert "Ждёт ответа" in page and 'value="remark_open"' in page
    assert code_of("order", "executed") != code_of("measure", "executed") == "executed"
    assert code_of("order", "returned") == code_of("measure", "returned")
    assert str(LABELS[code_of("order", "in_progress")]) == "На контроле"
    assert len({str(label) for label in LABELS.values()}) == len(LABELS)
