"""How fast the page of a plan is: queries and milliseconds, alone and among 100,000 other measures.

    python bench/plan_page.py [--others 100000] [--postgresql URL]

Without an address of PostgreSQL it measures SQLite only and says SKIP for the other.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, text

from accounts import access
from accounts.models import Level, Role, User
from accounts.services import add_organisation, add_person, grant, start_session
from app import create_app
from config import Settings
from core.audit import SYSTEM
from core.db import db, transaction
from documents.models import Dossier
from roadmap.models import Measure, Participation, Plan, Section
from roadmap.services.due import due_rules
from roadmap.services.measures import Executor, MeasureFacts, place, tell_added
from roadmap.services.plans import PlanFacts, add_section, create_plan

MEASURES, SECTIONS, ROUNDS = 600, 6, 9
STATES = ("planned", "in_progress", "submitted", "executed")


def settings(data: Path, url: str) -> Settings:
    return Settings(
        data=data, database_url=url, env="test", base_url="http://localhost",
        secret_key="a secret for measuring, 32 characters and more",
    )  # fmt: skip


def found_town() -> tuple[User, User]:
    """A town with a coordinator and an executor."""
    town = add_organisation("Приозёрный район", level=Level.MUNICIPALITY, by=SYSTEM)
    people = []
    for login, role in (("coordinator", Role.COORDINATOR), ("executor", Role.EXECUTOR)):
        person = add_person(login, surname="Тополева", given_name="С", organisation=town, by=SYSTEM)
        grant(person, role, organisation=town, by=SYSTEM)
        people.append(person)
    return people[0], people[1]


def write_plan(by: User, executor: User) -> Plan:
    """A plan of 600 measures in six sections, through the services."""
    assert by.organisation
    plan = create_plan(by.organisation, PlanFacts("Учитель Приозёрья", 2026, 2027), by=by)
    rules = due_rules()
    with transaction():
        sections = [
            add_section(plan, number=str(n), title=f"Раздел {n}", by=by) for n in range(1, SECTIONS + 1)
        ]
        for number in range(MEASURES):
            facts = MeasureFacts(
                f"{number}", f"Провести семинар наставников № {number}", condition="Семинар проведён",
                due_text=f"до {1 + number % 28}.{1 + number % 12:02}.2027", form_of_execution="Приказ",
                executors=(Executor(executor.name, user_id=executor.id), Executor(f"Школа № {number % 40}")),
            )  # fmt: skip
            section = sections[number * SECTIONS // MEASURES]
            tell_added(place(plan, section, facts, position=number, rules=rules), by=by, ground="")
    return plan


def write_others(plan: Plan, executor: User, count: int) -> None:
    """Other plans with `count` measures in all, as bare rows: only their number matters here."""
    plans = [
        _copy(Plan, id=10_000 + n, title=f"Другой план {n}", like=plan) for n in range(max(1, count // 500))
    ]
    sections = [_copy(Section, id=p["id"], plan_id=p["id"], title="Раздел") for p in plans]
    dossiers, measures, executors = [], [], []
    for n in range(count):
        number, own = 1_000_000 + n, 10_000 + n % len(plans)
        dossiers.append({"id": number, "organisation_id": plan.organisation_id, "title": "", "scope": ""})
        measures.append(_measure(number, own, STATES[n % 4]))
        user = executor.id if n % 1000 == 0 else None
        executors.append(
            {"id": number, "measure_id": number, "position": 1, "name": f"Школа № {n % 900}",
             "part": "responsible", "by_consent": False, "user_id": user}
        )  # fmt: skip
    with transaction() as session:
        for model, rows in (
            (Plan, plans), (Section, sections), (Dossier, dossiers), (Measure, measures),
            (Participation, executors),
        ):  # fmt: skip
            for start in range(0, len(rows), 5000):
                session.execute(insert(model), rows[start : start + 5000])
        session.execute(text("ANALYZE"))


def _copy(model: Any, like: Plan | None = None, **values: Any) -> dict[str, Any]:
    if model is Plan and like:
        return {
            "plan_kind": "roadmap", "organisation_id": like.organisation_id, "year_from": 2026,
            "year_to": 2027,
            "coordinator_id": like.coordinator_id, "version": 1,
        } | values  # fmt: skip
    return {"position": 1, "version": 1} | values


def _measure(number: int, plan_id: int, state: str) -> dict[str, Any]:
    return {
        "id": number, "plan_id": plan_id, "section_id": plan_id, "position": number,
        "title": "Другое мероприятие", "state": state, "dossier_id": number, "version": 1,
        "due_kind": "date", "control_date": None,
    }  # fmt: skip


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def measured(app: Flask, client: FlaskClient, address: str) -> tuple[int, float]:
    """Queries of one request, and the median of its milliseconds."""
    assert client.get(address).status_code == 200, address
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    with counted(app) as sent:
        client.get(address)
    return len(sent), statistics.median(times)


def run(name: str, url: str, others: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), url), TESTING=True)
        with app.app_context():
            db.create_all()
            coordinator, executor = found_town()
            plan = write_plan(coordinator, executor)
            cookie = access.cookie_name()
            tokens = [start_session(p, address="127.0.0.1", device="bench") for p in (coordinator, executor)]
            pages = [f"/roadmaps/{plan.id}", "/roadmaps", "/"]
        clients = []
        for token in tokens:
            clients.append(app.test_client())
            clients[-1].set_cookie(cookie, token)
        told = {page: [measured(app, client, page) for client in clients] for page in pages}
        with app.app_context():
            write_others(db.session.get_one(Plan, plan.id), executor, others)
        for page in pages:
            after = [measured(app, client, page) for client in clients]
            for who, (alone, among) in zip(
                ("coordinator", "executor"), zip(told[page], after, strict=True), strict=True
            ):
                print(
                    f"{name:<11} {page:<14} {who:<12} alone {alone[0]:>3} queries {alone[1]:7.1f} ms"
                    f"   among {others:,} {among[0]:>3} queries {among[1]:7.1f} ms"
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=int, default=100_000)
    parser.add_argument("--postgresql", default="", help="address of an empty database")
    given = parser.parse_args()
    run("SQLite", "", given.others)
    if given.postgresql:
        run("PostgreSQL", given.postgresql, given.others)
    else:
        print("PostgreSQL SKIP: no address was given")


if __name__ == "__main__":
    main()
