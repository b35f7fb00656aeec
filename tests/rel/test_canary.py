"""G7: a word that only one district has must not come out of the search anywhere for anybody of another one.

Two districts in the ordinary run, twenty with `--full`; each has its own word in the title, text, number,
comment, order, report, scan, sitting and remark of its things (districts.py). Everybody asks by every
surface. At the end the planted leak is found: whoever is given a role over a foreign district sees its word,
and no longer in the next request after it was taken away, in both workers of a real server.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

from accounts import access
from accounts.models import Role, User
from accounts.services import grant, revoke
from core.audit import SYSTEM, record
from core.db import db, transaction
from documents.models import Confidentiality, Document
from search_index.services.indexing import rebuild
from search_index.services.saved import save_search, tell_news
from tests import factories
from tests.conftest import DATABASES, close, make_settings, new_app
from tests.council.review_scene import join
from tests.rel.districts import SHARED, District, settle
from tests.rel.server import SECRET, Browser, serving

JSON = {"Accept": "application/json"}


@dataclass
class Asking:
    """Somebody's browser, whose district it is, and whose words must not be seen."""

    client: Any
    app: Any
    person: User
    own: District
    foreign: list[District]

    def json(self, address: str) -> str:
        return json.dumps(self.client.get(address, headers=JSON).json, ensure_ascii=False)

    def each(self, address: str) -> str:
        """The answers to an address with {word} in it, for every foreign word."""
        return "".join(self.json(address.format(word=quote(other.word))) for other in self.foreign)

    def pages(self, address: str) -> str:
        return "".join(
            self.client.get(address.format(word=quote(other.word), **other.keys)).text
            for other in self.foreign
        )

    def command(self) -> str:
        asked = ["search", SHARED, "--as", self.person.login, "--json"]
        db.session.rollback()
        return str(self.app.test_cli_runner().invoke(args=asked).output)

    def letters(self) -> str:
        """What is written to somebody who saved the question for the word."""
        outgoing = self.app.config["SETTINGS"].data / "outgoing"
        for other in self.foreign:
            saved = save_search(other.word, f"q={quote(other.word)}", by=self.person)
            tell_news(saved.id)
        return "".join(str(path) for path in outgoing.glob("*")) if outgoing.exists() else ""


S = quote(SHARED)
#: Surface → what it shows of foreign things. Words that were typed are not shown by JSON and by these pages.
SURFACES = {
    "results": lambda a: a.client.get(f"/search?q={S}").text,
    "passages": lambda a: a.json(f"/search?q={S}"),
    "facets": lambda a: json.dumps(_facets(a)),
    "newest": lambda a: a.json(f"/search?q={S}&order=newest"),
    "oldest": lambda a: a.json(f"/search?q={S}&order=oldest"),
    "filter by organisation": lambda a: "".join(
        a.json(f"/search?organisation={other.organisation.id}") for other in a.foreign
    ),
    "the word": lambda a: a.each("/search?q={word}"),
    "the number": lambda a: a.each("/search?q=7-{word}"),
    "a field": lambda a: a.each("/search?q=орган:{word}"),
    "an executor": lambda a: a.each("/search?q=исполнитель:{word}"),
    "a phrase": lambda a: a.each("/search?q=«смотр {word}»"),
    "completion of the word": lambda a: a.each("/search/suggest?q={word}"),
    "completion": lambda a: a.json("/search/suggest?q=смот"),
    "table": lambda a: a.client.get(f"/search/export.csv?q={S}").data.decode(),
    "command line": lambda a: a.command(),
    "letter about news": lambda a: a.letters(),
    "like one's own": lambda a: "".join(
        a.client.get(f"/search/like/{sort}/{a.own.keys[sort]}").text
        for sort in ("measure", "document", "sitting", "remark")
    ),
    "like a foreign one": lambda a: a.pages("/search/like/document/{document}"),
    "like a foreign sitting": lambda a: a.pages("/search/like/sitting/{sitting}"),
    "like a foreign remark": lambda a: a.pages("/search/like/remark/{remark}"),
    "a kind": lambda a: a.json("/search?kind=sitting&kind=remark&kind=execution_report"),
    "a protocol": lambda a: a.each("/search?q=протокол 8-{word}"),
    "error page": lambda a: a.pages("/search/like/order/{order}"),
}  # fmt: skip
#: Surfaces on which the typed word itself may be shown; what they count is looked at instead.
COUNTED = {
    "count": lambda a: [a.client.get(f"/search?q={o.word}", headers=JSON).json["total"] for o in a.foreign],
    "slip": lambda a: [_total(a, o.word[:3] + o.word[4:]) for o in a.foreign],
    "layout": lambda a: [_total(a, _latin(o.word)) for o in a.foreign],
    "exclusion": lambda a: [_total(a, SHARED) - _total(a, f"{SHARED} -{o.word}") for o in a.foreign],
}  # fmt: skip


def _facets(asking: Asking) -> dict[str, int]:
    """The organisations that the shared words are counted for."""
    found: dict[str, int] = asking.client.get(f"/search?q={S}", headers=JSON).json["facets"]["organisation"]
    return found


def _total(asking: Asking, text: str) -> int:
    return int(asking.client.get(f"/search?q={quote(text)}", headers=JSON).json["total"])


def _latin(word: str) -> str:
    keys = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True))
    return "".join(keys[letter] for letter in word)


def leaks(asking: Asking) -> dict[str, Any]:
    """Surface → foreign words that it shows, or what it counts of them."""
    words = [other.word for other in asking.foreign]
    found: dict[str, Any] = {}
    for name, look in SURFACES.items():
        shown = look(asking).lower()
        if seen := [word for word in words if word in shown]:
            found[name] = seen
    if foreign := _facets(asking).keys() & {str(other.organisation.id) for other in asking.foreign}:
        found["facet values"] = foreign
    return found | {name: counts for name, look in COUNTED.items() if any(counts := look(asking))}


def test_no_word_of_a_foreign_district_comes_out_anywhere(session, app, signed_in, pytestconfig):
    districts = [settle(number) for number in range(1, 21 if pytestconfig.getoption("--full") else 3)]
    own, foreign = districts[0], districts[1:]
    for role in Role:
        person = factories.person(role, organisation=own.organisation, login=f"as-{role.value}")
        if role in (Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY):
            join(own.council, person)
    rebuild()

    seen = {}
    for role in Role:
        person = db.session.query(User).filter_by(login=f"as-{role.value}").one()
        seen[role.value] = leaks(Asking(signed_in(person), app, person, own, foreign))

    assert {role: found for role, found in seen.items() if found} == {}
    assert len(SURFACES) + len(COUNTED) >= 12


def test_a_planted_right_shows_on_every_surface_and_a_restricted_dossier_on_none(session, app, signed_in):
    own, other = settle(1), settle(2)
    person = factories.person(Role.COORDINATOR, organisation=own.organisation)
    grant(person, Role.COORDINATOR, organisation=other.organisation, by=SYSTEM)
    rebuild()
    asking = Asking(signed_in(person), app, person, own, [other])

    found = leaks(asking)

    assert set(found) >= {*SURFACES, *COUNTED, "facet values"} - {
        "letter about news", "like one's own", "error page", "layout", "slip", "facets",
    }  # fmt: skip
    with transaction():
        scan = db.session.get_one(Document, other.keys["document"])
        scan.dossier.access = Confidentiality.RESTRICTED
        record(scan, "document.access", by=other.chief, note="")
    keys = {item["key"] for item in json.loads(asking.json(f"/search?q={quote(other.word)}"))["items"]}
    assert f"document:{scan.id}" not in keys and keys


#: So many in a row reach both workers of the server.
REQUESTS = 10


@pytest.mark.parametrize("database", DATABASES)
def test_a_right_taken_away_is_gone_with_the_next_request_of_every_worker(tmp_path, database):
    from tests import databases

    opened = databases.postgresql_database("canary") if database == "postgresql" else _nothing()
    with opened as url:
        app = new_app(make_settings(tmp_path, url, secret_key=SECRET, base_url="http://127.0.0.1"))
        with app.app_context():
            other = settle(3)
            person = factories.coordinator()
            grant(person, Role.READER, organisation=other.organisation, by=SYSTEM)
            rebuild()
            name, word = access.cookie_name(), other.word
            with serving(tmp_path, url) as port:
                browser = Browser(port, (name, factories.session_of(person)))
                address = f"/search?q={quote(word[:-2])}{quote(word[-2:])}"
                before = [_hits(browser, address) for _ in range(REQUESTS)]
                revoke(person, Role.READER, organisation=other.organisation, by=SYSTEM)
                ended = browser.get(address)
                browser = Browser(port, (name, factories.session_of(person)))
                after = [_hits(browser, address) for _ in range(REQUESTS)]
        close(app)

    assert min(before) > 0
    assert ended.status == 302  # whose rights change signs in anew
    assert after == [0] * REQUESTS


def _hits(browser: Browser, address: str) -> int:
    answer = browser.get(address)
    assert answer.status == 200, answer
    return answer.text.count('class="hit"')


def _nothing() -> Any:
    import contextlib

    return contextlib.nullcontext("")
