"""The body that issued a document: the lines above its heading, or the words before «постановляет»."""

import re
from dataclasses import replace

from documents.requisites.bodies import body_lines, has_body
from documents.requisites.found import Found
from documents.requisites.heading import Heading
from documents.requisites.imprint import Imprint
from documents.requisites.lines import Line
from documents.requisites.phrases import GENITIVE, NOTE, POSITION

_SKIPPED = re.compile(
    r"(?:(?:[а-яё]+\s){0,3}(?:созыв|созыва|сессия|заседание)\W*$|проект|копия|российская\s+федерация\W*$|"
    r"герб|вид\s+документа|дата|номер|регистрационный|заголовок|действие|источник|опубликован|"
    r"тел|факс|e-?mail|http|www|инн|огрн|окпо|\d{6}|ул\.|адрес|конт|\(?унифицированн|форма\s+по|код|"
    r"рассмотрен|зарегистрирован|"
    r"министерство\s+юстиции\s+российской\s+федерации\s+зарегистр|на\s+№|кому|утратил|не\s+действует|экз|"
    r"дсп|для\s+служебного)",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"[А-ЯЁ][А-Яа-яЁё-]+(?:ая|ий)\s+(?:область|край|округ|автономный\s+округ|район)|"
    r"республика\s+[А-Яа-яЁё-]+|"
    r"[а-яё-]+\s+(?:муниципальный\s+)?район(?:\s+[а-яё-]+\s+области)?|город\s+[а-яё-]+",
    re.IGNORECASE,
)
_HEADS = (
    r"администрац|правительств|министерств|комитет|департамент|управлени|отдел|федерац|федеральн|совет|"
    r"дума|собрани|муниципальн|"
    r"государственн|бюджетн|главн|губернатор|глава|президент|мэр|мэри|служб|агентств|инспекц|комисси|"
    r"областн|краев|районн|городск|"
    r"п?[мгчо][бакф]?[аобд]?[до]?[ое]у(?![а-яё])|оу(?![а-яё])|школ|гимнази|лице|средняя|детский|колледж|"
    r"техникум|частн|автономн|казенн|законодательн|коллеги|мун|фгб|центр|институт|университет|"
    r"избирательн|прокуратур|фонд"
)
_COUNTRY = re.compile(r"^российская федерация (?=\S)", re.IGNORECASE)
_HEAD = re.compile(rf"[«\"(]?(?:[а-яё-]{{2,30}}(?:[ыио]й|ая|ое)\s+){{0,3}}(?:{_HEADS})", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"[«\"(]?(?:управлени|отдел|департамент|комитет|муниципальн|мбоу|маоу|мкоу|мбдоу|центр|служб|инспекц|"
    r"школ)",
    re.IGNORECASE,
)
_PARENT = re.compile(
    r"(?:администрац|правительств|мэри|министерств|департамент|комитет|управлени|муниципальное\s+образовани)",
    re.IGNORECASE,
)
_BODY_NOUN = re.compile(
    r"(?<![А-Яа-яёЁ])(?:Правительство|Администрация|Совет|Дума|Собрание|Министерство|Комитет|Департамент|"
    r"Управление|Губернатор|Глава|Мэрия|"
    r"Коллегия|Комиссия|Городская|Районная|Областная|Муниципальн\w+|Народн\w+|Законодательн\w+|Земск\w+|"
    r"Мэр)(?=\s)"
)
_TAKEN = re.compile(r"(?:^|\n)\s*Принят[оа]?\s*\n?\s*(?P<body>[А-ЯЁ][^\n\d№]{4,120})")


def authority_of(
    text: str, lines: list[Line], heading: Heading, imprint: Imprint, stamped: set[int]
) -> Found[str]:
    """The issuing body as printed, several bodies joined by «; »; nothing when the text names none."""
    above = _above(lines, heading, imprint, stamped)
    if above:
        return _joined(above)
    for read in (_in_genitive, _in_preamble):
        found = read(text, lines, heading, imprint)
        if found.value:
            return found
    return Found()


def _above(lines: list[Line], heading: Heading, imprint: Imprint, stamped: set[int]) -> list[Line]:
    if heading.at <= 0:
        return []
    kept = [
        line
        for at, line in enumerate(lines[: heading.at])
        if at not in stamped and at not in imprint.lines and _can_be_body(line)
    ]
    is_known = any(_HEAD.match(line.text) for line in kept)
    bodies = kept if is_known else [line for line in kept if _is_name(line.text)]
    first = next((at for at, line in enumerate(bodies) if _HEAD.match(line.text)), 0)
    return bodies[first:][:12]


def _can_be_body(line: Line) -> bool:
    if _SKIPPED.match(line.text) or NOTE.match(line.text) or _REGION.fullmatch(line.text):
        return False
    return re.search("[А-Яа-я]{3}", line.text) is not None


def _is_name(text: str) -> bool:
    """Whether a line can be the name of a body of an unknown sort: capitals or a quotation."""
    return (
        len(text) < 200
        and not text.endswith((".", ":", ";"))
        and (text.isupper() or bool(re.search('[«"]', text)))
    )


def _joined(lines: list[Line]) -> Found[str]:
    value, block = lines[0].text, lines[0].text
    for line in lines[1:]:
        begins = bool(_HEAD.match(line.text)) and not re.match(r"[а-яё]", line.text)
        is_other = line.has_gap and begins and not (_SUBORDINATE.match(line.text) and _PARENT.match(block))
        value += ("; " if is_other else " ") + line.text
        block = line.text if is_other else block
    value = _COUNTRY.sub("", re.sub(r"\s+", " ", value).strip(" ,"))
    return Found(value, 0.85, lines[0].start, lines[-1].end)


def _in_genitive(text: str, lines: list[Line], heading: Heading, imprint: Imprint) -> Found[str]:
    """«ПРИКАЗ Министерства образования … от …», or the same on the lines under the kind word."""
    below = [_without_imprint(lines[at], imprint) for at in body_lines(lines, heading)]
    if not has_body(heading):
        return _of_lines([], below)
    line = lines[heading.at]
    ends = [start for start, _ in imprint.spans if heading.end <= start < line.end]
    beside = _genitive(text, heading.end, min(ends, default=line.end))
    return _of_lines([beside] if beside.value else [], below)


def _without_imprint(line: Line, imprint: Imprint) -> Line:
    """The line as far as the date or number that stands in it."""
    starts = [start for start, _ in imprint.spans if line.start < start < line.end]
    if not starts:
        return line
    body = re.sub(r"(?:\s+от)?[\s№,]*$", "", line.text[: min(starts) - line.start])
    return replace(line, text=body, end=line.start + len(body))


def _of_lines(beside: list[Found[str]], below: list[Line]) -> Found[str]:
    parts = [found.value or "" for found in beside] + [line.text for line in below]
    if not parts:
        return Found()
    starts = [found.start for found in beside] + [line.start for line in below]
    ends = [found.end for found in beside] + [line.end for line in below]
    return Found(re.sub(r"\s+", " ", " ".join(parts)).strip(" ,:"), 0.75, starts[0], ends[-1])


def _genitive(text: str, start: int, end: int) -> Found[str]:
    found = re.compile(r"[\s,:]*(?P<body>.*?)(?:\s+от)?[\s№,]*", re.DOTALL).fullmatch(text, start, end)
    if not found or not GENITIVE.match(found["body"]):
        return Found()
    return Found(re.sub(r"\s+", " ", found["body"]), 0.75, *found.span("body"))


def _in_preamble(text: str, lines: list[Line], heading: Heading, imprint: Imprint) -> Found[str]:
    if not heading.is_act:
        return Found()
    window = text[heading.end : heading.end + 4000]
    taken = _TAKEN.search(window[:900])
    if taken and not POSITION.match(taken["body"]):
        return _at(taken, "body", heading.end, 0.7)
    verb = re.search(
        r"\s(?:постановляет|решила?|решает|р\s?е\s?ш\s?и\s?л\s?а?|"
        r"п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?е\s?т)(?![а-яё])",
        window,
        re.IGNORECASE,
    )
    if not verb:
        return Found()
    before = window[max(0, verb.start() - 220) : verb.start()]
    nouns = list(_BODY_NOUN.finditer(before))
    return _body_before_verb(before, nouns, heading.end + max(0, verb.start() - 220)) if nouns else Found()


def _body_before_verb(before: str, nouns: list[re.Match[str]], base: int) -> Found[str]:
    """The body begins at the last noun of its own clause: «… [...] Администрация Заполярного района»."""
    clause = max((found.end() for found in re.finditer(r"[.;,\])»\"]\s|\n", before)), default=0)
    first = next((noun for noun in nouns if noun.start() >= clause), nouns[-1])
    body = re.sub(r"\s+", " ", before[first.start() :]).strip(" ,")
    return Found(body, 0.7, base + first.start(), base + len(before))


def _at(found: re.Match[str], group: str, base: int, confidence: float) -> Found[str]:
    start, end = found.span(group)
    return Found(found[group].strip(" ,.:"), confidence, base + start, base + end)
