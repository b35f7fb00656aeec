"""One district in January 2027: its council with nine voters, its secretary, a report that lies before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import Organisation, Role, User
from core.db import db, transaction
from council.models import AgendaItem, Choice, Council, Presence, Seat, Sitting
from council.queries.sittings import sitting_of
from council.rules import Rules
from council.services.agenda import ItemFacts, add_item
from council.services.attendance import mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.deciding import DecisionFacts, decide_item, note_item
from council.services.minutes import print_minutes, sign_minutes
from council.services.sittings import SittingFacts, close_sitting, open_sitting, plan_sitting, send_agenda
from council.services.voting import enter_votes, open_voting
from documents.kinds import DocumentKind
from orders.models import Register
from orders.services.registers import RegisterFacts, open_register
from reports.models import ReportVersion
from tests import factories
from tests.remembered import remembered
from tests.reports.scene import Scene as ReportScene
from tests.reports.scene import scene as report_scene

NOW = datetime(2027, 1, 27, 9, 0, tzinfo=UTC)
DAY = date(2027, 1, 27)
DECISIONS = (
    DecisionFacts("Отчёт рассмотреть"),
    DecisionFacts("Провести сверку показателей", "Отдел общего образования", "до 01.03.2027"),
)


@dataclass
class Scene:
    """The people of one district and their council."""

    town: Organisation
    secretary: User
    chair: User
    members: list[User]
    coordinator: User
    stranger: User
    register: Register
    council: Council
    reports: ReportScene

    @property
    def voters(self) -> list[User]:
        return [self.chair, *self.members]

    @remembered
    def planned(self, *titles: str, **facts: Any) -> Sitting:
        """A sitting with an item for each title."""
        sitting = plan_sitting(self.council, SittingFacts(**({"date": DAY} | facts)), by=self.secretary)
        for title in titles or ("О готовности школ",):
            add_item(sitting, ItemFacts(title, speaker="Тополева С. М."), by=self.secretary)
        return self.seen(sitting)

    @remembered
    def with_report(self, version: ReportVersion | None = None) -> Sitting:
        """A sitting with a report for its only item."""
        sitting = plan_sitting(self.council, SittingFacts(date=DAY), by=self.secretary)
        version = version or self.reports.under_review()
        add_item(sitting, ItemFacts("Об отчёте за 2026 год", report_version=version), by=self.secretary)
        return self.seen(sitting)

    @remembered
    def opened(self, sitting: Sitting | None = None, *, present: int = 9) -> Sitting:
        """An open sitting at which so many of the voters are present."""
        sitting = sitting or self.planned()
        send_agenda(sitting, by=self.secretary)
        if not sitting.is_by_correspondence:
            marks = {seat.id: Presence.PRESENT for seat in sitting.voters[:present]}
            mark_attendance(sitting, marks, by=self.secretary)
        open_sitting(sitting, by=self.secretary)
        return self.seen(sitting)

    @remembered
    def voting(self, sitting: Sitting | None = None, *, present: int = 9) -> AgendaItem:
        """An item on which votes are taken."""
        sitting = self.opened(sitting, present=present)
        open_voting(sitting.items[0], by=self.secretary)
        return self.seen(sitting).items[0]

    @remembered
    def voted(self, item: AgendaItem, choices: Sequence[Choice]) -> AgendaItem:
        """The item with these votes put down, of the presiding person first."""
        seats = item.sitting.voters
        given = {seat.id: choice for seat, choice in zip(seats, choices, strict=False)}
        remarks = {number: "Уточнить п. 2" for number, choice in given.items() if "remarks" in choice}
        enter_votes(item, given, remarks=remarks, by=self.secretary)
        return self.seen(item.sitting).items[item.position - 1]

    @remembered
    def decided(self, sitting: Sitting | None = None) -> Sitting:
        """A sitting whose only item was adopted by all, with two points."""
        item = self.voted(self.voting(sitting), [Choice.FOR] * 9)
        note_item(
            item, heard="Тополеву С. М.", spoke="Берёзкин А. А.", decisions=DECISIONS, by=self.secretary
        )
        decide_item(item, by=self.chair)
        return self.seen(item.sitting)

    @remembered
    def closed(self, sitting: Sitting | None = None) -> Sitting:
        """A closed sitting whose minutes are drawn up."""
        sitting = self.decided(sitting)
        close_sitting(sitting, by=self.secretary)
        print_minutes(sitting, by=self.secretary)
        return self.seen(sitting)

    @remembered
    def signed(self, sitting: Sitting | None = None) -> Sitting:
        sitting = self.closed(sitting)
        sign_minutes(sitting, by=self.secretary)
        return self.seen(sitting)

    def seen(self, sitting: Sitting) -> Sitting:
        """The sitting as the secretary's page reads it."""
        db.session.expire_all()
        return sitting_of(sitting.id, seen_by=self.secretary)


@remembered
def build(rules: Rules | None = None, members: int = 8) -> Scene:
    """The district; call it inside an application context, with the clock at NOW."""
    reports = report_scene()
    town = reports.plan.organisation
    with transaction():
        clerk = factories.person(Role.CLERK, organisation=town)
        register = open_register(
            town, RegisterFacts("Протоколы Совета"), document_kind=DocumentKind.MINUTES, by=clerk
        )
        facts = CouncilFacts(
            "Совет руководителей", name_prepositional="Совете руководителей", place="с. Озёрное",
            ground="постановление от 12.01.2026 № 7", rules=rules or Rules(norm="п. 12 Положения о Совете"),
        )  # fmt: skip
        council = create_council(town, facts, register=register, by=reports.secretary)
        people = [factories.person(Role.COUNCIL_MEMBER, organisation=town) for _ in range(members + 1)]
        for number, person in enumerate(people):
            seat = Seat.MEMBER if number else Seat.CHAIR
            _name(council, person, seat, reports.secretary)
        _name(council, reports.secretary, Seat.SECRETARY, reports.secretary, has_vote=False)
    return Scene(
        town=town, secretary=reports.secretary, chair=people[0], members=people[1:],
        coordinator=reports.coordinator, stranger=factories.person(Role.COUNCIL_SECRETARY),
        register=register, council=council, reports=reports,
    )  # fmt: skip


def _name(council: Council, person: User, seat: Seat, by: User, **facts: Any) -> None:
    name_member(council, MemberFacts(user=person, seat=seat, since=date(2026, 1, 1), **facts), by=by)
