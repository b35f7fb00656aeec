"""The lifecycle of an order: from the draft through visas, signing and the register to the case file."""

from enum import StrEnum
from typing import Any

from accounts.models import Role
from core.words import _
from workflow.lifecycle import Guard, Lifecycle, Move


class OrderState(StrEnum):
    """Where an order stands. Amendment and communication are facts beside the state, not states."""

    DRAFT = "draft"
    ON_AGREEMENT = "on_agreement"
    RETURNED = "returned"
    AGREED = "agreed"
    SIGNED = "signed"
    REGISTERED = "registered"
    IN_PROGRESS = "in_progress"
    EXECUTED = "executed"
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    REPEALED = "repealed"


S = OrderState
CLERK, COORDINATOR = frozenset({Role.CLERK}), frozenset({Role.COORDINATOR})
DRAFTERS = CLERK | COORDINATOR
#: Whoever is asked for a visa executes the agreement.
ASKED = frozenset({Role.EXECUTOR})

#: Before signing: a draft may still be changed, returned and withdrawn.
BEFORE_SIGNING = (S.DRAFT, S.ON_AGREEMENT, S.RETURNED, S.AGREED)
IN_FORCE = (S.REGISTERED, S.IN_PROGRESS, S.EXECUTED, S.FILED)

LABELS: dict[StrEnum, Any] = {
    S.DRAFT: _("Проект"),
    S.ON_AGREEMENT: _("На согласовании"),
    S.RETURNED: _("На доработке"),
    S.AGREED: _("Согласован"),
    S.SIGNED: _("Подписан"),
    S.REGISTERED: _("Зарегистрирован"),
    S.IN_PROGRESS: _("На контроле"),
    S.EXECUTED: _("Исполнен"),
    S.FILED: _("В деле"),
    S.WITHDRAWN: _("Отозван"),
    S.REPEALED: _("Утратил силу"),
}

HAS_CONTENT = Guard("has_content", _("Напишите текст приказа или приложите файл: согласовывать пока нечего"))
HAS_VISAS = Guard("has_visas", _("Назовите, кто согласует проект"))
IS_AGREED_BY_ALL = Guard("is_agreed_by_all", _("Ещё не все завизировали проект"))
IS_AGREED = Guard("is_agreed", _("Проект ещё не согласован: отправьте его на согласование или уберите визы"))
HAS_SIGNATORY = Guard("has_signatory", _("Укажите, кто подписал: должность и фамилию"))
HAS_SIGNING_DATE = Guard("has_signing_date", _("Укажите день подписания: это дата приказа"))
HAS_NUMBER = Guard("has_number", _("Присвойте номер: выберите журнал регистрации"))
HAS_ASSIGNMENTS = Guard(
    "has_assignments", _("Подтвердите пункты: в приказе ещё нет поручений, взятых на контроль")
)
IS_WHOLLY_FINAL = Guard(
    "is_wholly_final", _("Снять с контроля можно, когда закрыты все пункты: промежуточный ответ не закрывает")
)
IS_PROVED = Guard(
    "is_proved",
    _("У исполненных пунктов не хватает подтверждений: приложите их или объясните, почему их нет"),
)
HAS_CASE_INDEX = Guard("has_case_index", _("Укажите индекс дела по номенклатуре, например 01-07"))
HAS_NO_OPEN_ASSIGNMENTS = Guard(
    "has_no_open_assignments",
    _("Решите, что станет с открытыми пунктами: снять их с контроля или перенести под новый акт"),
)

ORDER = Lifecycle(
    "order",
    S,
    LABELS,
    [
        Move(
            "send", _("Отправить на согласование"), (S.DRAFT, S.RETURNED), S.ON_AGREEMENT, DRAFTERS,
            (HAS_CONTENT, HAS_VISAS), told=_("Отправили на согласование"),
        ),
        Move(
            "agree", _("Согласовать"), (S.ON_AGREEMENT,), S.AGREED, ASKED | DRAFTERS, (IS_AGREED_BY_ALL,),
            told=_("Согласовали"),
        ),
        Move(
            "return", _("Вернуть на доработку"), (S.ON_AGREEMENT, S.AGREED), S.RETURNED, ASKED | DRAFTERS,
            needs_note=True, told=_("Вернули на доработку"),
        ),
        Move(
            "sign", _("Отметить подписание"), (S.DRAFT, S.RETURNED, S.AGREED), S.SIGNED, DRAFTERS,
            (HAS_CONTENT, IS_AGREED, HAS_SIGNATORY, HAS_SIGNING_DATE), told=_("Подписали"),
        ),
        Move(
            "withdraw", _("Отозвать проект"), BEFORE_SIGNING, S.WITHDRAWN, DRAFTERS, needs_note=True,
            told=_("Отозвали проект"),
        ),
        Move(
            "register", _("Зарегистрировать"), (S.SIGNED,), S.REGISTERED, CLERK, (HAS_NUMBER,),
            told=_("Зарегистрировали"),
        ),
        Move(
            "take_under_control", _("Поставить на контроль"), (S.REGISTERED,), S.IN_PROGRESS, COORDINATOR,
            (HAS_ASSIGNMENTS,), told=_("Поставили на контроль"),
        ),
        Move(
            "remove_from_control", _("Снять с контроля"), (S.IN_PROGRESS,), S.EXECUTED, COORDINATOR,
            (IS_WHOLLY_FINAL, IS_PROVED), told=_("Сняли с контроля"),
        ),
        Move(
            "file", _("Направить в дело"), (S.REGISTERED, S.EXECUTED), S.FILED, CLERK, (HAS_CASE_INDEX,),
            told=_("Направили в дело"),
        ),
        Move(
            "repeal", _("Признать утратившим силу"), IN_FORCE, S.REPEALED, DRAFTERS,
            (HAS_NO_OPEN_ASSIGNMENTS,), needs_ground=True, told=_("Признали утратившим силу"),
        ),
        Move(
            "resume", _("Возобновить контроль"), (S.EXECUTED, S.FILED), S.IN_PROGRESS, COORDINATOR,
            needs_note=True, only_if="has_assignments", told=_("Возобновили контроль"),
        ),
    ],
)  # fmt: skip
