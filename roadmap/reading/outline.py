"""Plans without a table: numbered paragraphs that name the period and the executor by a word."""

from __future__ import annotations

import re

from documents.formats.grid import Paragraph, Table
from roadmap.reading.columns import MEASURES, Column
from roadmap.reading.headers import Header, Leaf
from roadmap.reading.heading import is_title_line
from roadmap.reading.lattice import Slot
from roadmap.reading.lines import Line
from roadmap.reading.numbers import unglued
from roadmap.reading.regions import Region
from roadmap.reading.sections import is_heading_of_section
from roadmap.reading.vocabulary import readings
from roadmap.reading.words import clean

_LABEL = re.compile(
    r"(?:^|(?<=[\s(;.,]))(?P<label>срок(?:и)?(?:\s+(?:исполнения|реализации|проведения|выполнения))?|период|"
    r"дата(?: проведения)?|отв(?=\.)|отв(?:етственн(?:ый|ые|ая))?(?:\s+(?:исполнител[ьи]|лиц[оа]|"
    r"за (?:ис|вы)полнение))?|"
    r"исполнител[ьи]|соисполнител[ьи]|(?:ожидаемый\s+)?результат|форма (?:исполнения|завершения|отчетности)|"
    r"(?:итоговый|подтверждающий) документ|вид документа|статус(?: исполнения)?|отметка об? (?:ис|"
    r"вы)полнении|"
    r"место проведения|куратор)\s*\.?\s*(?::|\s[-–—])\s*",
    re.I,
)
# A dot that belongs to an abbreviation is not the end of the sentence.
_ABBREVIATED = re.compile(r"(?:\b(?:г|гг|др|пр|т\.д|т\.п|руб|тыс|чел|ед|экз|ул|им)|\b[А-ЯЁ])\.$")
_TABLE = -1


def region_from_outline(blocks: list[Paragraph | Table]) -> list[Region]:
    """A region made of numbered paragraphs («… Срок: … Отв.: …»); none when the document has no such ones."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    items, start = _items(paragraphs)
    told = [item for item in items if item.labels]
    if len(told) < 2:
        return []
    columns = _columns(items)
    lines = [_line(item, columns) for item in items]
    leaves = [Leaf(c.start, c.end, c.title, c.title) for c in columns]
    return [Region(Header(start, 1, leaves), MEASURES, columns, lines, [], paragraphs[:start])]


class _Item:
    """A numbered paragraph with what its labels say; a heading has no number and no labels."""

    def __init__(self, row: int, number: str, text: str, *, heading: str = "", bold: bool = False) -> None:
        self.row, self.number, self.heading, self.bold = row, number, heading, bold
        self.title = ""
        self.labels: dict[str, tuple[str, str]] = {}
        self.add(text)

    def add(self, text: str) -> None:
        """Take the text apart at its labels; what stands before the first one goes to the title."""
        matches = list(_LABEL.finditer(text))
        ends = [match.start() for match in matches[1:]] + [len(text)]
        before = _ended(text[: matches[0].start()] if matches else text)
        self.title = "\n".join(part for part in (self.title, before) if part)
        for match, end in zip(matches, ends, strict=False):
            meaning = _meaning(match["label"])
            value = _ended(text[match.end() : end])
            if value and meaning not in self.labels:
                self.labels[meaning] = (match["label"], value)


def _items(paragraphs: list[Paragraph]) -> tuple[list[_Item], int]:
    """The numbered paragraphs with headings between them, and where the first of them stands."""
    items: list[_Item] = []
    start = len(paragraphs)
    for row, paragraph in enumerate(paragraphs):
        text = clean(paragraph.text)
        number, rest = unglued(text)
        marked = paragraph.bold or paragraph.centered or paragraph.level > 0
        if number and not (marked and not _LABEL.search(text)):
            items.append(_Item(row, number, rest, bold=paragraph.bold))
        elif text and marked and not is_title_line(text) and is_heading_of_section(text, has_more=False):
            items.append(_Item(row, "", "", heading=text))
        elif text and items and (items[-1].number and _LABEL.match(text)):
            items[-1].add(text)
    while items and items[-1].heading:
        items.pop()
    if items:
        start = items[0].row
    return items, start


def _meaning(label: str) -> str:
    found = readings("ответственный" if label.lower() == "отв" else label)
    return found[0].meaning if found else "other"


def _ended(text: str) -> str:
    """The text without the signs that part it from the next label."""
    text = text.strip().rstrip(";, ").strip()
    text = text[:-1] if text.endswith(").") else text
    text = text.removeprefix("(").strip() if text.count("(") > text.count(")") else text
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].strip()
    if text.endswith("("):
        text = text[:-1].strip()
    return text[:-1] if text.endswith(".") and not _ABBREVIATED.search(text) else text


def _columns(items: list[_Item]) -> list[Column]:
    titles = {"number": "№", "title": "Мероприятие"}
    for item in items:
        for meaning, (label, _) in item.labels.items():
            titles.setdefault(meaning, label)
    return [Column(i, i, i + 1, title, m, 0.8) for i, (m, title) in enumerate(titles.items())]


def _line(item: _Item, columns: list[Column]) -> Line:
    if item.heading:
        return Line(_TABLE, item.row, heading=item.heading)
    values = {"number": item.number, "title": item.title} | {m: text for m, (_, text) in item.labels.items()}
    line = Line(_TABLE, item.row, width=len(columns))
    for column in columns:
        text = values.get(column.meaning, "")
        if text:
            slot = Slot(text, text, item.row, column.start, column.end, 1, item.bold, False)
            line.cells[column.index] = [slot]
            line.filled.append(slot)
            column.texts.append(text)
    return line
