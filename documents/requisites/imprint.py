"""The document's own date, number and place: the lines around its heading that hold nothing else."""

import re
from dataclasses import dataclass, field
from datetime import date

from documents.requisites.bodies import body_lines, line_after_body
from documents.requisites.found import Found
from documents.requisites.heading import NOWHERE, Heading
from documents.requisites.lines import Line
from documents.requisites.phrases import BARE_PLACE, GENITIVE, NOTE, PLACE
from documents.requisites.references import Reference

_FILLING = re.compile(
    r"(?<![а-яё])(?:от|г|год(?:а)?|рег|регистрационный|номер|дата|время|проведения|москва,\s*кремль|проект|"
    r"заседани\w+|совещани\w+|составлен[аоы]?|\d{1,2}\s?(?:час|ч)\w{0,3}\.?(?:\s?\d\d\s?(?:мин|м)\w{0,3})?)(?![а-яё])\.?"
    r"|№|[\s_.,:;«»\"/|()—–-]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?<![\w.])(?P<number>\d{1,5}(?:[-/][\dа-яА-Я]{1,5}){0,3})(?![\w.])")
_FARTHEST = 9
_TO_ANOTHER = re.compile(
    r"к\s+(?:договору|контракту|соглашению|муниципальному|государственному|трудовому)", re.IGNORECASE
)
_WHITE = re.compile(r"\s+")
_LONGEST_NAME = 300
_BREAKS_OFF = re.compile(r"\n\s*\n|\sОб?\s|[.;:]\s|приказ|постановлен|распоряжен|закон", re.IGNORECASE)
_MOST_STRAY = 2
_SCRAP = re.compile(r"(?=.*[^\w\s№]|[ГТL7]\s|.$)[^\d№]{1,6}(?<![а-яё]{3})(?<!_)")
_IS_BLANK = re.compile(r"_{2,}|№|(?<!\w)от(?!\w)|^\d{1,2}\s?час", re.IGNORECASE)
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")
_NO_WORDS = re.compile(r"Об?\s|[^а-яё]*$|.*[\d№:;.]|на\s+№", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"(?:Об?|По|В|На)\s|(?:заседани|приказ|постановл|решил|утвержд|руководител|директор|"
    r"начальник|заведующ|глав|министр|уважаем|председател|секретар|присутств)",
    re.IGNORECASE,
)


@dataclass
class Imprint:
    """What the lines around a heading gave; until: the number of the first line after them."""

    date: Found[date] = field(default_factory=Found)
    number: Found[str] = field(default_factory=Found)
    place: Found[str] = field(default_factory=Found)
    has_date: bool = False
    has_number: bool = False
    until: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)


def imprint_of(
    text: str, lines: list[Line], heading: Heading, references: list[Reference], stamped: set[int]
) -> Imprint:
    """The imprint of a heading: on its own line, below it, else above it."""
    imprint = Imprint(until=heading.at + 1)
    if heading.at == NOWHERE:
        return Imprint()
    _take(imprint, text, heading.end, heading.end + _own_length(lines, heading), references)
    if heading.at >= 0:
        _take_place_beside(imprint, text, lines[heading.at], heading)
        _take_bare_beside(imprint, heading)
        _take_within_body(imprint, text, lines, heading, references)
        _read_below(imprint, text, lines, heading, references)
        _read_above(imprint, text, lines, heading, references, stamped)
        _read_run_on(imprint, text, heading, references)
    return imprint


def _read_run_on(imprint: Imprint, text: str, heading: Heading, references: list[Reference]) -> None:
    """«Приказ Министерства … от / 23 января 2017 г. № 12 «Об …»»: one sentence over several lines."""
    if imprint.has_date or imprint.has_number or heading.is_alone or not heading.is_act:
        return
    first = next((reference for reference in references if reference.start >= heading.end), None)
    if first is None or not first.is_pair or first.start - heading.end > _LONGEST_NAME:
        return
    if not _BREAKS_OFF.search(text, heading.end, first.start):
        _take(imprint, text, heading.end, first.end, [first])


def _take_within_body(
    imprint: Imprint, text: str, lines: list[Line], heading: Heading, references: list[Reference]
) -> None:
    """«ПИСЬМО / Минобрнауки России от 12 мая 2011 г. № 03-296»: the body's line ends with the reference."""
    pairs = [reference for reference in references if reference.is_pair]
    for at in body_lines(lines, heading):
        _take(imprint, text, lines[at].start, lines[at].end, pairs)


def _take_bare_beside(imprint: Imprint, heading: Heading) -> None:
    """«Протокол 12»: a number without its sign."""
    bare = _BARE_NUMBER.fullmatch(heading.rest.strip(" .:"))
    if bare and not imprint.has_number:
        start = heading.end + heading.rest.find(bare["number"])
        imprint.has_number = True
        imprint.number = Found(bare["number"], 0.6, start, start + len(bare["number"]))


def _take_place_beside(imprint: Imprint, text: str, line: Line, heading: Heading) -> None:
    """«РАСПОРЯЖЕНИЕ от 30.10.09 № 1021-р г. Кемерово …»: the place follows the reference."""
    if imprint.spans:
        found = PLACE.search(text, min(end for _, end in imprint.spans), line.end)
        if found and found.start() - max(end for _, end in imprint.spans) < 12:
            imprint.place = Found(_WHITE.sub(" ", found.group()), 0.8, *found.span())


def _own_length(lines: list[Line], heading: Heading) -> int:
    if heading.at < 0:
        return 45
    return max(0, lines[heading.at].end - heading.end)


def _read_below(
    imprint: Imprint, text: str, lines: list[Line], heading: Heading, references: list[Reference]
) -> None:
    at = line_after_body(lines, heading)
    at += at < len(lines) and _TO_ANOTHER.match(lines[at].text) is not None
    for _ in range(_FARTHEST):
        at = _after_scrap(lines, _after_note(lines, at))
        if at >= len(lines) or not is_imprint(imprint, text, lines, at, references):
            break
        imprint.lines.add(at)
        at += 1
    imprint.until = at


def _after_scrap(lines: list[Line], at: int) -> int:
    """The line after what a scan made of the corners and rules of a form: «Г .]», «| _»."""
    is_scrap = at + 1 < len(lines) and _SCRAP.fullmatch(lines[at].text)
    return at + 1 if is_scrap else at


def _after_note(lines: list[Line], at: int) -> int:
    """The line after a remark in brackets, which may fill many lines."""
    if at >= len(lines) or not NOTE.match(lines[at].text):
        return at
    depth = 0
    for end in range(at, min(at + 40, len(lines))):
        depth += lines[end].text.count("(") - lines[end].text.count(")")
        if depth <= 0:
            return end + 1
    return at + 1


def _read_above(
    imprint: Imprint,
    text: str,
    lines: list[Line],
    heading: Heading,
    references: list[Reference],
    stamped: set[int],
) -> None:
    for at in range(heading.at - 1, max(-1, heading.at - _FARTHEST), -1):
        if imprint.has_date and imprint.has_number and imprint.place.value:
            return
        if at not in stamped and is_imprint(imprint, text, lines, at, references, is_above=True):
            imprint.lines.add(at)


def is_imprint(
    imprint: Imprint,
    text: str,
    lines: list[Line],
    at: int,
    references: list[Reference],
    *,
    is_above: bool = False,
) -> bool:
    """Whether a line holds nothing but a date, a number and a place; what it holds is taken."""
    line = lines[at]
    here = [
        reference for reference in references if reference.start < line.end and reference.end > line.start
    ]
    rest, place = _without_place(_rest(text, line, here))
    bare = _bare_number(rest) if here and not is_above else None
    letters = _FILLING.sub("", rest)
    is_pair = any(reference.is_pair for reference in here)
    if bare or is_pair and not is_above and len(letters) <= _MOST_STRAY:
        letters = ""
    if letters and not is_above and here and _is_beside_words(line, here):
        letters = ""
    if letters and not (place is None and not is_above and _is_bare_place(imprint, lines, at, rest)):
        return False
    if not here and place is None and letters == "" and not _IS_BLANK.search(line.text):
        return False
    _take(imprint, text, line.start, line.end, here)
    _take_bare(imprint, line, bare)
    _take_place(imprint, text, line, place or (_FILLING_EDGES.sub("", rest) if letters else None))
    return True


def _bare_number(rest: str) -> re.Match[str] | None:
    """The number without its sign, when the line holds it and nothing else beside the date."""
    words = [word for word in rest.split() if _FILLING.sub("", word)]
    return _BARE_NUMBER.fullmatch(words[0].strip("_.,;")) if len(words) == 1 else None


def _is_beside_words(line: Line, here: list[Reference]) -> bool:
    """«по отделу образования        от 22.03.2010 года»: the reference has a column of its own, and the
    other columns are short and begin no title."""
    cells = list(_CELL.finditer(line.text))
    pure = [cell for cell in cells if _holds(line, cell, here)]
    words = [cell.group() for cell in cells if cell not in pure]
    return bool(pure) and all(len(word) < 46 and not _NO_WORDS.match(word) for word in words)


def _holds(line: Line, cell: re.Match[str], here: list[Reference]) -> bool:
    """Whether a column holds references and nothing else."""
    rest = cell.group()
    for reference in here:
        left, right = reference.start - line.start - cell.start(), reference.end - line.start - cell.start()
        if left >= 0 and right <= len(cell.group()):
            rest = rest[:left] + " " * (right - left) + rest[right:]
    return rest != cell.group() and not _FILLING.sub("", rest)


_FILLING_EDGES = re.compile(r"^[\s_.,:;№]+|[\s_.,:;№]+$|^от\s")


def _rest(text: str, line: Line, here: list[Reference]) -> str:
    """The line without its dates and numbers; «г.» after a date stays, it may belong to a town."""
    spans = sorted(
        span for reference in here for span in (reference.date_span, reference.number_span) if span
    )
    rest, done = "", line.start
    for start, end in spans:
        rest += text[done : min(start, line.end)] + " "
        done = max(done, end)
    return rest + text[min(done, line.end) : line.end]


def _without_place(rest: str) -> tuple[str, str | None]:
    found = PLACE.search(rest)
    if not found:
        return rest, None
    return rest[: found.start()] + " " + rest[found.end() :], re.sub(r"\s+", " ", found.group())


def _is_bare_place(imprint: Imprint, lines: list[Line], at: int, rest: str) -> bool:
    """A town without «г.»: a short line of its own under the date, or a word between date and number."""
    is_near = imprint.has_date or imprint.has_number or "__" in lines[at].text or rest != lines[at].text
    if imprint.place.value or not is_near or GENITIVE.match(rest.strip()):
        return False
    name = _FILLING_EDGES.sub("", rest).strip()
    return BARE_PLACE.fullmatch(name) is not None and _NO_PLACE.match(name) is None


def _take(imprint: Imprint, text: str, start: int, end: int, references: list[Reference]) -> None:
    """The first date and the first number of a span become those of the document."""
    for reference in references:
        if reference.end <= start or reference.start >= end:
            continue
        if reference.has_date and not imprint.has_date and reference.date_span:
            imprint.has_date = True
            imprint.date = _found(reference.date, 0.97, reference.date_span)
            imprint.spans.append(reference.date_span)
        if reference.has_number and not imprint.has_number and reference.number_span:
            imprint.has_number = True
            imprint.number = _found(reference.number, 0.97, _number_place(text, reference.number_span))
            imprint.spans.append(reference.number_span)


def _found(value: "date | str | None", confidence: float, span: tuple[int, int]) -> Found:  # type: ignore[type-arg]
    return Found(value, confidence, *span) if value is not None else Found()


def _number_place(text: str, span: tuple[int, int]) -> tuple[int, int]:
    sign = re.compile(r"№\s*").match(text, *span)
    return (sign.end() if sign else span[0]), span[1]


def _take_bare(imprint: Imprint, line: Line, bare: re.Match[str] | None) -> None:
    """«12.03.2020  452»: the sign of the number is lost."""
    if bare is None or imprint.has_number:
        return
    at = line.text.rfind(bare["number"])
    imprint.has_number = True
    imprint.number = Found(bare["number"], 0.6, line.start + at, line.start + at + len(bare["number"]))


def _take_place(imprint: Imprint, text: str, line: Line, place: str | None) -> None:
    if not place or imprint.place.value:
        return
    word = place.split()[-1]
    at = text.find(word, line.start, line.end)
    start = max(line.start, at - (len(place) - len(word))) if at >= 0 else line.start
    imprint.place = Found(place.strip(" ,."), 0.85, start, at + len(word) if at >= 0 else line.end)
