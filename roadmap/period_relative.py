"""Due periods that hang on an event or on another document: «в недельный срок», «за 3 дня до …»."""

import re

from roadmap.period_numbers import Line

_TERM_WORDS = re.compile(r"(?:\w*(?:дневн|недельн|месячн|суточн|часов)\w*)$")
_UNNAMED = ("month", "week", "quarter", "half_year", "term", "day")


def is_strictly_relative(line: Line) -> bool:
    """Whether an event decides even if a date is printed: «за 10 дней до …», «X - 1 года»."""
    return any(_counts_days(line, at) or _template_year(line, at) for at in range(len(line)))


def begins_with_event(line: Line) -> bool:
    """Whether the beginning is an event: «с момента подписания …»."""
    return any(_from_event(line, at) for at in range(len(line)))


def _counts_days(line: Line, at: int) -> bool:
    """«за 10 дней до», «через 5 дней после», «10 рабочих дней со дня»."""
    if line.kind(at) not in ("NUM", "ORD") and not line.is_prep(at, "for"):
        return False
    name = at + 1 + (line.kind(at + 1) in ("WORKING", "CALENDAR"))
    counted = line.is_unit(name, "day", "week", "month")
    return counted and (line.is_prep(name + 1, "until", "after") or line.at(name + 1).text == "с")


def _from_event(line: Line, at: int) -> bool:
    """«со дня», «с момента», «с даты»."""
    event = line.is_unit(at + 1, "day") or line.at(at + 1).text in ("момента", "даты")
    return line.is_prep(at, "from") and event and line.at(at + 1).text in ("дня", "момента", "даты")


def _template_year(line: Line, at: int) -> bool:
    """«X - 1 года»: the year of a federal template."""
    token = line.at(at)
    if token.text not in ("x", "х", "n"):
        return False
    sign = line.kind(at + 1) in ("-", "+") and line.kind(at + 2) == "NUM"
    return sign or line.kind(at + 1) == "YEARWORD" or line.kind(at - 1) == "YEARWORD"


def is_relative(line: Line) -> bool:
    """Whether a text without any date hangs on an event: asked only after dates and recurrence."""
    return any(_hangs(line, at) for at in range(len(line)))


def _hangs(line: Line, at: int) -> bool:
    token = line.at(at)
    if token.kind in ("AT_ONCE", "HOLIDAYS", "DURATION") or (
        token.kind == "WORD" and _TERM_WORDS.match(token.text)
    ):
        return True
    if token.kind == "EVENT" or _from_event(line, at) or line.is_prep(at, "after"):
        return True
    return _lasts(line, at) or _whole(line, at) or _before_event(line, at) or _by_document(line, at)


def _lasts(line: Line, at: int) -> bool:
    """«в течение 10 дней», «в течение месяца», «3 месяца»."""
    if line.kind(at) == "DURING":
        return True
    counted = line.kind(at) == "NUM" and line.kind(at + 1) in ("UNIT", "YEARWORD", "WORKING", "CALENDAR")
    return counted and line.kind(at + 2) != "UNIT" and not _is_ordinal_week(line, at)


def _is_ordinal_week(line: Line, at: int) -> bool:
    return line.at(at + 1).text in ("неделя", "неделю", "неделе", "четверть", "четверти", "декада", "семестр")


def _whole(line: Line, at: int) -> bool:
    """«весь период», «в период проведения …», «до конца месяца»."""
    if line.kind(at) == "WITHIN":
        return line.kind(at - 1) in ("WHOLE", "DURING", "PREP") and not _is_fixed(line, at)
    unnamed = line.is_unit(at, *_UNNAMED)
    return unnamed and (
        line.kind(at - 1) in ("EDGE", "THIS", "WHOLE", "NEXT") or line.kind(at - 2) == "DURING"
    )


def _is_fixed(line: Line, at: int) -> bool:
    words = [token.text for token in line.tokens[at + 1 : at + 3]] + [line.at(at - 1).text]
    return any(word.startswith(("установлен", "указан", "назначен")) for word in words)


def _before_event(line: Line, at: int) -> bool:
    """«до начала …», «ко дню …», «до проведения …», «перед …»."""
    if not line.is_prep(at, "until", "by", "in"):
        return False
    after = line.at(at + 1)
    if line.is_prep(at, "in"):
        return after.text in ("день", "дни", "время") or after.kind == "THIS"
    return after.kind in ("EDGE", "EVENT", "WORD") or after.text in ("дню", "дня")


def _by_document(line: Line, at: int) -> bool:
    """«согласно приказу», «в сроки, установленные приказом»."""
    return line.at(at).text.startswith(("приказ", "распоряжен", "положени", "договор", "контракт"))
