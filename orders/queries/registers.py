"""Registers a person may see, their numbers, and the counter row that is locked while one is taken."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation, Role, User
from accounts.queries.organisations import reach
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.kinds import DocumentKind
from orders.models import NumberState, Order, Register, RegisterYear, Registration

IN_ORDER = (Register.closed_at.is_not(None), Register.document_kind, Register.index, Register.id)


def registers(*, seen_by: User) -> list[Register]:
    """Registers of the organisations that a role of the person reaches; open ones first."""
    within = select(Organisation.id).where(reach(seen_by))
    found = select(Register).where(Register.organisation_id.in_(within))
    return list(db.session.scalars(found.order_by(Register.organisation_id, *IN_ORDER)))


def register_of(register_id: int, *, seen_by: User) -> Register:
    """The register, or NotFound."""
    within = select(Organisation.id).where(reach(seen_by))
    wanted = select(Register).where(Register.id == register_id, Register.organisation_id.in_(within))
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(
        _("Такого журнала нет или он вам не виден. Проверьте адрес или откройте раздел «Журналы».")
    )


def open_registers(organisation: Organisation, document_kind: DocumentKind) -> list[Register]:
    """Registers of the organisation in which an act of this kind may be registered."""
    found = select(Register).where(
        Register.organisation_id == organisation.id,
        Register.document_kind == document_kind,
        Register.closed_at.is_(None),
    )
    return list(db.session.scalars(found.order_by(*IN_ORDER)))


def same_register(organisation: Organisation, document_kind: DocumentKind, index: str) -> Register | None:
    """The register that already numbers such acts."""
    found = select(Register).where(Register.organisation_id == organisation.id, Register.index == index)
    return db.session.scalar(found.where(Register.document_kind == document_kind))


def counter_of(register: Register, year: int) -> RegisterYear | None:
    """The counter of the register and year, locked until the transaction ends; None before the first use."""
    found = select(RegisterYear).where(RegisterYear.register_id == register.id, RegisterYear.year == year)
    return db.session.scalar(found.with_for_update(of=RegisterYear).execution_options(populate_existing=True))


def years_of(register: Register) -> list[int]:
    """The years in which the register has numbers, the latest first."""
    found = select(RegisterYear.year).where(RegisterYear.register_id == register.id)
    return list(db.session.scalars(found.order_by(RegisterYear.year.desc())))


def numbers_in(register: Register, year: int, *, limit: int = 100, offset: int = 0) -> list[Registration]:
    """The numbers of one year as the register is read, the latest first."""
    found = select(Registration).where(Registration.register_id == register.id, Registration.year == year)
    found = found.options(joinedload(Registration.made_by)).limit(limit).offset(offset)
    return list(
        db.session.scalars(
            found.order_by(Registration.n.desc(), Registration.suffix.desc(), Registration.id.desc())
        )
    )


def orders_by_id(ids: list[int]) -> dict[int, Order]:
    """Orders by their numbers, light: for the lines of a register."""
    found = select(Order).where(Order.id.in_(ids)).order_by(Order.id)
    return {order.id: order for order in db.session.scalars(found)}


def reserved_in(register: Register) -> list[Registration]:
    """Numbers kept for later, the oldest first."""
    found = select(Registration).where(
        Registration.register_id == register.id, Registration.state == NumberState.RESERVED
    )
    return list(db.session.scalars(found.order_by(Registration.year, Registration.n, Registration.id)))


def registration_of(registration_id: int, *, seen_by: User) -> Registration:
    """One number with its register, or NotFound."""
    found = db.session.get(Registration, registration_id)
    if found is None:
        raise NotFound(_("Такого номера нет. Обновите страницу журнала."))
    register_of(found.register_id, seen_by=seen_by)
    return found


def last_on_or_before(register: Register, year: int, day: date) -> Registration | None:
    """The running number after which an act of `day` should have stood."""
    found = select(Registration).where(
        Registration.register_id == register.id,
        Registration.year == year,
        Registration.suffix == "",
        Registration.dated_on <= day,
    )
    return db.session.scalar(found.order_by(Registration.n.desc()).limit(1))


def suffixes_of(register: Register, year: int, n: int) -> set[str]:
    """The suffixes under which `n` is already given («», «/1», «а»)."""
    found = select(Registration.suffix).where(
        Registration.register_id == register.id, Registration.year == year, Registration.n == n
    )
    return set(db.session.scalars(found.order_by(Registration.id)))


def clerked_organisations(person: User, *roles: Role) -> list[Organisation]:
    """Open organisations for which the person holds one of `roles` (clerk when none is named)."""
    within = or_(reach(person, *(roles or (Role.CLERK,))))
    found = select(Organisation).where(within, Organisation.closed_at.is_(None))
    return list(db.session.scalars(found.order_by(Organisation.path, Organisation.id)))
