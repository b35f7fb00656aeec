"""Numbers and dates that a text tells: «34 педагога», «86 %», «двенадцать семинаров», «15.03.2026»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents.requisites.dates import dates_in
from roadmap.period_text import fold

_WORDS = {
    "один": 1, "одна": 1, "одно": 1, "одного": 1, "одной": 1, "два": 2, "две": 2, "двух": 2, "двое": 2,
    "три": 3, "трех": 3, "трое": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
    "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10,
    "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
    "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "сто": 100, "двести": 200,
}  # fmt: skip
_FIGURE = re.compile(
    rf"(?<![\w.,/#-])(?P<about>(?:более|менее|около|свыше|до|от|порядка|почти|больше|минимум) (?:чем )?)?"
    rf"(?P<value>\d{{1,3}}(?: \d{{3}})+|\d+(?:,\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"(?:-\w{{1,3}})? ?(?P<unit>%|процент\w*|[а-я][а-я-]{{2,}}(?: [а-я][а-я-]{{3,}})?)"
)
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ого|его|ным|ными)$")
#: Units that count no things: years, money, hours, numbers of points and classes.
_NO_THING = re.compile(
    r"^(?:год|тыс|млн|млрд|руб|час|мин|дн|ден|месяц|недел|пункт|класс|этап|квартал|полуг|раз)"
)
_REFERENCE = re.compile(r"# ?[\w/-]+|\bп{1,2}\.? ?\d[\d.]*|\bст\.? ?\d+")
_EVENT = re.compile(
    r"^(?:заседан|семинар|совещан|встреч|собран|мониторинг|отчет|занят|консультац|мероприят|проверк|вебинар"
    r"|конкурс|педсовет|урок|тренинг|круглы|мастер|рейд|анализ|опрос|раз)"
)
#: Letters by which two nouns in any case are one thing.
STEM = 5


@dataclass(frozen=True)
class Figure:
    """A number with what it counts. `is_about`: «более 30» binds nobody to 30. `sentence` is folded."""

    value: float
    thing: str
    printed: str
    sentence: str
    is_about: bool = False


def figures_in(text: str) -> list[Figure]:
    """Every number with the thing it counts, in the order of the text; dates and requisites left out."""
    return [figure for sentence in _sentences(text) for figure in _figures(sentence)]


def _sentences(text: str) -> Iterator[str]:
    bare = list(text)
    for found in dates_in(text):
        bare[found.start : found.end] = " " * (found.end - found.start)
    for part in re.split(r"(?<=[.!?;])\s+|\n+", "".join(bare)):
        yield _REFERENCE.sub(" ", fold(part))


def _figures(sentence: str) -> Iterator[Figure]:
    for found in _FIGURE.finditer(sentence):
        thing = _thing(found["unit"])
        if thing and not _NO_THING.match(thing):
            before = sentence[max(0, found.start() - 8) : found.start()]
            is_about = bool(found["about"]) or before.endswith("не ")
            printed = found.group().removeprefix(found["about"] or "").strip()
            yield Figure(_value(found["value"]), thing, printed, sentence, is_about)


def _thing(unit: str) -> str:
    if unit.startswith(("%", "процент")):
        return "%"
    words = unit.split()
    return words[1] if len(words) > 1 and _ADJECTIVE.search(words[0]) else words[0]


def _value(printed: str) -> float:
    if printed in _WORDS:
        return float(_WORDS[printed])
    return float(printed.replace(" ", "").replace(",", "."))


def events_told(text: str) -> int:
    """The largest number of events that the text says took place; 0 when it names none."""
    return max((int(f.value) for f in figures_in(text) if _EVENT.match(f.thing)), default=0)


def dates_told(text: str) -> set[date]:
    """Every date the text names, without those of acts («приказ от …»)."""
    return {
        found.value
        for found in dates_in(text)
        if found.value and not re.search(r"\bот\s*$", text[: found.start], re.IGNORECASE)
    }
