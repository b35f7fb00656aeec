"""Every page in a real browser: nothing for axe, nothing against the policy, nothing past a phone's edge."""

import pytest

from tests.browser.checking import check_page, violations
from tests.site import ANONYMOUS, CHIEFS, CO_EXECUTOR, COORDINATOR, EXECUTOR, MEMBER, SECRETARY, Actor

#: Answers in HTML that are parts of a page.
PARTS = {"search_index.suggest", "council.figures"}

#: What the executor need not open: others open these pages.
OPENED_BY_OTHERS = (
    "/roadmaps", "/reports", "/search", "/orders", "/regist", "/documents", "/council", "/sittings",
    "/remarks", "/invitation", "/login", "/reset", "/open",
)  # fmt: skip


def addresses(site, actor, prefix=""):
    """Addresses of pages that the actor may open."""
    client, left_out = site.client(actor), OPENED_BY_OTHERS if prefix == "/" else ()
    for rule in site.routes:
        if "GET" in (rule.methods or ()) and rule.endpoint not in PARTS:
            for address in site.addresses(rule, actor):
                is_asked = address.startswith(prefix) and not address.startswith(left_out)
                if is_asked and is_page(client.get(address)):
                    yield address


def is_page(answer) -> bool:
    """Whether a browser shows this answer as a page, rather than keeping it as a file."""
    return (
        answer.status_code == 200
        and answer.mimetype == "text/html"
        and "attachment" not in answer.headers.get("Content-Disposition", "")
    )


#: Who opens which pages, and whose pages hardly differ from those of others: these are for the full figures.
TOURS = [
    (ANONYMOUS, "/"), (EXECUTOR, "/"), (COORDINATOR, "/roadmaps"), (COORDINATOR, "/measures"),
    (COORDINATOR, "/reports"), (COORDINATOR, "/search"), (CO_EXECUTOR, "/orders"), (CO_EXECUTOR, "/regist"),
    (CO_EXECUTOR, "/documents"), (EXECUTOR, "/remarks"), (CHIEFS[0], "/admin"), (SECRETARY, "/council"),
    (SECRETARY, "/sittings"), (Actor("council_secretary"), "/reports/3"),
]  # fmt: skip
FULL_TOURS = [(CHIEFS[1], "/admin"), (MEMBER, "/sittings"), (Actor("council_secretary"), "/reports")]


def pytest_generate_tests(metafunc):
    if "prefix" in metafunc.fixturenames:
        tours = TOURS + FULL_TOURS if metafunc.config.getoption("--full") else TOURS
        metafunc.parametrize(("actor", "prefix"), tours, ids=str)


def test_a_page_has_no_violations(site, open_as, actor, prefix):
    page, found = open_as(actor), {}
    for address in addresses(site, actor, prefix):
        page.goto(address)
        if wrong := check_page(page):
            found[address] = wrong
        page.complaints.clear()

    assert found == {}


@pytest.mark.parametrize("address", ["/", "/roadmaps/1", "/measures/3"])
def test_the_dark_page_has_no_violations(site, open_as, address):
    page = open_as(COORDINATOR, scheme="dark")
    page.goto(address)

    assert violations(page) == []


IMAGE, STYLED = '<img src="/static/icon.svg">', '<p style="color: red">x</p>'
PLANTED = [
    (f"document.body.insertAdjacentHTML('beforeend', '{IMAGE}')", "image-alt"),
    (f"document.body.insertAdjacentHTML('beforeend', '{STYLED}')", "policy: style-src"),
    ("document.querySelector('h1').style.width = '900px'", "390 px"),
    ("setTimeout(() => { throw new Error('broken') })", "script: "),
]


@pytest.mark.parametrize(("fault", "seen"), PLANTED, ids=[seen for _, seen in PLANTED])
def test_a_planted_fault_is_seen(open_as, fault, seen):
    page = open_as()
    page.goto("/login")
    page.evaluate(fault)
    page.wait_for_timeout(50)

    assert seen in " ".join(check_page(page))
