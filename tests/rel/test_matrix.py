"""G6: everybody asks for everything by every method; each answer is the one that was declared. On the same
round: no look changes anything (G12), and every answer is protected (G13).

The ordinary run asks by GET, by the unsafe methods of each route and, as a stranger, by all seven methods;
`--full` asks everything of everybody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule

import core.web
import reports.views.report_page
from accounts.policy import Policy, policy_of
from core.db import db, transaction
from core.outbox import Task
from documents.models import Document
from documents.services import remove
from roadmap.models import Measure
from roadmap.services.measures import withdraw_measure
from roadmap.services.plans import archive_plan
from tests.rel import expectations as expected
from tests.rel.expectations import HIDDEN, IN, NO_METHOD, REFUSED, SIGN_IN
from tests.rel.headers import faults_of
from tests.rel.payload import PAYLOAD
from tests.site import (
    ANONYMOUS,
    CHIEFS,
    COORDINATOR,
    EXECUTOR,
    FOREIGN,
    OWN,
    PEOPLE,
    SAME,
    Actor,
    Site,
    users,
)
from tests.watching import watched

#: Those whose rights equal those of others; the ordinary run leaves them out. Of colleagues it asks an
#: executor, of strangers a coordinator and an administrator, of the region's people its administrator.
LEFT_TO_FULL = {a for a in PEOPLE if a.relation != OWN} - {
    Actor("executor", SAME), Actor("coordinator", FOREIGN), Actor("administrator", FOREIGN), CHIEFS[0],
}  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")
Methods = Callable[[Rule], Iterable[str]]


#: Routes with one line of the table for each move.
MOVES = {"council.move", "roadmap.move", "orders.move", "reports.move", "council.remark_move"}

#: Routes whose own answer is to show the way to the sign-in page, or to refuse a password.
TO_SIGN_IN = {"accounts.sign_in", "accounts.second_step", "accounts.leave"}


@dataclass(frozen=True)
class Cell:
    """One question: who, what, how."""

    actor: Actor
    rule: Rule
    address: str
    method: str

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.address} ({self.rule.endpoint})"

    @property
    def move(self) -> str:
        is_move = self.rule.endpoint in MOVES
        return self.address.rsplit("/", 1)[-1] if is_move else ""


def cells(site: Site, actor: Actor, methods: Methods) -> Iterator[Cell]:
    for rule in site.routes:
        for method in methods(rule):
            for address in site.addresses(rule, actor):
                yield Cell(actor, rule, address, method)


def every(_rule: Rule) -> Iterable[str]:
    """All seven methods, whether the route has them or not."""
    return METHODS


def own(rule: Rule) -> Iterable[str]:
    """The methods that a route names, without those that come with GET."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def looks(rule: Rule) -> Iterable[str]:
    """GET, where there is one; a withdrawn measure is no longer found by its printed number or by search."""
    is_gone = rule.endpoint in ("roadmap.measure_by_number", "search_index.like")
    return () if is_gone else {"GET"} & (rule.methods or set())


def of_room(room: str) -> Methods:
    """The methods of the routes of one room."""
    return lambda rule: own(rule) if rule.endpoint.startswith(room) else ()


def outcome(status: int, location: str) -> str:
    """The answer as a word of the table; 5xx stays a number and is never expected."""
    if status in (301, 302, 303) and location.startswith(("/login?", "/login")) and "/login/" not in location:
        return SIGN_IN
    return {401: SIGN_IN, 403: REFUSED, 404: HIDDEN, 405: NO_METHOD}.get(
        status, IN if status < 500 else str(status)
    )


def wanted(cell: Cell, policy: Policy | None) -> str:
    if cell.method not in (cell.rule.methods or ()):
        return NO_METHOD
    door = expected.at_the_door(policy, cell.actor, cell.rule.endpoint)
    if door != IN or cell.method == "OPTIONS":
        return door
    return expected.behind_it(cell.rule.endpoint, cell.actor)


def surprises(site: Site, actor: Actor, methods: Methods, put_back: Callable[[], None]) -> list[str]:
    """Every cell of one actor that answers otherwise than declared."""
    policies = {r.endpoint: policy_of(site.app.view_functions[r.endpoint]) for r in site.routes}
    found: list[str] = []
    asked = 0
    client = site.client(actor)
    for cell in cells(site, actor, methods):
        want = wanted(cell, policies[cell.rule.endpoint])
        with watched(site.app) as watch:
            answer = client.open(
                cell.address, method=cell.method, data=PAYLOAD if cell.method not in SAFE else None
            )
        asked += 1
        got = outcome(answer.status_code, answer.headers.get("Location", ""))
        found += judged(cell, want, got, watch.changes)
        found += [f"{cell}: {fault}" for fault in faults_of(answer)]
        if watch.changes:
            put_back()
            client = site.client(actor)
    print(f"G6 {actor}: {asked} cells, unexpected {len(found)} {'FAIL' if found else 'PASS'}")
    return found


def judged(cell: Cell, want: str, got: str, changes: list[str]) -> list[str]:
    """What is wrong with one answer; nothing when all is as declared."""
    if want == IN and got == SIGN_IN and cell.rule.endpoint in TO_SIGN_IN:
        return []
    if cell.method in SAFE or want != IN:
        found = [f"{cell}: {got}, not {want}"] if got != want else []
        return found + ([f"{cell}: changed {changes[0][:60]}"] if changes else [])
    if expected.may_change(cell.rule.endpoint, cell.move, cell.actor):
        return [f"{cell}: {got}, though it is allowed"] if got != IN else []
    if got not in (IN, REFUSED, HIDDEN):
        return [f"{cell}: {got}"]
    return [f"{cell}: changed {changes[0][:60]}, which is not allowed"] if changes else []


@pytest.fixture
def open_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The instance without form tokens (tests/rel/test_csrf.py sees to them) and without LibreOffice."""
    site.app.config["WTF_CSRF_ENABLED"] = False
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(reports.views.report_page, "to_pdf", lambda _path, out: out.write_bytes(b"%PDF-1.4"))
    return site


@pytest.mark.parametrize("actor", [ANONYMOUS, *PEOPLE], ids=str)
def test_every_answer_is_the_declared_one(open_site, put_site_back, actor, request):
    is_full = request.config.getoption("--full")
    if actor in LEFT_TO_FULL and not is_full:
        pytest.skip("asked by the full figures only: pytest tests/rel --full")

    methods = every if is_full or actor == ANONYMOUS else own

    assert surprises(open_site, actor, methods, put_site_back) == []


@pytest.mark.parametrize("actor", [EXECUTOR, Actor("coordinator", "foreign")], ids=str)
def test_what_was_put_away_is_seen_by_the_same_people_as_before(open_site, put_site_back, actor):
    """A plan in the archive, a measure withdrawn, a document removed."""
    with open_site.app.app_context():
        by = users(open_site)[COORDINATOR]
        remove(db.session.get_one(Document, open_site.ids["document_id"]), by=by, reason="ошибка")
        measure = db.session.get_one(Measure, open_site.ids["measure_id"])
        withdraw_measure(measure, by=by, ground="приказ от 01.02.2026 № 5")
        archive_plan(measure.plan, by=by, reason="год закончился")

    assert surprises(open_site, actor, looks, put_site_back) == []


def test_a_route_that_nobody_declared_is_noticed(open_site):
    rule = next(r for r in open_site.routes if r.endpoint == "roadmap.plan")

    with pytest.raises(expected.Undeclared, match="has no policy"):
        wanted(Cell(ANONYMOUS, rule, "/roadmaps/1", "GET"), None)
    with pytest.raises(expected.Undeclared, match="not in ANSWERS"):
        expected.behind_it("roadmap.plan_of_tomorrow", ANONYMOUS)
    with pytest.raises(expected.Undeclared, match="not in CHANGES"):
        expected.may_change("roadmap.plan", "", ANONYMOUS)


def test_the_table_has_no_line_for_a_route_that_is_gone(open_site):
    known = {rule.endpoint for rule in open_site.routes}

    assert expected.ANSWERS.keys() - known == set()
    assert {name.split(":")[0] for name in expected.CHANGES} - known == set()


def test_a_planted_foreign_look_is_found(open_site, put_site_back, monkeypatch):
    """The query forgets to ask whose measure it is."""
    monkeypatch.setattr("roadmap.views.measures.measure_of", lambda n, *, seen_by: db.session.get(Measure, n))

    found = surprises(open_site, Actor("reader", "foreign"), of_room("roadmap."), put_site_back)

    assert [s for s in found if "roadmap.measure)" in s and "in, not 404" in s]


def test_a_planted_open_door_is_found(open_site, put_site_back, monkeypatch):
    """A change of the plan's archive is declared for everybody, and its service forgets to ask."""
    view = open_site.app.view_functions["roadmap.plan_archive"]
    monkeypatch.setattr(view, "policy", Policy())
    monkeypatch.setattr("roadmap.services.plans.require_coordinator", lambda *_args, **_more: None)

    found = surprises(open_site, Actor("reader"), of_room("roadmap.plan_archive"), put_site_back)

    assert [s for s in found if "roadmap.plan_archive" in s and "changed" in s]


def test_a_planted_page_that_writes_is_found(open_site, put_site_back, monkeypatch):
    def writing(*_args, **_more):
        with transaction() as session:
            session.add(Task(name="seen", handler="x", payload={}))
        return []

    monkeypatch.setattr("reports.views.listing.reports_seen", writing)

    found = surprises(open_site, COORDINATOR, of_room("reports.reports"), put_site_back)

    assert [s for s in found if " GET /reports " in s and "changed INSERT" in s]


def test_a_planted_weaker_policy_is_found(open_site, put_site_back, monkeypatch):
    monkeypatch.setitem(core.web.HEADERS, "Content-Security-Policy", "default-src *")

    found = surprises(open_site, ANONYMOUS, of_room("accounts.sign_in"), put_site_back)

    assert [s for s in found if "a weak policy" in s]
