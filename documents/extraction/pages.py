"""What comes out of a file: pages of text, each word with its place on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

Way = Literal["text", "ocr"]


class Word(NamedTuple):
    """A word and its box in shares (0..1) of the page as it is displayed, measured from the top left.

    `confidence` is 0..1, None where the word was not recognised but read. `start` is the place of its first
    character in the text of its page.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None
    start: int


@dataclass(frozen=True)
class ExtractedPage:
    """The text of one page, numbered from 1.

    `way` says whether the text was read ("text") or recognised ("ocr"); only then there is a `confidence`,
    the mean of its words by their length. `rotation` (0, 90, 180, 270) and `skew` are the degrees clockwise
    by which the displayed page has to be turned to stand upright. `width` and `height` of the displayed page
    are in points (1/72 inch). `fault` tells why a text layer was not believed, `problem` is a sentence for a
    human when the page could not be read at all.
    """

    number: int
    text: str
    way: Way = "text"
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    skew: float = 0.0
    fault: str = ""
    problem: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The page as JSON data; words are lists in the order of their fields."""
        return {**vars(self), "words": [list(word) for word in self.words]}


@dataclass(frozen=True)
class Extracted:
    """All pages of a file in their order."""

    pages: tuple[ExtractedPage, ...]

    @property
    def text(self) -> str:
        """The text of the whole file; pages are parted by an empty line."""
        return "\n\n".join(page.text for page in self.pages)


def page_of(plain: dict[str, Any]) -> ExtractedPage:
    """The page that `as_plain` described. Raises TypeError or ValueError for anything else."""
    words = tuple(_word(*word) for word in plain["words"])
    return replace(ExtractedPage(**{**plain, "words": ()}), words=words)


def _word(
    text: str, left: float, top: float, right: float, bottom: float, confidence: float | None, start: int
) -> Word:
    box = (float(left), float(top), float(right), float(bottom))
    return Word(str(text), *box, None if confidence is None else float(confidence), int(start))


def mean_confidence(words: Iterable[Word]) -> float | None:
    """The mean confidence of words by their length; None when none of them has one."""
    told = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    length = sum(size for _, size in told)
    return round(sum(share * size for share, size in told) / length, 3) if length else None
