"""The lines above a table: the title of the document and its period."""

from __future__ import annotations

import re

from documents.formats.grid import Paragraph
from roadmap.reading.words import clean, flat, fold, starts_low

_START = re.compile(
    r"(?:[\w-]+ ){0,3}?\W?(?:план|план-график|план-отчет|планы|дорожн\w+ карт\w+|отчет|"
    r"комплекс\w*|график|перечень|"
    r"программ[аы]|информация|мониторинг|сведения|информационно-аналитическ\w+|аналитическ\w+|"
    r"концепци[яи]|циклограмма|"
    r"календарн\w+|сводн\w+|реестр|схема|паспорт|показатели|индикаторы|целевые показатели|справка|"
    r"доклад|мероприятия|"
    r"система мероприятий|основные мероприятия)\b"
)
_MARK = re.compile(
    r"(?:утвержд|согласован|рассмотрен|принят[оаы]?\b|одобрен|приложение|введен|к (?:приказу|"
    r"распоряжению|постановлению|решению|письму|концепции|программе|порядку|плану)|приказ(?:ом)?\b|распоряжени(?:ем|е)\b|"
    r"постановлени(?:ем|е)\b|"
    r"решени(?:ем|е)\b|протокол|на (?:заседании|совете|совещании|педагогическом)|от [«\"_\d]|"
    r"[«\"]_+|[«\"]\s*\d{0,2}\s*[»\"]\s*_|"
    r"_{3,}|№|директор\b|заведующ|начальник\b|председател|глава\b|министр\b|заместител|"
    r"руководител\w+ (?:комитет|отдел|управл|"
    r"департ)|\w+\s\w\.\s?\w\.\s*$|\w\.\s?\w\.\s?\w+\s*$)"
)
_ACT = re.compile(
    r"(?:^|\s)(?:ПРИКАЗ|П Р И К А З|ПОСТАНОВЛЕНИЕ|П О С Т А Н О В Л Е Н И Е|РАСПОРЯЖЕНИЕ|РЕШЕНИЕ|Приказ|"
    r"Постановление|Распоряжение|Решение|ПИСЬМО)\s*$"
)
_LOOSE = re.compile(
    r"(?:[\w-]+ ){0,4}?\W?(?:план|отчет|график|программ|мероприяти|дорожн\w+ карт|комплекс\w* мер|"
    r"показател)\w*\b"
)
_TABLE = re.compile(r"(?:таблица|рис\.|форма) ?\d*\.?$|таблица \d+")
_FACT = re.compile(
    r"(?:цел[ьи]|задач[аи]|основани[ея]|исполнитель|ответственн\w+|куратор|срок\w*)\b[^:]{0,60}:"
)
_GOES_ON = re.compile(
    r"[(«\"]|(?:на|за|по|в|о|об|и|для|с|дорожн\w+|план\w*|мероприят\w+|реализаци\w+|муниципальн\w+)\b"
)


def title_of(above: list[Paragraph]) -> str:
    """The title in the lines above the first table, joined; the mark of approval is left out."""
    lines = [Paragraph(flat(clean(p.text)), p.level, p.bold, p.centered, p.page, p.right) for p in above]
    lines = without_marks(_in_annex(lines))
    start = _start(lines)
    if start is None:
        return ""
    # A range that a line end parts («2025– / 2028 годы») is one word again.
    return re.sub(r"(\d[–—-]) (?=\d)", r"\1", " ".join(line.text for line in _from(lines, start)))


def _in_annex(lines: list[Paragraph]) -> list[Paragraph]:
    """Of an act with an annex only the annex: the plan is there, the act's own heading is not its title."""
    if not any(_ACT.search(line.text) for line in lines[:15]):
        return lines
    marks = [index for index, line in enumerate(lines) if fold(line.text).startswith("приложение")]
    return lines[marks[-1] :] if marks else lines


def without_marks(lines: list[Paragraph]) -> list[Paragraph]:
    """The lines without marks of approval and everything that stands at the right edge."""
    kept: list[Paragraph] = []
    in_mark = False
    for line in lines:
        if not line.text:
            in_mark = False
        elif line.right or _MARK.match(fold(line.text)) and not _is_title(line):
            in_mark = True
            continue
        elif _is_title(line):
            in_mark = False
        elif in_mark and not line.centered and len(line.text) < 100:
            continue
        kept.append(line)
    return kept


def _is_title(line: Paragraph) -> bool:
    return is_title_line(line.text)


def is_title_line(text: str) -> bool:
    """Whether a line starts as titles of plans and reports do."""
    return _START.match(fold(text)) is not None


def _start(lines: list[Paragraph]) -> int | None:
    """The line that starts the title: a title's word in a centred or bold line, then in any short one."""
    marked = [i for i, line in enumerate(lines) if line.text and (line.centered or line.bold or line.level)]
    short = [i for i, line in enumerate(lines) if 0 < len(line.text) < 250]
    for candidates, pattern in ((marked, _START), (marked, _LOOSE), (short, _START)):
        for index in candidates:
            folded = fold(lines[index].text)
            if pattern.match(folded) and not _TABLE.match(folded):
                return _back(lines, index)
    return next((i for i in marked if not _TABLE.match(fold(lines[i].text))), None)


def _back(lines: list[Paragraph], index: int) -> int:
    """A title may start above its telling word («Муниципальный / план мероприятий …»)."""
    while index and lines[index - 1].text and lines[index - 1].centered and lines[index].centered:
        if starts_low(lines[index].text) and not _MARK.match(fold(lines[index - 1].text)):
            index -= 1
        else:
            break
    return index


def _from(lines: list[Paragraph], start: int) -> list[Paragraph]:
    found = [lines[start]]
    blank = False
    for line in lines[start + 1 :]:
        if not line.text:
            blank = True
            continue
        if _TABLE.match(fold(line.text)) or _is_other(line, found[0]) or _is_numbered(line.text):
            break
        if blank and not _goes_on(found, line.text):
            break
        found.append(line)
        blank = False
    return found


def _goes_on(found: list[Paragraph], text: str) -> bool:
    """Whether a line after a blank one is still of the title: it goes on with a phrase, or with «План»."""
    is_open = len(found) == 1 and len(found[0].text) < 20
    return len(text) < 200 and (is_open and starts_low(text) or _GOES_ON.match(fold(text)) is not None)


def _is_other(line: Paragraph, first: Paragraph) -> bool:
    """Whether the line is no longer of the title: another alignment, or running text."""
    if first.centered and not line.centered or _FACT.match(fold(line.text)):
        return True
    return len(line.text) > 400 or (line.text.endswith(".") and len(line.text) > 160)


def _is_numbered(text: str) -> bool:
    return (
        re.match(r"(?:[IVX]{1,5}[.)]|\d{1,2}[.)]|раздел (?:\d{1,2}|[ivx]{1,5})[.:]?)\s", text, re.I)
        is not None
    )


_PERIODS = (
    r"(?P<a>(?:[12]|I{1,2}|перв\w+|втор\w+)(?:-?[ео]е)?\s+полугоди\w+\s+20\d\d(?:\s*г(?:ода|\.)?)?)",
    r"(?P<a>(?:[1-4]|I{1,3}|IV)(?:-?й)?\s+квартал\w*\s+20\d\d(?:\s*г(?:ода|\.)?)?)",
    r"(?P<a>\d{1,2}\s+месяц\w+\s+20\d\d(?:\s*г(?:ода|\.)?)?)",
    r"(?P<a>20\d\d\s*[-–—/]\s*(?:20)?\d\d\s*(?:учебн\w+\s+год|уч\.?\s*год|год[ыа]х?|годов|гг\.?))",
    r"(?P<a>20\d\d\s*/\s*(?:20)?\d\d|20\d\d\s*[-–—]\s*20\d\d)",
    # A report for a year may also say the date of its data; the year is what it reports on.
    r"\bза\s+(?P<year>20\d\d)\s*г(?:\.|од\w*)?(?!\w)",
    r"(?:по состоянию )?на (?P<day>\d{1,2}\.\d{1,2}\.\d{4})",
    r"(?<![.\d])(?P<year>20\d\d)\s*(?:г(?:\.|од\w*)?(?!\w)|\s*\)?$)",
)
_FULL_FORM = (
    (re.compile(r"учебн\w+ год\w*"), "учебный год"),
    (re.compile(r"(?<!учебный )год(?:ах|ов|а)$"), "годы"),
)


def period_of(text: str) -> str:
    """The period that a title names, as printed: «2020 год», «1 полугодие 2021 года», «на 20.12.2021»."""
    line = flat(text)
    for pattern in _PERIODS:
        matches = list(re.finditer(pattern, line, re.I))
        if matches:
            return _period_text(matches[-1])
    return ""


def _period_text(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("day"):
        return f"на {parts['day']}"
    if parts.get("year"):
        return f"{parts['year']} год"
    text = flat(parts["a"] or "")
    if not re.search(r"20\d\d\s*[-–—/]", text):
        return text
    for pattern, form in _FULL_FORM:
        text = pattern.sub(form, text)
    return text


def year_of(period: str) -> int | None:
    """The last year that the period names."""
    found = re.findall(r"20\d\d", period)
    return int(found[-1]) if found else None
