"""Passages of a text with the found words marked. Made from the text that the reader may read, never stored.

A text is searched by the beginnings of the words, which costs little; each find is then checked by the
analysis, so that «план» does not mark «планета».
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search_index.language import beginnings_of, terms_of
from search_index.numerals import MONTHS

BEFORE, LENGTH, MOST_FINDS = 60, 240, 40
_GENITIVES = {number: stem for stem, number in MONTHS.items()}
_LOOKS = {"0": "[0оo]", "3": "[3зz]", "-": r"\s*[-‐‑–—]\s*", "/": r"\s*/\s*"}


@dataclass(frozen=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Passage:
    """A stretch of text with the name of its place; an ellipsis where the text goes on."""

    place: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def lowered(text: str) -> str:
    """Lower case and «е» for «ё», sign by sign, so that places stay where they are."""
    low = text.lower().replace("ё", "е")
    return low if len(low) == len(text) else "".join(s.lower() if len(s.lower()) == 1 else s for s in text)


def marked(text: str, sought: Iterable[str]) -> tuple[Piece, ...]:
    """The whole of a short text with the found words marked."""
    return tuple(_pieces(text, 0, len(text), list(_finds(text, frozenset(sought)))))


def passages(parts: Iterable[tuple[str, str]], sought: Iterable[str], *, most: int = 2) -> list[Passage]:
    """Up to `most` passages from different places, those with more of the words first."""
    words, found = frozenset(sought), []
    if not words:
        return []
    for order, (place, text) in enumerate(parts):
        finds = list(_finds(text, words))
        if finds:
            first, variety = _best(finds)
            found.append((-variety, order, place, text, finds, first))
        if len(found) > 12:
            break
    best = sorted(sorted(found, key=lambda one: one[:2])[:most], key=lambda one: one[1])
    return [_passage(place, text, finds, first) for _v, _o, place, text, finds, first in best]


def _finds(text: str, words: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where found words stand, in order: begin, end, the word of the index."""
    pattern = _pattern(words)
    if pattern is None:
        return
    count = 0
    for found in pattern.finditer(lowered(text)):
        word = found[0] if found.lastgroup == "written" else _word_of(found[0], words)
        if word:
            yield found.start(), found.end(), word
            count += 1
        if count >= MOST_FINDS:
            return


def _word_of(token: str, words: frozenset[str]) -> str:
    for term, _place in terms_of(token):
        if term in words:
            return term
    return ""


@lru_cache(maxsize=256)
def _pattern(words: frozenset[str]) -> "re.Pattern[str] | None":
    """Anything that may be one of the words: numbers and dates as they are written, beginnings of others."""
    written = [_written(word) for word in sorted(words) if word[:1] == "@" or any(s.isdigit() for s in word)]
    plain = {begin for word in words if word.isalpha() for begin in beginnings_of(word)}
    parts = []
    if written:
        parts.append(rf"(?P<written>(?<![\w])(?:{'|'.join(written)})(?!\w))")
    if plain:
        begins = "|".join(re.escape(begin) for begin in sorted(plain, key=len, reverse=True))
        parts.append(rf"(?<![0-9a-zа-я])(?:{begins})[0-9a-zа-я]*")
    return re.compile("|".join(parts)) if parts else None


def _written(word: str) -> str:
    if not word.startswith("@"):
        return "".join(_LOOKS.get(sign, re.escape(sign)) for sign in word)
    year, month, day = word[1:5], int(word[5:7]), word[7:9]
    name = rf"{_GENITIVES[month]}\w*\s+{year}"
    if not day:
        return rf"{name}|\d{{1,2}}\.0?{month}\.{year}"
    return rf"0?{int(day)}\.0?{month}\.(?:{year}|{year[2:]})|0?{int(day)}\s+{name}"


def _best(finds: list[tuple[int, int, str]]) -> tuple[int, int]:
    """The find with which the richest stretch begins, and how many different words are in it."""
    best, most = 0, 0
    for number, (start, _end, _word) in enumerate(finds):
        near = {word for begin, _e, word in finds[number : number + 8] if begin - start < LENGTH - BEFORE}
        if len(near) > most:
            best, most = number, len(near)
    return best, most


def _passage(place: str, text: str, finds: list[tuple[int, int, str]], first: int) -> Passage:
    start = _to_blank(text, max(0, finds[first][0] - BEFORE))
    end = min(len(text), start + LENGTH)
    end = end if end == len(text) else max(text.rfind(" ", start, end), finds[first][1])
    inside = [find for find in finds if start <= find[0] and find[1] <= end]
    pieces = list(_pieces(text, start, end, inside))
    before = [Piece("…")] if start else []
    return Passage(place, (*before, *pieces, *([Piece("…")] if end < len(text) else [])))


def _to_blank(text: str, start: int) -> int:
    if not start:
        return 0
    blank = text.find(" ", start, start + BEFORE)
    return blank + 1 if blank >= 0 else start


def _pieces(text: str, start: int, end: int, finds: list[tuple[int, int, str]]) -> Iterator[Piece]:
    at = start
    for begin, finish, _word in finds:
        if begin > at:
            yield Piece(text[at:begin])
        if begin >= at:
            yield Piece(text[begin:finish], is_marked=True)
            at = finish
    if at < end:
        yield Piece(text[at:end])
