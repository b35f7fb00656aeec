"""What changed between two texts, word by word, for people to see."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\s+|[^\s]+")
#: Longer texts are shown one after the other: comparing them word by word helps nobody and takes long.
LONGEST = 1_500


class Piece(NamedTuple):
    """A stretch of text: "same", "added" or "removed"."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """The later text with what was added and what was removed, in reading order."""
    if before == after:
        return [Piece("same", after)] if after else []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(new[c:d]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))
