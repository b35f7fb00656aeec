"""From the picture of a page to its words: recognised, turned if it lies on its side, put back in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import Refusal, Unreadable, sentence
from core.limited import run_limited
from documents.extraction.pages import ExtractedPage, Word, mean_confidence, page_of
from documents.extraction.tesseract import Seen, rotation_of, seen_in
from documents.extraction.uprightness import Turn

# A page that lies on its side or upside down is recognised with a confidence of 0.2 to 0.5.
DOUBTFUL = 0.6
# Words with less are marked for a human.
LOW_CONFIDENCE = 0.6

_NONSENSE = sentence("Файл не удалось прочитать: он повреждён. Сохраните его заново и повторите.")


@dataclass(frozen=True)
class Prepared:
    """A page taken apart: finished, or with the levelled `picture` that is to be recognised.

    `size` is the picture's in points, `dpi` its resolution.
    """

    page: ExtractedPage
    picture: Path | None
    size: tuple[int, int] = (1, 1)
    dpi: int = 200

    @classmethod
    def of(cls, answer: dict[str, Any], folder: Path) -> Prepared:
        """What the limited subprocess answered; only our own names of pictures count."""
        try:
            page = page_of(answer["page"])
            if "picture" not in answer:
                return cls(page, None)
            width, height, dpi = (int(number) for number in (*answer["size"], answer["dpi"]))
        except (KeyError, TypeError, ValueError):
            raise Unreadable(_NONSENSE) from None
        return cls(page, folder / f"page-{int(page.number)}.pgm", (width, height), dpi)


def recognised(prepared: Prepared) -> ExtractedPage:
    """The page with its recognised words. The picture is used up; a failure is told by `problem`."""
    assert prepared.picture is not None
    try:
        page = _page(prepared, seen_in(prepared.picture, dpi=prepared.dpi))
        return page if (page.confidence or 0.0) >= DOUBTFUL else _turned(prepared, page)
    except Refusal as refusal:
        return replace(prepared.page, problem=str(refusal))
    finally:
        prepared.picture.unlink(missing_ok=True)


def _turned(prepared: Prepared, page: ExtractedPage) -> ExtractedPage:
    """The page recognised anew when it does not stand upright; the better of the two readings."""
    assert prepared.picture is not None
    rotation = rotation_of(prepared.picture)
    if not rotation:
        return page
    out = prepared.picture.with_suffix(".turned.pgm")
    # The picture was levelled before; the little that came of it on a sideways page is undone by none.
    facts = run_limited(
        "documents.extraction.preparing:upright", path=str(prepared.picture), rotation=rotation, out=str(out)
    )
    level = replace(prepared.page, rotation=rotation, skew=prepared.page.skew + float(facts["skew"]))
    try:
        again = _page(replace(prepared, page=level), seen_in(out, dpi=prepared.dpi))
    finally:
        out.unlink(missing_ok=True)
    return again if (again.confidence or 0.0) > (page.confidence or 0.0) else page


def _page(prepared: Prepared, seen: list[Seen]) -> ExtractedPage:
    turn = Turn(*prepared.size, prepared.page.rotation, prepared.page.skew)
    text, starts = text_of_seen(seen)
    words = tuple(
        Word(one.text, *turn.box(one.left, one.top, one.right, one.bottom), round(one.confidence, 2), start)
        for one, start in zip(seen, starts, strict=True)
    )
    return replace(prepared.page, text=text, way="ocr", words=words, confidence=mean_confidence(words))


def text_of_seen(seen: Iterable[Seen]) -> tuple[str, list[int]]:
    """The words as a text and the place of each in it: lines as printed, an empty line between paragraphs."""
    pieces: list[str] = []
    starts: list[int] = []
    length, before = 0, None
    for one in seen:
        gap = _gap(before, one)
        starts.append(length + len(gap))
        pieces += [gap, one.text]
        length += len(gap) + len(one.text)
        before = one
    return "".join(pieces), starts


def _gap(before: Seen | None, one: Seen) -> str:
    if before is None:
        return ""
    if before.paragraph != one.paragraph:
        return "\n\n"
    return "\n" if before.line != one.line else " "
