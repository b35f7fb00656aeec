"""How fast the pages of the archive are among 100,000 documents, by how fast they are among 1,000.

    python -m bench.archive_pages [--many 100000] [--postgresql URL]

Both archives answer in turns in one run; a page that needs more than 12 queries or 1.5 times as long turns
the line red. Without an address of PostgreSQL it measures SQLite only and says SKIP for the other.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, text

from accounts import access
from accounts.models import Level, Organisation, Role, User, searchable
from accounts.services import add_organisation, add_person, grant, start_session
from app import create_app
from config import Settings
from core.audit import SYSTEM
from core.clock import now
from core.db import db, transaction
from documents.acts import act_key
from documents.kinds import DocumentKind
from documents.models import Citation, Confidentiality, Document, Dossier, Filing, Relation

FEW, ROUNDS, DRAFTS, TARGET, MOST_QUERIES = 1_000, 15, 60, 1.5, 12
KINDS = (DocumentKind.ORDER, DocumentKind.DIRECTIVE, DocumentKind.DECREE, DocumentKind.MINUTES)
FIRST = date(1996, 1, 9)


def filled(url: str, data: Path, count: int) -> Flask:
    """An application whose archive holds `count` documents of ten organisations."""
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        data=data, database_url=url, env="test", base_url="http://localhost",
        secret_key="a secret for measuring, 32 characters and more",
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        db.metadata.drop_all(db.engine)
        db.metadata.create_all(db.engine)
        region = add_organisation("Озёрная область", level=Level.REGION, by=SYSTEM)
        towns = [
            add_organisation(f"Район {n}", level=Level.MUNICIPALITY, parent=region, by=SYSTEM)
            for n in range(10)
        ]
        _people(region, towns)
        _write(count, [town.id for town in towns])
    return app


def _people(region: Organisation, towns: list[Organisation]) -> None:
    for login, role, of in (
        ("chief", Role.CLERK, region), ("clerk", Role.CLERK, towns[0]), ("reader", Role.READER, towns[0]),
    ):  # fmt: skip
        person = add_person(login, surname="Тополева", given_name="С", organisation=of, by=SYSTEM)
        grant(person, role, organisation=of, by=SYSTEM)


def _write(count: int, towns: list[int]) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {Dossier: [], Document: [], Citation: []}
    for n in range(1, count + DRAFTS + 1):
        is_draft = n > count
        rows[Dossier].append(_dossier(n, towns[n % len(towns)], is_draft=is_draft))
        rows[Document].append(_document(n, is_draft=is_draft, days=n * 11_000 // count))
        if n > 3 and not is_draft:
            rows[Citation] += [_citation(n, n - 1 - n % 3, Relation.BASIS)]
            rows[Citation] += [_citation(n, n - 2, Relation.REPEALS)] if n % 50 == 0 else []
    with transaction() as session:
        for model, values in rows.items():
            for start in range(0, len(values), 5000):
                session.execute(insert(model), values[start : start + 5000])
        session.execute(text("ANALYZE"))


def _dossier(n: int, town: int, *, is_draft: bool) -> dict[str, Any]:
    known = (
        Confidentiality.INTERNAL,
        Confidentiality.PUBLIC,
        Confidentiality.INTERNAL,
        Confidentiality.RESTRICTED,
    )
    access = Confidentiality.DRAFT if is_draft else known[n // 10 % 4]
    return {"id": n, "organisation_id": town, "is_archive": True, "access": access}


def _document(n: int, *, is_draft: bool, days: int) -> dict[str, Any]:
    kind, day, number = KINDS[n % 4], FIRST + timedelta(days=days), f"{n % 900}-од"
    title = f"О мерах по развитию наставничества в {day.year} году, часть {n}"
    return {
        "id": n, "dossier_id": n, "document_kind": kind, "number": number, "date": day, "title": title,
        "authority": "Комитет образования", "filing": Filing.INBOX if is_draft else Filing.FILED,
        "listed_on": None if is_draft else day, "act_key": act_key(kind, day, number),
        "sought": searchable(f"{number} {title}"), "sought_authority": "комитет образования", "version": 1,
    }  # fmt: skip


def _citation(citing: int, cited: int, relation: Relation) -> dict[str, Any]:
    return {
        "document_id": citing, "target_id": cited, "relation": relation, "document_kind": KINDS[cited % 4],
        "number": f"{cited % 900}-од", "confirmed_at": now(),
    }  # fmt: skip


def browser(app: Flask, login: str) -> FlaskClient:
    with app.app_context():
        person = db.session.query(User).filter_by(login=login).one()
        name, token = access.cookie_name(), start_session(person, address="127.0.0.1", device="bench")
    client = app.test_client()
    client.set_cookie(name, token)
    return client


def addresses(count: int) -> dict[str, tuple[str, str]]:
    """Pages by their names: who asks, and where. All list as many rows in both archives."""
    middle = count // 2 // 40 * 40
    return {
        "list": ("clerk", "/documents"),
        "list, middle": ("clerk", f"/documents?after={_key(middle, count)}"),
        "list, last page": ("chief", f"/documents?after={_key(200, count)}"),
        "list, one kind": ("clerk", "/documents?kind=order"),
        "list, words": ("clerk", "/documents?text=наставничества"),
        "list, reader": ("reader", "/documents"),
        "card": ("clerk", f"/documents/{middle}"),
        "graph": ("clerk", f"/documents/{middle}/graph"),
        "inbox": ("clerk", "/documents/inbox"),
    }


def _key(number: int, count: int) -> str:
    return f"{FIRST + timedelta(days=number * 11_000 // count)}.{number}"


def measured(apps: dict[int, Flask], name: str) -> bool:
    """Ask both archives in turns; print a line and say whether it is as it should be."""
    clients, places, times, queries = {}, {}, {count: [] for count in apps}, {}
    for count, app in apps.items():
        who, places[count] = addresses(count)[name]
        clients[count] = browser(app, who)
        queries[count] = _queries(app, clients[count], places[count])
    for _round in range(ROUNDS):
        for count, client in clients.items():
            began = time.perf_counter()
            client.get(places[count])
            times[count].append(1000 * (time.perf_counter() - began))
    few, many = (statistics.median(found) for found in times.values())
    asked = max(queries.values())
    is_good = many <= TARGET * few and asked <= MOST_QUERIES
    told = f"{name}: {few:.1f} ms -> {many:.1f} ms, ratio {many / few:.2f}, queries {asked}"
    sys.stdout.write(f"{told} {'PASS' if is_good else 'FAIL'}\n")
    return is_good


def _queries(app: Flask, client: FlaskClient, address: str) -> int:
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answer = client.get(address)
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, (address, answer.status_code)
    return sum(statement.startswith("SELECT") for statement in sent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--postgresql", nargs=2, metavar=("FEW", "MANY"), help="addresses of two databases")
    given = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, urls in (("sqlite", ("", "")), ("postgresql", given.postgresql)):
            if urls is None:
                sys.stdout.write(f"{name}: SKIP, no addresses given\n")
                continue
            sys.stdout.write(f"{name}\n")
            sizes = zip((FEW, given.many), urls, strict=True)
            apps = {count: filled(url, Path(folder, f"{name}{count}"), count) for count, url in sizes}
            for page in addresses(FEW):
                good = measured(apps, page) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
