"""G3 and G4: many people at the same thing at once, over the network, on a real server.

    python -m tests.rel.race --objects 200 --clients 32 --database postgresql
    python -m tests.rel.race --mode edit --edits 5000 --clients 32

Prints one line for each goal, «G3 … PASS» or «G3 … FAIL», and ends with 1 after a failure.
"""

import argparse
import contextlib
import itertools
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from accounts import access
from core.audit import Entry
from core.db import db
from roadmap.models import Measure
from roadmap.services.answers import Report, report
from tests import databases, factories
from tests.conftest import close, make_settings, new_app
from tests.rel.server import SECRET, Browser, serving

HOUSE, CARELESS = "app:create_app()", "tests.rel.careless:create_app()"
START, EDIT = "measure.start", "measure.report"


@dataclass
class Arena:
    """An instance with measures of one executor, and the sessions that race for them."""

    app: Flask
    data: Path
    database: str
    database_url: str
    measures: list[int] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)

    def browsers(self, port: int) -> list[Browser]:
        """One signed-in browser per session, each with a page of its own already open."""
        with self.app.app_context():
            name = access.cookie_name()
        found = [Browser(port, (name, token)) for token in self.sessions]
        for browser in found:
            browser.get(f"/measures/{self.measures[0]}")
        return found

    def count(self, action: str, measure: int) -> int:
        with self.app.app_context():
            entries = select(func.count()).where(Entry.action == action, Entry.subject_id == measure)
            return db.session.scalar(entries) or 0

    def version(self, measure: int) -> int:
        with self.app.app_context():
            return db.session.scalar(select(Measure.version).where(Measure.id == measure)) or 0


@contextlib.contextmanager
def arena(folder: Path, database: str, *, objects: int, clients: int) -> Iterator[Arena]:
    """An instance on SQLite or PostgreSQL with so many measures and so many sessions of their executor."""
    with contextlib.ExitStack() as stack:
        url = ""
        if database == "postgresql":
            url = stack.enter_context(databases.postgresql_database("race"))
        app = new_app(make_settings(folder, url, secret_key=SECRET, base_url="http://127.0.0.1"))
        made = Arena(app, folder, database, url)
        with app.app_context():
            executor = factories.executor()
            section = factories.section(by=factories.coordinator())
            made.measures = [factories.measure(section, executors=[executor]).id for _ in range(objects)]
            made.sessions = [factories.session_of(executor) for _ in range(clients)]
            db.engine.dispose()
        yield made
        close(app)


def at_once(browsers: list[Browser], do: Callable[[Browser], int]) -> Counter[int]:
    """Everybody does the same in the same moment; how often each status was answered."""
    gate = threading.Barrier(len(browsers))

    def one(browser: Browser) -> int:
        gate.wait()
        return do(browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return Counter(pool.map(one, browsers))


@dataclass(frozen=True)
class Result:
    """What was measured, and whether it is what the goal asks for."""

    line: str
    passed: bool

    def __str__(self) -> str:
        return f"{self.line} {'PASS' if self.passed else 'FAIL'}"


def race_moves(field_: Arena, browsers: list[Browser]) -> Result:
    """G3: all clients start each measure at once; one wins, the others are told that it is too late."""
    single, statuses, entries = 0, Counter[int](), 0
    for number in field_.measures:
        said = at_once(browsers, lambda b, n=number: b.post(f"/measures/{n}/moves/start").status)
        statuses += said
        written = field_.count(START, number)
        entries += written
        single += said == {303: 1, 409: len(browsers) - 1} and written == 1
    faults = sum(n for status, n in statuses.items() if status >= 500)
    total = len(field_.measures)
    line = (
        f"G3 {field_.database}: {total} objects, {len(browsers)} clients: one winner {single}/{total}, "
        f"409 {statuses[409]}, 5xx {faults}, journal {entries}"
    )
    return Result(line, single == total == entries and not faults)


def race_edits(field_: Arena, browsers: list[Browser], *, edits: int) -> Result:
    """G4: everybody edits one answer from what they last saw; no edit is lost, nobody writes over another."""
    number = field_.measures[0]
    _take_up(field_, number)
    before, said_before, counter = field_.version(number), field_.count(EDIT, number), itertools.count(1)
    statuses = Counter[int]()
    while sum(statuses.values()) < edits:
        statuses += at_once(browsers, lambda b: edit(b, number, f"правка {next(counter)}"))
    stale, retried = _stale_form(browsers[0], number), _retries(browsers[1], number)
    kept, gained = statuses[303] + 2, field_.version(number) - before
    journal, others = field_.count(EDIT, number) - said_before, set(statuses) - {303, 409}
    line = (
        f"G4 {field_.database}: {sum(statuses.values())} edits by {len(browsers)} clients: "
        f"{statuses[303]} kept, {statuses[409]} refused, other answers {sorted(others)}; "
        f"versions gained {gained} of {kept}, journal {journal}, both versions shown {stale}, "
        f"three retries {retried}"
    )
    return Result(line, gained == kept == journal and not others and stale and retried == [303, 409, 409])


def _take_up(field_: Arena, number: int) -> None:
    with field_.app.app_context():
        measure = db.session.get_one(Measure, number)
        report(measure, Report("начато"), by=measure.participations[0].user)
        db.session.remove()
        db.engine.dispose()


def seen_version(browser: Browser, number: int) -> str:
    """The version in the form of the page, as the person sees it now."""
    page = browser.get(f"/measures/{number}").text
    return page.split('name="version"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def edit(browser: Browser, number: int, text: str) -> int:
    version = seen_version(browser, number)
    return browser.post(f"/measures/{number}/report", version=version, claim="in_progress", text=text).status


def _stale_form(browser: Browser, number: int) -> bool:
    """Whether a form opened before somebody else's edit comes back with both texts."""
    old = seen_version(browser, number)
    edit(browser, number, "правка другого человека")
    answer = browser.post(f"/measures/{number}/report", version=old, claim="in_progress", text="моя правка")
    return answer.status == 409 and "моя правка" in answer.text and "правка другого человека" in answer.text


def _retries(browser: Browser, number: int) -> list[int]:
    """What the same form is answered when it is sent three times."""
    form = {"version": seen_version(browser, number), "claim": "in_progress", "text": "одна и та же правка"}
    return [browser.post(f"/measures/{number}/report", **form).status for _ in range(3)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mode", choices=["move", "edit"], default="move")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--objects", type=int, default=200)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--sabotage", action="store_true", help="plant the faults of tests/rel/careless.py")
    asked = parser.parse_args()
    factory = CARELESS if asked.sabotage else HOUSE
    objects = asked.objects if asked.mode == "move" else 1
    with (
        tempfile.TemporaryDirectory(prefix="vekha-race-") as folder,
        arena(Path(folder), asked.database, objects=objects, clients=asked.clients) as made,
        serving(made.data, made.database_url, factory=factory) as port,
    ):
        browsers = made.browsers(port)
        moving = asked.mode == "move"
        result = race_moves(made, browsers) if moving else race_edits(made, browsers, edits=asked.edits)
        if not result.passed:
            print((Path(folder) / "server.log").read_text("utf-8")[-6000:], file=sys.stderr)
    print(result)
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
