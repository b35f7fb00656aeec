"""Papers as tsvectors and needs as tsqueries. The sign before a word says of which field it is.

The GIN index knows no places: it gives every paper that has all words of a phrase, and each of them must be
unpacked and read. So a vector also has a sign for every pair of neighbours in its text, one of a million; by
these the index itself lets through hardly more than what has the phrase.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from zlib import crc32

from search_index.language import forms, positions
from search_index.needs import (
    FORMS,
    MARKS,
    TEXT,
    TITLE,
    AllOf,
    AnyOf,
    Except,
    Near,
    Need,
    Prefer,
    Starting,
    Term,
)
from search_index.protocol import Paper

SIGNS = {TEXT: "", TITLE: "~", MARKS: "#", FORMS: "="}
PAIR, PAIRS = "+", 1 << 20
#: PostgreSQL keeps no place beyond this and at most 256 places of a word (textsearch limitations).
LAST_PLACE, MOST_PLACES, LONGEST_WORD = 16_383, 256, 500


def vector_of(paper: Paper) -> tuple[str, int, int]:
    """The text form of the tsvector, and how many words the text and the title have."""
    text, title = positions(paper.text), positions(paper.title)
    parts = [_placed(word, places) for word, places in text.items()]
    parts += [_placed(SIGNS[TITLE] + word, places) for word, places in title.items()]
    parts += [quoted(SIGNS[MARKS] + word) for word in set(paper.marks)]
    parts += [quoted(SIGNS[FORMS] + word) for word in forms(paper.text)]
    parts += [quoted(pair) for pair in {_pair(*words) for words in _neighbours(text)}]
    return " ".join(parts), _length(text), _length(title)


def _placed(word: str, places: list[int]) -> str:
    kept = places if len(places) <= MOST_PLACES else places[:MOST_PLACES]
    return f"{quoted(word)}:{','.join(str(min(place + 1, LAST_PLACE)) for place in kept)}"


def _pair(first: str, second: str) -> str:
    return f"{PAIR}{crc32(f'{first} {second}'.encode()) % PAIRS:x}"


def _neighbours(text: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    """The words that stand side by side; at a place there may be several."""
    at: dict[int, list[str]] = {}
    for word, places in text.items():
        for place in places:
            at.setdefault(place, []).append(word)
    for place, words in at.items():
        for following in at.get(place + 1, ()):
            for word in words:
                yield word, following


def quoted(word: str) -> str:
    """A word as the text form of vectors and queries takes it, whatever is in it."""
    escaped = word[:LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _length(found: dict[str, list[int]]) -> int:
    return sum(len(places) for places in found.values())


def _exactly(near: Near) -> str:
    return "(" + " <-> ".join(quoted(word) for word in near.words) + ")"


def _likely(near: Near) -> str:
    pairs = [_pair(*words) for words in pairwise(near.words)]
    return "(" + " & ".join(quoted(word) for word in (*near.words, *pairs)) + ")"


def likely_of(need: Need) -> str:
    """The same as `query_of`, but of phrases that are wanted only what the index itself can tell."""
    return query_of(need, _likely)


def query_of(need: Need, side_by_side: Callable[[Near], str] = _exactly) -> str:
    """The tsquery of what a need must find; empty when that is everything."""
    if isinstance(need, Term):
        return quoted(SIGNS[need.field] + need.word)
    if isinstance(need, Near):
        return side_by_side(need)
    if isinstance(need, Starting):
        return f"{quoted(need.beginning)}:*"
    if isinstance(need, AllOf):
        return _joined(" & ", [query_of(part, side_by_side) for part in need.parts])
    if isinstance(need, AnyOf):
        parts = [query_of(part, side_by_side) for part in need.parts]
        return _joined(" | ", parts) if all(parts) else ""
    if isinstance(need, Except):
        unwanted = query_of(need.unwanted)
        return _joined(" & ", [query_of(need.wanted, side_by_side), f"!({unwanted})" if unwanted else ""])
    return query_of(need.wanted, side_by_side) if isinstance(need, Prefer) else ""


def _joined(sign: str, parts: list[str]) -> str:
    said = [part for part in parts if part]
    return f"({sign.join(said)})" if len(said) > 1 else "".join(said)


def scored(need: Need) -> list[Term | Near | Starting]:
    """The leaves that are worth something, each with its boost."""
    if isinstance(need, AllOf | AnyOf):
        return [leaf for part in need.parts for leaf in scored(part)]
    if isinstance(need, Prefer):
        return scored(need.wanted) + scored(need.liked)
    if isinstance(need, Except):
        return scored(need.wanted)
    return [need] if isinstance(need, Term | Near | Starting) else []
