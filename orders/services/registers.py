"""Keeping registers: opening, changing how they number, closing."""

from dataclasses import dataclass

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.words import _
from documents.kinds import DocumentKind
from orders.models import Register, YearRule
from orders.queries.registers import same_register
from orders.services.rules import hold_register, require_clerk


@dataclass(frozen=True)
class RegisterFacts:
    """How a register is called and how it numbers."""

    title: str
    template: str = "{n}"
    year_rule: YearRule = YearRule.SIGNING


def open_register(
    organisation: Organisation,
    facts: RegisterFacts,
    *,
    document_kind: DocumentKind,
    index: str = "",
    by: User,
) -> Register:
    """A register of the organisation for one kind of acts and one index; its numbers begin with 1."""
    require_clerk(organisation, by=by)
    _check(facts, index.strip())
    with transaction() as session:
        if same_register(organisation, document_kind, index.strip()):
            raise Invalid(
                _(
                    "Такой журнал уже есть: вид документа и индекс совпадают. Откройте его или "
                    "возьмите другой индекс."
                )
            )
        register = Register(
            organisation=organisation, document_kind=document_kind, index=index.strip(), **_columns(facts)
        )
        session.add(register)
        session.flush()  # the journal names it by its number
        record(register, "register.open", by=by)
    return register


def edit_register(register: Register, facts: RegisterFacts, *, by: User, version: int | None = None) -> None:
    """Call it otherwise, or print later numbers otherwise; numbers already given stay as they are."""
    require_clerk(register.organisation, by=by)
    _check(facts, register.index)
    with transaction():
        hold_register(register, version=version)
        for name, value in _columns(facts).items():
            setattr(register, name, value)
        record(register, "register.edit", by=by)


def close_register(register: Register, *, by: User) -> None:
    """Give out no more numbers; those given stay readable."""
    require_clerk(register.organisation, by=by)
    with transaction():
        hold_register(register)
        require_open(register)
        register.closed_at = now()
        record(register, "register.close", by=by)


def reopen_register(register: Register, *, by: User) -> None:
    """Give out numbers again, after the last one."""
    require_clerk(register.organisation, by=by)
    with transaction():
        hold_register(register)
        register.closed_at = None
        record(register, "register.reopen", by=by)


def require_open(register: Register) -> None:
    if register.closed_at is not None:
        raise OutOfTurn(_("Журнал закрыт: номера в нём больше не присваивают. Выберите открытый журнал."))


def _columns(facts: RegisterFacts) -> dict[str, object]:
    return {"title": facts.title.strip(), "template": facts.template.strip(), "year_rule": facts.year_rule}


def _check(facts: RegisterFacts, index: str) -> None:
    if not facts.title.strip():
        raise Invalid(_("Назовите журнал, например «Приказы по основной деятельности»."))
    template = facts.template.strip()
    rest = template.replace("{n}", "", 1).replace("{index}", "")
    if "{n}" not in template or "{" in rest or "}" in rest:
        raise Invalid(_("В шаблоне номера нужно {n} и, если хотите, {index}: «{n}-р», «{index}/{n}»."))
    if "{index}" in template and not index:
        raise Invalid(
            _("В шаблоне номера есть {index}, а у журнала нет индекса. Впишите индекс или уберите {index}.")
        )
