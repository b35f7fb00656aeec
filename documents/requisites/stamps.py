"""Marks of approval, agreement and annexes, which stand above or beside a text and are not its requisites."""

import re

from documents.requisites.lines import Line
from documents.requisites.phrases import NAME_LINE, POSITION

_BEGINS = re.compile(
    r"[«\"]?(?P<word>утверждаю|утвержд[её]н[аоы]?|согласован[аоы]?|согласую|принят[аоы]?|"
    r"рассмотрен[аоы]?|одобрен[аоы]?|"
    r"введен[аоы]?\s+в\s+действие|приложени[ея](?!\s*:))(?![а-яё])",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"(?:на\s+заседани|на\s+совет|на\s+педагог|на\s+общем|решени|протокол|приказ|постановлени|"
    r"распоряжени|к\s+(?:приказ|постановлени|"
    r"распоряжени|решени|протокол|письм|положени|договор)|от\s|№|_|\d|«\s*[\d_]|\"\s*[\d_]|м\.п|"
    r"\(?подпись|педагогическ|управляющ|общ|совет|"
    r"муниципальн|мбоу|маоу|мкоу|гбоу|мбдоу|г\.|имени|/|\|)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"№|\d\d\.\d\d\.\d|\d{4}\s?г|_{2,}")
_ALONE = re.compile(r"[А-ЯЁ\s«»\"-]{4,}")
_LONGEST = 14
_RULING = re.compile(
    r"в\s+соответствии|на\s+основании|руководствуясь|во\s+исполнение|в\s+целях|об?\s|1\.|статья\s|"
    r".{3,150}\s(?:решил|постановля|р\s?е\s?ш\s?и\s?л)|"
    r"рассмотрев|уважаем|приказываю",
    re.IGNORECASE,
)
_TEXT_BEGINS = re.compile(
    r"(?:положение|порядок|план|программа|отч[её]т|концепция|регламент|правила|инструкция|перечень|"
    r"состав|график|паспорт|"
    r"дорожная\s+карта|комплекс\s+мер|устав|справка|методика|информация|список|[а-яё-]+(?:ый|ий|ая|ое|"
    r"ые)\s+(?:отч[её]т|план|справка|программа))(?![а-яё])",
    re.IGNORECASE,
)


def stamp_lines(lines: list[Line]) -> set[int]:
    """The numbers of the lines that belong to a stamp."""
    stamped: set[int] = set()
    size = 0
    for at, line in enumerate(lines):
        if _BEGINS.match(line.text) and len(line.text) < 200 and not _is_sentence(lines, at):
            size = 1
        elif size and size < _LONGEST and _goes_on(line):
            size += 1
        else:
            size = 0
        if size:
            stamped.add(at)
    return stamped


def _is_sentence(lines: list[Line], at: int) -> bool:
    """Whether the line belongs to running text: a small letter, or a word like «Принято к сведению»."""
    return lines[at].is_lower or bool(re.match(r"принят[оаы]? к ", lines[at].text, re.IGNORECASE))


def _goes_on(line: Line) -> bool:
    text = line.text
    if _TEXT_BEGINS.match(text) or _RULING.match(text):
        return False
    if re.fullmatch(r"(?:приказ|постановление|распоряжение|решение|протокол)\W*", text, re.IGNORECASE):
        return False
    if re.match(r"(?:приказ|постановление|распоряжение|решение|протокол)(?![а-яё])", text, re.IGNORECASE):
        return bool(_REFERENCE.search(text)) and not (line.has_gap and len(text) > 60)
    if not line.has_gap:
        return True
    return bool(_CONTINUES.match(text) or POSITION.match(text) or NAME_LINE.fullmatch(text))
