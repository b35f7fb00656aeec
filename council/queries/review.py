"""How far each member is with a report, and which rows nobody but their executor has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from core.audit import Entry
from core.clock import today
from core.db import db
from council.models import AgendaItem, Council, Membership, Remark, RowMark, Sitting
from council.queries.review_access import agenda_of, holds_today
from council.review_rows import Row, rows_of
from reports.models import ReportVersion
from roadmap.models import Measure, Participation
from workflow.report import AT_COUNCIL
from workflow.sitting import SittingState

REMINDED = "report_version.remind_review"


@dataclass(frozen=True)
class Progress:
    """One member: how many rows as they stand now they have looked at, of how many, and what they said."""

    membership: Membership
    seen: int
    total: int
    remarks: int
    last: datetime | None

    @property
    def is_done(self) -> bool:
        return self.seen >= self.total

    @property
    def has_begun(self) -> bool:
        return self.last is not None


def members_of(council_id: int) -> list[Membership]:
    """Who sits in the council today, in its order."""
    found = select(Membership).where(Membership.council_id == council_id, holds_today())
    found = found.options(joinedload(Membership.user).selectinload(User.grants))
    return list(db.session.scalars(found.order_by(Membership.position, Membership.id)))


def progress_of(version: ReportVersion, members: Iterable[Membership]) -> list[Progress]:
    """How far the members are with the rows of this version, in the order given."""
    rows = [row for row in rows_of(version.data) if row.measure_id]
    looked = _looked(version.report_id)
    remarks, last = _remark_counts(version.report_id), _last_looks(version.report_id)
    return [
        Progress(
            membership=member,
            seen=sum(row.key in looked.get(member.user_id or 0, ()) for row in rows),
            total=len(rows),
            remarks=remarks.get(member.user_id or 0, 0),
            last=last.get(member.user_id or 0),
        )
        for member in members
    ]


def _looked(report_id: int) -> dict[int, set[tuple[int, str]]]:
    """Who has looked at what: person → (measure id, digest)."""
    columns = (RowMark.user_id, RowMark.measure_id, RowMark.digest)
    found = select(*columns).join(ReportVersion, ReportVersion.id == RowMark.report_version_id)
    found = found.where(ReportVersion.report_id == report_id).order_by(RowMark.id)
    looked: dict[int, set[tuple[int, str]]] = {}
    for user_id, measure_id, digest in db.session.execute(found):
        looked.setdefault(user_id, set()).add((measure_id, digest))
    return looked


def _remark_counts(report_id: int) -> dict[int, int]:
    found = select(Remark.author_id, func.count()).join(Remark.report_version)
    found = found.where(ReportVersion.report_id == report_id).group_by(Remark.author_id)
    return dict(db.session.execute(found.order_by(Remark.author_id)).all())


def _last_looks(report_id: int) -> dict[int, datetime]:
    found = select(RowMark.user_id, func.max(RowMark.viewed_at)).join(
        ReportVersion, ReportVersion.id == RowMark.report_version_id
    )
    found = found.where(ReportVersion.report_id == report_id).group_by(RowMark.user_id)
    return dict(db.session.execute(found.order_by(RowMark.user_id)).all())


def unpassed_rows(version: ReportVersion, council: Council | None = None) -> list[Row]:
    """Rows executed by a voter of the council that no other voter has looked at, in their order.

    The executor of a row cannot be the only one who passes it, so the council decides nothing while there
    are any. Where every voter executes the row, two of them have to look. Rows without an executor in the
    council are not asked about: they may be read on paper.
    `council` is the one whose agenda has the report, when it is not given.
    """
    if council is None:
        item = agenda_of(version)
        council = item.sitting.council if item else None
    voters = [m.user for m in members_of(council.id) if m.has_vote and m.user] if council else []
    own = _rows_of_their_own(version, voters)
    looked = _looked(version.report_id)
    return [row for row, executors in own if not _passed_by_another(row, executors, voters, looked)]


def _rows_of_their_own(version: ReportVersion, voters: list[User]) -> list[tuple[Row, set[int]]]:
    """Rows with the voters who execute them, where there are any."""
    rows = {row.measure_id: row for row in rows_of(version.data) if row.measure_id}
    executors = {m.id: {v.id for v in voters if _executes(m, v)} for m in _measures(rows)} if voters else {}
    return [(row, executors[number]) for number, row in rows.items() if executors.get(number)]


def _measures(ids: Iterable[int]) -> list[Measure]:
    who = selectinload(Measure.participations)
    found = select(Measure).where(Measure.id.in_(list(ids)))
    found = found.options(who.joinedload(Participation.organisation), who.joinedload(Participation.user))
    return list(db.session.scalars(found.order_by(Measure.id)))


def _executes(measure: Measure, person: User) -> bool:
    """Named, an executor of a named organisation, or the one who sent the answer."""
    is_named = any(part.is_for(person) for part in measure.participations)
    return is_named or measure.submitted_by_id == person.id


def _passed_by_another(
    row: Row, executors: set[int], voters: list[User], looked: dict[int, set[tuple[int, str]]]
) -> bool:
    others = [voter.id for voter in voters if voter.id not in executors]
    passed = sum(row.key in looked.get(number, ()) for number in others or executors)
    return passed >= (1 if others else 2)


def last_reminder(version: ReportVersion) -> Entry | None:
    """When the members were last reminded, by whom, and who they were."""
    found = select(Entry).where(Entry.subject_kind == ReportVersion.kind, Entry.subject_id == version.id)
    return db.session.scalar(found.where(Entry.action == REMINDED).order_by(Entry.id.desc()).limit(1))


def reviews_in(days: int) -> list[AgendaItem]:
    """Items with a report at the council whose sitting is that many days away, the nearest first."""
    found = select(AgendaItem).join(AgendaItem.sitting)
    found = found.join(ReportVersion, ReportVersion.id == AgendaItem.report_version_id)
    day = today() + timedelta(days=days)
    found = found.where(Sitting.date == day, Sitting.state != SittingState.CANCELLED)
    found = found.where(ReportVersion.state.in_(AT_COUNCIL), AgendaItem.decided_at.is_(None))
    found = found.options(contains_eager(AgendaItem.sitting), contains_eager(AgendaItem.report_version))
    return list(db.session.scalars(found.order_by(AgendaItem.id)))
