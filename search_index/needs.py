"""What an engine is asked for: a small tree that Whoosh and PostgreSQL both understand, scored alike.

Fields of the index: `text` (all words of a thing, with places), `title` (the words of its title),
`marks` (requisites, each as one word with a sign before it) and `forms` (words as they are written).
"""

from collections.abc import Iterator
from dataclasses import dataclass

TEXT, TITLE, MARKS, FORMS = "text", "title", "marks", "forms"


@dataclass(frozen=True)
class Term:
    """One word of a field. Scored by BM25 in `text` and `title`, by `boost` alone in the others."""

    field: str
    word: str
    boost: float = 1.0


@dataclass(frozen=True)
class Near:
    """Words of `text` side by side in this order. Scored as all of them together."""

    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True)
class Starting:
    """Words of `text` that begin so; each scores `boost`, whatever it is."""

    beginning: str
    boost: float = 1.0


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Need", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Need", ...]


@dataclass(frozen=True)
class Except:
    """What `wanted` finds and `unwanted` does not."""

    wanted: "Need"
    unwanted: "Need"


@dataclass(frozen=True)
class Prefer:
    """What `wanted` finds; what `liked` finds of it scores more."""

    wanted: "Need"
    liked: "Need"


@dataclass(frozen=True)
class Everything:
    """Whatever there is, all alike."""


Need = Term | Near | Starting | AllOf | AnyOf | Except | Prefer | Everything


def all_of(parts: list[Need]) -> Need:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts)) if parts else Everything()


def any_of(parts: list[Need]) -> Need:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def words_of(need: Need) -> set[str]:
    """The words of texts that make a hit: what is to be marked in its passages."""
    words = {leaf.word for leaf in _wanted(need) if isinstance(leaf, Term) and leaf.field in (TEXT, TITLE)}
    return words.union(*phrases_of(need))


def phrases_of(need: Need) -> set[tuple[str, ...]]:
    """Those of them that are wanted one after another."""
    return {leaf.words for leaf in _wanted(need) if isinstance(leaf, Near)}


def _wanted(need: Need) -> Iterator[Need]:
    """The simple needs that something found may meet."""
    if isinstance(need, AllOf | AnyOf):
        for part in need.parts:
            yield from _wanted(part)
    elif isinstance(need, Except | Prefer):
        yield from _wanted(need.wanted)
    else:
        yield need
