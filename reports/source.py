"""Where a renderer reads a report from: memory, or a file of one JSON line per row.

The file keeps memory flat at any length. Its first line is the header, then `{"section": …}` and
`{"measures": […]}` lines in the order of the report, a few dozen measures to a line.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from reports.values import clean_header, clean_measure, clean_section, full_measure

TO_A_LINE = 50
Section: TypeAlias = tuple[dict[str, Any], Iterator[dict[str, Any]]]


class Source(Protocol):
    """A report that can be read again and again from its beginning."""

    header: dict[str, Any]

    def beside(self, names: set[str]) -> dict[str, Any]:
        """The sections with their measures in memory, when they are named."""

    def sections(self) -> Iterator[Section]:
        """Each section with its measures; the measures are read before the next section is asked for."""


class _InMemory:
    """All rows at once for a part of the document that speaks of them outside a streamed loop."""

    def sections(self) -> Iterator[Section]:
        raise NotImplementedError

    def beside(self, names: set[str]) -> dict[str, Any]:
        if "sections" not in names:
            return {}
        return {"sections": [{**section, "measures": list(rows)} for section, rows in self.sections()]}


class Held(_InMemory):
    """A report held in memory, in the shape of the data contract."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.header = clean_header(data)
        self._sections = data["sections"]

    def sections(self) -> Iterator[Section]:
        for section in self._sections:
            yield clean_section(section), map(clean_measure, section.get("measures") or [])


class Lines(_InMemory):
    """A report in a file written by `write_lines`, read a few rows at a time."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._opened() as lines:
            self.header = clean_header(json.loads(next(lines)))

    def _opened(self) -> Any:
        # A lone surrogate may stand in a value; it is removed in cleaning, not by the reader.
        return open(self._path, encoding="utf-8", errors="surrogatepass")

    def sections(self) -> Iterator[Section]:
        with self._opened() as lines:
            next(lines)
            rows = _Rows(lines)
            while (section := rows.next_section()) is not None:
                yield clean_section(section), rows.measures()


class _Rows:
    """The rows of the file in turn; keeps the section line that ended the measures before it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._ahead: dict[str, Any] | None = None

    def next_section(self) -> dict[str, Any] | None:
        """The next section, past whatever measures nobody asked for."""
        for _ in self.measures():
            continue
        section, self._ahead = self._ahead, None
        return section

    def measures(self) -> Iterator[dict[str, Any]]:
        while self._ahead is None and (line := next(self._lines, None)) is not None:
            row = json.loads(line)
            if "section" in row:
                self._ahead = row["section"]
            else:
                yield from map(clean_measure, row["measures"])


def write_lines(data: dict[str, Any], path: str | Path) -> None:
    """The report as a file for Lines; `sections` and their `measures` may be any iterables."""
    header = {name: value for name, value in data.items() if name != "sections"}
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as out:
        out.write(_line(header))
        for section in data["sections"]:
            out.write(_line({"section": {name: section.get(name) for name in ("number", "title")}}))
            measures = map(full_measure, section.get("measures") or ())
            while some := list(islice(measures, TO_A_LINE)):
                out.write(_line({"measures": some}))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
