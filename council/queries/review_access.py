"""The review of a report: who may read it, what they have looked at, what was remarked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from accounts.models import Organisation, Role, User
from accounts.queries.organisations import reach
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.words import _
from council.models import AgendaItem, Council, Membership, Outcome, Remark, RowMark, Sitting
from reports.models import Report, ReportVersion
from roadmap.models import Measure, Participation, Plan
from roadmap.queries.awaiting import is_answered_for_by
from workflow.remark import RemarkState
from workflow.report import DECIDED
from workflow.sitting import SittingState

#: Roles in which somebody sits in a council or keeps its papers.
SEATED = (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY)
#: Roles that answer for a plan before the council.
ANSWERING = (Role.COORDINATOR, Role.COUNCIL_SECRETARY)


@dataclass(frozen=True)
class Chair:
    """Where a member reads a report: on which agenda it stands, and what they are in that council."""

    item: AgendaItem
    membership: Membership

    @property
    def sitting(self) -> Sitting:
        return self.item.sitting

    @property
    def council(self) -> Council:
        return self.item.sitting.council


def holds_today() -> ColumnElement[bool]:
    """The membership runs."""
    ends = or_(Membership.until.is_(None), Membership.until >= today())
    return (Membership.since <= today()) & ends


def on_agenda() -> Select[int, int]:
    """Reports and the councils on whose agenda a version of them stands: (report id, council id)."""
    found = select(ReportVersion.report_id, Sitting.council_id).select_from(AgendaItem)
    found = found.join(ReportVersion, ReportVersion.id == AgendaItem.report_version_id)
    found = found.join(Sitting, Sitting.id == AgendaItem.sitting_id)
    is_off = AgendaItem.outcome.is_not_distinct_from(Outcome.WITHDRAWN)
    return found.where(Sitting.state != SittingState.CANCELLED, ~is_off)


def is_reviewed_by(person: User) -> ColumnElement[bool]:
    """The condition on Report that `person` sits in a council that has it on an agenda. The seat alone is
    not enough: the role has to reach the council's organisation too."""
    agenda = on_agenda().subquery()
    within = select(Organisation.id).where(reach(person, *SEATED))
    seats = select(Membership.council_id).join(Membership.council)
    seats = seats.where(Membership.user_id == person.id, holds_today(), Council.organisation_id.in_(within))
    return Report.id.in_(select(agenda.c.report_id).where(agenda.c.council_id.in_(seats)))


def is_answered_by(person: User) -> ColumnElement[bool]:
    """The condition on Plan that `person` answers for it before the council."""
    return Plan.organisation_id.in_(select(Organisation.id).where(reach(person, *ANSWERING)))


def version_of(report_id: int, number: int, *, seen_by: User) -> ReportVersion:
    """The version for its members and for those who answer for it; NotFound for everybody else."""
    found = select(ReportVersion).join(ReportVersion.report).join(Report.plan)
    found = found.where(Report.id == report_id, ReportVersion.number == number)
    found = found.where(or_(is_reviewed_by(seen_by), is_answered_by(seen_by)))
    whole = contains_eager(ReportVersion.report).contains_eager(Report.plan)
    version = db.session.scalar(
        found.options(whole.joinedload(Plan.coordinator), joinedload(ReportVersion.made_by))
    )
    if version is None:
        raise NotFound(_("Такого отчёта нет или он вам не виден."))
    return version


def reviewed_reports(report_ids: Iterable[int], *, seen_by: User) -> set[int]:
    """Those of the reports whose review is open to the person."""
    found = select(Report.id).join(Report.plan).where(Report.id.in_(list(report_ids)))
    found = found.where(or_(is_reviewed_by(seen_by), is_answered_by(seen_by)))
    return set(db.session.scalars(found.order_by(Report.id)))


def chair_of(version: ReportVersion, person: User) -> Chair | None:
    """Where `person` reads the report as a member of a council; the latest agenda counts."""
    within = select(Organisation.id).where(reach(person, *SEATED))
    found = (
        select(AgendaItem, Membership)
        .join(AgendaItem.sitting)
        .join(Council, Council.id == Sitting.council_id)
        .join(ReportVersion, ReportVersion.id == AgendaItem.report_version_id)
        .join(Membership, Membership.council_id == Council.id)
        .where(ReportVersion.report_id == version.report_id, Sitting.state != SittingState.CANCELLED)
        .where(Membership.user_id == person.id, holds_today(), Council.organisation_id.in_(within))
        .order_by(Sitting.date.desc(), AgendaItem.id.desc(), Membership.id)
        .options(contains_eager(AgendaItem.sitting))
    )
    row = db.session.execute(found.limit(1)).first()
    return Chair(*row) if row else None


def agenda_of(version: ReportVersion) -> AgendaItem | None:
    """The latest item of an agenda that a version of the report stands on, whoever asks."""
    found = select(AgendaItem).join(AgendaItem.sitting)
    found = found.join(ReportVersion, ReportVersion.id == AgendaItem.report_version_id)
    found = found.where(ReportVersion.report_id == version.report_id, Sitting.state != SittingState.CANCELLED)
    found = found.options(contains_eager(AgendaItem.sitting))
    return db.session.scalar(found.order_by(Sitting.date.desc(), AgendaItem.id.desc()).limit(1))


def versions_of(report_id: int) -> list[ReportVersion]:
    """All versions of the report without their data, the newest first."""
    found = select(ReportVersion).where(ReportVersion.report_id == report_id)
    light = (defer(ReportVersion.data), defer(ReportVersion.gaps))
    return list(db.session.scalars(found.options(*light).order_by(ReportVersion.number.desc())))


def looked_at(report_id: int, person: User) -> set[tuple[int, str]]:
    """What the person has looked at in any version of the report: (measure id, digest of the row)."""
    found = select(RowMark.measure_id, RowMark.digest).join(
        ReportVersion, ReportVersion.id == RowMark.report_version_id
    )
    found = found.where(ReportVersion.report_id == report_id, RowMark.user_id == person.id)
    return {(measure_id, digest) for measure_id, digest in db.session.execute(found.order_by(RowMark.id))}


def marks_on(report_id: int, measure_ids: Iterable[int], person: User) -> list[RowMark]:
    """The person's marks on rows of these measures in all versions of the report."""
    found = select(RowMark).join(ReportVersion, ReportVersion.id == RowMark.report_version_id)
    found = found.where(ReportVersion.report_id == report_id, RowMark.user_id == person.id)
    return list(db.session.scalars(found.where(RowMark.measure_id.in_(measure_ids)).order_by(RowMark.id)))


def locked_report(report_id: int) -> Report:
    """The report, locked until the transaction ends: nobody makes another version meanwhile."""
    found = select(Report).where(Report.id == report_id).with_for_update(of=Report)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def undecided_versions(report_id: int) -> list[ReportVersion]:
    """The versions of the report that the council may still decide on, locked until the transaction ends."""
    found = select(ReportVersion).where(
        ReportVersion.report_id == report_id, ReportVersion.state.not_in(DECIDED)
    )
    light = (defer(ReportVersion.data), defer(ReportVersion.gaps), defer(ReportVersion.manifest))
    locked = found.options(*light).order_by(ReportVersion.id).with_for_update(of=ReportVersion)
    return list(db.session.scalars(locked.execution_options(populate_existing=True)))


def last_version_looked_at(version: ReportVersion, person: User) -> int | None:
    """The number of the latest earlier version in which the person has marked anything."""
    found = select(ReportVersion.number).join(RowMark, RowMark.report_version_id == ReportVersion.id)
    found = found.where(ReportVersion.report_id == version.report_id, RowMark.user_id == person.id)
    found = found.where(ReportVersion.number < version.number)
    return db.session.scalar(found.order_by(ReportVersion.number.desc()).limit(1))


def remarks_of(report_id: int) -> list[Remark]:
    """Every remark on the report in any version, in the order in which they were made."""
    found = whole_remark().where(ReportVersion.report_id == report_id)
    return list(db.session.scalars(found.order_by(Remark.id)))


def whole_remark() -> Select[Any]:
    """A query of remarks with all that a page shows of them and that decides who may answer."""
    executors = selectinload(Measure.participations)
    return (
        select(Remark)
        .join(Remark.report_version)
        .join(ReportVersion.report)
        .join(Report.plan)
        .options(
            joinedload(Remark.author),
            joinedload(Remark.answered_by),
            contains_eager(Remark.report_version).options(
                defer(ReportVersion.data),
                defer(ReportVersion.gaps),
                contains_eager(ReportVersion.report).contains_eager(Report.plan),
            ),
            joinedload(Remark.measure).options(
                executors.joinedload(Participation.organisation), executors.joinedload(Participation.user)
            ),
        )
    )


def remark_of(remark_id: int, *, seen_by: User) -> Remark:
    """The remark for the council, for those who answer for the plan and who take part in the measure."""
    found = whole_remark().where(Remark.id == remark_id, is_remark_seen_by(seen_by))
    remark: Remark | None = db.session.scalar(found)
    if remark is None:
        raise NotFound(_("Такого замечания нет или оно вам не видно."))
    return remark


def is_remark_seen_by(person: User) -> ColumnElement[bool]:
    """The condition on Remark, to a query joined as far as the plan, that `person` may read it."""
    mine = Remark.measure.has(is_answered_for_by(person))
    return or_(is_reviewed_by(person), is_answered_by(person), mine)


def remarks_to_answer(person: User, *, limit: int = 200) -> list[Remark]:
    """Open remarks that wait for an answer of the person, those that block first."""
    found = whole_remark().where(*_awaits_answer_of(person))
    order = (Remark.needs_answer.desc(), Remark.id)
    return list(db.session.scalars(found.order_by(*order).limit(limit)))


def count_remarks_to_answer(person: User) -> int:
    """How many there are, for the navigation: anybody may be named as an executor."""
    found = select(func.count()).select_from(Remark).join(Remark.report_version).join(ReportVersion.report)
    return db.session.scalar(found.join(Report.plan).where(*_awaits_answer_of(person))) or 0


def _awaits_answer_of(person: User) -> tuple[ColumnElement[bool], ...]:
    executes = Remark.measure.has(is_answered_for_by(person))
    answers = Plan.organisation_id.in_(select(Organisation.id).where(reach(person, Role.COORDINATOR)))
    return Remark.state == RemarkState.OPEN, or_(executes, answers)


def open_blockers(report_id: int) -> int:
    """How many remarks on the report keep the council from deciding."""
    found = select(func.count()).select_from(Remark).join(Remark.report_version)
    found = found.where(ReportVersion.report_id == report_id)
    return db.session.scalar(found.where(Remark.needs_answer, Remark.state == RemarkState.OPEN)) or 0
