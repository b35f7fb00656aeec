"""Reading pages as browsers and readers do, and sending their forms."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from flask.testing import FlaskClient
from lxml import html

FIELDS = "//input[not(@type='hidden' or @type='submit' or @type='button')] | //select | //textarea"
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers")


def parse(text: str) -> Any:
    """The page as a tree of lxml."""
    return html.document_fromstring(text)


def text_of(node: Any) -> str:
    """What a reader sees of a node, blanks made single."""
    return " ".join(node.text_content().split())


def token_on(client: FlaskClient, address: str) -> str:
    """The token of the forms on a page; an error when the page has none."""
    answer = client.get(address)
    found = parse(answer.text).xpath("//input[@name='csrf_token']/@value") if answer.text.strip() else []
    assert found, f"{address} answered {answer.status} and has no form with a token"
    return str(found[0])


def post(
    client: FlaskClient, address: str, data: dict[str, Any] | None = None, *, page: str = "", **more: Any
) -> Any:
    """Send a form with the token of the page it stands on: `page`, or the page at the same address."""
    token = token_on(client, page or address)
    return client.post(address, data={"csrf_token": token} | (data or {}), **more)


def filled(form: Any) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    return dict(form.form_values())


def form_to(page: str, action: str) -> Any:
    """The form of a page that is sent to `action`."""
    found = [f for f in parse(page).forms if (f.get("action") or "").split("?")[0] == action]
    assert found, f"no form is sent to {action}"
    return found[0]


def faults(text: str) -> list[str]:
    """What is wrong with a page: broken HTML, ids used twice, fields and buttons without names, and so on."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    found = [f"HTML: {code} at {position} {more}" for position, code, more in parser.errors]
    page = parse(text)
    for check in (_ids, _names, _frame, _references, _forms):
        found += check(page)
    return found


def _ids(page: Any) -> Iterator[str]:
    for name, times in Counter(page.xpath("//@id")).items():
        if times > 1:
            yield f"the id {name} is used {times} times"


def _names(page: Any) -> Iterator[str]:
    for field in page.xpath(FIELDS):
        if not _is_labelled(page, field):
            yield f"the field {field.get('name')} has no label"
    for node in page.xpath("//button | //a[@href]"):
        if not (text_of(node) or node.get("aria-label") or node.xpath(".//img[@alt!='']")):
            yield f"{html.tostring(node, encoding='unicode')[:120]} says nothing"
    for image in page.xpath("//img[not(@alt)]"):
        yield f"the picture {image.get('src')} has no alt"


def _is_labelled(page: Any, field: Any) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label"):
        return True
    return bool(field.get("id")) and bool(page.xpath(f"//label[@for='{field.get('id')}']"))


def _frame(page: Any) -> Iterator[str]:
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} headings of the first level"
    if not page.get("lang"):
        yield "the page does not say its language"
    if not (page.findtext(".//title") or "").strip():
        yield "the page has no title"
    if len(page.xpath("//main")) != 1:
        yield "the page has no main part, or several"
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    for above, below in zip(levels, levels[1:], strict=False):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}"


def _references(page: Any) -> Iterator[str]:
    known = set(page.xpath("//@id"))
    for name in REFERENCES:
        for value in page.xpath(f"//@{name}"):
            for wanted in value.split():
                if wanted not in known:
                    yield f"{name}={wanted} points to nothing"
    for address in page.xpath("//a/@href"):
        if re.fullmatch(r"#.+", address) and address[1:] not in known:
            yield f"a link to {address} leads nowhere"


def _forms(page: Any) -> Iterator[str]:
    for form in page.forms:
        sends = (form.get("method") or "get").lower()
        if sends == "post" and not form.xpath(".//input[@name='csrf_token']"):
            yield f"the form to {form.get('action')} has no token"
        if sends == "get" and form.xpath(".//input[@name='csrf_token']"):
            yield f"the form to {form.get('action')} shows its token in the address"
