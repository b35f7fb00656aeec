"""Makes the things that tests act on, through the services that people use.

Plain functions; call them inside an application context (the fixture `session` gives one). Names are
invented; every call makes something new.
"""

import itertools
from collections.abc import Iterable
from typing import Any

from accounts.models import Level, Organisation, Role, User
from accounts.services.organisations import add_organisation
from accounts.services.people import add_person, grant
from accounts.services.sessions import start_session
from core.audit import SYSTEM
from core.db import db, transaction
from documents.models import Document, Dossier
from roadmap.models import Measure, Plan, Section
from roadmap.services.measures import Executor, MeasureFacts, add_measure
from roadmap.services.plans import PlanFacts, add_section, create_plan
from tests.remembered import remembered

PASSWORD = "озёрная тропа ведёт к маяку"
_numbers = itertools.count(1)
SURNAMES = ("Тополева", "Берёзкина", "Ясенева", "Рябинина", "Кленова", "Дубравина", "Ольхова", "Калинина")
NAMES = ("Светлана", "Марина", "Ирина", "Ольга", "Елена", "Наталья", "Татьяна", "Галина", "Вера")
PATRONYMICS = ("Максимовна", "Олеговна", "Петровна", "Игоревна", "Юрьевна", "Ильинична", "Львовна")


def region(name: str = "Озёрная область") -> Organisation:
    return add_organisation(name, level=Level.REGION, by=SYSTEM)


def municipality(parent: Organisation | None = None, name: str = "") -> Organisation:
    name = name or f"Муниципальный район № {next(_numbers)}"
    return add_organisation(name, level=Level.MUNICIPALITY, parent=parent, by=SYSTEM)


def institution(parent: Organisation | None = None, name: str = "") -> Organisation:
    name = name or f"Школа № {next(_numbers)}"
    return add_organisation(name, level=Level.INSTITUTION, parent=parent or municipality(), by=SYSTEM)


@remembered
def person(*roles: Role, organisation: Organisation | None = None, login: str = "") -> User:
    """Somebody of `organisation` who holds `roles` on it."""
    number = next(_numbers)
    organisation = organisation or municipality()
    with transaction():
        user = add_person(
            login or f"person{number}", surname=_one(SURNAMES, number), given_name=_one(NAMES, number),
            patronymic=_one(PATRONYMICS, number), position="Специалист", organisation=organisation,
            email=f"person{number}@example.ru", by=SYSTEM,
        )  # fmt: skip
        for role in roles:
            grant(user, role, organisation=organisation, by=SYSTEM)
    return user


def _one(names: tuple[str, ...], number: int) -> str:
    """The numbers of names have no common divisor, so that 504 people in a row are all called otherwise."""
    return names[number % len(names)]


def session_of(user: User) -> str:
    """The token of a new session of the person, as the cookie carries it."""
    return start_session(user, address="127.0.0.1", device="test")


def coordinator(organisation: Organisation | None = None) -> User:
    return person(Role.COORDINATOR, organisation=organisation)


def executor(organisation: Organisation | None = None) -> User:
    return person(Role.EXECUTOR, organisation=organisation)


@remembered
def plan(*, by: User | None = None, **facts: Any) -> Plan:
    """A plan of the coordinator's organisation for the years 2026 and 2027."""
    by = by or coordinator()
    defaults: dict[str, Any] = {
        "title": "Дорожная карта по развитию кадрового потенциала", "year_from": 2026, "year_to": 2027,
        "period_text": "на 2026–2027 годы", "ground": "приказ от 12.01.2026 № 7-ОД",
    }  # fmt: skip
    assert by.organisation is not None
    return create_plan(by.organisation, PlanFacts(**(defaults | facts)), by=by)


@remembered
def section(of: Plan | None = None, *, by: User | None = None, title: str = "Наставничество") -> Section:
    """The next section of the plan."""
    of = of or plan(by=by)
    return add_section(of, number=str(next(_numbers)), title=title, by=by or _coordinator_of(of))


@remembered
def measure(
    of: Section | None = None,
    *,
    by: User | None = None,
    executors: Iterable[User | Organisation] = (),
    **facts: Any,
) -> Measure:
    """A measure due on 30.06.2027 that asks for an order, executed by the given people or organisations."""
    of = of or section(by=by)
    defaults: dict[str, Any] = {
        "number": f"1.{next(_numbers)}", "title": "Провести семинар наставников", "due_text": "до 30.06.2027",
        "condition": "Семинар проведён", "form_of_execution": "Приказ",
        "executors": tuple(_executor(who) for who in executors),
    }  # fmt: skip
    return add_measure(of, MeasureFacts(**(defaults | facts)), by=by or _coordinator_of(of.plan))


def _executor(who: User | Organisation) -> Executor:
    if isinstance(who, User):
        return Executor(who.name, user_id=who.id)
    return Executor(who.name, organisation_id=who.id)


def _coordinator_of(of: Plan) -> User:
    assert of.coordinator_id
    return db.session.get_one(User, of.coordinator_id)


def dossier(organisation: Organisation | None = None) -> Dossier:
    """A dossier of nobody's: most dossiers come with their measure."""
    with transaction() as session:
        made = Dossier(organisation=organisation or municipality(), title="п. 1.1")
        session.add(made)
    return made


@remembered
def document(in_dossier: Dossier, *, by: User, text: str = "") -> Document:
    """An order in text form, uploaded to the dossier; different bytes every time."""
    from tests.uploads import add_order

    return add_order(in_dossier, by=by, text=text or f"Приказ № {next(_numbers)}")
