"""How quick the pages of the search are in an archive of any size: rights, counts, passages, template.

    python -m bench.search_pages [documents] [--data FOLDER] [--database URL] [--build]
    python -m bench.search_pages 100000 --data FOLDER --fuzz 10000

Default 2000 documents on SQLite in a folder that goes. With `--data` the archive stays and is made but once.
Three people ask: a reader and a clerk of one district of twenty, and a clerk of the region, who reaches
everything; an eighth of the dossiers is restricted. Of a class the median and the 95th percentile over its
questions are told, of the quickest of three answers.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from accounts.models import Level, Organisation, Role, searchable
from accounts.services import add_organisation, add_person, grant
from app import create_app
from bench.archive_pages import browser
from bench.search_corpus import Made, Pen, archive
from bench.search_speed import memory, percentile, say
from config import Settings
from core.audit import SYSTEM
from core.clock import now
from core.db import db, transaction
from documents.acts import act_key
from documents.kinds import DocumentKind
from documents.models import Blob, Confidentiality, Document, Dossier, FileVersion, Filing, PageText
from search_index.engines import engine, wanted_stamp
from search_index.services.indexing import follow, is_up_to_date
from tests.rel.questions import addresses

DISTRICTS, SCHOOLS, EACH, REPEATS, LOT = 20, 24, 20, 3, 2500
PEOPLE = ("reader", "clerk", "chief")


def application(data: Path, url: str) -> Flask:
    """The application over the archive in `data`; tables and people are made when there are none."""
    data.mkdir(parents=True, exist_ok=True)
    app = create_app(
        Settings(
            data=data, database_url=url, env="test", base_url="http://localhost",
            secret_key="a secret for measuring, 32 characters and more",
        )
    )  # fmt: skip
    with app.app_context():
        db.metadata.create_all(db.engine)
        if not db.session.query(Organisation).first():
            _people()
    return app


def _people() -> None:
    region = add_organisation("Озёрная область", level=Level.REGION, by=SYSTEM)
    for number in range(DISTRICTS):
        district = add_organisation(f"Район {number + 1}", level=Level.MUNICIPALITY, parent=region, by=SYSTEM)
        for school in range(SCHOOLS):
            name = f"Школа № {number * SCHOOLS + school + 1}"
            add_organisation(name, level=Level.INSTITUTION, parent=district, by=SYSTEM)
        if number == 0:
            _person("reader", Role.READER, district)
            _person("clerk", Role.CLERK, district)
    _person("chief", Role.CLERK, region)


def _person(login: str, role: Role, organisation: Organisation) -> None:
    person = add_person(login, surname="Тополева", given_name="С", organisation=organisation, by=SYSTEM)
    grant(person, role, organisation=organisation, by=SYSTEM)


# Filling.


def fill(app: Flask, first: int, last: int) -> None:
    """Write documents `first` + 1 to `last` with the text of their page; the index follows."""
    with app.app_context():
        owners = [number for (number,) in db.session.query(Organisation.id).order_by(Organisation.id)]
        lot: list[Made] = []
        for made in archive(last, first=first):
            lot.append(made)
            if len(lot) == LOT or made.number == last:
                _write(lot, owners)
                follow(f"document:{one.number}" for one in lot)
                db.session.remove()
                lot = []


def _write(lot: list[Made], owners: list[int]) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {
        model: [] for model in (Blob, Dossier, Document, FileVersion, PageText)
    }
    for made in lot:
        for model, row in _rows(made, owners[made.organisation % len(owners)]).items():
            rows[model].append(row)
    with transaction() as session:
        for model, values in rows.items():
            session.execute(insert(model), values)


def _rows(made: Made, owner: int) -> dict[Any, dict[str, Any]]:
    kind, sha256, number = DocumentKind(_kind(made)), f"{made.number:064x}", made.number
    access = Confidentiality.RESTRICTED if number % 8 == 0 else Confidentiality.INTERNAL
    return {
        Blob: {"sha256": sha256, "size": 1000, "media_type": "application/pdf", "created_at": now()},
        Dossier: {"id": number, "organisation_id": owner, "is_archive": True, "access": access},
        Document: {
            "id": number, "dossier_id": number, "document_kind": kind, "number": made.registered,
            "date": made.day, "title": made.title, "filing": Filing.FILED, "listed_on": made.day,
            "act_key": act_key(kind, made.day, made.registered), "sought_authority": "", "version": 1,
            "sought": searchable(f"{made.registered} {made.title}"), "added_at": now(),
        },
        FileVersion: {
            "document_id": number, "number": 1, "sha256": sha256, "size": 1000, "name": "скан.pdf",
            "media_type": "application/pdf", "added_at": now(),
        },
        PageText: {
            "sha256": sha256, "number": 1, "text": made.text, "way": "ocr", "confidence": 0.9, "facts": {},
        },
    }  # fmt: skip


def _kind(made: Made) -> str:
    return "other" if made.kind == "report" else made.kind


def finish(app: Flask) -> None:
    """Put the index into the state after a rebuild."""
    with app.app_context():
        index = engine()
        with index.writing():
            index.tidy_up()
            if hasattr(index, "join"):
                index.join()
            index.seal(wanted_stamp())


# Asking.


def questions(documents: list[Made]) -> dict[str, list[dict[str, str]]]:
    """Class → the values of addresses."""
    chance, known = random.Random(5), Pen().known.tolist()
    long = [word for word in known[200:3000] if len(word) > 6]
    some = chance.sample(documents, EACH)
    common, middling = known[:40], known[200:3000]
    return {
        "common word": [{"q": word} for word in chance.sample(common, EACH)],
        "three words": [{"q": " ".join(chance.sample(middling, 3))} for _ in range(EACH)],
        "either word": [{"q": " ИЛИ ".join(chance.sample(common + middling, 3))} for _ in range(EACH)],
        "phrase": [{"q": f"«{_quoted(chance)}»"} for _ in range(EACH)],
        "title": [{"q": made.title} for made in some],
        "number": [{"q": made.registered} for made in some],
        "number, date": [{"q": f"{made.registered} от {made.day:%d.%m.%Y}"} for made in some],
        "typo": [{"q": word[:2] + word[3:]} for word in chance.sample(long, EACH)],
        "filters": [{"q": w, "kind": "order", "year": "2021"} for w in chance.sample(common, EACH)],
        "filters only": [{"kind": "order", "year": str(year)} for year in range(2015, 2026)],
        "newest first": [{"q": word, "order": "newest"} for word in chance.sample(common, EACH)],
    }  # fmt: skip


def _quoted(chance: random.Random) -> str:
    old = Pen().old
    first = chance.randrange(len(old) - 3)
    return " ".join(old[first : first + chance.choice((2, 3))])


def measure(app: Flask, documents: list[Made]) -> None:
    """A line for every class and person, and one for all pages of results together."""
    clients = {login: browser(app, login) for login in PEOPLE}
    typed = [{"q": word[: 3 + number % 3]} for number, word in enumerate(_typed(documents))]
    pages: list[tuple[float, float]] = []
    for kind, each in questions(documents).items():
        for login, client in clients.items():
            taken = [_quickest(client, "/search", values) for values in each]
            _tell(f"{kind:<13} {login:<7}", taken)
            pages += taken
    _tell(f"{len(pages)} pages in all       ", pages)
    for login, client in clients.items():
        taken = [_quickest(client, "/search/suggest", values) for values in typed]
        _tell(f"{'suggest':<13} {login:<7}", taken)
    say(f"memory of the web process: {memory()}")


def _tell(name: str, taken: list[tuple[float, float]]) -> None:
    """The median and the 95th percentile of the times of the clock, and of those of the processor."""
    told = [
        f"{statistics.median(t):7.1f} / {percentile(list(t), 95):7.1f} ms" for t in zip(*taken, strict=True)
    ]
    say(f"{name} p50 / p95 {told[0]}, processor {told[1]}")


def _typed(documents: list[Made]) -> Iterator[str]:
    for made in documents[:EACH]:
        yield made.registered
        yield from made.title.split()[1:3]


def _quickest(client: FlaskClient, path: str, values: dict[str, str]) -> tuple[float, float]:
    """The quickest of three answers in milliseconds: by the clock, and of our own processor's time."""
    best = [float("inf")] * 2
    for _repeat in range(REPEATS):
        began = time.perf_counter(), time.process_time()
        answer = client.get(f"{path}?{urlencode(values)}")
        took = time.perf_counter() - began[0], time.process_time() - began[1]
        best = [min(old, new * 1000) for old, new in zip(best, took, strict=True)]
        assert answer.status_code == 200, (path, values, answer.status_code)
    return best[0], best[1]


def fuzz(app: Flask, count: int) -> None:
    """Ask `count` questions from harmless to hostile; tell what was answered and how soon (G8)."""
    client, statuses, times = browser(app, "chief"), Counter[int](), list[float]()
    for address in addresses(count):
        began = time.perf_counter()
        statuses[client.get(address).status_code] += 1
        times.append(time.perf_counter() - began)
    times.sort()
    say(f"{count} questions: {dict(statuses)}, p99 {percentile(times, 99):.3f} s, longest {times[-1]:.3f} s")


def main() -> int:
    """Fill what is missing, ask; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=2000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--database", default="")
    parser.add_argument("--build", action="store_true", help="fill and ask nothing")
    parser.add_argument(
        "--fuzz", type=int, default=0, help="so many questions of tests/rel/questions.py instead"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = application(given.data or Path(folder), given.database)
        with app.app_context():
            there, is_whole = db.session.query(Document).count(), is_up_to_date()
        if there < given.documents:
            fill(app, there, given.documents)
        if there < given.documents or not is_whole:
            finish(app)
        if given.fuzz:
            fuzz(app, given.fuzz)
        elif not given.build:
            measure(app, list(archive(min(given.documents, 1000))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
