"""One real year: plan 002 carried out, reported, reviewed, decided on, stamped with its protocol."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from json import loads
from pathlib import Path
from typing import Any

import pytest
import time_machine
from docx import Document as Paper

from accounts.models import Role, User
from core.clock import now
from core.worker import run_due
from council.models import Addressee, Choice, Council, Presence, Seat, Sitting
from council.queries.review import members_of, progress_of, unpassed_rows
from council.queries.review_access import agenda_of, looked_at
from council.queries.sittings import sitting_of
from council.review_rows import rows_of
from council.rules import Rules, Share
from council.services.agenda import ItemFacts, add_item, edit_item
from council.services.attendance import check_in, mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.deciding import DecisionFacts, decide_item, note_item
from council.services.minutes import print_minutes, sign_minutes
from council.services.review import look_at
from council.services.review_remarks import RemarkFacts, answer_remark, make_remark, resolve_remark
from council.services.sittings import SittingFacts, close_sitting, open_sitting, plan_sitting, send_agenda
from council.services.voting import cast_vote, enter_unanimous, enter_vote, open_voting
from documents.kinds import DocumentKind
from documents.services import local_copy
from orders.services.control import confirm_proposals
from orders.services.registers import RegisterFacts, open_register
from reports.models import Report, ReportVersion
from reports.services import begin_report, make_version, move_version
from roadmap.models import Claim, Measure
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report as Said
from roadmap.services.answers import submit
from tests import factories
from tests.reports.real_year import INPUTS, import_plan, needs_inputs, tell
from workflow.measure import MeasureState
from workflow.report import ReportState
from workflow.services import perform
from workflow.sitting import SittingState

GOLDEN = INPUTS / "002_roadmap_report.golden.json"
REAL = INPUTS / "002_roadmap_report.docx"
BEGINNING = datetime(2021, 1, 13, 9, 0, tzinfo=UTC)
REVIEW = datetime(2021, 1, 20, 9, 0, tzinfo=UTC)
SITTING = datetime(2021, 1, 27, 9, 0, tzinfo=UTC)
VAGUE = "Проведено"


class Town:
    """The people of the real year."""

    def __init__(self) -> None:
        town = self.town = factories.municipality()
        self.coordinator, self.executor = factories.coordinator(town), factories.executor(town)
        self.secretary = factories.person(Role.COUNCIL_SECRETARY, organisation=town)
        self.members = [factories.person(Role.COUNCIL_MEMBER, organisation=town) for _ in range(9)]
        self.council = self._council()

    @property
    def chair(self) -> User:
        return self.members[0]

    def _council(self) -> Council:
        clerk = factories.person(Role.CLERK, organisation=self.town)
        facts = RegisterFacts("Протоколы Совета руководителей")
        register = open_register(self.town, facts, document_kind=DocumentKind.MINUTES, by=clerk)
        rules = Rules(quorum=Share.TWO_THIRDS, norm="п. 3.4 Положения о Совете")
        council = create_council(
            self.town,
            CouncilFacts(
                "Совет руководителей", name_prepositional="Совете руководителей", rules=rules
            ),
            register=register, by=self.secretary,
        )  # fmt: skip
        since = date(2019, 9, 1)
        for place, person in enumerate(self.members):
            seat = Seat.MEMBER if place else Seat.CHAIR
            name_member(council, MemberFacts(user=person, seat=seat, since=since), by=self.secretary)
        secretary = MemberFacts(user=self.secretary, seat=Seat.SECRETARY, has_vote=False, since=since)
        name_member(council, secretary, by=self.secretary)
        return council

    def seen(self, sitting: Sitting) -> Sitting:
        return sitting_of(sitting.id, seen_by=self.secretary)

    def hold_the_first_sitting(self) -> Sitting:
        """Another question: its minutes are number 1 of the year."""
        sitting = plan_sitting(self.council, SittingFacts(BEGINNING.date()), by=self.secretary)
        add_item(sitting, ItemFacts("О плане работы Совета на 2021 год"), by=self.secretary)
        self.open(sitting)
        item = sitting.items[0]
        open_voting(item, by=self.secretary)
        enter_unanimous(item, by=self.secretary)
        decide_item(item, by=self.chair)
        return self.sign(sitting)

    def open(self, sitting: Sitting) -> None:
        send_agenda(sitting, by=self.secretary)
        marks = {seat.id: Presence.PRESENT for seat in sitting.voters}
        mark_attendance(sitting, marks, by=self.secretary)
        open_sitting(sitting, by=self.secretary)

    def sign(self, sitting: Sitting) -> Sitting:
        close_sitting(sitting, by=self.secretary)
        print_minutes(sitting, by=self.secretary)
        sign_minutes(sitting, by=self.secretary)
        return self.seen(sitting)

    def submitted(self, report: Report, note: str = "") -> ReportVersion:
        version = make_version(report, as_of=now(), by=self.coordinator, note=note)
        move_version(version, "submit", by=self.coordinator)
        return version


@pytest.fixture
def year(session: Any) -> Iterator[Town]:
    with time_machine.travel(BEGINNING, tick=True):
        yield Town()


@needs_inputs
def test_a_real_year_ends_with_the_protocol_on_its_report(year: Town, tmp_path: Path) -> None:
    rows = [m for section in loads(GOLDEN.read_text("utf-8"))["sections"] for m in section["measures"]]
    assert year.hold_the_first_sitting().number == "1"
    measures, report = carried_out(year, rows)

    with time_machine.travel(REVIEW, tick=True):
        version, sitting = reviewed(year, report, measures, rows)
    with time_machine.travel(SITTING, tick=True):
        sitting = decided(year, sitting)
        check_the_protocol(year, sitting, version)

    check_the_paper(version, tmp_path / "report.docx")


def carried_out(year: Town, rows: list[dict[str, Any]]) -> tuple[list[Measure], Report]:
    """The plan, its year told as in the real report but for one answer that says too little."""
    plan = import_plan(year.town, year.coordinator)
    measures = measures_of(plan)
    place = returned_place(rows)
    for number, (measure, said) in enumerate(zip(measures, rows, strict=True)):
        tell(measure, said | ({"report": VAGUE} if number == place else {}), year.executor, year.coordinator)
    title = "Отчет об исполнении плана мероприятий «Дорожной карты» регионального проекта «Учитель будущего»"
    return measures, begin_report(plan, title=title, period="2020 год", by=year.coordinator)


def returned_place(rows: list[dict[str, Any]]) -> int:
    return next(place for place, said in enumerate(rows) if said["status"] == "исполнено")


def reviewed(
    year: Town, report: Report, measures: list[Measure], rows: list[dict[str, Any]]
) -> tuple[ReportVersion, Sitting]:
    """Two versions before nine members: one row is returned to its executor, one remark is answered."""
    first = year.submitted(report)
    sitting = plan_sitting(year.council, SittingFacts(SITTING.date()), by=year.secretary)
    item = add_item(sitting, ItemFacts("Об отчёте за 2020 год", report_version=first), by=year.secretary)
    send_agenda(sitting, by=year.secretary)
    look_at_everything(first, year.members)
    place = returned_place(rows)
    to_work = RemarkFacts("Назовите документ", needs_answer=True, addressee=Addressee.EXECUTOR)
    returned = make_remark(first, measures[place].id, to_work, by=year.members[3])
    asked = RemarkFacts("Когда опубликовано?", needs_answer=True)
    remark = make_remark(first, measures[place + 1].id, asked, by=year.members[1])
    assert first.open_blockers == 2
    assert measures[place].state is MeasureState.IN_PROGRESS

    answer_remark(remark, "Опубликовано в декабре", by=year.coordinator)
    resolve_remark(remark, by=year.members[1])
    answer_again(year, measures[place], rows[place])
    answer_remark(returned, "Документ назван", by=year.executor)
    move_version(first, "send_back", by=year.secretary, note="Строку уточнил исполнитель")
    second = year.submitted(report, "Уточнено по замечанию Совета")
    edit_item(item, ItemFacts(item.title, report_version=second), by=year.secretary)
    resolve_remark(returned, by=year.secretary)

    assert (second.state, second.number, second.open_blockers) == (ReportState.UNDER_REVIEW, 2, 0)
    left = rows_left(second, year.members[5])
    assert left == [measures[place].id]
    look_at_everything(second, year.members)
    return second, sitting


def look_at_everything(version: ReportVersion, members: list[User]) -> None:
    ids = [row.measure_id for row in rows_of(version.data) if row.measure_id]
    for member in members:
        look_at(version, ids, by=member)
    seats = [seat for seat in version_council(version) if seat.has_vote]
    assert [each.is_done for each in progress_of(version, seats)] == [True] * 9


def version_council(version: ReportVersion) -> list[Any]:
    item = agenda_of(version)
    assert item
    return members_of(item.sitting.council_id)


def rows_left(version: ReportVersion, member: User) -> list[int | None]:
    looked = looked_at(version.report_id, member)
    return [row.measure_id for row in rows_of(version.data) if row.key not in looked]


def answer_again(year: Town, measure: Measure, said: dict[str, Any]) -> None:
    before = measure.actual_date
    again = Said(said["report"], Claim.EXECUTED, before, status_text=said["status"])
    submit(measure, again, by=year.executor)
    perform(measure, "accept", by=year.coordinator)


def decided(year: Town, sitting: Sitting) -> Sitting:
    """Eight come, one by video; eight are for, one of them with remarks; the protocol is signed."""
    sitting = year.seen(sitting)
    absent = sitting.voters[-1]
    marks = {s.id: Presence.PRESENT for s in sitting.voters[:-2]} | {absent.id: Presence.ABSENT}
    mark_attendance(sitting, marks, reasons={absent.id: "командировка"}, by=year.secretary)
    check_in(sitting, Presence.REMOTE, by=year.members[7])
    open_sitting(sitting, by=year.secretary)
    item = sitting.items[0]
    open_voting(item, by=year.secretary)
    for member in year.members[:6]:
        cast_vote(item, Choice.FOR, by=member)
    cast_vote(item, Choice.FOR_WITH_REMARKS, remark="Добавить выводы", by=year.members[6])
    enter_vote(item, sitting.voters[7], Choice.ABSTAINED, by=year.secretary)
    points = (
        DecisionFacts("Отчёт рассмотреть"),
        DecisionFacts("Разместить отчёт на сайте", "Комитет образования", "до 05.02.2021"),
    )
    note_item(item, heard="Доклад координатора", spoke="", decisions=points, by=year.secretary)
    decide_item(item, by=year.chair)
    return year.sign(sitting)


def check_the_protocol(year: Town, sitting: Sitting, version: ReportVersion) -> None:
    assert (sitting.number, sitting.document.number, sitting.date) == ("2", "2", date(2021, 1, 27))
    assert sitting.state is SittingState.MINUTES_SIGNED
    result = sitting.items[0].result
    assert (result["in_favour"], result["against"], result["abstained"]) == (7, 0, 1)
    assert version.state is ReportState.CONSIDERED
    assert version.protocol_id == sitting.document_id
    assert version.manifest["decision"]["protocol_sha256"] == sitting.document.latest.sha256
    assert unpassed_rows(version) == []
    made = confirm_proposals(sitting.order, by=year.coordinator)
    run_due()
    assert [m.title for m in made] == ["Разместить отчёт на сайте"]
    assert year.seen(sitting).items[0].decisions[1].measure_id == made[0].id
    with local_copy(sitting.document.latest.sha256, suffix=".docx") as path:
        said = texts(path)
    assert any(version.stamped_sha256 in line for line in said)


def check_the_paper(version: ReportVersion, out: Path) -> None:
    """The stamped file agrees with the real one in every cell and in its head."""
    with local_copy(version.stamped_sha256, suffix=".docx") as path:
        out.write_bytes(path.read_bytes())
    scored = subprocess.run(
        [sys.executable, INPUTS / "score_report_docx.py", GOLDEN, out, "--threshold", "100"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert scored.returncode == 0, scored.stdout[-2000:]
    assert texts(out)[:2] == texts(REAL)[:2]
    assert texts(out)[:2] == ["Рассмотрен на Совете руководителей", "Протокол от 27.01.2021 №2"]


def texts(path: Path) -> list[str]:
    """The paragraphs of a paper, outside its tables."""
    said = [" ".join(p.text.split()) for p in Paper(str(path)).paragraphs]
    return [line for line in said if line]
