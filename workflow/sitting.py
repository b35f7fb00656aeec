"""The lifecycle of a sitting: planned, its agenda sent, opened, closed, its minutes signed."""

from enum import StrEnum
from typing import Any

from accounts.models import Role
from core.words import _
from workflow.lifecycle import Guard, Lifecycle, Move


class SittingState(StrEnum):
    """Where a sitting stands."""

    PLANNED = "planned"
    AGENDA_SENT = "agenda_sent"
    OPEN = "open"
    CLOSED = "closed"
    MINUTES_SIGNED = "minutes_signed"
    CANCELLED = "cancelled"


S = SittingState
SECRETARY = frozenset({Role.COUNCIL_SECRETARY})

#: The agenda may still be put together.
BEFORE_OPENING = (S.PLANNED, S.AGENDA_SENT)

LABELS: dict[StrEnum, Any] = {
    S.PLANNED: _("Запланировано"),
    S.AGENDA_SENT: _("Повестка разослана"),
    S.OPEN: _("Идёт"),
    S.CLOSED: _("Закрыто"),
    S.MINUTES_SIGNED: _("Протокол подписан"),
    S.CANCELLED: _("Не состоялось"),
}

HAS_AGENDA = Guard("has_agenda", _("Добавьте в повестку хотя бы один вопрос"))
HAS_VOTERS = Guard("has_voters", _("Назовите членов совета с правом голоса: сейчас голосовать некому"))
HAS_DEADLINE = Guard("has_deadline", _("Укажите, до какого дня и часа принимают голоса: голосование заочное"))
HAS_COME = Guard("has_come", _("День заседания ещё не наступил"))
HAS_PRESIDING = Guard("has_presiding", _("Укажите, кто председательствует"))
HAS_QUORUM = Guard(
    "has_quorum", _("Нет кворума: отметьте, кто присутствует, или перенесите заседание на другой день")
)
HAS_NUMBER_SOURCE = Guard(
    "has_register", _("Выберите в настройках совета журнал регистрации протоколов: протоколу нужен номер")
)
IS_WHOLLY_DECIDED = Guard(
    "is_wholly_decided", _("Не по всем вопросам повестки есть решение: примите его или снимите вопрос")
)
HAS_NOTHING_DECIDED = Guard(
    "has_nothing_decided", _("По вопросам уже есть решения: закройте заседание и подпишите протокол")
)
HAS_MINUTES = Guard("has_minutes", _("Протокол ещё не составлен: нажмите «Составить протокол»"))

SITTING = Lifecycle(
    "sitting",
    S,
    LABELS,
    [
        Move(
            "send_agenda", _("Разослать повестку"), BEFORE_OPENING, S.AGENDA_SENT, SECRETARY,
            (HAS_AGENDA, HAS_VOTERS, HAS_DEADLINE), told=_("Разослали повестку"),
        ),
        Move(
            "open", _("Открыть заседание"), (S.AGENDA_SENT,), S.OPEN, SECRETARY,
            (HAS_COME, HAS_PRESIDING, HAS_QUORUM, HAS_NUMBER_SOURCE), told=_("Открыли заседание"),
        ),
        Move(
            "close", _("Закрыть заседание"), (S.OPEN,), S.CLOSED, SECRETARY, (IS_WHOLLY_DECIDED,),
            told=_("Закрыли заседание"),
        ),
        Move(
            "resume", _("Вернуться к заседанию"), (S.CLOSED,), S.OPEN, SECRETARY, needs_note=True,
            told=_("Вернулись к заседанию"),
        ),
        Move(
            "sign", _("Отметить подписание протокола"), (S.CLOSED,), S.MINUTES_SIGNED, SECRETARY,
            (HAS_MINUTES,), told=_("Подписали протокол"),
        ),
        Move(
            "cancel", _("Отметить, что не состоялось"), (*BEFORE_OPENING, S.OPEN), S.CANCELLED, SECRETARY,
            (HAS_NOTHING_DECIDED,), needs_note=True, told=_("Заседание не состоялось"),
        ),
    ],
)  # fmt: skip
