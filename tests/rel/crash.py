"""G1 of the archive: clerks upload and the worker reads a scan while all of them are killed at random.

    python -m tests.rel.crash --kills 100 --database postgresql

Two clerks and one worker are processes of their own; every kill is a SIGKILL, and another takes the place.
What a clerk was promised is written down after the commit. In the end: nothing promised is lost, no row is
without its bytes, no bytes are half there, and no page of the scan was recognised again once it was kept.
Prints one line, «G1 … PASS» or «G1 … FAIL», and ends with 1 after a failure. `--sabotage uploads` keeps the
bytes after the row, `--sabotage pages` forgets finished pages.
"""

import argparse
import contextlib
import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import core.worker
from accounts.models import Organisation, Role, User
from core.db import db
from core.worker import run_due
from documents.doctor import faults, repair
from documents.extraction import is_recognition_possible
from documents.models import Extraction, ExtractionState, FileVersion
from documents.queries import kept_page
from documents.services import add_draft, begin_reading
from documents.services.reading import KeptPages, read_on
from documents.storage import store
from tests import databases, factories
from tests.conftest import bare_app, close, make_settings, new_app
from tests.documents.crashing import put_after_the_commit
from tests.documents.extraction.scans import letter, pdf_of, scanned
from tests.processes import PROCESSES
from tests.rel.server import SECRET
from tests.uploads import docx_bytes, upload

CLERKS = 2
AT_ONCE = timedelta(hours=-1)
LONGEST_READING = 900


@dataclass
class Site:
    """An instance with a clerk and a scan in the inbox."""

    app: Flask
    data: Path
    database: str
    url: str
    organisation_id: int = 0
    clerk_id: int = 0
    scan: str = ""
    sabotage: str = ""
    running: list[Any] = field(default_factory=list)

    def start(self, place: int) -> Any:
        """The process of a place: clerks first, the worker last."""
        told = (self.data, self.url, self.organisation_id, self.clerk_id, self.sabotage, place)
        process = PROCESSES.Process(daemon=True, target=_process, args=told)
        process.start()
        return process

    def lines(self, kind: str) -> list[str]:
        """What the processes wrote down, killed or not; a line that was cut short does not count."""
        files = sorted(self.data.glob(f"{kind}-*.txt"))
        return [line[:-1] for file in files for line in file.read_text().split("\n") if line.endswith(";")]


@contextlib.contextmanager
def site(folder: Path, database: str, *, pages: int, sabotage: str = "") -> Iterator[Site]:
    """An instance on SQLite or PostgreSQL; the scan has so many pages."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(databases.postgresql_database("crash")) if database == "postgresql" else ""
        settings = make_settings(
            folder, url, secret_key=SECRET, base_url="http://127.0.0.1", upload_mb=max(20, pages)
        )
        app = new_app(settings)
        made = Site(app, folder, database, url, sabotage=sabotage)
        paper = scanned(letter(20).picture)
        scan = pdf_of(folder / "scan.pdf", *[paper] * pages).read_bytes()
        with app.app_context():
            clerk = factories.person(Role.CLERK)
            assert clerk.organisation
            document = add_draft(clerk.organisation, upload(scan, "Скан.pdf"), by=clerk)
            made.organisation_id, made.clerk_id = clerk.organisation.id, clerk.id
            made.scan = document.versions[0].sha256
            begin_reading(document)  # before the clerks' files, or it would wait behind all of them
            db.session.remove()
            db.engine.dispose()
        yield made
        close(app)


def _process(data: Path, url: str, organisation_id: int, clerk_id: int, sabotage: str, place: int) -> None:
    """What the process of a place does until it is told to stop."""
    app = bare_app(make_settings(data, url, secret_key=SECRET, base_url="http://127.0.0.1"))
    made = Site(app, data, "", url, organisation_id, clerk_id, sabotage=sabotage)
    with app.app_context():
        _work(made) if place == CLERKS else _upload(made, place)


def _goes_on(made: Site, parent: int) -> bool:
    return made.data.exists() and not (made.data / "stop").exists() and os.getppid() == parent


def _upload(made: Site, place: int) -> None:
    """A clerk: one file after another, each written down once it is promised."""
    if made.sabotage == "uploads":
        put_after_the_commit(pause=0.3)  # a kill by chance would hardly ever meet a quick disk
    parent, count = os.getppid(), 0
    with (made.data / f"acked-{place}-{os.getpid()}.txt").open("a") as acked:
        while _goes_on(made, parent) and not (made.data / "enough").exists():
            time.sleep(0.5)
            count += 1
            with contextlib.suppress(OperationalError):  # too busy: people come again, and so does this one
                clerk = db.session.get_one(User, made.clerk_id)
                organisation = db.session.get_one(Organisation, made.organisation_id)
                data = docx_bytes(f"{place} {os.getpid()} {count}")
                document = add_draft(organisation, upload(data, f"{count}.docx"), by=clerk)
                acked.write(f"{document.id} {document.versions[0].sha256};\n")
                acked.flush()
            db.session.remove()


def _work(made: Site) -> None:
    """The worker. Its lease is short, so that the next one need not wait for a killed one's, and its slice
    is long, so that the scan is not put behind the files of the clerks."""
    core.worker.LEASE = timedelta(seconds=1)
    read_on.__kwdefaults__["longest"] = timedelta(hours=1)
    parent = os.getppid()
    with (made.data / f"pages-{os.getpid()}.txt").open("a") as told:
        KeptPages.put = _watched(KeptPages.put, told)  # type: ignore[method-assign]
        if made.sabotage == "pages":
            KeptPages.get = lambda *_which: None  # type: ignore[method-assign]
        while _goes_on(made, parent):
            with contextlib.suppress(OperationalError):
                run_due(is_enough=lambda: not _goes_on(made, parent))
            db.session.remove()
            time.sleep(0.1)


def _watched(put: Callable[..., None], told: Any) -> Callable[..., None]:
    """Keeps a page and writes down whether it had been kept before."""

    def keep(self: KeptPages, key: Any, page: Any) -> None:
        with self._app.app_context():
            is_again = kept_page(key.sha256, key.number) is not None
            db.session.remove()
        put(self, key, page)
        told.write(f"{'again' if is_again else 'new'} {key.number};\n")
        told.flush()

    return keep


@dataclass(frozen=True)
class Result:
    """What was measured, and whether it is what the goal asks for."""

    line: str
    passed: bool

    def __str__(self) -> str:
        return f"{self.line} {'PASS' if self.passed else 'FAIL'}"


def race(made: Site, *, kills: int, seed: int) -> Result:
    """Kill so many times, now a clerk, now the worker, then let the worker read to the end."""
    chance = random.Random(seed)
    made.running = [made.start(place) for place in range(CLERKS + 1)]
    while not made.lines("acked"):
        time.sleep(0.1)
    for number in range(kills):
        place = CLERKS if number % 2 else chance.randrange(CLERKS)
        if place == CLERKS:
            _await_page(made)
        time.sleep(chance.uniform(0, 0.3 if place == CLERKS else 1.2))
        made.running[place].kill()
        made.running[place].join()
        made.running[place] = made.start(place)
    (made.data / "enough").touch()
    until = time.monotonic() + LONGEST_READING
    while is_recognition_possible() and not _is_read(made) and time.monotonic() < until:
        time.sleep(0.5)
    (made.data / "stop").touch()
    for process in made.running:
        process.join(90)
        process.kill()
    return judged(made, kills=kills)


def _await_page(made: Site) -> None:
    """Until the worker has kept another page: a worker killed before that could repeat nothing."""
    known, until = len(made.lines("pages")), time.monotonic() + 30
    while len(made.lines("pages")) == known and not _is_read(made) and time.monotonic() < until:
        time.sleep(0.2)


def _is_read(made: Site) -> bool:
    with made.app.app_context():
        row = db.session.get(Extraction, made.scan)
        is_read = row is not None and row.state is ExtractionState.DONE and row.pages_done == row.pages_total
        db.session.remove()
    return is_read


def judged(made: Site, *, kills: int) -> Result:
    """Look at the rows and at the bytes."""
    acked, pages = made.lines("acked"), made.lines("pages")
    is_read = _is_read(made) or not is_recognition_possible()
    with made.app.app_context():
        versions = db.session.scalars(select(FileVersion))
        held = {f"{version.document_id} {version.sha256}" for version in versions}
        lost = [line for line in acked if line not in held]
        found = [fault.kind for fault in faults(store(), grace=AT_ONCE)]
        without = sum(kind == "missing" for kind in found)
        partial = sum(kind in ("size", "damaged") for kind in found) + _half_orphans()
        db.session.rollback()
        left = [fault for fault in repair(store(), grace=AT_ONCE) if not fault.is_repaired]
        db.session.remove()
        db.engine.dispose()
    again = sum(line.startswith("again") for line in pages)
    line = (
        f"G1 {made.database}: {kills} kills, {len(acked)} uploads promised, lost {len(lost)}, rows without "
        f"bytes {without}, partial blobs {partial}, left after repair {len(left)}; {len(pages)} pages "
        f"recognised, repeated {again}, scan {'read' if is_read else 'NOT READ'}"
    )
    is_whole = not (lost or without or partial or left or again)
    return Result(line, is_whole and is_read and bool(acked))


def _half_orphans() -> int:
    """Objects that no row speaks of and whose bytes are not what their name says."""
    count = 0
    for kept in store().kept():
        if kept.sha256:
            with store().open(kept.sha256) as file:
                count += hashlib.sha256(file.read()).hexdigest() != kept.sha256
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", choices=["uploads", "pages"], default="", help="plant a fault")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vekha-crash-") as folder,
        site(Path(folder), asked.database, pages=asked.pages, sabotage=asked.sabotage) as made,
    ):
        result = race(made, kills=asked.kills, seed=asked.seed)
    print(f"seed {asked.seed}; {result}")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
