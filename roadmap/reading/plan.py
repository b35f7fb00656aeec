"""Sections with their measures, out of the regions of a document."""

from __future__ import annotations

from typing import Any

from roadmap.reading.cuts import mend
from roadmap.reading.drafts import Draft, draft_of, habits_of
from roadmap.reading.heading import is_title_line
from roadmap.reading.lines import Line
from roadmap.reading.measures import measure_of, part_known_executors, speech_of
from roadmap.reading.regions import Region
from roadmap.reading.sections import (
    is_heading_of_section,
    is_remark,
    is_section,
    is_signature,
    is_total,
    section_draft,
    sheet_heading,
)
from roadmap.reading.stages import with_stages


def drafts_of(region: Region, *, follows: bool = False) -> list[Draft]:
    """Sections and measures of a region in reading order, with page cuts mended.

    `follows` says that other regions come before, so a line above this one cannot be the document's title.
    """
    habits = habits_of(region.lines, region.columns)
    drafts: list[Draft] = []
    lines = [*_headings_above(region, follows), *region.lines]
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if line.heading:
            if is_heading_of_section(line.heading, has_more=True) and not is_title_line(line.heading):
                drafts.append(section_draft(line))
        elif is_total(line) or is_remark(line) or is_signature(line, habits):
            continue
        elif is_section(line, region.columns, habits, below=below):
            drafts.append(section_draft(line))
        else:
            drafts.append(draft_of(line, region.columns, habits))
    return _with_split_titles(mend(drafts, habits))


def _headings_above(region: Region, follows: bool) -> list[Line]:
    """A section named right above the first table of the region, below the title of the document."""
    texts = [p.text.strip() for p in region.above if p.text.strip()]
    table = region.segments[0].table if region.segments else 0
    if texts and is_heading_of_section(texts[-1], has_more=False) and (follows or len(texts) > 1):
        return [Line(table, -1, heading=texts[-1])]
    named = sheet_heading(region.segments[0].place) if region.segments else ""
    return [Line(table, -1, heading=named)] if named else []


def _with_split_titles(drafts: list[Draft]) -> list[Draft]:
    """«Раздел 1» in one row and its name in the next are one section."""
    found: list[Draft] = []
    for draft in drafts:
        above = found[-1] if found else None
        if above and above.is_section and draft.is_section and _is_bare(above):
            draft.number = draft.number or above.number
            found[-1] = draft
        else:
            found.append(draft)
    return found


def _is_bare(section: Draft) -> bool:
    return bool(section.number) and section.get("title") == section.originals.get("title")


def sections_of(regions: list[Region]) -> list[dict[str, Any]]:
    """Sections in reading order; measures before any section stand in one without number and title."""
    sections: list[dict[str, Any]] = []
    for region in regions:
        speech = speech_of(region.columns)
        for draft in with_stages(drafts_of(region, follows=region is not regions[0])):
            if draft.is_section:
                sections.append(_section(draft))
                continue
            if not sections:
                sections.append(_section(Draft(draft.table, draft.row)))
            sections[-1]["measures"].append(measure_of(draft, speech))
    while sections and not sections[-1]["measures"] and not sections[-1]["number"]:
        sections.pop()
    part_known_executors([measure for section in sections for measure in section["measures"]])
    return sections


def _section(draft: Draft) -> dict[str, Any]:
    return {
        "number": draft.number,
        "title": draft.get("title"),
        "measures": [],
        "source": {
            "table": draft.table,
            "row": draft.row,
            "cells": draft.sources,
            "original": draft.originals,
        },
    }
