"""Votes and approvals at once on each of many items, over the network, on a real server.

    python -m tests.rel.council_race --items 100 --database postgresql

On every item 32 members vote and 8 times the presiding person approves in the same moment; who is told
that votes are missing tries again. Prints one line, «… PASS» or «… FAIL», and ends with 1 after a failure.
"""

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from accounts import access
from accounts.models import Role, User
from core.audit import Entry
from core.clock import today
from core.db import db, transaction
from council.models import AgendaItem, Council, Outcome, Presence, Seat, Vote
from council.services.agenda import ItemFacts, add_item
from council.services.attendance import mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.sittings import SittingFacts, open_sitting, plan_sitting, send_agenda
from council.services.voting import open_voting
from documents.kinds import DocumentKind
from orders.services.registers import RegisterFacts, open_register
from reports.models import ReportVersion
from tests import databases, factories
from tests.conftest import close, make_settings, new_app
from tests.rel.race import HOUSE, Result
from tests.rel.server import SECRET, Browser, serving
from tests.reports import scene as report_scene

MEMBERS, APPROVALS = 32, 8
#: How often the presiding person asks again while votes are missing.
PATIENCE = 200


@dataclass
class Chamber:
    """An instance with sittings on whose only item votes are taken, and the sessions that race."""

    app: Flask
    data: Path
    database: str
    database_url: str
    items: list[tuple[int, int]] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    chair: list[str] = field(default_factory=list)

    def browsers(self, port: int) -> tuple[list[Browser], list[Browser]]:
        """Members and the many windows of the presiding person, each with a page already open."""
        with self.app.app_context():
            name = access.cookie_name()
        made = [[Browser(port, (name, token)) for token in each] for each in (self.members, self.chair)]
        for browser in [*made[0], *made[1]]:
            browser.get("/councils")
        return made[0], made[1]


@contextlib.contextmanager
def chamber(folder: Path, database: str, *, items: int, members: int, approvals: int) -> Iterator[Chamber]:
    """So many sittings with a report each; the presiding person has no vote, so that 32 are 32."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(databases.postgresql_database("votes")) if database == "postgresql" else ""
        app = new_app(make_settings(folder, url, secret_key=SECRET, base_url="http://127.0.0.1"))
        made = Chamber(app, folder, database, url)
        with app.app_context():
            scene = report_scene.scene(1)
            people = [
                factories.person(Role.COUNCIL_MEMBER, organisation=scene.plan.organisation)
                for _ in range(members + 1)
            ]
            council = _council(scene, people)
            made.items = [_item(scene, council, n) for n in range(items)]
            made.members = [factories.session_of(person) for person in people[1:]]
            made.chair = [factories.session_of(people[0]) for _ in range(approvals)]
            db.session.remove()
            db.engine.dispose()
        yield made
        close(app)


def _council(scene: report_scene.Scene, people: list[User]) -> Council:
    town, by = scene.plan.organisation, scene.secretary
    with transaction():
        clerk = factories.person(Role.CLERK, organisation=town)
        book = RegisterFacts("Протоколы Совета")
        register = open_register(town, book, document_kind=DocumentKind.MINUTES, by=clerk)
        facts = CouncilFacts("Совет", name_prepositional="Совете")
        council = create_council(town, facts, register=register, by=by)
        for number, person in enumerate(people):
            seat = Seat.MEMBER if number else Seat.CHAIR
            known = MemberFacts(user=person, seat=seat, has_vote=bool(number), since=date(2020, 1, 1))
            name_member(council, known, by=by)
    return council


def _item(scene: report_scene.Scene, council: Council, number: int) -> tuple[int, int]:
    by = scene.secretary
    version = scene.under_review(scene.report(f"{number} период"))
    with transaction():
        sitting = plan_sitting(council, SittingFacts(today()), by=by)
        item = add_item(sitting, ItemFacts("Об отчёте", report_version=version), by=by)
        send_agenda(sitting, by=by)
        mark_attendance(sitting, {s.id: Presence.PRESENT for s in sitting.voters}, by=by)
        open_sitting(sitting, by=by)
        open_voting(item, by=by)
    return sitting.id, item.id


def vote(browser: Browser, sitting: int, item: int) -> int:
    """One vote; what was answered."""
    return browser.post(f"/sittings/{sitting}/items/{item}/vote", **{f"v{item}-choice": "for"}).status


def approve(browser: Browser, sitting: int, item: int) -> int:
    """Approve until it is decided: by us (303) or, told so by 409 when nothing waits, by somebody else."""
    for _ in range(PATIENCE):
        answer = browser.post(f"/sittings/{sitting}/items/{item}/decide")
        if answer.status != 409 or "Ещё не проголосовали" not in answer.text.replace("\xa0", " "):
            return int(answer.status)
        time.sleep(0.1)  # a person reads the refusal; without it the asking itself keeps the votes out
    return 0


def race(made: Chamber, members: list[Browser], chair: list[Browser]) -> Result:
    """Everybody at once, item by item."""
    votes, approvals, whole = Counter[int](), Counter[int](), 0
    for sitting, item in made.items:
        said, approved = _at_once(members, chair, sitting, item)
        votes, approvals = votes + said, approvals + approved
        whole += (
            said == {303: len(members)} and approved == _wanted(chair) and _is_right(made, item, len(members))
        )
    total = len(made.items)
    line = (
        f"votes {made.database}: {total} items, {len(members)} votes and {len(chair)} approvals at once: "
        f"votes kept {votes[303]} of {total * len(members)}, approvals {approvals[303]}, refused "
        f"{approvals[409]}, other answers {sorted(set(votes | approvals) - {303, 409})}, "
        f"right {whole}/{total}"
    )
    return Result(line, whole == total)


def _wanted(chair: list[Browser]) -> Counter[int]:
    return Counter({303: 1}) + Counter({409: len(chair) - 1})


def _at_once(
    members: list[Browser], chair: list[Browser], sitting: int, item: int
) -> tuple[Counter[int], Counter[int]]:
    gate = threading.Barrier(len(members) + len(chair))

    def one(job: tuple[Browser, bool]) -> tuple[bool, int]:
        gate.wait()
        browser, is_vote = job
        return is_vote, (vote if is_vote else approve)(browser, sitting, item)

    jobs = [(browser, True) for browser in members] + [(browser, False) for browser in chair]
    with ThreadPoolExecutor(len(jobs)) as pool:
        said = list(pool.map(one, jobs))
    return Counter(s for is_vote, s in said if is_vote), Counter(s for is_vote, s in said if not is_vote)


def _is_right(made: Chamber, number: int, members: int) -> bool:
    """What is stored: every vote once, counted, one decision in the journal, one stamped report."""
    with made.app.app_context():
        item = db.session.get_one(AgendaItem, number)
        version = db.session.get_one(ReportVersion, item.report_version_id)
        stored = db.session.scalar(select(func.count()).where(Vote.agenda_item_id == number))
        decided = select(func.count()).where(
            Entry.subject_kind == "sitting", Entry.subject_id == item.sitting_id, Entry.part == "",
            Entry.action == "sitting.decide",
        )  # fmt: skip
        told = select(func.count()).where(
            Entry.subject_kind == "sitting", Entry.subject_id == item.sitting_id,
            Entry.part == f"agenda_item:{number}", Entry.action == "sitting.decide",
        )  # fmt: skip
        counts = (db.session.scalar(decided) or 0) + (db.session.scalar(told) or 0)
        assert item.result
        right = (
            (item.outcome, item.result["in_favour"], stored) == (Outcome.ADOPTED, members, members)
            and counts == 1
            and version.is_decided
            and version.stamped_sha256 is not None
        )
        db.session.remove()
    return bool(right)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vekha-votes-") as folder:
        data = Path(folder)
        data.chmod(0o700)
        with (
            chamber(data, chosen.database, items=chosen.items, members=MEMBERS, approvals=APPROVALS) as made,
            serving(made.data, made.database_url, factory=HOUSE) as port,
        ):
            result = race(made, *made.browsers(port))
    sys.stdout.write(f"{result}\n")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
