"""From a file to a recognised plan, schedule, report or list of indicators, as plain JSON with its doubts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import sentence
from documents.formats.grid import Document, Paragraph, Table
from roadmap.reading.approval import approval_of
from roadmap.reading.boxes import with_drawn_tables
from roadmap.reading.columns import INDICATORS, MEASURES
from roadmap.reading.doubts import doubts_of
from roadmap.reading.files import read_document
from roadmap.reading.flattening import flattened
from roadmap.reading.heading import period_of, title_of, year_of
from roadmap.reading.measures import indicator_of, schedule_row
from roadmap.reading.outline import region_from_outline
from roadmap.reading.plan import drafts_of, sections_of
from roadmap.reading.regions import Region, regions_of

_NOTHING = sentence(
    "В файле не найдено таблицы с мероприятиями или показателями: проверьте, тот ли это файл."
)


def read_plan(
    path: str, mapping: dict[str, dict[str, str]] | None = None, shelf: str | None = None
) -> dict[str, Any]:
    """What the file says, in the shape of inputs/*.golden.json, with columns, sources and doubts.

    `mapping` sets meanings of columns by hand: {"table": {"column": "meaning"}}, indexes as printed in
    `columns`. `shelf` is a folder of this file's own, where scanned pages and their cells are kept.
    Raises Unreadable or TooLarge for files that cannot be read.
    """
    return recognise(read_document(path, Path(shelf) if shelf else None), mapping or {})


def recognise(document: Document, mapping: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The plan in a document; tables and columns are counted from 0 as in `columns`."""
    blocks = with_drawn_tables(flattened(document.blocks))
    regions = regions_of(blocks, _numbered(mapping))
    if not any(region.kind == MEASURES for region in regions):
        regions += region_from_outline(blocks)
    above = regions[0].above if regions else [block for block in blocks if isinstance(block, Paragraph)]
    title = title_of(above)
    period = period_of(title) or period_of(_near(above))
    result: dict[str, Any] = {"type": "", "format": document.format, "title": title, "period": period}
    result["approval"] = approval_of(above)
    result |= _content(regions, year_of(period))
    result["type"] = _type(result)
    result["columns"] = [column for region in regions for column in _columns(region)]
    result["found_tables"] = _tables(blocks, regions)
    result["doubts"] = _file_doubts(document, regions) + doubts_of(result)
    return result


def _near(above: list[Paragraph]) -> str:
    """Short lines at the top of the document, where a period may stand apart from the title."""
    lines = [p.text for p in above if p.text.strip() and not p.right][:12]
    return " ".join(line for line in lines if len(line) < 60)


def _numbered(mapping: dict[str, dict[str, str]]) -> dict[int, dict[int, str]]:
    return {int(table): {int(c): m for c, m in columns.items()} for table, columns in mapping.items()}


def _content(regions: list[Region], year: int | None) -> dict[str, Any]:
    content: dict[str, Any] = {}
    plans = [region for region in regions if region.kind == MEASURES]
    schedules = [region for region in plans if _is_schedule(region)]
    full = [region for region in plans if region not in schedules] or plans
    if plans:
        content["sections"] = sections_of(full)
        content["schedule"] = _schedule(content["sections"] if full == plans else sections_of(schedules))
        content["has_status"] = any(region.index("status") is not None for region in plans)
        content["is_schedule"] = bool(schedules) and full == plans
    indicators = [region for region in regions if region.kind == INDICATORS]
    if indicators:
        content["indicators"] = [
            indicator_of(d, year) for r in indicators for d in drafts_of(r) if not d.is_section
        ]
    return content


def _is_schedule(region: Region) -> bool:
    """The short form: event, period, executors and nothing else, not even a number."""
    meanings = {column.meaning for column in region.columns if column.meaning}
    return meanings == {"title", "due_period", "executors"}


def _schedule(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [schedule_row(measure) for section in sections for measure in section["measures"]]


def _type(result: dict[str, Any]) -> str:
    """What the file mainly is; a file with measures and indicators is a plan or a report."""
    has_status, is_schedule = result.pop("has_status", False), result.pop("is_schedule", False)
    if "sections" in result:
        told = any(m["status"] or m["report"] for s in result["sections"] for m in s["measures"])
        if is_schedule:
            return "schedule"
        return "roadmap_report" if has_status or told else "roadmap_plan"
    return "indicators" if "indicators" in result else ""


def _columns(region: Region) -> list[dict[str, Any]]:
    return [
        {
            "table": region.segments[0].table if region.segments else 0,
            "index": column.index,
            "title": column.title,
            "meaning": column.meaning,
            "confidence": round(column.confidence, 2),
        }
        for column in region.columns
    ]


def _tables(blocks: list[Paragraph | Table], regions: list[Region]) -> list[dict[str, Any]]:
    """All tables with what became of them: the index of their region's first table, or None."""
    joined = {segment.table: region for region in regions for segment in region.segments}
    tables = [block for block in blocks if isinstance(block, Table)]
    found = []
    for index, table in enumerate(tables):
        region = joined.get(index)
        found.append(
            {
                "index": index,
                "place": table.place,
                "page": table.page,
                "rows": table.height,
                "kind": region.kind if region else "",
                "part_of": region.segments[0].table if region else None,
            }
        )
    return found


def _file_doubts(document: Document, regions: list[Region]) -> list[dict[str, str]]:
    texts = list(document.doubts)
    if not regions:
        texts.append(_NOTHING)
    return [{"where": "Файл", "field": "", "text": text, "severity": "warning"} for text in texts]
