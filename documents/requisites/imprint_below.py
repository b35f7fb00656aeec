"""Requisites that stand below the title, at the foot of a title page, or at the very end of a text."""

import re
from dataclasses import replace
from typing import TypeVar

from documents.requisites.found import Found
from documents.requisites.heading import Heading
from documents.requisites.imprint import Imprint, is_imprint
from documents.requisites.lines import Line
from documents.requisites.phrases import BARE_PLACE, PLACE
from documents.requisites.references import Reference

T = TypeVar("T")

_WHITE = re.compile(r"\s+")
_PAGE_FOOT = re.compile(r"[\s,.-]*(?:(?:19|20)\d\d\b|$)")


def take_place_below(imprint: Imprint, lines: list[Line]) -> None:
    """The place at the foot of a title page: «п. Коробицыно 2022 г.»."""
    for at, line in enumerate(lines[imprint.until : imprint.until + 12], imprint.until):
        found = PLACE.match(line.text) or (
            BARE_PLACE.fullmatch(line.text) if _is_year(lines, at + 1) else None
        )
        if imprint.place.value is None and found and _PAGE_FOOT.match(line.text, found.end()):
            imprint.place = Found(_WHITE.sub(" ", found.group()), 0.7, line.start, line.start + found.end())


def _is_year(lines: list[Line], at: int) -> bool:
    return at < len(lines) and re.fullmatch(r"(?:19|20)\d\d(?:\s?г\.?|\s?год)?", lines[at].text) is not None


def take_at_end(
    imprint: Imprint,
    text: str,
    lines: list[Line],
    heading: Heading,
    references: list[Reference],
    *,
    stamped: set[int],
) -> None:
    """Laws and reports have their date and number below the signature, at the very end of the text."""
    if imprint.has_date or imprint.has_number or heading.at < 0:
        return
    for at in range(len(lines) - 1, max(imprint.until, len(lines) - 6), -1):
        if at in stamped or not is_imprint(imprint, text, lines, at, references, is_above=True):
            break
    imprint.date, imprint.number = _doubted(imprint.date), _doubted(imprint.number)


def _doubted(found: Found[T]) -> Found[T]:
    return replace(found, confidence=min(found.confidence, 0.7))


def take_below_title(
    imprint: Imprint,
    text: str,
    lines: list[Line],
    end: int | None,
    references: list[Reference],
    *,
    stamped: set[int],
) -> None:
    """Minutes are dated under their title."""
    below = [at for at, line in enumerate(lines) if end is not None and line.start >= end][:3]
    for at in below:
        is_place = PLACE.fullmatch(lines[at].text) is not None
        if imprint.has_date and imprint.has_number and not is_place:
            break
        if at in stamped or not is_imprint(imprint, text, lines, at, references):
            break
        imprint.until = at + 1
