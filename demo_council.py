"""The council of the demonstration: last year's report decided on and published, this year's before it."""

from datetime import date, timedelta

import click

from accounts.models import User
from core.clock import now, today
from council.models import AgendaItem, Choice, Council, Presence, Seat, Sitting
from council.review_rows import rows_of
from council.rules import Rules
from council.services.agenda import ItemFacts, add_item
from council.services.attendance import mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.deciding import DecisionFacts, decide_item, note_item
from council.services.minutes import link_measures, print_minutes, sign_minutes
from council.services.review import look_at
from council.services.review_remarks import RemarkFacts, answer_remark, make_remark, resolve_remark
from council.services.sittings import SittingFacts, close_sitting, open_sitting, plan_sitting, send_agenda
from council.services.voting import cast_vote, enter_unanimous, open_voting
from demo_year import District, moment_of
from documents.kinds import DocumentKind
from orders.models import Register
from orders.services.control import confirm_proposals
from orders.services.registers import RegisterFacts, open_register
from reports.models import ReportVersion
from reports.publication.services import ByHand, publish_report
from reports.services import begin_report, make_version, move_version
from roadmap.models import Plan

PLACE = "с. Приозёрное, ул. Береговая, 4, зал заседаний"
#: Members without an account: the secretary puts their votes down.
WITHOUT_ACCOUNTS = (
    ("Боровиков С. И.", "директор МБОУ «Средняя школа № 1»"),
    ("Осокина Л. В.", "директор МБОУ «Средняя школа № 2»"),
    ("Камышова Т. Р.", "директор ЦРО"),
)
DECISIONS = (
    DecisionFacts("Отчёт рассмотреть, работу исполнителей признать удовлетворительной"),
    DecisionFacts(
        "Подготовить предложения в план на следующий год", "Центр развития образования", "до 20 декабря"
    ),
)


def found_council(district: District, year: int) -> Council:
    """The council with its rules, its register of minutes and its members."""
    with moment_of(date(year, 1, 12)):
        facts = CouncilFacts(
            "Совет руководителей", name_prepositional="Совете руководителей", place=PLACE,
            ground=f"приказ от 12.01.{year} № 3-од", rules=Rules(norm="п. 3.4 Положения о Совете"),
        )  # fmt: skip
        by = secretary_of(district)
        council = create_council(district.bodies["municipality"], facts, register=_register(district), by=by)
        for member in _members(district, date(year - 1, 9, 1)):
            name_member(council, member, by=by)
    return council


def _register(district: District) -> Register:
    return open_register(
        district.bodies["municipality"], RegisterFacts("Протоколы Совета руководителей"),
        document_kind=DocumentKind.MINUTES, by=district.people["deloproizvoditel"],
    )  # fmt: skip


def _members(district: District, since: date) -> list[MemberFacts]:
    known = (
        MemberFacts(user=chair_of(district), seat=Seat.CHAIR, since=since),
        MemberFacts(user=district.checker, seat=Seat.DEPUTY, since=since),
    )
    others = [MemberFacts(name, post=post, since=since) for name, post in WITHOUT_ACCOUNTS]
    last = MemberFacts(user=secretary_of(district), seat=Seat.SECRETARY, has_vote=False, since=since)
    return [*known, *others, last]


def chair_of(district: District) -> User:
    return district.people["sovet"]


def secretary_of(district: District) -> User:
    return district.people["sekretar"]


def decide_on(district: District, council: Council, version: ReportVersion, year: int) -> Sitting:
    """The past year's report reviewed, a remark answered, voted on, stamped, published; minutes signed."""
    day = min(date(year, 1, 27), today())
    with moment_of(date(year, 1, 21)):
        sitting = put_before(district, council, version, day)
        mark_rows(version, chair_of(district), district.checker)
        answered_remark(district, version)
    with moment_of(day):
        vote_on(district, hold(district, sitting))
        sign(district, sitting)
    with moment_of(day + timedelta(days=1)):
        publish_report(version, ByHand(), by=district.coordinator)
    return sitting


def put_before(district: District, council: Council, version: ReportVersion, day: date) -> Sitting:
    """The version sent to the council, on the agenda of a sitting of that day, and the agenda sent."""
    by, period = secretary_of(district), version.report.period
    move_version(version, "submit", by=district.coordinator)
    sitting = plan_sitting(council, SittingFacts(day, "10:00", PLACE), by=by)
    item = ItemFacts(
        f"Об исполнении плана мероприятий «Учитель Приозёрья» за {period}", proposal="Отчёт рассмотреть",
        speaker=district.coordinator.short_name, report_version=version,
    )  # fmt: skip
    add_item(sitting, item, by=by)
    send_agenda(sitting, by=by)
    return sitting


def mark_rows(version: ReportVersion, *members: User, of_every: int = 1) -> None:
    """The members look at the rows; `of_every` 2, at every second one."""
    rows = _measures_in(version)[::of_every]
    for member in members:
        look_at(version, rows, by=member)


def _measures_in(version: ReportVersion) -> list[int]:
    return [row.measure_id for row in rows_of(version.data) if row.measure_id]


def answered_remark(district: District, version: ReportVersion) -> None:
    """The presiding person asks, the coordinator answers, the answer is accepted."""
    said = RemarkFacts("Сколько педагогов участвовало и где опубликованы итоги?", needs_answer=True)
    remark = make_remark(version, _measures_in(version)[0], said, by=chair_of(district))
    answer_remark(remark, "58 педагогов; итоги — на сайте комитета.", by=district.coordinator)
    resolve_remark(remark, by=chair_of(district))


def hold(district: District, sitting: Sitting) -> AgendaItem:
    """Opened with one member absent; the report is heard."""
    by, absent = secretary_of(district), sitting.voters[-1]
    marks = {seat.id: Presence.PRESENT for seat in sitting.voters} | {absent.id: Presence.ABSENT}
    mark_attendance(sitting, marks, reasons={absent.id: "отпуск"}, by=by)
    open_sitting(sitting, by=by)
    item = sitting.items[0]
    spoke = "Боровиков С. И.: итоги года стоит показать молодым педагогам."
    heard = f"{item.speaker} об исполнении плана мероприятий."
    note_item(item, heard=heard, spoke=spoke, decisions=DECISIONS, by=by)
    return item


def vote_on(district: District, item: AgendaItem) -> None:
    """Two vote themselves, the hands of the others are put down; whoever presides declares the result."""
    open_voting(item, by=secretary_of(district))
    cast_vote(item, Choice.FOR, by=chair_of(district))
    cast_vote(item, Choice.FOR_WITH_REMARKS, remark="Показать итоги по школам", by=district.checker)
    enter_unanimous(item, by=secretary_of(district))
    decide_item(item, by=chair_of(district))


def sign(district: District, sitting: Sitting) -> None:
    """Minutes drawn up and signed; what they assign goes under control as a measure."""
    by = secretary_of(district)
    close_sitting(sitting, by=by)
    print_minutes(sitting, by=by)
    sign_minutes(sitting, by=by)
    assert sitting.order
    confirm_proposals(sitting.order, by=district.coordinator)
    link_measures(sitting, by=by)
    click.echo(f"  protocol {sitting.number} of {sitting.date:%d.%m.%Y}: {sitting.items[0].outcome_label}")


def call_next(district: District, council: Council, plan: Plan) -> Sitting:
    """The running report before a sitting to come: half read, a remark waiting for its answer."""
    period = f"{plan.year_to} год"
    title = f"Отчет об исполнении плана мероприятий «Учитель Приозёрья» за {period}"
    begun = begin_report(plan, title=title, period=period, by=district.coordinator)
    version = make_version(begun, as_of=now(), by=district.coordinator)
    sitting = put_before(district, council, version, today() + timedelta(days=10))
    mark_rows(version, district.checker, of_every=2)
    asked = RemarkFacts("Есть ли итоги по школам? Приложите их к отчёту.", needs_answer=True)
    make_remark(version, _measures_in(version)[2], asked, by=chair_of(district))
    return sitting
