"""The lines of a report: one measure each, or one number of several plans put together.

Plans of different organisations are put together by the printed number; further plans of an organisation
that is there already stay beside them, since the same number means something else in them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import searchable
from reports.assembly.gaps import Gap, gap, gaps_of
from reports.assembly.rows import day_text, printed_row
from reports.assembly.shapes import Shape
from reports.assembly.telling import Row, Told

ALIKE = ("preparation_period", "condition", "due_period", "form_of_execution", "status")
NO_ANSWER, NO_STATUS, NO_ROW = "ответа нет", "нет статуса", "такой строки в карте нет"


@dataclass(frozen=True)
class Source:
    """A plan with the name under which its answers stand, and which of its organisation's plans it is."""

    told: Told
    name: str
    turn: int


@dataclass
class Line:
    """What is printed as one row, and the measures it is made of, by the place of their source."""

    section: Row
    parts: dict[int, Row] = field(default_factory=dict)

    @property
    def lead(self) -> Row:
        return self.parts[min(self.parts)]


def sources_of(tolds: list[Told]) -> list[Source]:
    """The plans with names that tell them apart: of the organisation, else of the plan."""
    bodies = [told.plan.get("organisation_id") for told in tolds]
    names = Counter(told.organisation_label for told in tolds)
    return [
        Source(
            told,
            told.organisation_label if names[told.organisation_label] == 1 else told.plan.get("title") or "",
            bodies[:place].count(bodies[place]),
        )
        for place, told in enumerate(tolds)
    ]


def lines_of(sources: list[Source], shape: Shape, day: date) -> list[Line]:
    """The rows that the report of this shape speaks of, in the order of the plans."""
    lines: dict[tuple[Any, ...], Line] = {}
    known: dict[tuple[Any, ...], Row] = {}
    for place, source in enumerate(sources):
        sections, seen = _sections(source, known), Counter[tuple[Any, ...]]()
        for row in source.told.measures:
            key = (source.turn, _key(row))
            seen[key] += 1
            line = lines.setdefault((*key, seen[key]), Line(sections[row["section_id"]]))
            line.parts[place] = row
    shown = [line for line in lines.values() if any(shape.has(row, day) for row in line.parts.values())]
    return sorted(shown, key=lambda line: line.section["order"])


def _key(row: Row) -> str:
    return (row.get("number") or "").strip().rstrip(".") or searchable(row.get("title") or "")


def _sections(source: Source, known: dict[tuple[Any, ...], Row]) -> dict[int, Row]:
    """The sections of a source by id, in the order of the first plan that has them; equal in number and
    name they are one."""
    found, seen = dict[int, Row](), Counter[tuple[Any, ...]]()
    for section in source.told.sections:
        name = (source.turn, section.get("number") or "", searchable(section.get("title") or ""))
        seen[name] += 1
        found[section["id"]] = known.setdefault((*name, seen[name]), {**section, "order": len(known)})
    return found


def printed_line(line: Line, sources: list[Source], shape: Shape) -> dict[str, Any]:
    """The line as the nine columns print it; of several organisations each says whose word it is."""
    printed = {place: _printed(row, shape) for place, row in line.parts.items()}
    if len(sources) == 1:
        return printed[0]
    asked = [place for place, source in enumerate(sources) if source.turn == _turn(line, sources)]
    lead = printed[min(printed)]
    names = {place: sources[place].name for place in asked}
    return {
        **lead,
        "ids": [row["id"] for row in line.parts.values()],
        "executors": list(dict.fromkeys(name for row in printed.values() for name in row["executors"])),
        **{name: _together(name, printed, names) for name in ALIKE},
        "report": "\n".join(f"{names[p]}: {_word(printed.get(p), 'report')}" for p in asked),
        "note": "\n".join(_notes(lead, printed, names)),
    }


def _turn(line: Line, sources: list[Source]) -> int:
    return sources[min(line.parts)].turn


def _printed(row: Row, shape: Shape) -> dict[str, Any]:
    """One measure; of a recurring one the report of a quarter tells the turns of that quarter."""
    printed, turns = printed_row(row), shape.turns_in(row)
    told = [f"{day_text(turn['done_on'])}: {turn['text']}" for turn in turns if turn.get("done_on")]
    return {**printed, "report": "\n".join(told)} if told else printed


def _together(name: str, printed: dict[int, dict[str, Any]], names: dict[int, str]) -> str:
    """One value when all say the same, else whose is which."""
    values = {place: printed[place][name] if place in printed else "" for place in names}
    if name != "status":
        values = {place: value for place, value in values.items() if place in printed}
    if len(set(values.values())) == 1:
        return str(next(iter(values.values())))
    empty = NO_STATUS if name == "status" else "—"
    return "\n".join(f"{names[place]}: {value or empty}" for place, value in values.items())


def _word(printed: dict[str, Any] | None, name: str) -> str:
    if printed is None:
        return NO_ROW
    return printed[name] or NO_ANSWER


def _notes(lead: dict[str, Any], printed: dict[int, dict[str, Any]], names: dict[int, str]) -> Iterator[str]:
    for place, row in printed.items():
        if searchable(row["title"]) != searchable(lead["title"]):
            yield f"{names[place]}: строка названа иначе — «{row['title']}»"
        if row["note"]:
            yield f"{names[place]}: {row['note']}"


def gaps_in(line: Line, sources: list[Source], shape: Shape, day: date) -> Iterator[Gap]:
    """What the line lacks; of several organisations also who has no such row at all."""
    for place, source in enumerate(sources):
        whose = source.name if len(sources) > 1 else ""
        if (row := line.parts.get(place)) is not None:
            yield from gaps_of(row, day, whose)
            yield from _missed(row, shape, day, whose)
        elif source.turn == _turn(line, sources):
            yield gap("no_row", line.lead, whose)


def _missed(row: Row, shape: Shape, day: date, whose: str) -> Iterator[Gap]:
    missed = [t for t in shape.turns_in(row) if not t.get("done_on") and t["due"] <= day.isoformat()]
    if missed:
        yield gap("no_turn", row, whose)
