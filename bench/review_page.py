"""How fast a member reviews a report of 600 rows: the page, its filters, the last page, one mark, one key.

    python -m bench.review_page [--postgresql URL]

Nine members have looked at half of the rows, every tenth row has a remark, every measure has evidence. A page
that takes the server longer than a second turns its line red. Without an address of PostgreSQL it measures
SQLite only and says SKIP for the other. The key is pressed in Chromium, where there is one, four times a
second, and timed from its press to the frame in which the next row is drawn.
"""

import argparse
import logging
import shutil
import statistics
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright
from sqlalchemy import insert
from werkzeug.serving import make_server

from accounts import access
from accounts.models import Role, User
from accounts.services import add_person, grant, start_session
from app import create_app
from bench.plan_page import counted, found_town, settings, write_plan
from core.audit import SYSTEM, record
from core.clock import now, today
from core.db import db, transaction
from council.models import AgendaItem, Council, CouncilKind, ItemKind, Membership, RowMark, Seat, Sitting
from council.review_rows import rows_of
from council.services.review_remarks import RemarkFacts, make_remark
from documents.kinds import DocumentKind
from documents.models import Document, Dossier
from reports.models import ReportVersion
from reports.services import begin_report, make_version, move_version
from roadmap.models import Plan
from roadmap.queries.measures import measures_of

MEMBERS, ROUNDS, TARGET = 9, 7, 1_000
KEYS, KEY_TARGET = 100, 50
#: Notes, for each key, the time from its press to the frame in which the next row is drawn.
TIMED = """
() => {
  window.steps = [];
  addEventListener('keydown', event => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => window.steps.push(performance.now() - pressed)));
  }, true);
}
"""


def people(like: User) -> list[User]:
    """Nine members; the first keeps the council's papers."""
    assert like.organisation
    found = []
    for number in range(MEMBERS):
        person = add_person(
            f"member{number}", surname="Ясенева", given_name="О", organisation=like.organisation, by=SYSTEM
        )
        role = Role.COUNCIL_MEMBER if number else Role.COUNCIL_SECRETARY
        grant(person, role, organisation=like.organisation, by=SYSTEM)
        found.append(person)
    return found


def version_of(plan: Plan, by: User, secretary: User) -> ReportVersion:
    """A version of all rows, at the council, after an earlier one."""
    report = begin_report(plan, title="Отчёт за 2026 год", period="2026 год", by=by)
    make_version(report, as_of=now(), by=by)
    version = make_version(report, as_of=now(), by=by)
    move_version(version, "submit", by=by)
    move_version(version, "take_up", by=secretary)
    return version


def seat(version: ReportVersion, members: list[User]) -> None:
    """The council, with the report on the agenda of its next sitting."""
    organisation = version.report.plan.organisation
    with transaction() as session:
        council = Council(organisation=organisation, council_kind=CouncilKind.HEADS_COUNCIL, name="Совет")
        for person in members:
            is_secretary = person is members[0]
            one = Membership(council=council, user=person, name=person.name, since=date(2020, 1, 1))
            one.seat, one.has_vote = (Seat.SECRETARY if is_secretary else Seat.MEMBER), not is_secretary
        dossier = Dossier(organisation=organisation, title="Заседание")
        sitting = Sitting(council=council, date=today() + timedelta(days=3), dossier=dossier)
        item = AgendaItem(sitting=sitting, position=1, item_kind=ItemKind.REPORT, title="Об отчёте")
        item.report_version = version
        session.add_all([council, sitting, item])
        session.flush()  # the journal names them by their numbers
        record(council, "council.create", by=SYSTEM)
        record(sitting, "sitting.plan", by=SYSTEM)


def fill(version: ReportVersion, members: list[User]) -> None:
    """Marks of everybody on half of the rows, a remark on every tenth, a document for each measure."""
    rows = rows_of(version.data)
    marks = [
        {"report_version_id": version.id, "measure_id": row.measure_id, "user_id": person.id,
         "digest": row.digest, "viewed_at": now()}
        for person in members for row in rows[::2]
    ]  # fmt: skip
    proofs = [
        {
            "dossier_id": m.dossier_id,
            "document_kind": DocumentKind.ORDER,
            "title": "Приказ",
            "version": 1,
        }
        for m in measures_of(version.report.plan)
    ]
    with transaction() as session:
        session.execute(insert(RowMark), marks)
        session.execute(insert(Document), proofs)
        for row in rows[::10]:
            make_remark(version, row.measure_id, RemarkFacts("Уточните число"), by=members[1])


def browser(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(access.cookie_name(), start_session(person, address="127.0.0.1", device="bench"))
    return client


def measured(app: Flask, client: FlaskClient, ask: Any) -> tuple[int, float, float]:
    """Queries of one request, and the median and the worst of its milliseconds."""
    times = []
    with counted(app) as sent:
        assert ask(client).status_code == 200
    for _round in range(ROUNDS):
        began = time.perf_counter()
        ask(client)
        times.append((time.perf_counter() - began) * 1000)
    return len(sent), statistics.median(times), max(times)


def asked(address: str, row: int) -> dict[str, Any]:
    """What is measured, by its name."""
    json, sent = {"Accept": "application/json"}, {"row": row, "seen": row}
    return {
        "page": lambda client: client.get(address),
        "page, not looked at": lambda client: client.get(f"{address}?show=unseen"),
        "page, compared": lambda client: client.get(f"{address}?compare=version"),
        "page, last": lambda client: client.get(f"{address}?after=500"),
        "one mark": lambda client: client.post(f"{address}/marks", data=sent, headers=json),
    }


def stepped(app: Flask, person: User, address: str, program: str) -> list[float]:
    """Milliseconds of each step from row to row by the space bar, in Chromium before a real server."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    token = start_session(person, address="127.0.0.1", device="bench")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        context = browser.new_context(base_url=home)
        context.add_cookies([{"name": access.cookie_name(), "value": token, "url": home}])
        page = context.new_page()
        page.goto(f"{address}?show=unseen")
        page.evaluate(TIMED)
        page.locator("[data-see]").first.focus()
        for _key in range(KEYS):
            page.keyboard.press("Space")
            page.wait_for_timeout(250)
        page.wait_for_timeout(500)
        steps = page.evaluate("window.steps")
        browser.close()
    server.shutdown()
    return list(steps)


def stepped_well(name: str, app: Flask, person: User, address: str) -> bool:
    """Prints the line of the keys; whether their median is within its target."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.stdout.write(f"{name:<11} next row by key      SKIP: no Chromium on this machine\n")
        return True
    steps = stepped(app, person, address, program)
    good = len(steps) == KEYS and statistics.median(steps) <= KEY_TARGET
    told = f"{len(steps)} keys {statistics.median(steps):6.1f} ms, worst {max(steps):6.1f}"
    sys.stdout.write(f"{name:<11} next row by key      member     {told} {'PASS' if good else 'FAIL'}\n")
    return good


def run(name: str, url: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), url), TESTING=True, WTF_CSRF_ENABLED=False)
        with app.app_context():
            db.create_all()
            coordinator, executor = found_town()
            plan, members = write_plan(coordinator, executor), people(coordinator)
            version = version_of(plan, coordinator, members[0])
            seat(version, members)
            fill(version, members)
            address = f"/reports/{version.report_id}/versions/{version.number}/review"
            row = rows_of(version.data)[1].measure_id
            clients = {"member": browser(app, members[1]), "secretary": browser(app, members[0])}
        good = True
        for what, ask in asked(address, row).items():
            for who, client in clients.items():
                queries, median, worst = measured(app, client, ask)
                good = good and median <= TARGET
                verdict = "PASS" if median <= TARGET else "FAIL"
                told = f"{queries:>3} queries {median:7.1f} ms, worst {worst:7.1f} {verdict}"
                sys.stdout.write(f"{name:<11} {what:<20} {who:<10} {told}\n")
        with app.app_context():
            good = stepped_well(name, app, db.session.merge(members[1]), address) and good
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", default="", help="address of an empty database")
    given = parser.parse_args()
    good = run("SQLite", "")
    if given.postgresql:
        good = run("PostgreSQL", given.postgresql) and good
    else:
        sys.stdout.write("PostgreSQL  SKIP: no address was given\n")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
