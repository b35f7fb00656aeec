"""Numbers and dates that a text tells: «34 педагога», «86 %», «двенадцать семинаров», «15.03.2026»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.stems import STEMS
from documents.requisites.dates import dates_in
from reports.contradictions.clauses import POINTS
from reports.contradictions.numerals import IN_WORDS, SCALES, value_of
from roadmap.period_text import fold

_FIGURE = re.compile(
    rf"(?<![\w.,/#-])(?P<about>(?:более|менее|около|свыше|до|от|порядка|почти|больше|минимум) (?:чем )?)?"
    rf"(?P<value>\d{{1,3}}(?: \d{{3}})+|\d+(?:,\d+)?|{IN_WORDS})(?:-\w{{1,3}})? ?"
    rf"(?P<scale>тыс(?:яч\w*)?|млн|млрд|миллион\w*)?\.? ?"
    rf"(?P<unit>%|процент\w*|(?:км|га|кг)\b|[а-я][а-я-]{{2,}}(?: [а-я][а-я-]{{3,}})?)"
)
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ого|его|ным|ными)$")
#: Units that count no things: years, hours, numbers of points and classes.
_NO_THING = re.compile(r"^(?:год|час|мин|дн|ден|месяц|недел|пункт|класс|этап|квартал|полуг|раз)")
#: «Вырос до 34 %» is exact, «до 34 %» alone is a bound.
_REACHED = re.compile(r"\b(?:выро|возро|увелич|сни[зж]|повы[сш]|довед|сокра[тщ]|уменьш)\w* $")
_REFERENCE = re.compile(r"# ?[\w/-]+|\bп{1,2}\.? ?\d[\d.]*|\bст\.? ?\d+")
_EVENT = re.compile(
    r"^(?:заседан|семинар|совещан|встреч|собран|мониторинг|отчет|занят|консультац|мероприят|проверк|вебинар"
    r"|конкурс|педсовет|урок|тренинг|круглы|мастер|рейд|анализ|опрос|раз)"
)
#: Measures are one thing only beside the same words: «израсходовано 450 тыс. рублей», «охват — 98 %».
MEASURES = re.compile(r"^(?:%|руб|км|километр|метр|га|гектар|кг|тонн|литр)")
#: Letters by which two nouns with other endings may still be one thing.
STEM = 5


@dataclass(frozen=True)
class Figure:
    """A number with the stem of what it counts: 450 тыс. рублей is 450000 «рубл», `bare` 450.
    `is_about`: «более 30» binds nobody to 30. `sentence` is folded."""

    value: float
    bare: float
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
    for part in re.split(r"(?<=[.!?;])\s+|\n+", POINTS.sub(r"\1", "".join(bare))):
        yield _REFERENCE.sub(" ", fold(part))


def _figures(sentence: str) -> Iterator[Figure]:
    for found in _FIGURE.finditer(sentence):
        thing = _thing(found["unit"])
        if thing and not _NO_THING.match(thing):
            before = sentence[: found.start()]
            is_about = (bool(found["about"]) and not _REACHED.search(before)) or before.endswith("не ")
            printed = found.group().removeprefix(found["about"] or "").strip()
            bare = value_of(found["value"])
            value = round(bare * _scale(found["scale"] or ""), 4)
            yield Figure(value, bare, thing, printed, sentence, is_about)


def _scale(printed: str) -> float:
    return next((scale for word, scale in SCALES.items() if printed.startswith(word)), 1.0)


def _thing(unit: str) -> str:
    if unit.startswith(("%", "процент")):
        return "%"
    words = unit.split()
    return STEMS[words[1] if len(words) > 1 and _ADJECTIVE.search(words[0]) else words[0]]


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
