"""Remarks on the rows of a report: made, answered, objected to, resolved, withdrawn."""

from dataclasses import dataclass

from accounts.models import Role, User
from core.audit import record
from core.db import db, transaction
from core.errors import Blocked, Invalid, Stale
from core.outbox import publish
from core.words import _
from council.models import Addressee, Remark
from council.queries.review_access import locked_report, open_blockers, undecided_versions
from council.services.review import require_at_council, require_reviewer, row_of
from reports.models import ReportVersion
from roadmap.models import Measure
from workflow.measure import MeasureState
from workflow.services import perform, perform_each

S = MeasureState
#: How a measure goes back to its executor; in the states that are missing it is with them already.
TO_WORK = {
    S.SUBMITTED: "return", S.EXECUTED: "resume", S.PARTIALLY_EXECUTED: "resume", S.NOT_EXECUTED: "resume",
}  # fmt: skip
#: For a remark to an executor the council has the coordinator's say over the measure, and no longer.
COORDINATOR = frozenset({Role.COORDINATOR})


@dataclass(frozen=True)
class RemarkFacts:
    """What a member says, to whom, and whether nothing may be decided before it is answered."""

    text: str
    needs_answer: bool = False
    addressee: Addressee = Addressee.COORDINATOR


def make_remark(version: ReportVersion, measure_id: int, said: RemarkFacts, *, by: User) -> Remark:
    """A remark on the row of a measure. Sent to the executor, the measure returns to work with it."""
    require_reviewer(version, by)
    row = row_of(version, measure_id)
    if not said.text.strip():
        raise Invalid(_("Напишите замечание: что уточнить или исправить."))
    with transaction() as session:
        # A decision may be under way: whoever comes second finds the version decided.
        locked_report(version.report_id)
        session.refresh(version, with_for_update={"of": ReportVersion})
        require_at_council(version)
        remark = Remark(
            report_version=version, measure_id=measure_id, row_number=row.number, author_id=by.id,
            text=said.text.strip(), needs_answer=said.needs_answer, addressee=said.addressee,
        )  # fmt: skip
        session.add(remark)
        session.flush()  # the journal names the remark by its number
        record(remark, "remark.make", by=by)
        has_moved = said.addressee is Addressee.EXECUTOR and _send_to_work(remark, by)
        publish("remark.make", event="remark.make", subject_id=remark.id, has_moved=has_moved)
        keep_count(version)
    return remark


def _send_to_work(remark: Remark, by: User) -> bool:
    """Return the measure to its executor with the remark; False when it is with them already."""
    measure = db.session.get_one(Measure, remark.measure_id)
    if measure.is_put_away or measure.state is S.CANCELLED:
        raise Blocked(
            _("Мероприятие снято с контроля или карта завершена: направьте замечание координатору.")
        )
    if move := TO_WORK.get(measure.state):
        perform(measure, move, by=by, note=remark.text, acting=COORDINATOR)
    return bool(move)


def answer_remark(remark: Remark, text: str, *, by: User, version: int | None = None) -> None:
    """What the coordinator or the executor says to a remark; an open one no longer keeps from deciding."""
    with transaction():
        _lock(remark, version)
        remark.answer = text.strip()
        _move(remark, "answer", by=by)


def resolve_remark(remark: Remark, *, by: User, version: int | None = None) -> None:
    """The answer is good."""
    _make_move(remark, "resolve", by=by, version=version)


def object_to_answer(remark: Remark, reason: str, *, by: User, version: int | None = None) -> None:
    """The answer is not good, and why: the remark is open again."""
    with transaction():
        _lock(remark, version)
        remark.objection = reason.strip()
        _move(remark, "object", by=by, note=reason)


def withdraw_remark(remark: Remark, *, by: User, version: int | None = None) -> None:
    """The author takes the remark back."""
    _make_move(remark, "withdraw", by=by, version=version)


def _make_move(remark: Remark, name: str, *, by: User, version: int | None) -> None:
    with transaction():
        _lock(remark, version)
        _move(remark, name, by=by)


def _lock(remark: Remark, version: int | None) -> None:
    db.session.refresh(remark, with_for_update={"of": Remark})
    if version is not None and remark.version != version:
        raise Stale(_("Пока вы писали, на замечание уже ответили или его сняли. Откройте его заново."))


def _move(remark: Remark, name: str, *, by: User, note: str = "") -> None:
    perform_each([remark], name, by=by, note=note)
    keep_count(remark.report_version)


def keep_count(version: ReportVersion) -> None:
    """Count anew, in the open transaction, what keeps the council from deciding on the report.

    A remark follows its report: what was said of version 3 and not answered blocks version 4 as well.
    """
    locked_report(version.report_id)
    undecided = undecided_versions(version.report_id)
    count = open_blockers(version.report_id)
    for one in undecided:
        one.open_blockers = count
