"""The lifecycle of a measure."""

from enum import StrEnum
from typing import Any

from accounts.models import Role
from core.words import _
from workflow.lifecycle import Guard, Lifecycle, Move


class MeasureState(StrEnum):
    """Where a measure stands. Lateness is no state: it is computed from the dates."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    EXECUTED = "executed"
    PARTIALLY_EXECUTED = "partially_executed"
    NOT_EXECUTED = "not_executed"
    CANCELLED = "cancelled"


S = MeasureState
EXECUTOR, COORDINATOR = frozenset({Role.EXECUTOR}), frozenset({Role.COORDINATOR})
OPEN = (S.PLANNED, S.IN_PROGRESS, S.SUBMITTED, S.RETURNED)

LABELS: dict[StrEnum, Any] = {
    S.PLANNED: _("Запланировано"),
    S.IN_PROGRESS: _("В реализации"),
    S.SUBMITTED: _("На проверке"),
    S.RETURNED: _("На доработке"),
    S.EXECUTED: _("Исполнено"),
    S.PARTIALLY_EXECUTED: _("Исполнено частично"),
    S.NOT_EXECUTED: _("Не исполнено"),
    S.CANCELLED: _("Снято с контроля"),
}

HAS_CLAIM = Guard("has_claim", _("Выберите итог: исполнено, исполнено частично или не исполнено"))
HAS_TEXT = Guard("has_report_text", _("Напишите, что сделано, — хотя бы одно предложение"))
HAS_DATE = Guard("has_actual_date", _("Укажите, когда исполнено: день, например 30.06.2027"))
HAS_REASON = Guard(
    "has_deviation_reason",
    _("Объясните, почему не исполнено или исполнено позже срока, и предложите новый срок"),
)
HAS_EVIDENCE = Guard(
    "has_required_evidence",
    _("Приложите подтверждение, которое названо в форме исполнения, или объясните, почему его нет"),
)
ANSWER = (HAS_CLAIM, HAS_TEXT, HAS_DATE, HAS_REASON, HAS_EVIDENCE)
CLAIMS_EXECUTION = Guard(
    "claims_execution",
    _("Исполнитель сообщил, что мероприятие не исполнено: закройте его с этим итогом или верните"),
)
PERIOD_OVER = Guard("is_period_over", _("Срок ещё не вышел: закрыть без исполнения можно после него"))

MEASURE = Lifecycle(
    "measure",
    S,
    LABELS,
    [
        Move("start", _("Взять в работу"), (S.PLANNED,), S.IN_PROGRESS, EXECUTOR, told=_("Взяли в работу")),
        Move(
            "submit", _("Отправить на проверку"), (S.IN_PROGRESS, S.RETURNED), S.SUBMITTED, EXECUTOR, ANSWER,
            only_if="needs_acceptance", told=_("Отправили на проверку"),
        ),
        Move(
            "complete", _("Отметить исполненным"), (S.IN_PROGRESS, S.RETURNED), S.EXECUTED, EXECUTOR,
            (*ANSWER, CLAIMS_EXECUTION), unless="needs_acceptance", told=_("Исполнили"),
        ),
        Move(
            "recall", _("Отозвать ответ"), (S.SUBMITTED,), S.IN_PROGRESS, EXECUTOR, told=_("Отозвали ответ"),
        ),
        Move(
            "accept", _("Принять как исполненное"), (S.SUBMITTED,), S.EXECUTED, COORDINATOR,
            (CLAIMS_EXECUTION,), not_by="submitted_by_id", told=_("Приняли как исполненное"),
        ),
        Move(
            "return", _("Вернуть на доработку"), (S.SUBMITTED,), S.RETURNED, COORDINATOR,
            needs_note=True, told=_("Вернули на доработку"),
        ),
        Move(
            "close_partially", _("Закрыть: исполнено частично"), (S.IN_PROGRESS, S.SUBMITTED, S.RETURNED),
            S.PARTIALLY_EXECUTED, COORDINATOR, (PERIOD_OVER,), needs_note=True,
            not_by="submitted_by_id", told=_("Закрыли: исполнено частично"),
        ),
        Move(
            "close_not_executed", _("Закрыть: не исполнено"), OPEN, S.NOT_EXECUTED, COORDINATOR,
            (PERIOD_OVER,), needs_note=True, told=_("Закрыли: не исполнено"),
        ),
        Move(
            "cancel", _("Снять с контроля"), OPEN, S.CANCELLED, COORDINATOR,
            needs_ground=True, told=_("Сняли с контроля"),
        ),
        Move(
            "resume", _("Возобновить"), (S.EXECUTED, S.PARTIALLY_EXECUTED, S.NOT_EXECUTED), S.IN_PROGRESS,
            COORDINATOR, needs_note=True, told=_("Возобновили"),
        ),
    ],
)  # fmt: skip
