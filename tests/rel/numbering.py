"""G5: many clerks register at once, some change their minds, some are killed; no number twice, none missing.

    python -m tests.rel.numbering --registrations 5000 --clients 16 --kills 20 --database postgresql

Every client is a process of its own. One in ten registrations is rolled back at its end; days of signing
stand on both sides of New Year. Prints one line, «G5 … PASS» or «G5 … FAIL», and ends with 1 after a
failure. `--sabotage` counts from the highest number there is and now and then skips one.
"""

import argparse
import contextlib
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import orders.services.signing as signing
from accounts.models import Role, User
from core.audit import SYSTEM, record
from core.clock import today
from core.db import db, transaction
from documents.kinds import DocumentKind
from orders.models import NumberState, Order, Register, RegisterYear, Registration
from orders.services.drafting import ItemFacts, OrderFacts, draft_order
from orders.services.registers import RegisterFacts, open_register
from orders.services.signing import Signature, register_order, sign_order
from tests import databases, factories
from tests.conftest import bare_app, close, make_settings, new_app
from tests.processes import PROCESSES
from tests.rel.server import SECRET

#: Clients are forked off a process that has imported everything and has no threads.
YEAR = today().year - 1
DAYS = (date(YEAR - 1, 12, 30), date(YEAR - 1, 12, 31), date(YEAR, 1, 1), date(YEAR, 1, 12))
FACTS = OrderFacts("О смотре школ", items=(ItemFacts("Провести смотр."),))
ROLLED_BACK = 0.1


class Undone(RuntimeError):
    """A clerk thought better of it at the last moment."""


@dataclass
class Office:
    """An instance with one register, and where its clients write what they were promised."""

    app: Flask
    data: Path
    database: str
    database_url: str
    register_id: int = 0
    clerk_id: int = 0

    def start(self, number: int, seed: int, *, sabotage: bool) -> Any:
        """One client in a process of its own; it goes on until it is told to stop."""
        process = PROCESSES.Process(
            daemon=True,
            target=_work,
            args=(number, seed, self.data, self.database_url, self.register_id, self.clerk_id, sabotage),
        )
        process.start()
        return process

    def acked(self) -> list[str]:
        """Every «order number year» that a client was told of, killed or not."""
        files = sorted(self.data.glob("acked-*.txt"))
        lines = [line for file in files for line in file.read_text("utf-8").split("\n") if line.endswith(";")]
        return [line.rstrip(";") for line in lines]


@contextlib.contextmanager
def office(folder: Path, database: str) -> Iterator[Office]:
    """An instance on SQLite or PostgreSQL with a clerk and a register."""
    with contextlib.ExitStack() as stack:
        url = ""
        if database == "postgresql":
            url = stack.enter_context(databases.postgresql_database("numbering"))
        app = new_app(make_settings(folder, url, secret_key=SECRET, base_url="http://127.0.0.1"))
        made = Office(app, folder, database, url)
        with app.app_context():
            clerk = factories.person(Role.CLERK)
            assert clerk.organisation
            facts = RegisterFacts("Приказы")
            register = open_register(clerk.organisation, facts, document_kind=DocumentKind.ORDER, by=clerk)
            made.register_id, made.clerk_id = register.id, clerk.id
            db.session.remove()
            db.engine.dispose()
        yield made
        close(app)


def client(number: int, seed: int, made: Office, *, sabotage: bool) -> None:
    """Draft, sign and register without end; what is promised is written down after the commit."""
    if sabotage:
        signing.take_number = careless_number
    chance = random.Random(f"{seed}-{number}")
    stop, parent = made.data / "stop", os.getppid()
    with made.app.app_context(), (made.data / f"acked-{number}-{os.getpid()}.txt").open("a") as acked:
        # Whoever started this may be gone, and the folder with them: nobody works for nobody.
        while made.data.exists() and not stop.exists() and os.getppid() == parent:
            # A database too busy answers 503 to people; they come again, and so does this one.
            with contextlib.suppress(OperationalError):
                if line := one(made, chance):
                    acked.write(f"{line};\n")
                    acked.flush()
            db.session.remove()


def one(made: Office, chance: random.Random) -> str:
    """One draft signed and registered, or thought better of; what was promised, if anything."""
    clerk, register = db.session.get_one(User, made.clerk_id), db.session.get_one(Register, made.register_id)
    assert clerk.organisation
    order = draft_order(clerk.organisation, FACTS, by=clerk)
    sign_order(order, Signature("Начальник", "Рогожина В. С.", chance.choice(DAYS)), by=clerk)
    if chance.random() < ROLLED_BACK:
        with contextlib.suppress(Undone), transaction():
            register_order(order, register, by=clerk)
            raise Undone
        return ""
    given = register_order(order, register, by=clerk)
    return f"{order.id} {given.number} {given.year}"


_careless = itertools.count(1)


def careless_number(register: Register, order: Order, *, dated_on: date, by: User) -> Any:
    """The highest number there is plus one, now and then plus two: nobody keeps count."""
    year = dated_on.year
    last = db.session.scalar(
        select(Registration.n).where(Registration.register_id == register.id, Registration.year == year)
        .order_by(Registration.n.desc()).limit(1)
    ) or 0  # fmt: skip
    n = last + (2 if next(_careless) % 7 == 0 else 1)
    given = Registration(
        register=register, year=year, n=n, number=register.printed(n), state=NumberState.TAKEN,
        dated_on=dated_on, made_by=by, order_id=order.id,
    )  # fmt: skip
    db.session.add(given)
    record(register, "register.take", by=SYSTEM)
    return given


@dataclass(frozen=True)
class Result:
    """What was measured, and whether it is what the goal asks for."""

    line: str
    passed: bool

    def __str__(self) -> str:
        return f"{self.line} {'PASS' if self.passed else 'FAIL'}"


def race(made: Office, *, registrations: int, clients: int, kills: int, seed: int, sabotage: bool) -> Result:
    """Let the clients work until so many registrations were promised, killing some on the way."""
    chance, running, killed = random.Random(seed), [], 0
    running = [made.start(number, seed, sabotage=sabotage) for number in range(clients)]
    started = time.monotonic()
    while len(made.acked()) < registrations and time.monotonic() - started < 3600:
        time.sleep(0.2)
        if killed < kills and len(made.acked()) > (killed + 1) * registrations // (kills + 1):
            victim = chance.randrange(clients)
            running[victim].kill()
            running[victim].join()
            killed += 1
            running[victim] = made.start(victim, seed + killed, sabotage=sabotage)
        if not any(process.is_alive() for process in running):
            break
    seconds = time.monotonic() - started
    _stop(made, running)
    return judged(made, clients=clients, killed=killed, kills=kills, wanted=registrations, seconds=seconds)


def _stop(made: Office, running: list[Any]) -> None:
    (made.data / "stop").touch()
    for process in running:
        process.join(60)
        process.kill()


def judged(made: Office, *, clients: int, killed: int, kills: int, wanted: int, seconds: float) -> Result:
    """Look at the rows: every running number once, every promise kept, nobody without a number."""
    with made.app.app_context():
        rows = db.session.execute(select(Registration.year, Registration.n, Registration.order_id)).all()
        counters = dict(db.session.execute(select(RegisterYear.year, RegisterYear.last_number)).all())
        held = {row.order_id for row in rows}
        states = dict(db.session.execute(select(Order.id, Order.state)).all())
        kept = {f"{row.order_id} {row.n} {row.year}" for row in rows}
        db.session.remove()
    numbers = Counter((row.year, row.n) for row in rows)
    doubles = sum(count - 1 for count in numbers.values())
    gaps = sum(max(n for y, n in numbers if y == year) for year in {y for y, _n in numbers}) - len(numbers)
    acked = made.acked()
    lost = [line for line in acked if line not in kept]
    loose = [number for number, state in states.items() if (state == "registered") != (number in held)]
    told = sum(counters.values()) == len(numbers)
    line = (
        f"G5 {made.database}: {len(rows)} registrations ({len(acked)} promised), {clients} clients, "
        f"{killed} kills, years {sorted(counters)}: doubles {doubles}, gaps {gaps}, lost {len(lost)}, "
        f"without number {len(loose)}, {len(rows) / seconds:.0f}/s"
    )
    passed = not (doubles or gaps or lost or loose) and told and killed == kills and len(acked) >= wanted
    return Result(line, passed)


def _work(
    number: int, seed: int, data: Path, url: str, register_id: int, clerk_id: int, sabotage: bool
) -> None:
    """What a client's process does."""
    app = bare_app(make_settings(data, url, secret_key=SECRET, base_url="http://127.0.0.1"))
    client(number, seed, Office(app, data, "", url, register_id, clerk_id), sabotage=sabotage)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--registrations", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="plant a careless counter")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vekha-numbering-") as folder,
        office(Path(folder), asked.database) as made,
    ):
        result = race(
            made, registrations=asked.registrations, clients=asked.clients, kills=asked.kills,
            seed=asked.seed, sabotage=asked.sabotage,
        )  # fmt: skip
    print(f"seed {asked.seed}; {result}")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
