"""A council of three before a report of a few rows: what the tests of the review begin with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Organisation, Role, User
from core.audit import SYSTEM, Journalled, record
from core.clock import now, today
from core.db import db, transaction
from council.models import AgendaItem, Council, CouncilKind, ItemKind, Membership, Remark, Seat, Sitting
from council.services.review import look_at
from council.services.review_remarks import RemarkFacts, make_remark
from documents.models import Dossier
from reports.models import Report, ReportVersion
from reports.services import begin_report, decide_version, make_version, move_version
from roadmap.models import Claim, Measure, Plan
from roadmap.services.answers import Report as Said
from roadmap.services.answers import report as tell
from roadmap.services.answers import submit
from tests import factories
from tests.remembered import remembered
from tests.reports.scene import DECISION
from workflow.services import perform

TEXT = "Семинар проведён, участвовали 58 человек"


@dataclass
class Scene:
    """One district: its council, its plan, the report and the sitting that has it on the agenda."""

    town: Organisation
    council: Council
    chair: User
    member: User
    secretary: User
    coordinator: User
    executor: User
    plan: Plan
    measures: list[Measure]
    report: Report
    sitting: Sitting

    @remembered
    def version(self, note: str = "") -> ReportVersion:
        """A new version of the report, at the council."""
        version = make_version(self.report, as_of=now(), by=self.coordinator, note=note)
        move_version(version, "submit", by=self.coordinator)
        move_version(version, "take_up", by=self.secretary)
        put_on_agenda(self.sitting, version)
        return version

    def next_version(self, version: ReportVersion) -> ReportVersion:
        """The council returns a version and has the next one before it."""
        move_version(version, "send_back", by=self.secretary, note="Уточните текст")
        return self.version()

    def decide(self, version: ReportVersion) -> None:
        decide_version(version, DECISION, by=self.secretary)

    def remark(
        self, version: ReportVersion, place: int = 0, text: str = "Сколько было людей?", **facts: Any
    ) -> Remark:
        by = facts.pop("by", self.member)
        return make_remark(version, self.measures[place].id, RemarkFacts(text, **facts), by=by)

    def write(self, place: int, text: str) -> None:
        """The executor writes something else about a measure."""
        db.session.refresh(self.measures[place])
        tell(self.measures[place], Said(text), by=self.executor)

    @remembered
    def answer(self, place: int) -> Measure:
        """A measure that is answered and proved, and waits for the check."""
        measure = self.measures[place]
        tell(measure, Said(TEXT, Claim.EXECUTED), by=self.executor)
        factories.document(measure.dossier, by=self.executor)
        db.session.refresh(measure)
        said = Said(TEXT, Claim.EXECUTED, actual_date=today(), deviation_reason="Болезнь лектора")
        submit(measure, said, by=self.executor)
        return measure

    @remembered
    def finish(self, place: int) -> Measure:
        """A measure that is executed and accepted."""
        measure = self.answer(place)
        perform(measure, "accept", by=self.coordinator)
        return measure

    def look(self, version: ReportVersion, *places: int, by: User | None = None) -> None:
        look_at(version, [self.measures[place].id for place in places], by=by or self.member)

    def page(self, version: ReportVersion, more: str = "") -> str:
        """The address of the review."""
        return f"/reports/{version.report_id}/versions/{version.number}/review{more}"


@remembered
def build(measures: int = 4) -> Scene:
    """The district with nothing reported yet; call it inside an application context."""
    coordinator = factories.coordinator()
    town = coordinator.organisation
    assert town
    plan = factories.plan(by=coordinator)
    section = factories.section(plan)
    executor = factories.executor(town)
    chair, member = (factories.person(Role.COUNCIL_MEMBER, organisation=town) for _ in range(2))
    secretary = factories.person(Role.COUNCIL_SECRETARY, organisation=town)
    council = found_council(town)
    join(council, chair, Seat.CHAIR)
    join(council, member)
    join(council, secretary, Seat.SECRETARY, has_vote=False)
    rows = [
        factories.measure(section, executors=[executor], number=f"1.{place}", title=f"Семинар {place}")
        for place in range(1, measures + 1)
    ]
    report = begin_report(plan, title="Отчет за 2026 год", period="2026 год", by=coordinator)
    people = (chair, member, secretary, coordinator, executor)
    return Scene(town, council, *people, plan, rows, report, plan_sitting(council))


def found_council(town: Organisation, name: str = "Совет руководителей") -> Council:
    with transaction():
        council = Council(organisation=town, council_kind=CouncilKind.HEADS_COUNCIL, name=name)
        keep(council, council, "council.create")
    return council


def join(council: Council, user: User, seat: Seat = Seat.MEMBER, *, has_vote: bool = True) -> Membership:
    with transaction():
        member = Membership(council=council, user=user, name=user.name, seat=seat, since=date(2020, 1, 1))
        member.has_vote = has_vote
        keep(member, council, "council.name_member")
    return member


def plan_sitting(council: Council, *, days: int = 3) -> Sitting:
    with transaction():
        dossier = Dossier(organisation=council.organisation, title="Заседание")
        sitting = Sitting(council=council, date=today() + timedelta(days=days), dossier=dossier)
        keep(sitting, sitting, "sitting.plan")
    return sitting


def put_on_agenda(sitting: Sitting, version: ReportVersion) -> AgendaItem:
    with transaction():
        item = AgendaItem(sitting=sitting, position=len(sitting.items) + 1, item_kind=ItemKind.REPORT)
        item.title, item.report_version = "Об отчёте", version
        keep(item, sitting, "sitting.add_item")
    return item


def keep(row: Any, subject: Journalled, action: str) -> None:
    """Add a row and tell the journal of it, as a service would."""
    session = db.session()
    session.add(row)
    session.flush()  # the journal names the subject by its number
    record(subject, action, by=SYSTEM)
