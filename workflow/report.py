"""The lifecycle of one version of a report: made, sent to the council, decided on, published."""

from enum import StrEnum
from typing import Any

from accounts.models import Role
from core.words import _
from workflow.lifecycle import Guard, Lifecycle, Move


class ReportState(StrEnum):
    """Where a version stands. Which mark the council gave is a fact beside the state."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    APPROVED = "approved"
    CONSIDERED = "considered"
    PUBLISHED = "published"


S = ReportState
COORDINATOR, SECRETARY = frozenset({Role.COORDINATOR}), frozenset({Role.COUNCIL_SECRETARY})
#: Whoever presides decides, being a member; the council room sees to it that it is them.
DECIDING = SECRETARY | {Role.COUNCIL_MEMBER}
#: With the council: nobody makes another version the matter of the same sitting.
AT_COUNCIL = (S.SUBMITTED, S.UNDER_REVIEW)
#: The council has decided: nothing of the version ever changes again.
DECIDED = (S.APPROVED, S.CONSIDERED, S.PUBLISHED)

LABELS: dict[StrEnum, Any] = {
    S.DRAFT: _("Черновик"),
    S.SUBMITTED: _("Отправлен Совету"),
    S.UNDER_REVIEW: _("На рассмотрении Совета"),
    S.RETURNED: _("Возвращён с замечаниями"),
    S.APPROVED: _("Утверждён"),
    S.CONSIDERED: _("Рассмотрен"),
    S.PUBLISHED: _("Опубликован"),
}

IS_NEWEST = Guard("is_newest", _("Есть более новая версия: отправьте её"))
IS_ALONE = Guard(
    "is_alone_at_council", _("У Совета уже есть другая версия этого отчёта: сначала отзовите её")
)
HAS_NO_OPEN_BLOCKERS = Guard(
    "has_no_open_blockers", _("Есть замечания, на которые ещё не ответили: без ответа решение не принимают")
)
HAS_PROTOCOL = Guard(
    "has_protocol", _("Решение принимает Совет: укажите его название, номер и дату протокола")
)
DECISION = (HAS_NO_OPEN_BLOCKERS, HAS_PROTOCOL)

REPORT = Lifecycle(
    "report",
    S,
    LABELS,
    [
        Move(
            "submit", _("Отправить Совету"), (S.DRAFT, S.RETURNED), S.SUBMITTED, COORDINATOR,
            (IS_NEWEST, IS_ALONE), told=_("Отправили Совету"),
        ),
        Move("recall", _("Отозвать"), (S.SUBMITTED,), S.DRAFT, COORDINATOR, told=_("Отозвали")),
        Move(
            "take_up", _("Принять к рассмотрению"), (S.SUBMITTED,), S.UNDER_REVIEW, SECRETARY,
            told=_("Приняли к рассмотрению"),
        ),
        Move(
            "send_back", _("Вернуть с замечаниями"), AT_COUNCIL, S.RETURNED, SECRETARY,
            needs_note=True, told=_("Вернули с замечаниями"),
        ),
        Move(
            "approve", _("Утвердить"), (S.UNDER_REVIEW,), S.APPROVED, DECIDING, DECISION,
            told=_("Утвердили"),
        ),
        Move(
            "consider", _("Отметить рассмотренным"), (S.UNDER_REVIEW,), S.CONSIDERED, DECIDING, DECISION,
            told=_("Рассмотрели"),
        ),
        Move(
            "publish", _("Опубликовать"), (S.APPROVED, S.CONSIDERED), S.PUBLISHED,
            COORDINATOR | SECRETARY, told=_("Опубликовали"),
        ),
    ],
)  # fmt: skip
