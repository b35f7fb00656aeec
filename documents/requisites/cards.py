"""The registration card some archives print above a text: «Вид документа: …», «Номер документа: …»."""

import re
from dataclasses import dataclass, field
from datetime import date

from documents.requisites.dates import dates_in
from documents.requisites.found import Found
from documents.requisites.lines import Line

_FIELDS = (
    ("kind", r"вид\s+документа|тип\s+документа|вид\s+акта"),
    ("date", r"дата\s+(?:документа|принятия|подписания|акта)"),
    ("number", r"номер(?:\s+(?:документа|акта))?"),
    ("title", r"(?:заголовок|название|наименование)(?:\s+(?:документа|акта))?"),
    ("authority", r"принявший\s+орган|орган\s+(?:власти|принятия)|автор(?:\s+документа)?|издавший\s+орган"),
    (
        "other",
        r"дата\s+[а-яё ]+|регистрационный\s+номер|действие\s+документа|статус(?:\s+документа)?|"
        r"опубликован\w*|номер\s+[а-яё ]+|источник[а-яё ]*",
    ),
)
_LINE = re.compile("|".join(rf"(?P<{name}>(?:{words})\s*:)" for name, words in _FIELDS), re.IGNORECASE)


@dataclass
class Card:
    """What a card says; lines: the numbers of its lines."""

    values: dict[str, Found[str]] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    @property
    def date(self) -> Found[date]:
        """The date of the document, when the card has one."""
        printed = self.values.get("date", Found())
        read = next(dates_in(printed.value or ""), None)
        return Found(read.value, 0.95, printed.start, printed.end) if read else Found()


def _continue(card: Card, lines: list[Line], at: int) -> None:
    """A long title goes on below its field, as far as an empty line."""
    line, title = lines[at], card.values.get("title", Found())
    if at - 1 not in card.lines or line.has_gap or title.end != lines[at - 1].end:
        return
    card.values["title"] = Found(f"{title.value} {line.text}", title.confidence, title.start, line.end)
    card.lines.add(at)


def card_of(lines: list[Line]) -> Card:
    """The card above a text; an empty one when fewer than three of its lines are there."""
    card = Card()
    for at, line in enumerate(lines[:40]):
        found = _LINE.match(line.text)
        if not found:
            _continue(card, lines, at)
            continue
        card.lines.add(at)
        value = line.text[found.end() :].strip()
        if value:
            start = line.end - len(value)
            card.values.setdefault(str(found.lastgroup), Found(value, 0.95, start, line.end))
    return card if len(card.lines) >= 3 else Card()
