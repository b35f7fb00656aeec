"""From the text of a document to proposals: its requisites with their places, and the acts it cites."""

from datetime import date
from typing import Any

from core.clock import now
from core.db import transaction
from core.errors import Refusal
from core.limited import Limits, run_limited
from core.outbox import publish
from documents.extraction import Word
from documents.extraction.pages import page_of
from documents.kinds import DocumentKind
from documents.models import Document, PageText, Recognition, Relation
from documents.queries import kept_page, pages_read
from documents.services.citing import Cited, propose_citations

_LIMITS = Limits(cpu_seconds=60, wall_seconds=90)


def recognise_document(document: Document) -> None:
    """Keep what is recognised in the file in force as proposals; nobody's requisites are touched.

    May run again: it gives the same. Must not be called inside a transaction.
    """
    version = document.latest
    if version is None:
        return
    pages = pages_read(version.sha256)
    found = _recognised(pages)
    fields = {name: field | _place(version.sha256, field) for name, field in found["fields"].items()}
    with transaction() as session:
        kept = session.get(Recognition, document.id) or Recognition(document_id=document.id)
        kept.sha256, kept.found, kept.recognised_at = version.sha256, fields, now()
        session.add(kept)
        propose_citations(document, [_cited(act) for act in found["cited"]])
        publish("document.read", document_id=document.id)


def _recognised(pages: list[PageText]) -> dict[str, Any]:
    """Nothing, when the text is empty or more than can be looked through within the limits."""
    texts = [page.text for page in pages]
    if not any(text.strip() for text in texts):
        return {"fields": {}, "cited": []}
    try:
        found: dict[str, Any] = run_limited("documents.recognised:requisites_in", _LIMITS, pages=texts)
    except Refusal:
        return {"fields": {}, "cited": []}
    return found


def _cited(act: dict[str, Any]) -> Cited:
    known = {relation.value for relation in Relation}
    return Cited(
        relation=Relation(act["relation"]) if act["relation"] in known else Relation.MENTIONS,
        kind=DocumentKind(act["kind"]),
        number=str(act["number"]),
        date=date.fromisoformat(act["date"]) if act["date"] else None,
        authority=str(act["authority"]),
        title=str(act["title"]),
        page=act["page"],
        quote=str(act["quote"]),
        confidence=float(act["confidence"]),
    )


def _place(sha256: str, field: dict[str, Any]) -> dict[str, Any]:
    """Where on its page a value stands: "box" is [x, y, width, height] as shares of the page, None without
    places; "ratio" is the height of the page by its width."""
    page = kept_page(sha256, field["page"]) if field["page"] else None
    read = page_of(page.facts | {"text": page.text}) if page else None
    inside = [w for w in read.words if _is_in(w, field)] if read else []
    if read is None or not inside:
        return {"box": None, "ratio": None}
    left, top = min(word.left for word in inside), min(word.top for word in inside)
    right, bottom = max(word.right for word in inside), max(word.bottom for word in inside)
    box = [round(side, 4) for side in (left, top, right - left, bottom - top)]
    return {"box": box, "ratio": read.height / read.width if read.width else None}


def _is_in(word: Word, field: dict[str, Any]) -> bool:
    return bool(word.start < field["end"] and word.start + len(word.text) > field["start"])
