"""The people of the real year 002 and what they do by the dozen, for its tests: by services, in a browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from json import loads
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Paper
from sqlalchemy import select

from accounts.models import Role, User
from core.clock import now
from core.db import db
from core.outbox import Task
from core.worker import run
from council.models import Council, Presence, Seat, Sitting
from council.queries.review import members_of, progress_of
from council.queries.review_access import agenda_of, looked_at
from council.queries.sittings import sitting_of
from council.review_rows import rows_of
from council.rules import Rules, Share
from council.services.agenda import ItemFacts, add_item
from council.services.attendance import mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.deciding import decide_item
from council.services.minutes import print_minutes, sign_minutes
from council.services.review import look_at
from council.services.sittings import SittingFacts, close_sitting, open_sitting, plan_sitting, send_agenda
from council.services.voting import enter_unanimous, open_voting
from documents.kinds import DocumentKind
from documents.services import Upload
from documents.services.intake import Received
from documents.storage import store
from orders.services.registers import RegisterFacts, open_register
from reports.models import Report, ReportVersion
from reports.services import make_version, move_version
from reports.services.printing import DOCX
from roadmap.models import Measure
from tests import factories
from tests.reports.real_year import INPUTS, tell

GOLDEN = INPUTS / "002_roadmap_report.golden.json"
REAL = INPUTS / "002_roadmap_report.docx"
BEGINNING = datetime(2021, 1, 13, 9, 0, tzinfo=UTC)
REVIEW = datetime(2021, 1, 20, 9, 0, tzinfo=UTC)
SITTING = datetime(2021, 1, 27, 9, 0, tzinfo=UTC)
VAGUE = "Проведено"
TITLE = "Отчет об исполнении плана мероприятий «Дорожной карты» регионального проекта «Учитель будущего»"


class Town:
    """The people of the real year."""

    council: Council

    def __init__(self) -> None:
        town = self.town = factories.municipality()
        self.clerk = factories.person(Role.CLERK, organisation=town)
        self.coordinator, self.executor = factories.coordinator(town), factories.executor(town)
        self.secretary = factories.person(Role.COUNCIL_SECRETARY, organisation=town)
        self.members = [factories.person(Role.COUNCIL_MEMBER, organisation=town) for _ in range(9)]
        facts = RegisterFacts("Протоколы Совета руководителей")
        self.register = open_register(town, facts, document_kind=DocumentKind.MINUTES, by=self.clerk)

    @property
    def chair(self) -> User:
        return self.members[0]

    def found_council(self) -> None:
        rules = Rules(quorum=Share.TWO_THIRDS, norm="п. 3.4 Положения о Совете")
        facts = CouncilFacts("Совет руководителей", name_prepositional="Совете руководителей", rules=rules)
        self.council = create_council(self.town, facts, register=self.register, by=self.secretary)
        self.name_members()

    def name_members(self) -> None:
        """Whoever is not named yet: nine with a vote, the first of them the chair, and the secretary."""
        named = {seat.user_id for seat in self.council.memberships}
        since = date(2019, 9, 1)
        for person in [self.secretary, *self.members]:
            if person.id not in named:
                seat = {self.chair: Seat.CHAIR, self.secretary: Seat.SECRETARY}.get(person, Seat.MEMBER)
                has_vote = person is not self.secretary
                facts = MemberFacts(user=person, seat=seat, has_vote=has_vote, since=since)
                name_member(self.council, facts, by=self.secretary)

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


def real_rows() -> list[dict[str, Any]]:
    """What the real report says, row by row."""
    return [row for section in loads(GOLDEN.read_text("utf-8"))["sections"] for row in section["measures"]]


def returned_place(rows: list[dict[str, Any]]) -> int:
    """The row that first says too little."""
    return next(place for place, said in enumerate(rows) if said["status"] == "исполнено")


@contextmanager
def quick_intake() -> Iterator[None]:
    """Evidence is taken in this process: the guard of uploads has tests of its own."""

    def received(upload: Upload) -> Received:
        return Received(upload.name, DOCX, store().put(upload.stream))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("documents.services.evidence.receive", received)
        yield


def tell_year(town: Town, told: list[tuple[Measure, dict[str, Any]]]) -> None:
    """Enter rows of the old report as its people would have."""
    with quick_intake():
        for measure, said in told:
            tell(measure, said, town.executor, town.coordinator)


def look_at_everything(version: ReportVersion, members: list[User]) -> None:
    ids = [row.measure_id for row in rows_of(version.data) if row.measure_id]
    for member in members:
        look_at(version, ids, by=member)
    seats = [seat for seat in version_council(version) if seat.user in members]
    assert [each.is_done for each in progress_of(version, seats)] == [True] * len(members)


def version_council(version: ReportVersion) -> list[Any]:
    item = agenda_of(version)
    assert item
    return members_of(item.sitting.council_id)


def rows_left(version: ReportVersion, member: User) -> list[int | None]:
    looked = looked_at(version.report_id, member)
    return [row.measure_id for row in rows_of(version.data) if row.key not in looked]


def run_tasks(name: str) -> None:
    """What the worker does of this name; reading dozens of papers has tests of its own."""
    for task in db.session.scalars(
        select(Task).where(Task.name == name, Task.done_at.is_(None)).order_by(Task.id)
    ):
        run(task)


def check_paper(out: Path) -> None:
    """The stamped file agrees with the real one in every cell and in its head."""
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
