"""The lines of a document with their places, and whether an empty line parts each from the one before."""

import re
from dataclasses import dataclass

_TORN = re.compile(r"(?!приказываю|постановл|решил|обязываю)[а-яё]{3}")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Line:
    """A line without its margins; start and end are its places; has_gap: an empty line stands before."""

    text: str
    start: int
    end: int
    has_gap: bool

    @property
    def is_lower(self) -> bool:
        """Whether the line begins with a small letter, as the continuation of a sentence does."""
        return bool(re.match(r"[«\"(–—-]?\s?[а-яё]", self.text))


def is_double_spaced(lines: list[Line]) -> bool:
    """Whether an empty line stands after nearly every line, inside sentences too, and so parts nothing."""
    head = lines[1:40]
    torn = sum(line.has_gap and bool(_TORN.match(line.text)) for line in head)
    return torn >= 2 and sum(line.has_gap for line in head) >= 0.9 * len(head)


def lines_of(text: str) -> list[Line]:
    """The lines that are not empty."""
    lines: list[Line] = []
    last_end = 0
    for found in _LINE.finditer(text):
        printed = found.group()
        stripped = printed.strip()
        if not stripped:
            continue
        start = found.start() + len(printed) - len(printed.lstrip())
        has_gap = text.count("\n", last_end, start) > 1
        lines.append(Line(stripped, start, start + len(stripped), has_gap))
        last_end = start + len(stripped)
    return lines
