"""The canary: what a person may not read appears nowhere, not even as a number."""

from datetime import date

import pytest

from accounts.models import Role
from core.db import transaction
from documents.models import (
    Confidentiality,
    Extraction,
    ExtractionState,
    PageText,
    Recognition,
    Relation,
)
from documents.queries import Wanted, listed, standing_of, warnings_of
from documents.services import change_access
from tests import factories
from tests.documents.archive import cite, clerk, draft, filed, uploaded
from tests.watching import watched

CANARY = "Канарейка-7391"
DAY = date(2026, 6, 1)


@pytest.fixture
def scene(session):
    """An open act of the reader's organisation, repealed by, resting on and cited by what they may not read:
    restricted acts at home and internal ones of strangers, all of which carry the canary."""
    me, stranger = clerk(), clerk()
    reader = factories.person(Role.READER, organisation=me.organisation)
    secret = {"title": f"О {CANARY}", "authority": f"Отдел {CANARY}", "signatory_name": CANARY}
    hidden = filed(me, number="77-дсп", access=Confidentiality.RESTRICTED, **secret)
    foreign = filed(stranger, number="88-чуж", **secret)
    act = filed(me, number="1", date=date(2026, 1, 10), access=Confidentiality.PUBLIC)
    cite(hidden, act, by=me, relation=Relation.REPEALS)
    cite(foreign, act, by=stranger, relation=Relation.REPEALS)
    draft(me, title=CANARY)
    return act, reader, me, (hidden, foreign)


def test_the_canary_is_on_no_page(scene, browser_of):
    act, reader, _, _ = scene
    browser = browser_of(reader)

    asked = [
        "",
        f"?text={CANARY}",
        f"?authority={CANARY}",
        "?state=repealed",
        f"/{act.id}",
        f"/{act.id}/graph",
    ]
    pages = [f"/documents{tail}" for tail in asked]
    for page in pages:
        answer = browser.get(page)
        shown = answer.text.replace(f'value="{CANARY}"', "")
        assert answer.status_code == 200
        assert CANARY not in shown and "дсп" not in shown and "чуж" not in shown, page
        assert "утратил" not in shown, page


def test_the_hidden_documents_answer_as_if_they_were_not_there(scene, browser_of):
    _, reader, _, hidden = scene
    browser = browser_of(reader)

    for document in hidden:
        for tail in ("", "/graph", "/files/1", "/files/1/preview", "/files/1/pages/1.png", "/requisites"):
            answer = browser.get(f"/documents/{document.id}{tail}")
            assert answer.status_code == 404 and CANARY not in answer.text


def test_the_standing_counts_only_what_the_asker_may_read(scene):
    act, reader, me, _ = scene

    assert standing_of(act, on=DAY, seen_by=reader).code == "in_force"
    assert standing_of(act, on=DAY, seen_by=me).code == "repealed"
    assert warnings_of(act, seen_by=reader, on=DAY) == []


def test_opening_a_document_to_somebody_shows_it_everywhere(scene, browser_of):
    act, reader, me, (hidden, _) = scene

    change_access(hidden, by=me, access=Confidentiality.RESTRICTED, readers=[reader.id])

    page = browser_of(reader).get(f"/documents/{act.id}").text
    assert "77-дсп" in page and "утратил силу" in page
    assert hidden in listed(Wanted(), seen_by=reader).rows


def test_a_clerk_above_sees_ordinary_documents_below_and_no_restricted_ones(session):
    region = factories.region()
    below = factories.municipality(region)
    chief, me = clerk(region), clerk(below)
    open_one, closed = filed(me), filed(me, access=Confidentiality.RESTRICTED)

    assert listed(Wanted(), seen_by=chief).rows == [open_one]
    assert set(listed(Wanted(), seen_by=me).rows) == {open_one, closed}


def test_the_evidence_of_a_measure_is_in_the_list_of_whoever_may_read_it(session):
    executor = factories.executor()
    dossier = factories.dossier(executor.organisation)
    document = factories.document(dossier, by=executor)

    assert listed(Wanted(), seen_by=executor).rows == [document]
    assert listed(Wanted(state="filed"), seen_by=executor).rows == []
    assert listed(Wanted(), seen_by=clerk()).rows == []


def test_the_badge_counts_only_ones_own_drafts(scene, browser_of):
    _, reader, me, _ = scene

    assert "требуют действия" in browser_of(me).get("/documents").text
    assert "требуют действия" not in browser_of(reader).get("/documents").text
    assert "требуют действия" not in browser_of(clerk()).get("/documents").text


def test_the_pages_of_the_archive_ask_at_most_twelve_times(app, session, browser_of):
    me = clerk()
    act, waiting = filed(me, of=uploaded(me)), uploaded(me)
    for document in (act, waiting):
        _read(document)
    for _ in range(3):
        cite(filed(me), act, by=me)
        cite(act, filed(me), by=me)
        draft(me)
    browser = browser_of(me)

    for tail in ("", "/inbox", f"/{act.id}", f"/inbox/{waiting.id}"):
        with watched(app) as watch:
            answer = browser.get(f"/documents{tail}")
        asked = [s for s in watch.statements if s.startswith("SELECT")]
        assert answer.status_code == 200
        assert len(asked) <= 12, (tail, asked)


def _read(document):
    """As after reading: the text of a page, and requisites found on it."""
    sha256 = document.latest.sha256
    field = {"value": "60/1", "confidence": 0.97, "page": 1, "start": 0, "end": 4, "box": None, "ratio": None}
    with transaction() as session:
        session.add(Extraction(sha256=sha256, state=ExtractionState.DONE, pages_done=1, pages_total=1))
        session.add(PageText(sha256=sha256, number=1, text="60/1", facts={"words": []}))
        session.add(Recognition(document_id=document.id, sha256=sha256, found={"number": field}))
