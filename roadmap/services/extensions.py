"""Moving a due date: asked for by the executor, decided by whoever coordinates the plan (R5)."""

from datetime import date

from accounts.models import Role, User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from core.filters import dmy
from core.outbox import publish
from core.words import _
from roadmap.models import Extension, Measure
from roadmap.queries.work import extensions_of
from roadmap.services.due import due_rules
from workflow.measure import OPEN


def _check_day(measure: Measure, new_end: date) -> None:
    if measure.due_end and new_end <= measure.due_end:
        raise Invalid(_("Новый срок должен быть позже %(old)s", old=dmy(measure.due_end)))


def request_extension(measure: Measure, *, wanted_end: date, reason: str, by: User) -> Extension:
    """Ask for a later due date, with reasons; one request at a time."""
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Продлить срок просит исполнитель мероприятия."))
    if measure.state not in OPEN:
        raise OutOfTurn(_("Мероприятие закрыто: срок ему больше не нужен."))
    if not reason.strip():
        raise Invalid(_("Объясните, почему нужен новый срок."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        reason = reason.strip()
        _check_day(measure, wanted_end)
        if is_asked(measure):
            raise Blocked(_("Просьба о продлении уже отправлена и ждёт решения."))
        asked = Extension(
            measure=measure, requested_by=by, old_end=measure.due_end, wanted_end=wanted_end, reason=reason
        )  # fmt: skip
        session.add(asked)
        session.flush()  # the journal names the request by its number
        record(measure, "measure.ask_extension", by=by, note=reason.strip())
        _tell(measure, "measure.ask_extension", by)
    return asked


def is_asked(measure: Measure) -> bool:
    """Whether a request awaits its decision."""
    return any(extension.decided_at is None for extension in extensions_of(measure))


def grant_extension(extension: Extension, *, new_end: date, ground: str, by: User) -> None:
    """Move the due date. Overdue counts from the new one; the original stays visible."""
    measure = extension.measure
    _check_decider(extension, by)
    if not ground.strip():
        raise Blocked(_("Назовите основание: документ или причину, по которой срок продлён."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        _check_day(measure, new_end)
        _decide(extension, by)
        extension.is_granted, extension.new_end, extension.ground = True, new_end, ground.strip()
        measure.original_due_end = measure.original_due_end or measure.due_end
        measure.due_end, measure.control_date = new_end, due_rules().control_day(new_end)
        record(measure, "measure.extend", by=by, note=extension.reason, ground=ground)
        _tell(measure, "measure.extend", by)


def refuse_extension(extension: Extension, *, reason: str, by: User) -> None:
    """Leave the due date as it is, and say why."""
    _check_decider(extension, by)
    if not reason.strip():
        raise Blocked(_("Напишите, почему срок не продлён."))
    with transaction() as session:
        session.refresh(extension.measure, with_for_update={"of": Measure})
        _decide(extension, by)
        extension.ground = reason.strip()
        record(extension.measure, "measure.refuse_extension", by=by, note=reason)
        _tell(extension.measure, "measure.refuse_extension", by, note=reason)


def _check_decider(extension: Extension, by: User) -> None:
    if Role.COORDINATOR not in extension.measure.roles_of(by):
        raise NotYours(_("Срок продлевает координатор дорожной карты."))
    if extension.requested_by_id == by.id:
        raise Blocked(_("Свою просьбу не решают: это сделает другой координатор."))


def _decide(extension: Extension, by: User) -> None:
    db.session.refresh(extension)
    if extension.decided_at is not None:
        raise Stale(_("По этой просьбе уже принято решение."))
    if extension.measure.state not in OPEN:
        raise OutOfTurn(_("Мероприятие закрыто: срок ему больше не нужен."))
    extension.decided_by_id, extension.decided_at = by.id, now()


def _tell(measure: Measure, event: str, by: User, *, note: str = "") -> None:
    publish(event, event=event, subject_id=measure.id, by_id=by.id, note=note)
