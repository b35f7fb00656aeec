"""Where a document says what it is: «ПРИКАЗ», «Постановление от …», «Отчет об исполнении …»."""

import re
from dataclasses import dataclass
from itertools import takewhile

from documents.requisites.lines import Line
from documents.requisites.nouns import ACTS, NOUNS
from documents.requisites.phrases import GENITIVE
from documents.requisites.stamps import stamp_lines

_ADJECTIVES = r"(?P<adjectives>(?:[А-ЯЁа-яё]+(?:-[а-яёА-ЯЁ]+)?(?:ый|ий|ая|ое|ой|ые|ее)\s+){0,3}?)"
_HEADING = re.compile(
    r"[«\"\[]?"
    + _ADJECTIVES
    + r"(?P<noun>"
    + "|".join(sorted(NOUNS, key=len, reverse=True))
    + r")(?![А-Яа-яЁё-])(?P<rest>.*)",
    re.IGNORECASE,
)
INLINE, NOWHERE = -1, -2
_LAST = 60
_LONG = 200
_INLINE = re.compile(
    r"(?<![\w«\"])(?P<noun>приказ|распоряжение|постановление|решение|протокол|"
    r"письмо)\s(?=[^а-яё]{0,40}(?:\d|№|_|от\s))",
    re.IGNORECASE,
)
_VERBS = (
    (re.compile(r"(?:^|\s)п ?р ?и ?к ?а ?з ?ы ?в ?а ?ю\s*:", re.IGNORECASE), "приказ"),
    (re.compile(r"(?:^|\s)п ?о ?с ?т ?а ?н ?о ?в ?л ?я ?(?:ю|е ?т)\s*:", re.IGNORECASE), "постановление"),
    (re.compile(r"(?:^|\n)СЛУШАЛИ\s*:"), "протокол"),
    (re.compile(r"(?:^|\s)р ?е ?ш ?и ?л ?[аио]?\s*:", re.IGNORECASE), "решение"),
)
# After the kind word of an act stands its reference, its body or its title; anything else is a sentence.
_STRICT = frozenset(ACTS) - {
    "протокол",
    "выписка",
    "договор",
    "соглашение",
    "дополнительное соглашение",
    "контракт",
    "уведомление",
}
_AFTER_ACT = re.compile(
    r"(?:от|г|по)(?![а-яё])|об?\s|№|_|\d|[«\"(\[|]|(?-i:[А-ЯЁ])|[а-яё]+(?:ого|ой|их|ых|ии|ета|ета|ия|"
    r"ства|ы)\s",
    re.IGNORECASE,
)
_IS_SENTENCE = re.compile(
    r"^(?:настоящ|данн|указанн|соответствующ|нов|эт|так)\w*\s|[а-яё]{4}\. [А-ЯЁ]|"
    r"(?<![а-яё])(?:вступает|зарегистрирован\w?|утратил\w*|принято|признан\w?|заключ[её]н\w?|утвержд[её]н\w?|"
    r"издан\w?)(?![а-яё])",
    re.IGNORECASE,
)
# What is said in a title behind the requisites makes no sentence of the heading.
_TITLE = re.compile(r"\s[«\"“](?-i:Об?)\s[^»\"”]*[»\"”]?|(?<=\w\s)(?-i:Об?)\s.*")
# «письмо … от … № 03-114 и Министерства … от … № 15»: acts in a row are cited, not headed.
_IS_CITED = re.compile(r"[^«\"]{0,200}?№\s?[\w/-]+\s*(?:г\.)?\s*(?:,|и|;)\s[^«\"]{0,200}№")
_GOES_ON = re.compile(r"№\s?[\w/-]+\s+(?!об?\s|по\s|года)[а-яё]{4,}", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:[-–—•]\s*|\d{1,2}[.)]\s*)?(?:федеральн\w+\s|конституционн\w+\s)*(?:закон|указ|постановление|"
    r"распоряжение|приказ|письмо|решение)\s[^\n]{0,200}?"
    r"(?:\d\d\.\d\d\.\d{2,4}|\d{4}\s?г|№\s?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """noun: the kind; at: its line, INLINE inside a longer one, NOWHERE; start..end: the kind word; rest:
    what follows it on the line."""

    noun: str
    at: int
    start: int
    end: int
    is_act: bool
    rest: str

    @property
    def is_alone(self) -> bool:
        """Whether nothing but marks follows the kind word on its line."""
        return not re.search(r"\w", self.rest)


def heading_of(text: str, lines: list[Line]) -> Heading | None:
    """The first line that names the kind of the document, stamps aside; None when there is none."""
    stamped = stamp_lines(lines)
    for at, line in enumerate(lines[:_LAST]):
        if at in stamped or at and lines[at - 1].text.endswith((":", ";")) or line.text.endswith((";", ",")):
            continue
        found = _heading(line, at) if not _is_listed(lines, at) else None
        if found:
            return _repeated(lines, found) or found
    return _inline(text, lines) or _by_verb(text)


def _by_verb(text: str) -> Heading | None:
    """The kind that the ruling word names, when the heading is lost: «ПРИКАЗЫВАЮ:» → приказ."""
    for verb, noun in _VERBS:
        found = verb.search(text, 0, 6000)
        if found:
            return Heading(noun, NOWHERE, found.start(), found.end(), True, "")
    return None


def _repeated(lines: list[Line], first: Heading) -> Heading | None:
    """The same kind on a line of its own below: a site printed a heading above the letterhead."""
    if first.is_alone or not first.is_act:
        return None
    for at in range(first.at + 1, min(first.at + 9, len(lines))):
        found = _heading(lines[at], at)
        if found and found.noun == first.noun and found.is_alone:
            return found
        if re.match(r"Об?\s", lines[at].text, re.IGNORECASE):
            return None
    return None


def _heading(line: Line, at: int) -> Heading | None:
    found = _HEADING.match(line.text)
    if not found or not _is_heading(line, found):
        return None
    noun = found["noun"].lower()
    start = line.start + found.start("noun")
    return Heading(NOUNS[noun], at, start, line.start + found.end("noun"), noun in ACTS, found["rest"])


def _is_heading(line: Line, found: re.Match[str]) -> bool:
    rest = found["rest"].strip(' .:*»"]')
    if not rest or rest.lower() in ("(проект)", "проект"):
        return True
    if found["noun"].islower() and line.text[0].islower() or len(line.text) > 600:
        return False
    if found["rest"].startswith((",", ";", ":", ")")) or _IS_SENTENCE.search(_TITLE.sub("", line.text)):
        return False
    if found["noun"].lower() not in _STRICT:
        return True
    is_after = _AFTER_ACT.match(rest) or GENITIVE.match(rest) and re.search(r"№|\d{4}", rest)
    return is_after is not None and not _GOES_ON.search(rest) and not _IS_CITED.match(rest)


def _is_listed(lines: list[Line], at: int) -> bool:
    """Whether acts are listed here line by line: lines beside begin with a kind and a reference too."""
    below = list(takewhile(lambda line: not line.text.endswith(":"), lines[at + 1 : at + 4]))
    beside = [*lines[max(0, at - 2) : at], *below]
    return bool(_LISTED.match(lines[at].text)) and any(_LISTED.match(line.text) for line in beside)


def _inline(text: str, lines: list[Line]) -> Heading | None:
    """Recognition that lost the lines: «… г. ЩАЛЪНЕГОРСКА прикАз 12 января 2022 г. …»."""
    long = next((line for line in lines[:10] if len(line.text) > _LONG), None)
    found = _INLINE.search(text, long.start, min(long.end, long.start + 1200)) if long else None
    if not found or found["noun"].islower():
        return None
    return Heading(NOUNS[found["noun"].lower()], INLINE, found.start("noun"), found.end("noun"), True, "")
