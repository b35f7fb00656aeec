"""G12: no unsafe request without the token of a form, and no change by a GET."""

import pytest

import reports.views.report_page
from tests.rel.payload import PAYLOAD
from tests.site import ANONYMOUS, CHIEFS, COORDINATOR, Actor, Site
from tests.watching import digest, watched

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def unsafe_addresses(site: Site) -> list[tuple[str, str]]:
    return [
        (method, address)
        for rule in site.routes
        for method in sorted((rule.methods or set()) & set(UNSAFE))
        for address in site.addresses(rule)
    ]


def unguarded(site: Site, actor: Actor) -> list[str]:
    """Unsafe requests without a token that are answered otherwise than by 400, or change something."""
    client, found = site.client(actor), []
    for method, address in unsafe_addresses(site):
        with watched(site.app) as watch:
            answer = client.open(address, method=method, data=PAYLOAD)
        if answer.status_code != 400 or watch.changes:
            found.append(f"{method} {address}: {answer.status_code} {watch.changes[:1]}")
    return found


@pytest.mark.parametrize("actor", [ANONYMOUS, COORDINATOR, CHIEFS[0]], ids=str)
def test_every_unsafe_request_without_a_token_is_refused(site, actor):
    assert len(unsafe_addresses(site)) > 20
    assert unguarded(site, actor) == []


def test_a_route_that_forgets_the_token_is_found(site):
    from core.web import csrf

    name = "accounts.views.door.display"
    csrf._exempt_views.add(name)
    try:
        assert [line for line in unguarded(site, ANONYMOUS) if "/display" in line]
    finally:
        csrf._exempt_views.discard(name)


def changed_by_looking(site: Site, actor: Actor, *, room: str = "") -> list[str]:
    """Addresses that changed something when they were only looked at; of one room when it is named."""
    client, found = site.client(actor), []
    for rule in site.routes:
        if "GET" not in (rule.methods or ()) or not rule.endpoint.startswith(room):
            continue
        for address in site.addresses(rule, actor):
            with watched(site.app) as watch:
                client.get(address)
            found += [f"{address}: {change[:80]}" for change in watch.changes]
    return found


def test_looking_at_everything_changes_nothing(site, monkeypatch):
    """The coordinator; that nobody else changes anything by GET is asked with all rights (test_matrix.py)."""
    monkeypatch.setattr(reports.views.report_page, "to_pdf", lambda _path, out: out.write_bytes(b"%PDF-1.4"))
    before = digest(site.app)

    assert changed_by_looking(site, COORDINATOR) == []
    assert digest(site.app) == before


def test_a_page_that_writes_is_found(site, monkeypatch):
    from core.audit import SYSTEM
    from core.outbox import Task

    def writing(*_args, **_more):
        from core.db import transaction

        with transaction() as session:
            session.add(Task(name="seen", handler="x", payload={"by": SYSTEM.name}))
        return []

    monkeypatch.setattr("reports.views.listing.reports_seen", writing)

    assert [
        line
        for line in changed_by_looking(site, COORDINATOR, room="reports.")
        if line.startswith("/reports:")
    ]
