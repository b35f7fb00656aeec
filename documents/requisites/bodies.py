"""The issuing body in the genitive after or under the kind word: «ПОСТАНОВЛЕНИЕ / АДМИНИСТРАЦИИ РАЙОНА»."""

import re

from documents.requisites.heading import Heading
from documents.requisites.lines import Line
from documents.requisites.phrases import GENITIVE, NOTE, PLACE, PREAMBLE

_ENDS = re.compile(r"(?:от\s+)?[«\"]?\s?[\d_]{1,2}[\d_.»\" ]|№|Об?\s|06\s|По\s|от\s|[\[(]", re.IGNORECASE)
_FOREIGN = re.compile("[^А-Яа-яЁё\\W\\d_A-Za-z]")
# «Минобрнауки России от 12 мая 2011 г. № 03-296»: behind its date and number no body goes on.
_REFERENCE = re.compile(r"\sот\s[«\"]?\d.{6,25}№|№\s?\S+\s+от\s\d")
# «ПОСТАНОВЛЕНИЕ № 12-3 / Президиума»: the number beside the kind, the body below.
_NUMBER_ALONE = re.compile(r"\s*№\s?[\w/.-]+\s*")
_MOST = 8


def has_body(heading: Heading) -> bool:
    """Whether the heading's own line goes on with the name of a body."""
    return heading.at >= 0 and GENITIVE.match(heading.rest.strip(" :,")) is not None


def body_lines(lines: list[Line], heading: Heading) -> range:
    """The numbers of the lines under the kind word that name the body; an empty range when none does."""
    first = heading.at + 1
    if heading.at < 0 or not heading.is_act or first >= len(lines):
        return range(0)
    is_bare = heading.is_alone or _NUMBER_ALONE.fullmatch(heading.rest) is not None
    if not has_body(heading) and not (is_bare and GENITIVE.match(lines[first].text)):
        return range(0)
    last = first
    while last < min(first + _MOST, len(lines)) and not _ends(
        lines, last, is_first=last == first, heading=heading
    ):
        last += 1
        if _REFERENCE.search(lines[last - 1].text):
            break
    return range(first, last)


def _ends(lines: list[Line], at: int, *, is_first: bool, heading: Heading) -> bool:
    line = lines[at]
    if any(sign.match(line.text) for sign in (_ENDS, PREAMBLE, NOTE, PLACE)) or _FOREIGN.search(line.text):
        return True
    is_known = re.search(r"\d{4}|№", heading.rest) and not _NUMBER_ALONE.fullmatch(heading.rest)
    if is_known and is_first:
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
