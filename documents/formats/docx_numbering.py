"""Word's automatic numbering: what stands in the margin is counted here, for it is not in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.formats.counting import written
from documents.formats.docx_styles import Styles, W, is_on, value
from documents.formats.markup import Element


@dataclass
class Level:
    """One level of a list: how it counts and what is printed («%1.%2.»)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    arabic: bool = False


@dataclass
class _List:
    """Counters of one abstract list; several list ids may share it."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)


class Numbering:
    """Counts through the document; `number` must be asked once per paragraph, in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._of_number: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root, styles)

    def number(self, list_id: str, level: int) -> str:
        """The printed number of the next paragraph of this list and level; "" for bullets."""
        counted = self._lists.get(self._of_number.get(list_id, ""))
        if counted is None:
            return ""
        levels = counted.levels | self._overrides.get(list_id, {})
        if level not in levels:
            return ""
        self._begin(list_id, counted)
        _advance(counted, levels, level)
        return _printed(counted, levels, level)

    def _begin(self, list_id: str, counted: _List) -> None:
        """A list id with start overrides restarts the shared counters when it is first used."""
        if list_id in counted.started:
            return
        counted.started.add(list_id)
        for level, start in self._starts.get(list_id, {}).items():
            counted.counts[level] = start - 1
            for deeper in [other for other in counted.counts if other > level]:
                del counted.counts[deeper]

    def _read(self, root: Element, styles: Styles) -> None:
        links: dict[str, str] = {}
        for abstract in root.findall(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._lists[name] = _List(_levels(abstract))
            links[name] = value(abstract, "numStyleLink") or ""
        for number in root.findall(W + "num"):
            self._read_number(number)
        for name, style in links.items():
            target = self._of_number.get(styles.list_style(style) or "", "") if style else ""
            if target in self._lists:
                self._lists[name] = self._lists[target]

    def _read_number(self, number: Element) -> None:
        name = number.get(W + "numId", "")
        self._of_number[name] = value(number, "abstractNumId") or ""
        for override in number.findall(W + "lvlOverride"):
            level = _whole(override.get(W + "ilvl"), 0)
            start = value(override, "startOverride")
            if start is not None:
                self._starts.setdefault(name, {})[level] = _whole(start, 1)
            own = override.find(W + "lvl")
            if own is not None:
                self._overrides.setdefault(name, {})[level] = _level(own)


def _levels(abstract: Element) -> dict[int, Level]:
    return {_whole(level.get(W + "ilvl"), 0): _level(level) for level in abstract.findall(W + "lvl")}


def _level(level: Element) -> Level:
    restart = value(level, "lvlRestart")
    return Level(
        start=_whole(value(level, "start"), 0 if value(level, "start") is None else 1),
        format=value(level, "numFmt") or _alternate_format(level),
        text=value(level, "lvlText") or "",
        restart=None if restart is None else _whole(restart, 0),
        arabic=bool(is_on(level, "isLgl")),
    )


def _alternate_format(level: Element) -> str:
    """Formats unknown to old Word hide in an AlternateContent with a usual one as the fallback."""
    inner = next(level.iter(W + "numFmt"), None)
    return "decimal" if inner is None else str(inner.get(W + "val", "decimal"))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise


def _advance(counted: _List, levels: dict[int, Level], level: int) -> None:
    for higher in range(level):
        if higher in levels:
            counted.counts.setdefault(higher, levels[higher].start)
    counted.counts[level] = counted.counts.get(level, levels[level].start - 1) + 1
    for deeper in [other for other in counted.counts if other > level]:
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or restart > 0 and level < restart:
            del counted.counts[deeper]


def _printed(counted: _List, levels: dict[int, Level], level: int) -> str:
    own = levels[level]
    if own.format in ("bullet", "none"):
        return ""

    def one(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        at = levels.get(index, Level())
        style = "decimal" if own.arabic else at.format
        return written(counted.counts.get(index, at.start), style)

    return re.sub(r"%([1-9])", one, own.text).strip()
