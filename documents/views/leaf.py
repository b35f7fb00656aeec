"""One page of a file as it is shown: its picture with the places of the requisites, and its text."""

from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup, escape

from core.errors import Refusal
from core.words import gettext
from documents.extraction import LOW_CONFIDENCE
from documents.models import Document, FileVersion, Recognition
from documents.previews.shelf import pages_of
from documents.previews.ways import Way, way_of
from documents.queries import page_text

#: Units across a page in the drawings; the height follows from the page.
ACROSS = 1000
A4 = 1.4142
#: From this confidence on a requisite is shown as read, below it as a doubt.
SURE = 0.9
PADDING = 14


class Spot(NamedTuple):
    """The place of a requisite on the page that is shown: a rectangle of the drawing."""

    name: str
    x: int
    y: int
    width: int
    height: int


class Leaf(NamedTuple):
    """A page: `picture` is the address of its image ("" when the file has no pages to draw), `height` of the
    drawing whose width is ACROSS, `text` its text with doubtful words marked, None while it was not read."""

    number: int
    pages: int
    picture: str
    height: int
    spots: tuple[Spot, ...]
    text: Markup | None
    confidence: float | None
    problem: str
    preview: str


class FieldPlace(NamedTuple):
    """Where a requisite was read: how sure that is, on which page, and the view box of its crop."""

    confidence: float
    is_sure: bool
    page: int | None
    picture: str
    height: int
    crop: str
    box: tuple[float, ...]


def leaf_of(document: Document, number: int, places: dict[str, FieldPlace] | None = None) -> Leaf:
    """Page `number` of the file in force; the nearest one when there is none of that number."""
    version = document.latest
    if version is None:
        return Leaf(1, 1, "", 0, (), None, None, "", "")
    is_drawn = way_of(version.media_type) is Way.PAGES
    pages, problem = _pages(version) if is_drawn else (1, "")
    number = min(max(number, 1), pages)
    kept = page_text(version, number)
    height = _height(kept.facts if kept else {})
    spots = [
        _spot(name, place.box, height)
        for name, place in (places or {}).items()
        if place.page == number and place.box
    ]
    return Leaf(
        number=number,
        pages=pages,
        picture=_picture(version, number) if is_drawn and not problem else "",
        height=height,
        spots=tuple(spots),
        text=_marked(kept.text, kept.facts.get("words", ())) if kept else None,
        confidence=kept.confidence if kept else None,
        problem=problem or (kept.problem if kept else ""),
        preview=_preview(version),
    )


def _pages(version: FileVersion) -> tuple[int, str]:
    """How many pages there are to draw, and why none can be drawn."""
    try:
        return pages_of(version), ""
    except Refusal as refusal:
        return 1, gettext(str(refusal))


def _picture(version: FileVersion, page: int) -> str:
    place: dict[str, Any] = {"document_id": version.document_id, "number": version.number}
    return url_for("documents.page_picture", **place, page=page)


def _preview(version: FileVersion) -> str:
    place: dict[str, Any] = {"document_id": version.document_id, "number": version.number}
    return url_for("documents.preview", **place) if way_of(version.media_type) else ""


def _height(facts: dict[str, Any]) -> int:
    width, height = facts.get("width") or 0, facts.get("height") or 0
    return round(ACROSS * (height / width if width and height else A4))


def _spot(name: str, box: tuple[float, ...], height: int) -> Spot:
    left, top, width, tall = box
    return Spot(
        name, round(left * ACROSS), round(top * height), round(width * ACROSS), max(round(tall * height), 4)
    )


def _marked(text: str, words: Any) -> Markup:
    """The text with words that were hardly legible marked."""
    found, cursor = [], 0
    for word, *_box, confidence, start in words:
        if confidence is None or confidence >= LOW_CONFIDENCE or start < cursor:
            continue
        found += [escape(text[cursor:start]), Markup('<mark class="dim">%s</mark>') % word]
        cursor = start + len(word)
    return Markup("").join([*found, escape(text[cursor:])])


def field_places(document: Document, recognition: Recognition | None) -> dict[str, FieldPlace]:
    """The places of the recognised requisites by the names of their fields."""
    version = document.latest
    if recognition is None or version is None or recognition.sha256 != version.sha256:
        return {}
    is_drawn = way_of(version.media_type) is Way.PAGES
    return {
        name: _field_place(version, field, is_drawn=is_drawn) for name, field in recognition.found.items()
    }


def _field_place(version: FileVersion, field: dict[str, Any], *, is_drawn: bool) -> FieldPlace:
    box, height = tuple(field["box"] or ()), round(ACROSS * (field["ratio"] or A4))
    crop = ""
    if box:
        spot = _spot("", box, height)
        sides = (spot.x - PADDING, spot.y - PADDING, spot.width + 2 * PADDING, spot.height + 2 * PADDING)
        crop = " ".join(map(str, sides))
    return FieldPlace(
        confidence=field["confidence"],
        is_sure=field["confidence"] >= SURE,
        page=field["page"],
        picture=_picture(version, field["page"]) if is_drawn and field["page"] else "",
        height=height,
        crop=crop,
        box=box,
    )
