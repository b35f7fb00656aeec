"""The title of a document: from the line after its requisites to the beginning of its preamble."""

import re
from dataclasses import dataclass, replace

from documents.requisites.found import Found
from documents.requisites.heading import Heading
from documents.requisites.imprint import Imprint
from documents.requisites.lines import Line
from documents.requisites.phrases import (
    EDITIONS,
    GENITIVE,
    ITEM,
    NAME_LINE,
    NOTE,
    PLACE,
    PREAMBLE,
    PREAMBLE_INSIDE,
)

_ABOUT = re.compile(
    r"[«\"\[(]?\s?(?:Об?(?:о|бо)?\s|(?-i:О(?=[А-ЯЁ][а-яё])|Об(?=утвержд|организ|итог|измен|участ|обеспеч|"
    r"отмен|установ|создан))"
    r"|По\s(?!состоянию))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«\"“](?P<title>.*)[»\"”]", re.DOTALL)
_CUT = re.compile(r"\W{0,3}\[(?:\.\.\.|…)\]|Принят[оа]?(?:\s|$)|(?:\.\.\.|…)\W*$")
# «Содержание: «О подготовке к олимпиаде»».
_LABEL = re.compile(r"(?:содержание|тема|заголовок|о\s+ч[её]м)\s*:\s*(?=[«\"]?Об?\s)", re.IGNORECASE)
_EDITION_BEHIND = re.compile(r"(?<=[»\"])\s*\((?:с\s+изм|в\s+ред)[^()\d№]*\)$", re.IGNORECASE)
_LONGEST = 30
_TITLE_IN_QUOTES = re.compile(r"[«\"“]Об?\s", re.IGNORECASE)
_TABLE = re.compile(
    r"№\s*п|таблица|раздел|глава\s+[IVX\d]|список\s+изменяющих|содержание|оглавление|введение|"
    r"паспорт\s+программ|наименование\s+",
    re.IGNORECASE,
)
_BY_NAME = re.compile(r"^из протокола[\s,]*|^\([«\"]?дорожная карта[»\"]?\)\s*", re.IGNORECASE)
_REFERENCE_LINE = re.compile(
    r"(?:от\s{0,3})?[«\"]?\d{1,2}[»\"]?\s+[а-яё]{3,8}\s+\d{4}|(?:от\s{0,3})?\d{1,2}\.\d{1,2}\.\d{2,4}|"
    r"№\s?\d|от\s+[«\"]?[\d_]|[«\"]?_{2,}|составлен[аоы]?\s",
    re.IGNORECASE,
)
_TITLED_BY_MEETING = ("протокол", "выписка", "резолюция")
# «КОНТРАКТ № 5 / на оказание услуг», «СОГЛАШЕНИЕ / между …»: a title that goes on from the kind word.
_CONTRACTS = ("договор", "контракт", "соглашение")
_OF_CONTRACT = re.compile(rf"{_ABOUT.pattern}|(?-i:[а-яё])", re.IGNORECASE)
# «совещания у заместителя министра / А.Б. Ивановой»: the name is a part of the title.
_AT_SOMEBODY = re.compile(r"\sу\s[а-яё]+\s", re.IGNORECASE)


_TRIMMED = re.compile(
    r"[\s,.:—–-]*(?:г(?:ода|\.)?(?![а-яё]))?[\s,.:]*(?P<body>.*?)[\s,]*(?:(?<![а-яё])от)?(?:\s*№)?[\s]*",
    re.DOTALL,
)


def title_of(text: str, lines: list[Line], heading: Heading, imprint: Imprint) -> Found[str]:
    """The title without the kind word, outer quotes and remarks; nothing when the text has none."""
    pieces = _pieces(text, lines, heading, imprint)
    if not pieces:
        return Found()
    start, end = pieces[0][0], pieces[-1][1]
    title = _tidy(" ".join(text[left:right] for left, right in pieces))
    if not re.search(r"[а-яё]{3}", title, re.IGNORECASE):
        return Found()
    return Found(title, 0.9 if len(title) < 500 else 0.6, start, end)


@dataclass(frozen=True)
class _Rules:
    """How a title begins, None for any way, what lines end it, and what of it is read already."""

    begins: re.Pattern[str] | None
    ends: tuple[re.Pattern[str], ...]
    begun: str = ""


def _rules(heading: Heading, imprint: Imprint) -> _Rules:
    """Only acts must begin with «О»; a line with a reference ends a title while the document's own is not
    known: «О внесении изменений в приказ / от 10.01.2020 № 3»."""
    is_free = not heading.is_act or heading.noun in _TITLED_BY_MEETING
    begins = _OF_CONTRACT if heading.noun in _CONTRACTS else _ABOUT
    is_known = imprint.has_date and imprint.has_number and heading.noun not in _TITLED_BY_MEETING
    always = (NOTE, EDITIONS, ITEM, _CUT, _TABLE)
    ends = always if is_known else (*always, _REFERENCE_LINE)
    return _Rules(None if is_free else begins, ends)


def _pieces(text: str, lines: list[Line], heading: Heading, imprint: Imprint) -> list[tuple[int, int]]:
    rules = _rules(heading, imprint)
    own = _on_heading_line(text, lines, heading, imprint)
    if own:
        begun = text[own[0][0] : own[-1][1]]
        return own + _below_own(text, lines, heading, imprint, replace(rules, begins=None, begun=begun))
    at = imprint.until
    if heading.is_act and not _ABOUT.match(lines[at].text if at < len(lines) else ""):
        above = _above(lines, heading)
        if above:
            return above
    if heading.noun == "письмо":
        at = _below_address(lines, at)
    return _block(text, lines, at, rules)


def _below_address(lines: list[Line], at: int) -> int:
    """The line of a letter's title, which may stand below the addressees and above «Уважаемые …»."""
    for below in range(at, min(at + 15, len(lines))):
        if _ABOUT.match(lines[below].text) and not lines[below].is_lower:
            return below
        if lines[below].text.lower().startswith("уважаем"):
            break
    return at


def _below_own(
    text: str, lines: list[Line], heading: Heading, imprint: Imprint, rules: _Rules
) -> list[tuple[int, int]]:
    """The lines that go on with a title begun on the heading's line."""
    if heading.at + 1 not in imprint.lines:
        return _block(text, lines, heading.at + 1, rules)
    goes_on = imprint.until < len(lines) and lines[imprint.until].is_lower
    return _block(text, lines, imprint.until, rules) if goes_on else []


def _above(lines: list[Line], heading: Heading) -> list[tuple[int, int]]:
    """A site's headline: the title first, then «Распоряжение … от … № …»."""
    first = next((at for at, line in enumerate(lines[: max(0, heading.at)]) if _ABOUT.match(line.text)), None)
    if first is None or any(line.has_gap for line in lines[first + 1 : heading.at]):
        return []
    return [(line.start, line.end) for line in lines[first : heading.at]]


def _on_heading_line(
    text: str, lines: list[Line], heading: Heading, imprint: Imprint
) -> list[tuple[int, int]]:
    """What the heading's line says beside the kind, the date and the number."""
    if heading.at < 0 or heading.is_alone:
        return []
    line = lines[heading.at]
    inside = sorted(span for span in imprint.spans if heading.end <= span[0] < line.end)
    if not inside:
        is_body = heading.is_act and GENITIVE.match(heading.rest.strip(" :"))
        return [] if is_body else _trimmed(text, heading.end, line.end)
    ends = zip(
        [heading.end, *(end for _, end in inside)], [*(start for start, _ in inside), line.end], strict=True
    )
    parts = [part for start, end in ends if (part := _trimmed(text, start, end))]
    about = [part for part in parts if _ABOUT.match(text, part[0][0])]
    if about:
        return about[0]
    if heading.is_act and heading.noun not in _TITLED_BY_MEETING:
        return _trimmed(text, inside[-1][1], line.end)
    return max(parts, key=lambda part: part[0][1] - part[0][0], default=[])


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = _TRIMMED.fullmatch(text, start, end)
    if not found or not re.search(r"[а-яё]{2}", found["body"], re.IGNORECASE):
        return []
    return [found.span("body")]


def _block(text: str, lines: list[Line], at: int, rules: _Rules) -> list[tuple[int, int]]:
    """The lines of a title from line `at`."""
    pieces: list[tuple[int, int]] = []
    for line in lines[at : at + _LONGEST]:
        if _ends_before(line, text[pieces[0][0] : pieces[-1][1]] if pieces else rules.begun, rules):
            break
        cut = PREAMBLE_INSIDE.search(line.text)
        label = _LABEL.match(line.text)
        pieces.append(
            (line.start + (label.end() if label else 0), line.start + cut.start() if cut else line.end)
        )
        if cut or line.text.endswith((".", ":")) and not line.text.endswith(("г.", "гг.", "...", "им.")):
            break
    return pieces


def _ends_before(line: Line, title: str, rules: _Rules) -> bool:
    """Whether a line is no part of the title read so far."""
    if not title:
        return _is_no_beginning(line, rules)
    if PREAMBLE.match(line.text) and (not line.is_lower or _says_so(line.text)):
        return True
    if _is_apart(line, rules, title):
        return True
    return (
        line.has_gap and not _is_open(title) and (not line.is_lower or re.search("[.:;]$", title) is not None)
    )


def _is_no_beginning(line: Line, rules: _Rules) -> bool:
    if rules.begins is None:
        return _is_apart(line, rules)
    return not (rules.begins.match(line.text) or _LABEL.match(line.text))


def _is_apart(line: Line, rules: _Rules, title: str = "") -> bool:
    if PLACE.match(line.text) and re.search(r"\d{4}|^.{0,30}$", line.text):
        return True
    is_name = NAME_LINE.fullmatch(line.text) is not None and not _AT_SOMEBODY.search(title)
    return is_name or any(end.match(line.text) for end in rules.ends)


def _is_open(title: str) -> bool:
    """Whether a quotation or a bracket of the title is not closed yet."""
    return title.count("«") > title.count("»") or title.count("(") > title.count(")")


def _says_so(text: str) -> bool:
    return bool(re.match(r"(?:приказыва|постановля|решил|распоряжа)", text, re.IGNORECASE))


def _tidy(title: str) -> str:
    title = _BY_NAME.sub("", re.sub(r"\s+", " ", title).strip(" ,;:"))
    title = _EDITION_BEHIND.sub("", title)
    if title.startswith("["):
        title = title.strip("[] ")
    if _TITLE_IN_QUOTES.match(title):
        title = title[1:]
        is_unpaired = (
            title.count("»") > title.count("«")
            or title.count('"') % 2 == 1
            or title.count("”") > title.count("“")
        )
        title = title[:-1] if is_unpaired and title[-1] in '»"”' else title
    whole = _QUOTED.fullmatch(title)
    if whole and not re.search('[«»"“”]', whole["title"]):
        return whole["title"].strip()
    return title.rstrip(".") if not title.endswith(("...", "г.", "гг.")) else title
