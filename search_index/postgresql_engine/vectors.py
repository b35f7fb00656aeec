"""Papers as tsvectors and needs as tsqueries. The sign before a word says of which field it is."""

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
#: PostgreSQL keeps no place beyond this and at most 256 places of a word (textsearch limitations).
LAST_PLACE, MOST_PLACES, LONGEST_WORD = 16_383, 256, 500


def vector_of(paper: Paper) -> tuple[str, int, int]:
    """The text form of the tsvector, and how many words the text and the title have."""
    text, title = positions(paper.text), positions(paper.title)
    parts = [_placed(word, places) for word, places in text.items()]
    parts += [_placed(SIGNS[TITLE] + word, places) for word, places in title.items()]
    parts += [quoted(SIGNS[MARKS] + word) for word in set(paper.marks)]
    parts += [quoted(SIGNS[FORMS] + word) for word in forms(paper.text)]
    return " ".join(parts), _length(text), _length(title)


def _placed(word: str, places: list[int]) -> str:
    kept = places if len(places) <= MOST_PLACES else places[:MOST_PLACES]
    return f"{quoted(word)}:{','.join(str(min(place + 1, LAST_PLACE)) for place in kept)}"


def quoted(word: str) -> str:
    """A word as the text form of vectors and queries takes it, whatever is in it."""
    escaped = word[:LONGEST_WORD].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _length(found: dict[str, list[int]]) -> int:
    return sum(len(places) for places in found.values())


def query_of(need: Need) -> str:
    """The tsquery of what a need must find; empty when that is everything."""
    if isinstance(need, Term):
        return quoted(SIGNS[need.field] + need.word)
    if isinstance(need, Near):
        return "(" + " <-> ".join(quoted(word) for word in need.words) + ")"
    if isinstance(need, Starting):
        return f"{quoted(need.beginning)}:*"
    if isinstance(need, AllOf):
        return _joined(" & ", [query_of(part) for part in need.parts])
    if isinstance(need, AnyOf):
        parts = [query_of(part) for part in need.parts]
        return _joined(" | ", parts) if all(parts) else ""
    if isinstance(need, Except):
        unwanted = query_of(need.unwanted)
        return _joined(" & ", [query_of(need.wanted), f"!({unwanted})" if unwanted else ""])
    return query_of(need.wanted) if isinstance(need, Prefer) else ""


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
