"""Stages and directions that stand in a column of their own become sections when they span several rows."""

from __future__ import annotations

from roadmap.reading.drafts import Draft
from roadmap.reading.numbers import heading_parts

_GROUPING = ("stage", "direction", "task")


def with_stages(drafts: list[Draft]) -> list[Draft]:
    """The drafts with a section before each run of rows that share a merged cell of a grouping column."""
    if any(draft.is_section for draft in drafts):
        return drafts
    name = next((name for name in _GROUPING if _spans(drafts, name)), None)
    if name is None:
        return drafts
    found: list[Draft] = []
    current = None
    is_numbered = any(_shares_number(draft, name) for draft in drafts)
    for draft in drafts:
        if draft.get(name) and draft.get(name) != current:
            current = draft.get(name)
            found.append(_section(draft, name, draft.number if is_numbered else ""))
        draft.texts.pop(name, None)
        found.append(draft)
    return found


def _spans(drafts: list[Draft], name: str) -> bool:
    """Whether the column groups rows: some cell of it is merged down or repeated."""
    texts = [draft.get(name) for draft in drafts if draft.get(name)]
    return len(texts) > 1 and any(a == b for a, b in zip(texts, texts[1:], strict=False))


def _section(draft: Draft, name: str, shared: str) -> Draft:
    number, title = heading_parts(draft.get(name))
    section = Draft(draft.table, draft.row, number=number or shared, is_section=True)
    section.texts["title"] = title
    section.sources["title"] = draft.sources.get(name, [draft.table, draft.row, -1])
    section.originals["title"] = draft.originals.get(name, "")
    return section


def _shares_number(draft: Draft, name: str) -> bool:
    """Whether the number is merged over the same rows as the stage, so it numbers the stage."""
    number, stage = draft.slots.get("number"), draft.slots.get(name)
    return bool(number and stage and number[0].rows > 1 and number[0].rows == stage[0].rows)
