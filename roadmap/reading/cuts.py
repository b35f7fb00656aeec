"""Puts together what page breaks took apart: tails without a number, content before its number, doubles."""

from __future__ import annotations

from core.errors import sentence
from roadmap.reading.drafts import Draft, Habits
from roadmap.reading.evidence import is_period
from roadmap.reading.words import fold, is_unfinished, starts_low

_SUBJECTS = ("title", "indicator")
# Fields of whole sentences: a small letter at their start means that the sentence began above.
_PROSE = ("title", "indicator", "condition", "report", "comment")
_MOVED = sentence("Начало ячейки продолжало фразу строки выше и перенесено туда: проверьте.")
_GAINED = sentence("Ячейка стояла строкой выше номера: проверьте, что она относится к этому мероприятию.")


def mend(drafts: list[Draft], habits: Habits) -> list[Draft]:
    """The drafts with every tail given back to its owner. Nothing is lost, every join leaves a doubt."""
    mended: list[Draft] = []
    for position, draft in enumerate(drafts):
        before = mended[-1] if mended and not mended[-1].is_section else None
        after = drafts[position + 1] if position + 1 < len(drafts) else None
        after = None if after is None or after.is_section else after
        if draft.is_section or not _is_given_away(draft, before, after, habits):
            mended.append(draft)
    return mended


def _is_given_away(draft: Draft, before: Draft | None, after: Draft | None, habits: Habits) -> bool:
    """Gives the cells of a row that is no measure of its own to its neighbours; False when it is one."""
    if before is not None and _is_same_measure(before, draft):
        _unite(before, draft)
    elif after is not None and _is_double(draft, after):
        _give_double(before, draft, after)
    elif not _is_tail(draft, before, habits):
        if before is not None and draft.starts_part:
            _give_heads(before, draft)
        return False
    elif after is not None and _comes_before_number(draft, before, after):
        _give_ahead(before, draft, after)
    elif before is not None:
        _give_back(before, draft, set(draft.texts))
    else:
        return False
    return True


def subject(draft: Draft) -> str:
    """The text that names the row."""
    return draft.get("title") or draft.get("indicator")


def _is_same_measure(before: Draft, draft: Draft) -> bool:
    """Whether both the number and the name are merged with the row above."""
    for name in _SUBJECTS:
        slots = draft.slots.get(name)
        if slots and slots == before.slots.get(name) and slots[0].rows > 1:
            return not draft.number or draft.slots.get("number") == before.slots.get("number")
    return False


def _unite(before: Draft, draft: Draft) -> None:
    for name, text in draft.texts.items():
        merged = draft.slots.get(name) == before.slots.get(name)
        if text and not merged and fold(text) != fold(before.get(name)):
            before.texts[name] = f"{before.get(name)}\n{text}".strip()
            before.originals[name] = (
                f"{before.originals.get(name, '')}\n{draft.originals.get(name, text)}".strip()
            )
            before.sources.setdefault(name, draft.sources.get(name, [draft.table, draft.row, -1]))
    before.unplaced.extend(pair for pair in draft.unplaced if pair not in before.unplaced)


def _is_double(draft: Draft, after: Draft) -> bool:
    """Whether the row without a number repeats cells of the numbered row below it."""
    if draft.number or not after.number:
        return False
    same = [name for name in draft.filled & after.filled if draft.texts[name] == after.texts[name]]
    if subject(draft) and subject(draft) == subject(after):
        return True
    return len(same) >= 2 and (not subject(draft) or starts_low(subject(draft))) and _is_at_cut(draft)


def _is_at_cut(draft: Draft) -> bool:
    return draft.starts_part or any(starts_low(text) for text in draft.texts.values())


def _give_double(before: Draft | None, draft: Draft, after: Draft) -> None:
    for name in list(draft.filled):
        text = draft.texts[name]
        is_same = after.get(name) == text
        if is_same and not (before and name in _low(draft)):
            continue
        if before is not None:
            before.append(_owner(before, name, draft, draft.filled), draft, text)
            if is_same:
                after.texts[name] = ""
                after.doubts[name] = sentence("Текст отнесён к мероприятию выше: он продолжает его фразу.")
        elif not after.get(name):
            after.texts[name] = text


def _is_tail(draft: Draft, before: Draft | None, habits: Habits) -> bool:
    if draft.number:
        return False
    name = subject(draft)
    if not name:
        return True
    if before is None:
        return False
    if starts_low(name):
        return not _is_whole(draft, habits)
    if name[0] in "-–—•" and draft.filled <= set(_SUBJECTS):
        return True
    return habits.has_numbers and draft.starts_part and not _stands_alone(draft, before)


def _is_whole(draft: Draft, habits: Habits) -> bool:
    """Where names often start with a small letter, or the row has all else, the letter says nothing."""
    others = draft.filled - set(_SUBJECTS)
    if draft.starts_part or habits.has_numbers and not habits.low:
        return is_period(draft.get("due_period")) and len(others) > 1 and not draft.starts_part
    return bool(others) and (habits.low or len(others) > 1)


def _stands_alone(draft: Draft, before: Draft) -> bool:
    """A row without a number that has a period of its own is a measure, not a tail."""
    if is_period(draft.get("due_period")) and before.get("due_period"):
        return True
    is_cut = any(starts_low(draft.texts[name]) for name in draft.filled - set(_SUBJECTS))
    if is_cut and before.get("due_period") and not draft.get("due_period"):
        return False
    return len(draft.filled) > 2 and not is_unfinished(subject(before))


def _low(draft: Draft) -> set[str]:
    """Fields whose sentence began in another row."""
    return {name for name in draft.filled if name in _PROSE and starts_low(draft.texts[name])}


def _comes_before_number(draft: Draft, before: Draft | None, after: Draft) -> bool:
    """Whether the cells belong to the numbered row below, which has only its name."""
    whole = draft.filled - set(_SUBJECTS) - _low(draft)
    if len(whole) < 2 or not after.number or not subject(after) or after.filled & whole:
        return False
    return before is None or len(before.filled & whole) >= 2


def _give_ahead(before: Draft | None, draft: Draft, after: Draft) -> None:
    low = _low(draft)
    for name in draft.filled - low:
        after.texts[name] = draft.texts[name]
        after.sources[name] = draft.sources.get(name, [draft.table, draft.row, -1])
        after.originals[name] = draft.originals.get(name, "")
        after.doubts[name] = _GAINED
    if before is not None:
        _give_back(before, draft, low)


def _give_heads(before: Draft, draft: Draft) -> None:
    """Moves back first lines of cells on a new page that end a sentence of the page before."""
    for name in _low(draft) - set(_SUBJECTS):
        lines = draft.texts[name].split("\n")
        own = next((i for i, line in enumerate(lines) if not starts_low(line)), len(lines))
        is_open = before.get(name) and before.get(name)[-1] not in ".!?;"
        if is_open and 0 < own < len(lines):
            before.append(name, draft, "\n".join(lines[:own]))
            draft.texts[name] = "\n".join(lines[own:])
            draft.doubts[name] = _MOVED


def _give_back(before: Draft, draft: Draft, names: set[str]) -> None:
    for name in draft.texts:
        if name in names and draft.texts[name]:
            before.append(_owner(before, name, draft, names), draft, draft.texts[name])
    before.unplaced.extend(draft.unplaced)


def _owner(before: Draft, name: str, draft: Draft, given: set[str]) -> str:
    """The field that the tail goes on with: its own column, unless that was only guessed by content and
    another field plainly breaks off."""
    if not draft.is_fitted or not starts_low(draft.texts[name]) or is_unfinished(before.get(name)):
        return name
    open_ended = [o for o in before.filled - given if is_unfinished(before.texts[o])]
    if name in _SUBJECTS and len(open_ended) == 1:
        return open_ended[0]
    return name
