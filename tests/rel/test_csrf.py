"""G12: no unsafe request without the token of a form. That no GET changes anything is asked of everybody in
test_matrix.py."""

import pytest

from tests.rel.payload import PAYLOAD
from tests.site import ANONYMOUS, CHIEFS, COORDINATOR, Actor, Site
from tests.watching import watched

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
