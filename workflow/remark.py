"""The lifecycle of a remark that a member of the council makes on a row of a report."""

from enum import StrEnum
from typing import Any

from accounts.models import Role
from core.words import _
from workflow.lifecycle import Guard, Lifecycle, Move


class RemarkState(StrEnum):
    """Where a remark stands. Only an open one may keep the council from deciding."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


S = RemarkState
#: To a remark its author is the member of the council; other members only read it.
AUTHOR, SECRETARY = frozenset({Role.COUNCIL_MEMBER}), frozenset({Role.COUNCIL_SECRETARY})
ASKED = frozenset({Role.COORDINATOR, Role.EXECUTOR})

LABELS: dict[StrEnum, Any] = {
    S.OPEN: _("Ждёт ответа"),
    S.ANSWERED: _("Есть ответ"),
    S.RESOLVED: _("Учтено"),
    S.WITHDRAWN: _("Снято"),
}

HAS_ANSWER = Guard("has_answer", _("Напишите ответ на замечание"))
IS_UNDECIDED = Guard("is_undecided", _("По отчёту уже есть решение: замечание больше ничего не изменит"))

REMARK = Lifecycle(
    "remark",
    S,
    LABELS,
    [
        Move("answer", _("Ответить"), (S.OPEN,), S.ANSWERED, ASKED, (HAS_ANSWER,), told=_("Ответили")),
        Move(
            "resolve", _("Ответ принят"), (S.ANSWERED,), S.RESOLVED, AUTHOR | SECRETARY,
            told=_("Приняли ответ"),
        ),
        Move(
            "object", _("Ответ не принят"), (S.ANSWERED,), S.OPEN, AUTHOR,
            (IS_UNDECIDED,), needs_note=True, told=_("Не приняли ответ"),
        ),
        Move("withdraw", _("Снять замечание"), (S.OPEN, S.ANSWERED), S.WITHDRAWN, AUTHOR, told=_("Сняли")),
    ],
)  # fmt: skip
