"""Who signed: the position and the name at the end of the main text, or in the mark «УТВЕРЖДАЮ»."""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from documents.requisites.found import Found
from documents.requisites.lines import Line
from documents.requisites.phrases import FULL_NAME_AT_END, ITEM, NAME, NAME_AT_END, NAME_LINE, POSITION

_MOST_POSITION_LINES = 7
_CONTROL = re.compile(
    r"(?:контроль(?!но)|исполнител|исп\.|тел|присутствовал|ответственн|ознакомлен|с\s+приказом|приглаш|разослать)",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(rf"[\s_/]*{NAME}[\s_/]*? {{3,}}[\s_/]*{NAME}[\s_/]*")
# Minutes name the chair above the agenda too; they are signed below the last decision.
_OF_MINUTES = re.compile(r"(?:слушали|решили|постановили|выступили|повестка)(?![а-яё])", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:губернатора|председателя|главы|министра|начальника|директора|руководителя|президента|мэра|"
    r"заместителя|секретаря|ректора|губернатору|председателю|министру|начальнику|директору|руководителю|"
    r"президенту|заместителю|секретарю|ректору|прокурору)(?!\w)",
    re.IGNORECASE,
)
# The mark of an electronic signature is printed between the position and the name.
_ELECTRONIC = re.compile(
    r"документ\s+подписан|подписано|(?:усиленной|квалифицированной|простой)?\s*электронной|сертификат|владелец|"
    r"действител[еь]н|подлинник|дата\s+подписания",
    re.IGNORECASE,
)
_REGARDS = re.compile(r"с\s+уважением", re.IGNORECASE)
_SIGN_MARK = re.compile(
    r"[\s_/|]*(?:\(?подпись\)?|м\.\s?п\.?)?[\s_/|]*$|_{2,}.*$|\s[^\w\s»\")–—№-]+\w{0,2}\s*$", re.IGNORECASE
)
_REFERENCE_LINE = re.compile(
    r"(?:приказ|протокол|распоряжени|постановлени|решени|введен|от\s+[«\"\d_]|№|[«\"\s]*[\d_]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Signature:
    """The position and the name of one signatory."""

    position: Found[str]
    name: Found[str]


class SignatureReader(Protocol):
    """A way to find who signed, below a line and outside the marks of approval."""

    def __call__(self, lines: list[Line], *, after: int, stamped: set[int]) -> Signature: ...


NOBODY = Signature(Found(), Found())


def first_signature(lines: list[Line], *, after: int, stamped: set[int]) -> Signature:
    """The first signature below line `after`, as acts have it in front of their annexes; else that of the
    mark of approval."""
    decided = [at for at in range(after, len(lines)) if _OF_MINUTES.match(lines[at].text)]
    for first in (decided[-1] + 1, after) if decided else (after,):
        for at in range(first, len(lines)):
            found = _signature(lines, at, first) if at not in stamped else None
            if found:
                return found
    return _approving(lines, stamped)


def chair_signature(lines: list[Line], *, after: int, stamped: set[int]) -> Signature:
    """The last signature of a chair, as minutes have it above the secretary's; else the first signature."""
    for at in range(len(lines) - 1, after - 1, -1):
        found = _signature(lines, at, after) if at not in stamped else None
        if found and (found.position.value or "").lower().startswith("председател"):
            return found
    return first_signature(lines, after=after, stamped=stamped)


def last_signature(lines: list[Line], *, after: int, stamped: set[int]) -> Signature:
    """The last signature below line `after`, as reports have it; else that of the mark of approval."""
    for at in range(len(lines) - 1, after - 1, -1):
        found = _signature(lines, at, after) if at not in stamped else None
        if found:
            return found
    return _approving(lines, stamped)


def _approving(lines: list[Line], stamped: set[int]) -> Signature:
    marks = [at for at in sorted(stamped) if re.match(r"[«\"]?утверждаю", lines[at].text, re.IGNORECASE)]
    for at in (
        line for mark in marks for line in range(mark + 1, min(mark + 9, len(lines))) if line in stamped
    ):
        found = _signature(lines, at, marks[0] + 1, skips_references=True)
        if found:
            return found
    return NOBODY


def _signature(lines: list[Line], at: int, floor: int, *, skips_references: bool = False) -> Signature | None:
    line = lines[at]
    if len(line.text) > 260 or _CONTROL.match(line.text):
        return None
    if _TWO_NAMES.fullmatch(line.text):
        base = max(0, at - _MOST_POSITION_LINES)
        lines, line = [_left(one) for one in lines[base : at + 1]], _left(line)
        at, floor = at - base, max(0, floor - base)
    alone = NAME_LINE.fullmatch(line.text)
    if alone:
        return _with_position_above(lines, at, floor, alone, skips_references)
    beside = NAME_AT_END.fullmatch(line.text) or FULL_NAME_AT_END.fullmatch(line.text)
    if not beside or ITEM.match(line.text):
        return None
    return _with_position_beside(lines, at, floor, beside)


def _left(line: Line) -> Line:
    """Of two signatures side by side the left one's part of a line."""
    text = re.split(r" {3,}", line.text.lstrip("_ "))[0]
    start = line.start + line.text.find(text)
    return replace(line, text=text, start=start, end=start + len(text))


def _with_position_above(
    lines: list[Line], at: int, floor: int, name: re.Match[str], skips_references: bool
) -> Signature | None:
    above: list[Line] = []
    written = [line for line in lines[max(floor, at - 15) : at] if not _ELECTRONIC.match(line.text)]
    for line in reversed(written[-_MOST_POSITION_LINES:]):
        if skips_references and _REFERENCE_LINE.match(line.text):
            continue
        if _is_text(line) or NAME_LINE.fullmatch(line.text):
            break
        above.insert(0, line)
        if _begins_position(line):
            return _signed(above, lines[at], name)
    return None


def _begins_position(line: Line) -> bool:
    """Whether a position begins here: «Губернатора края» in the genitive goes on "
    "from «Первый заместитель»."""
    return bool(POSITION.match(line.text)) and not line.is_lower and not _GOES_ON.match(line.text)


def _is_text(line: Line) -> bool:
    """Whether a line is of the text above a signature."""
    return (
        bool(ITEM.match(line.text))
        or len(line.text) > 200
        or line.text.endswith((".", ";", ":"))
        and len(line.text) > 60
    )


def _with_position_beside(lines: list[Line], at: int, floor: int, beside: re.Match[str]) -> Signature | None:
    before = _SIGN_MARK.sub("", beside["before"]).strip().removesuffix(":")
    is_begun = not before[:1].islower() or at > 0 and _REGARDS.match(lines[at - 1].text) is not None
    if POSITION.match(before) and is_begun and not _GOES_ON.match(before):
        if re.search(r"[а-яё»]{3}\.\s|[:;]|возлож", before):
            return None
        return _signed_beside(lines[at], before, beside)
    if (
        not before
        or len(before) > 120
        or not before[0].islower()
        and not _GOES_ON.match(before)
        and not lines[at].has_gap
        and _is_prose(before)
    ):
        return None
    above = _position_lines(lines, at, floor)
    if not above:
        return None
    position = " ".join([line.text for line in above] + [before])
    start, end = beside.span("name")
    name = Found(_spaced(beside["name"]), 0.9, lines[at].start + start, lines[at].start + end)
    return Signature(Found(_spaced(position), 0.85, above[0].start, lines[at].start + len(before)), name)


def _is_prose(text: str) -> bool:
    return bool(re.search(r"[.;:]\s", text))


def _position_lines(lines: list[Line], at: int, floor: int) -> list[Line]:
    above: list[Line] = []
    for line in reversed(lines[max(floor, at - _MOST_POSITION_LINES) : at]):
        if _is_text(line):
            return []
        above.insert(0, line)
        if _begins_position(line):
            return above
        if line.has_gap:
            return []
    return []


def _signed_beside(line: Line, position: str, beside: re.Match[str]) -> Signature:
    start, end = beside.span("name")
    at = line.text.find(position[:10])
    return Signature(
        Found(_spaced(position), 0.9, line.start + at, line.start + at + len(position)),
        Found(_spaced(beside["name"]), 0.95, line.start + start, line.start + end),
    )


def _signed(above: list[Line], line: Line, name: re.Match[str]) -> Signature:
    position = _SIGN_MARK.sub("", " ".join(piece.text for piece in above))
    start, end = name.span("name")
    return Signature(
        Found(_spaced(position), 0.9, above[0].start, above[-1].end),
        Found(_spaced(name["name"]), 0.95, line.start + start, line.start + end),
    )


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,_/|—")
