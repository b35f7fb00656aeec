"""Comparing a newer edition of a plan with the plan: which row is which, and what changed.

Numbers may have shifted and texts been reworded, so rows are matched by title first, then by likeness.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

ALIKE = 0.6


@dataclass(frozen=True)
class Line:
    """A row of either edition, ready to compare: `key` names it, `fields` are its printed texts."""

    key: Any
    section: str
    fields: dict[str, str]

    @property
    def title(self) -> str:
        return plain(self.fields["title"])


@dataclass
class Difference:
    """What became of one row. `kinds` holds any of new, withdrawn, moved, reworded, renumbered, changed."""

    old: Line | None
    new: Line | None
    kinds: list[str] = field(default_factory=list)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """The row as it now stands: the new one, or the old one that was withdrawn."""
        line = self.new or self.old
        assert line is not None
        return line

    @property
    def is_same(self) -> bool:
        return not self.kinds


def plain(text: str) -> str:
    """A text as compared: without differences of space, case, quotes, dashes and ё."""
    bare = re.sub(r"[«»\"„“”]", "", text).replace("–", "-").replace("—", "-").lower().replace("ё", "е")
    return re.sub(r"\s+", " ", bare).strip(" .;")


def likeness(one: Line, other: Line) -> float:
    """From 0 to 1: how likely both lines are the same measure."""
    same_number = one.fields["number"].rstrip(".") == other.fields["number"].rstrip(".") != ""
    words = [set(one.title.split()), set(other.title.split())]
    if not words[0] or not words[1] or not words[0] & words[1]:
        return 0.45 if same_number and one.section == other.section and not (words[0] and words[1]) else 0.0
    ratio = SequenceMatcher(None, one.title, other.title, autojunk=False).ratio()
    return min(1.0, ratio + (0.1 if same_number else 0.0))


def differences(old: Iterable[Line], new: Iterable[Line]) -> list[Difference]:
    """Every row of both editions once, in the order of the new one, withdrawn rows last."""
    before, after = list(old), list(new)
    pairs = _same_titles(before, after)
    pairs |= _alike([o for o in before if o not in pairs.values()], [n for n in after if n.key not in pairs])
    taken = {o.key for o in pairs.values()}
    found = [_difference(pairs.get(line.key), line) for line in after]
    return found + [Difference(line, None, ["withdrawn"]) for line in before if line.key not in taken]


def _same_titles(before: list[Line], after: list[Line]) -> dict[Any, Line]:
    """Pairs with equal titles; among several the one with the same number or section comes first."""
    pairs: dict[Any, Line] = {}
    free = list(before)
    for line in after:
        equal = [o for o in free if o.title == line.title and line.title]
        if equal:
            best = max(
                equal, key=lambda o: (o.fields["number"] == line.fields["number"], o.section == line.section)
            )
            pairs[line.key] = best
            free.remove(best)
    return pairs


def _alike(before: list[Line], after: list[Line]) -> dict[Any, Line]:
    scored = [(likeness(o, n), i, j) for i, o in enumerate(before) for j, n in enumerate(after)]
    pairs: dict[Any, Line] = {}
    used: set[int] = set()
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= ALIKE and i not in used and after[j].key not in pairs:
            pairs[after[j].key] = before[i]
            used.add(i)
    return pairs


def _difference(old: Line | None, new: Line) -> Difference:
    if old is None:
        return Difference(None, new, ["new"])
    changes = {
        name: (old.fields[name], text)
        for name, text in new.fields.items()
        if plain(old.fields.get(name, "")) != plain(text)
    }
    kinds = ["moved"] if plain(old.section) != plain(new.section) else []
    for name, kind in (("title", "reworded"), ("number", "renumbered")):
        if name in changes:
            kinds.append(kind)
    if changes.keys() - {"title", "number"}:
        kinds.append("changed")
    return Difference(old, new, kinds, changes)
