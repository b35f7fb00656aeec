"""Tells rows that name a section from measures, remarks and totals."""

from __future__ import annotations

import re

from roadmap.reading.columns import Column
from roadmap.reading.drafts import Draft, Habits
from roadmap.reading.evidence import is_number
from roadmap.reading.lattice import Slot
from roadmap.reading.lines import Line
from roadmap.reading.numbers import depth, heading_parts, is_roman, unglued
from roadmap.reading.words import fold, starts_low

_TOTAL = re.compile(r"(?:итого|всего)\b.{0,60}$")
_REMARK = re.compile(
    r"(?:\*|<\d|примечани[ея]|сноск|продолжение таблицы|окончание таблицы|таблица \d|приложение|"
    r"стр\. ?\d|\d{1,3}$)"
)
_SECTION_WORD = re.compile(
    r"(?:раздел|подраздел|направлени[ея]|модуль|блок|глава|цель|задача|этап|(?:[ivx]+|\d) (?:этап|"
    r"квартал|полугодие)|"
    r"(?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)(?: (?:20)?\d\d)?"
    r"(?: г\.?| года?)?$|подпрограмма|инвариантн|вариативн)\b"
)
_SHORT = 220
_PERSON = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_POST = re.compile(
    r"(?:и\.? ?о\.? )?(?:начальник|директор|заведующ|глава|руководител|председател|заместител|"
    r"исполнител|министр|"
    r"ректор|специалист|методист|согласовано|утверждаю|главный|секретар)"
)


def is_total(line: Line) -> bool:
    """Whether the row sums up the table."""
    return bool(line.filled) and _TOTAL.match(fold(line.filled[0].text)) is not None


def is_signature(line: Line, habits: Habits) -> bool:
    """Whether the row holds a post and a name, as the signature below a table on a sheet does."""
    if not 2 <= len(line.filled) <= 4 or any(is_number(slot.text) for slot in line.filled):
        return False
    first, last = line.filled[0].text, line.filled[-1].text
    return habits.has_numbers and is_person(last) and _POST.match(fold(first)) is not None


def is_person(text: str) -> bool:
    """Whether the text is a name with initials and nothing else."""
    return _PERSON.fullmatch(text.strip()) is not None


def is_remark(line: Line) -> bool:
    """Whether the row is a footnote or a technical line in a single cell."""
    return (
        len(line.texts) == 1
        and _REMARK.match(fold(line.filled[0].original or line.filled[0].text)) is not None
    )


def is_section(line: Line, columns: list[Column], habits: Habits, *, below: Line | None) -> bool:
    """Whether the row names the section of the rows below it; `below` is the next row, if any."""
    if not habits.has_numbers and _stands_over(line, columns, below):
        return True
    own = [slot for slot in line.filled if slot.row == line.row]
    texts = {slot.text for slot in own}
    if len(texts) == 1 and len(own) == len(line.filled):
        return _is_single_section(own, line, columns, habits)
    if len(own) == 2 and len(line.filled) == 2 and is_number(own[0].text):
        return _is_numbered_section(own, columns, habits)
    return False


def _stands_over(line: Line, columns: list[Column], below: Line | None) -> bool:
    """In a table without numbers: a short line with only a name right above a row that has all the rest."""
    if below is None or len(line.filled) != 1 or line.starts_part and line.table != below.table:
        return False
    slot = line.filled[0]
    meaning = next((columns[index].meaning for index in line.cells), "")
    is_name = meaning == "title" and len(slot.text) < 120 and slot.text[0].isupper()
    return is_name and slot.text[-1] not in ".;,:" and len(below.cells) >= max(3, len(columns) - 1)


def _is_single_section(own: list[Slot], line: Line, columns: list[Column], habits: Habits) -> bool:
    slot = own[0]
    if starts_low(slot.text) and not re.match(r"[ivx]+[.)]", slot.text):
        return False
    if len(own) > 1 or 2 * slot.span > line.width and line.width > 1:
        return not _is_measure_number(unglued(slot.text)[0], habits) or len(own) > 1
    return _is_narrow_section(slot, line, columns, habits)


def _is_measure_number(number: str, habits: Habits) -> bool:
    return habits.depth > 1 and depth(number) >= habits.depth


def _is_narrow_section(slot: Slot, line: Line, columns: list[Column], habits: Habits) -> bool:
    """A section typed into one cell of an unmerged row."""
    meaning = next((columns[index].meaning for index in line.cells), "")
    if meaning == "number":
        return (
            not is_number(slot.text)
            and len(slot.text) > 3
            and not _is_measure_number(unglued(slot.text)[0], habits)
        )
    if meaning not in ("title", "indicator", "stage", "direction", "task"):
        return False
    if _SECTION_WORD.match(fold(slot.text)):
        return True
    number = heading_parts(slot.text)[0]
    if number:
        in_own_column = habits.has_numbers and depth(number) == habits.depth == 1
        return in_own_column or is_roman(number) and not habits.roman or depth(number) < habits.depth
    if len(slot.text) > _SHORT or slot.text.startswith(("-", "–", "—", "•")):
        return False
    return (slot.bold and not habits.bold) or slot.italic or _reads_as_heading(slot, line, habits)


def _reads_as_heading(slot: Slot, line: Line, habits: Habits) -> bool:
    """Without any mark: other rows are fuller, and the row is not the tail of one cut by a page."""
    if line.starts_part and habits.has_numbers:
        return False
    return habits.has_numbers and not slot.text.rstrip().endswith((".", ";", ","))


def _is_numbered_section(own: list[Slot], columns: list[Column], habits: Habits) -> bool:
    """A number in its own cell and one text: a section when the number is of a higher level or the text is
    merged over the other columns; else a measure of which only the title is known."""
    number, text = own
    has_column = any(column.meaning == "number" for column in columns)
    if has_column and not any(c.meaning == "number" and c.start <= number.start < c.end for c in columns):
        return False
    if is_roman(number.text) and not habits.roman:
        return True
    if habits.depth > 1 and depth(number.text) >= habits.depth:
        return False
    if 0 < depth(number.text) < habits.depth:
        return True
    covered = sum(1 for column in columns if text.start <= column.start and column.end <= text.end)
    return covered > 1 or (text.bold and not habits.bold)


def section_text(line: Line) -> str:
    """The text of a section row: its number, where it stands apart, and its title."""
    texts = [slot.text for slot in line.filled if slot.row == line.row] or [s.text for s in line.filled]
    unique = list(dict.fromkeys(texts))
    if len(unique) == 2 and is_number(unique[0]):
        return f"{unique[0].rstrip('.)')}. {unique[1]}"
    return "\n".join(unique)


def is_heading_of_section(text: str, has_more: bool) -> bool:
    """Whether a line of text between tables, or right above one, names a section.

    `has_more` says that other tables follow, so even a heading without a number parts them.
    """
    folded = fold(text)
    if not text or _REMARK.match(folded) or len(text) > _SHORT or starts_low(text):
        return False
    if _SECTION_WORD.match(folded) or heading_parts(text)[0]:
        return True
    return has_more and not text.endswith((".", ":", ";", ","))


def sheet_heading(place: str) -> str:
    """The name of a sheet that names a section; "" for «Лист1», «План» and tables of texts."""
    match = re.fullmatch(r"лист «(.+)»", place)
    name = match.group(1) if match else ""
    return name if is_heading_of_section(name, has_more=False) else ""


def section_draft(line: Line) -> Draft:
    """A section as a draft: number and title parted."""
    text = line.heading or section_text(line)
    number, title = heading_parts(text)
    draft = Draft(line.table, line.row, number=number, is_section=True)
    draft.texts["title"] = title
    column = line.filled[0].start if line.filled else -1
    draft.sources["title"] = [line.table, line.row, column]
    draft.originals["title"] = text
    return draft
