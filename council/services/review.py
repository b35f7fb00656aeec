"""What members of a council do with the rows of a report: they look at them."""

from collections.abc import Iterable

from accounts.models import User
from core.db import db, transaction
from core.errors import Invalid, NotYours, OutOfTurn
from core.words import _
from council.models import RowMark
from council.queries.review_access import chair_of, marks_on
from council.review_rows import Row, rows_of
from reports.models import ReportVersion
from workflow.report import AT_COUNCIL


def require_reviewer(version: ReportVersion, by: User) -> None:
    """Refuse whoever does not sit in a council that has the report."""
    if chair_of(version, by) is None:
        raise NotYours(_("Отчёт рассматривают члены Совета."))


def require_at_council(version: ReportVersion) -> None:
    """Refuse a version that the council does not have before it, or has decided on."""
    if version.state not in AT_COUNCIL:
        raise OutOfTurn(
            _("Версия %(number)s сейчас не на рассмотрении Совета.", number=version.number)
        )  # fmt: skip


def row_of(version: ReportVersion, measure_id: int) -> Row:
    """The row of the version that tells of the measure; Invalid when there is none."""
    return _named(version, [measure_id])[measure_id]


def _named(version: ReportVersion, wanted: Iterable[int]) -> dict[int, Row]:
    rows = {row.measure_id: row for row in rows_of(version.data) if row.measure_id}
    try:
        return {number: rows[number] for number in wanted}
    except KeyError:
        raise Invalid(_("Такой строки в отчёте нет. Откройте его заново.")) from None


def look_at(version: ReportVersion, seen: Iterable[int], unseen: Iterable[int] = (), *, by: User) -> None:
    """Mark the rows of the measures `seen` as looked at, and take the marks off those of `unseen`."""
    require_reviewer(version, by)
    require_at_council(version)
    ticked, cleared = _named(version, seen), _named(version, unseen)
    with transaction() as session:
        # Two windows of one person may mark the same row: the second one waits and finds it marked.
        session.refresh(by, attribute_names=["login"], with_for_update={"of": User, "key_share": True})
        marks = marks_on(version.report_id, [*ticked, *cleared], by)
        for mark in marks:
            if mark.measure_id in cleared:
                session.delete(mark)
        _add_marks(version, ticked.values(), marks, by)


def _add_marks(version: ReportVersion, rows: Iterable[Row], marks: list[RowMark], by: User) -> None:
    known = {(mark.measure_id, mark.digest) for mark in marks}
    for row in rows:
        if row.key not in known:
            mark = RowMark(report_version_id=version.id, measure_id=row.measure_id, digest=row.digest)
            mark.user_id = by.id
            db.session.add(mark)
