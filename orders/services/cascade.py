"""Cascade: an item goes down to named subordinate organisations as measures of theirs, answers come up."""

from collections.abc import Sequence

from accounts.models import Organisation, Role, User
from core.audit import record
from core.db import transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn
from core.words import _
from orders.models import Order
from roadmap.models import Measure
from roadmap.models.measure import OPEN_TO_FILES
from roadmap.queries.measures import parts_of
from roadmap.services.answers import Report, report
from roadmap.services.executors import Executor
from roadmap.services.measures import MeasureFacts, add_measure
from roadmap.services.plans import require_coordinator
from workflow.measure import MeasureState

#: What of a part counts as an answer: sent, accepted, or closed as not done.
ANSWERED = (
    MeasureState.SUBMITTED, MeasureState.EXECUTED, MeasureState.PARTIALLY_EXECUTED, MeasureState.NOT_EXECUTED,
)  # fmt: skip


def pass_down(
    measure: Measure, organisations: Sequence[Organisation], *, order: Order, by: User
) -> list[Measure]:
    """One measure for each organisation, a part of `measure`, with its period and its form of execution.

    The organisation answers for its part as for any measure; who has one already is left out.
    """
    require_coordinator(measure.plan, by=by)
    _check(measure, organisations, order)
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        present = {p.organisation_id for part in parts_of(measure) for p in part.participations}
        wanted = [body for body in organisations if body.id not in present]
        first = len(parts_of(measure)) + 1
        parts = [_part(measure, body, number, order, by) for number, body in enumerate(wanted, first)]
        record(order, "order.pass_down", by=by, note=", ".join(body.label for body in wanted))
    return parts


def _check(measure: Measure, organisations: Sequence[Organisation], order: Order) -> None:
    if measure.plan_id != order.plan_id or measure.parent_id is not None:
        raise Invalid(_("Вниз передают пункт этого приказа, а не часть другого пункта. Откройте сам пункт."))
    if measure.is_closed:
        raise OutOfTurn(_("Пункт закрыт: передавать нечего. Выберите открытый пункт."))
    if not organisations:
        raise Invalid(_("Отметьте организации, которым передаёте пункт."))
    path = order.organisation.path
    if any(not body.path.startswith(path) or body.path == path for body in organisations):
        raise Invalid(_("Пункт передают подведомственным организациям. Выберите их в списке."))


def _part(measure: Measure, body: Organisation, number: int, order: Order, by: User) -> Measure:
    facts = MeasureFacts(
        number=f"{measure.number}.{number}" if measure.number else str(number),
        title=measure.title,
        due_text=measure.due_text,
        form_of_execution=measure.form_of_execution,
        executors=(Executor(body.name, organisation_id=body.id),),
        source={"order": order.id, "passed_from": measure.id},
    )
    return add_measure(measure.section, facts, by=by, parent=measure, ground=order.caption)


def gather(measure: Measure, *, by: User) -> int:
    """Put what the organisations have answered into the report of the whole; how many answers.

    The responsible executor (or the coordinator) goes on from this text and submits it.
    """
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Ответы сводит ответственный исполнитель. Обратитесь к нему."))
    if measure.state not in OPEN_TO_FILES:
        raise OutOfTurn(_("Ответ уже сдан. Чтобы изменить его, отзовите ответ."))
    answered = [part for part in parts_of(measure) if part.state in ANSWERED and part.report_text.strip()]
    if not answered:
        raise Blocked(_("Организации ещё ничего не ответили. Дождитесь ответов или напомните о них."))
    lines = [f"{_who(part)}: {part.report_text.strip()}" for part in answered]
    fresh = [line for line in lines if line not in measure.report_text]
    text = "\n".join([t for t in (measure.report_text,) if t] + fresh)
    said = Report(
        text=text,
        claim=measure.claim,
        actual_date=measure.actual_date,
        deviation_reason=measure.deviation_reason,
        evidence_exception=measure.evidence_exception,
        status_text=measure.status_text,
    )
    report(measure, said, by=by)
    return len(fresh)


def _who(part: Measure) -> str:
    return part.responsible.name if part.responsible else part.number
