"""Passages of a text with the found words marked. Made from the text that the reader may read, never stored.

A text is searched for the beginnings of the words one by one, which costs little; each find is then checked
by the analysis, so that «план» does not mark «планета».
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from search_index.language import beginnings_of, terms_of
from search_index.numerals import MONTHS

BEFORE, LENGTH, MOST_FINDS = 60, 240, 40
#: Where a found word stands, begin and end, and the word of the index.
Find = tuple[int, int, str]
#: Words of the index that are wanted one after another.
Phrases = Set[tuple[str, ...]]
#: Of so many texts with finds the best are taken; with a phrase more are looked through for it.
ENOUGH, ENOUGH_FOR_PHRASES = 12, 60
_REST, _NEXT = re.compile("[0-9a-zа-я]*"), re.compile("[^0-9a-zа-я]*([0-9a-zа-я]+)")
_GENITIVES = {number: stem for stem, number in MONTHS.items()}
_LOOKS = {"0": "[0оo]", "3": "[3зz]", "-": r"\s*[-‐‑–—]\s*", "/": r"\s*/\s*"}


@dataclass(frozen=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Passage:
    """A stretch of text with the name of its place; an ellipsis where the text goes on. `order` says which of
    the texts it comes from."""

    place: str
    pieces: tuple[Piece, ...]
    order: int = 0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def lowered(text: str) -> str:
    """Lower case and «е» for «ё», sign by sign, so that places stay where they are."""
    low = text.lower().replace("ё", "е")
    return low if len(low) == len(text) else "".join(s.lower() if len(s.lower()) == 1 else s for s in text)


def marked(text: str, sought: Iterable[str], *, most: int = MOST_FINDS) -> tuple[Piece, ...]:
    """The whole of a text with the found words marked, up to `most` of them."""
    return tuple(_pieces(text, 0, len(text), finds(text, frozenset(sought), most=most)))


def passages(
    parts: Iterable[tuple[str, str]], sought: Iterable[str], phrases: Phrases = frozenset(), *, most: int = 2
) -> list[Passage]:
    """Up to `most` passages from different places: first those with a phrase, then those with more of the
    words."""
    words, found, enough = frozenset(sought), [], ENOUGH_FOR_PHRASES if phrases else ENOUGH
    if not words:
        return []
    for order, (place, text) in enumerate(parts):
        together = standing_together(text, phrases)
        here = _finds_around(text, words, together[0]) if together else finds(text, words)
        if here:
            found.append(((bool(together), _best(here)[1]), order, place, text, here, together))
        if len(found) > enough or sum(worth[0] for worth, *_rest in found) == most:
            break
    best = sorted(sorted(found, key=lambda one: one[0], reverse=True)[:most], key=lambda one: one[1])
    return [
        passage_of(place, text, here, order=order, together=together)
        for _worth, order, place, text, here, together in best
    ]


def finds(text: str, words: frozenset[str], *, most: int = MOST_FINDS) -> list[Find]:
    """Where found words stand, in order, up to `most` of them."""
    low, sought, found = lowered(text), _sought(words), set[Find]()
    for beginning in sought.beginnings:
        found.update(islice(_starting(low, beginning, words), most))
    for word, pattern in sought.written:
        places = (match.span() for match in pattern.finditer(low))
        found.update(islice(((*span, word) for span in places if _stands_alone(low, span[0])), most))
    return sorted(found)[:most]


def _finds_around(text: str, words: frozenset[str], first: Find) -> list[Find]:
    """The finds of the passage that shows this one; there may be hundreds before it."""
    start = _to_blank(text, max(0, first[0] - BEFORE))
    near = finds(text[start : start + LENGTH + BEFORE], words)
    return [(begin + start, end + start, word) for begin, end, word in near]


def standing_together(text: str, phrases: Phrases) -> list[Find]:
    """The finds of the first place where the words of a phrase stand one after another, as far as that can be
    seen in the text."""
    low = lowered(text)
    return min(filter(None, (_together(low, phrase) for phrase in phrases)), default=[])


def _together(low: str, phrase: tuple[str, ...]) -> list[Find]:
    first, *others = (frozenset({word}) for word in phrase)
    places = [
        next(filter(None, (_go_on(low, find, others) for find in _starting(low, beginning, first))), [])
        for beginning in _sought(first).beginnings
    ]
    return min(filter(None, places), default=[])


def _go_on(low: str, first: Find, others: list[frozenset[str]]) -> list[Find]:
    found = [first]
    for word in others:
        token = _NEXT.match(low, found[-1][1])
        if token is None or not (known := _word_of(token[1], word)):
            return []
        found.append((*token.span(1), known))
    return found


def _starting(low: str, beginning: str, words: frozenset[str]) -> Iterator[Find]:
    """The words of a text that begin so and are among `words` to the analysis."""
    start = low.find(beginning)
    while start >= 0:
        end = _REST.match(low, start + len(beginning)).end()  # type: ignore[union-attr]  # it matches nothing too
        if _stands_alone(low, start) and (word := _word_of(low[start:end], words)):
            yield start, end, word
        start = low.find(beginning, end)


def _stands_alone(low: str, start: int) -> bool:
    return start == 0 or not (low[start - 1].isalnum() or low[start - 1] == "_")


def _word_of(token: str, words: frozenset[str]) -> str:
    for term, _place in terms_of(token):
        if term in words:
            return term
    return ""


class Sought(NamedTuple):
    """How words are looked for: by their beginnings; numbers and dates as they may be written."""

    beginnings: list[str]
    written: list[tuple[str, "re.Pattern[str]"]]


@lru_cache(maxsize=256)
def _sought(words: frozenset[str]) -> Sought:
    numbers = [word for word in sorted(words) if word[:1] == "@" or any(s.isdigit() for s in word)]
    plain = {beginning for word in words if word.isalpha() for beginning in beginnings_of(word)}
    written = [(word, re.compile(rf"(?:{look})(?!\w)")) for word in numbers for look in _written(word)]
    return Sought(sorted(plain), written)


def _written(word: str) -> Iterator[str]:
    """Patterns that begin with a sign of their own where they can: those are found quickly."""
    if not word.startswith("@"):
        yield "".join(_LOOKS.get(sign, re.escape(sign)) for sign in word)
        return
    year, month, day = word[1:5], int(word[5:7]), word[7:9]
    name = rf"{_GENITIVES[month]}\w*\s+{year}"
    if not day:
        yield from (name, rf"\d{{1,2}}\.0?{month}\.{year}")
        return
    for number in {day, str(int(day))}:
        yield rf"{number}(?:\.0?{month}\.(?:{year}|{year[2:]})|\s+{name})"


def _best(finds: list[Find]) -> tuple[int, int]:
    """The find with which the richest stretch begins, and how many different words are in it."""
    best, most = 0, 0
    for number, (start, _end, _word) in enumerate(finds):
        near = {word for begin, _e, word in finds[number : number + 8] if begin - start < LENGTH - BEFORE}
        if len(near) > most:
            best, most = number, len(near)
    return best, most


def passage_of(
    place: str, text: str, finds: list[Find], *, order: int = 0, together: list[Find] | None = None
) -> Passage:
    """The stretch of a text where finds stand together, else that with the most different ones."""
    finds = sorted({*finds, *(together or ())})
    first = finds.index(together[0]) if together else _best(finds)[0]
    start = _to_blank(text, max(0, finds[first][0] - BEFORE))
    end = min(len(text), start + LENGTH)
    end = end if end == len(text) else max(text.rfind(" ", start, end), finds[first][1])
    inside = [find for find in finds if start <= find[0] and find[1] <= end]
    pieces = list(_pieces(text, start, end, inside))
    before = [Piece("…")] if start else []
    return Passage(place, (*before, *pieces, *([Piece("…")] if end < len(text) else [])), order)


def _to_blank(text: str, start: int) -> int:
    if not start:
        return 0
    blank = text.find(" ", start, start + BEFORE)
    return blank + 1 if blank >= 0 else start


def _pieces(text: str, start: int, end: int, finds: list[Find]) -> Iterator[Piece]:
    at = start
    for begin, finish, _word in finds:
        if begin > at:
            yield Piece(text[at:begin])
        if begin >= at:
            yield Piece(text[begin:finish], is_marked=True)
            at = finish
    if at < end:
        yield Piece(text[at:end])
