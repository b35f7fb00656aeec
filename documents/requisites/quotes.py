"""Titles in quotation marks: nested, of two sorts, and with a mark lost."""

import re

_MARKS = re.compile('[«»“”„"]')
_LONGEST = 1500
# A remark on the edition and the town may stand between a number and the title.
_LEADING = re.compile(
    r"(?:[\s,.:]{0,10}(?:\((?:в\s+)?ред[^()]{0,80}\)|г\.\s?[А-ЯЁ][а-яё-]{2,20}(?=\s*[«\"])))?[\s,.:(]{0,10}"
)

# «… на 2013-2020 годы»» goes on; «… 15 апреля 2014 г.» is a reference behind the quotation.
_OVER = re.compile(r"[;]|\n\s*\n|\.\s|№|(?:\d\.|[яа]\s)\d{4}\s?г|\sот\s\d")


def quoted_after(text: str, at: int) -> tuple[int, int] | None:
    """The span between the outer marks of a quotation that begins at or right after `at`; None without one.

    When the marks do not pair («"программы "Развитие образования";») the last one before the end of the
    clause closes the quotation."""
    lead = _LEADING.match(text, at)
    opened = lead.end() if lead else at
    if opened >= len(text) or text[opened] not in '«“„"':
        return None
    return _closed(text, opened)


def _closed(text: str, opened: int) -> tuple[int, int] | None:
    depth, last = 0, None
    for mark in _MARKS.finditer(text, opened, opened + _LONGEST):
        if last is not None and _is_over(text[last + 1 : mark.start()]):
            break
        if _opens(text, mark.start(), opened):
            depth += 1
            continue
        depth, last = depth - 1, mark.start()
        if depth <= 0:
            return opened + 1, last
    if last is None:
        return None
    # One mark did two jobs: it closes the name inside and the whole title.
    return opened + 1, last + 1


def _is_over(between: str) -> bool:
    """Whether the clause ended between two marks."""
    return _OVER.search(between) is not None


def _opens(text: str, at: int, opened: int) -> bool:
    if at == opened:
        return True
    mark = text[at]
    if mark in "«„":
        return True
    if mark == "»":
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark == "”":
        return False
    return (before.isspace() or before in '(«"„') and after.isalnum()
