"""Everything an act assigns, from its file: numbered items and the schedule table of an annex."""

import re
from dataclasses import replace
from typing import Any

from core.errors import sentence
from documents.formats.grid import Document, Paragraph, Table
from orders.proposals.shapes import SCHEDULE, Proposal, as_plain
from orders.proposals.text import proposals_of
from roadmap.imported import headings, rows
from roadmap.reading.files import read_document
from roadmap.reading.recognise import recognise

_DATED = re.compile(r"(?:от|«?\d{1,2}»?)[\s.]*[^\n]{0,25}?((?:19|20)\d\d)")
_NOTHING = sentence("Пунктов с поручениями не найдено: впишите их сами или проверьте, тот ли это файл.")


def read_proposals(path: str, year: int | None = None) -> dict[str, Any]:
    """{"year", "proposals", "doubts"} of the file at `path`: see shapes.as_plain.

    `year` is that of the act when it is known; otherwise the one its head names. Raises Unreadable or
    TooLarge for files that cannot be read.
    """
    document = read_document(path)
    lines = [text for block in document.blocks for text in _texts(block)]
    found = proposals_of(lines) + _scheduled(document)
    return told(found, year or year_of(lines), list(document.doubts))


def read_text(text: str, year: int | None = None) -> dict[str, Any]:
    """The same of a text that was recognised already."""
    lines = text.split("\n")
    return told(proposals_of(lines), year or year_of(lines), [])


def told(found: list[Proposal], year: int | None, doubts: list[str]) -> dict[str, Any]:
    """Proposals as plain data, with a doubt when there is none."""
    doubts += [] if any(p.is_assigned for p in found) else [_NOTHING]
    return {"year": year, "proposals": [as_plain(p, year=year) for p in found], "doubts": doubts}


def year_of(lines: list[str]) -> int | None:
    """The year of the act: that of the first date among the lines of its head."""
    for line in [line for line in lines if line.strip()][:14]:
        if found := _DATED.search(line):
            return int(found[1])
    return None


def _texts(block: Paragraph | Table) -> list[str]:
    """Paragraphs, and the cells of tables that hold no rows: date and number often stand in one."""
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for cell in block.cells] if block.height <= 2 else [""]


def _scheduled(document: Document) -> list[Proposal]:
    """Rows of tables only: numbered paragraphs are the items, which were found already."""
    tables: list[Paragraph | Table] = [block for block in document.blocks if isinstance(block, Table)]
    recognised = recognise(replace(document, blocks=tables), {})
    return [
        Proposal(
            SCHEDULE,
            row.values["number"].strip().rstrip("."),
            row.values["title"].strip(),
            row.values["title"].strip(),
            row.executors,
            row.values["due_period"].strip(),
            list(row.doubts.values()),
        )
        for row in rows(headings(recognised))
        if row.values["title"].strip()
    ]
