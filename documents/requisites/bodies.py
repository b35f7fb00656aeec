"""The issuing body in the genitive after or under the kind word: «ПОСТАНОВЛЕНИЕ / АДМИНИСТРАЦИИ РАЙОНА»."""

import re

from documents.requisites.heading import Heading
from documents.requisites.lines import Line
from documents.requisites.phrases import GENITIVE, NOTE, PLACE, PREAMBLE

_ENDS = re.compile(r"(?:от\s+)?[«\"]?\s?[\d_]{1,2}[\d_.»\" ]|№|Об?\s|06\s|По\s|от\s|[\[(]", re.IGNORECASE)
_FOREIGN = re.compile("[^А-Яа-яЁё\\W\\d_A-Za-z]")
_MOST = 8


def has_body(heading: Heading) -> bool:
    """Whether the heading's own line goes on with the name of a body."""
    return heading.at >= 0 and GENITIVE.match(heading.rest.strip(" :,")) is not None


def body_lines(lines: list[Line], heading: Heading) -> range:
    """The numbers of the lines under the kind word that name the body; an empty range when none does."""
    first = heading.at + 1
    if heading.at < 0 or not heading.is_act or first >= len(lines):
        return range(0)
    if not has_body(heading) and not (heading.is_alone and GENITIVE.match(lines[first].text)):
        return range(0)
    last = first
    while last < min(first + _MOST, len(lines)) and not _ends(
        lines, last, is_first=last == first, heading=heading
    ):
        last += 1
    return range(first, last)


def _ends(lines: list[Line], at: int, *, is_first: bool, heading: Heading) -> bool:
    line = lines[at]
    if any(sign.match(line.text) for sign in (_ENDS, PREAMBLE, NOTE, PLACE)) or _FOREIGN.search(line.text):
        return True
    if re.search(r"\d{4}|№", heading.rest) and is_first:
        return True
    return line.has_gap and not (is_first and heading.is_alone)


def line_after_body(lines: list[Line], heading: Heading) -> int:
    """The line where the date and the number are looked for, below the body and its translation."""
    body = body_lines(lines, heading)
    if not body:
        return heading.at + 1
    reach = range(body.stop, min(body.stop + _MOST, len(lines)))
    if body.stop < len(lines) and _FOREIGN.search(lines[body.stop].text):
        return next((at for at in reach if _ENDS.match(lines[at].text)), body.stop)
    return body.stop
