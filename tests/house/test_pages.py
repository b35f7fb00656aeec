"""Every page is good HTML, has its names and ids in order, and gives the browser nothing to forbid."""

import pytest

from tests.pages import faults
from tests.site import ANONYMOUS, CHIEFS, COORDINATOR, SECRETARY, Actor

READERS = [COORDINATOR, CHIEFS[0], Actor("clerk"), Actor("council_secretary"), ANONYMOUS]


def pages_of(site, actor, known=()):
    """Every page that the actor gets by GET and that is not known, with its address; refusals go by their
    number."""
    client = site.client(actor)
    for rule in site.routes:
        if "GET" not in (rule.methods or ()) or rule.endpoint in ("static", "reports.download_pdf"):
            continue
        for address in set(site.addresses(rule, actor)) - set(known):
            answer = client.get(address)
            if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303):
                yield address if answer.status_code == 200 else str(answer.status_code), answer.text


def test_every_page_is_in_order(site, pytestconfig):
    """As its first reader sees it; the full figures read it as everybody does."""
    found, is_full = {}, pytestconfig.getoption("--full")
    for actor in READERS:
        for address, text in pages_of(site, actor, () if is_full else found):
            if is_full or address not in found:
                found[address] = found.get(address, []) + faults(text)

    assert len(found) > 100
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("actor", [COORDINATOR, CHIEFS[0], SECRETARY], ids=str)
def test_pages_that_come_back_with_errors_are_in_order(site, actor):
    site.app.config["WTF_CSRF_ENABLED"] = False
    client, found = site.client(actor), {}
    for rule in site.routes:
        if {"GET", "POST"} <= (rule.methods or set()):
            for address in site.addresses(rule, actor):
                answer = client.post(address, data={})
                if answer.status_code == 422 and answer.mimetype == "text/html":
                    found[address] = [f for f in faults(answer.text) if "has no token" not in f]

    assert len(found) > 3
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
