"""Recurrence of a due period: «ежегодно», «не реже 1 раза в квартал», «каждый вторник», «за отчетным»."""

from dataclasses import dataclass

from core.errors import sentence
from roadmap.period_numbers import Line, numbers
from roadmap.period_tokens import Token

FREQUENCY = ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly")
_OF_UNIT = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly",
            "half_year": "half_yearly", "year": "yearly"}  # fmt: skip
_MONTHS = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
_UNSAID = sentence("Повторение не названо прямо")
_TERM = sentence("Школьная четверть (семестр) не совпадает с календарным кварталом: повторение не задано")
_UNNAMED = sentence("За какой период отчитываются, не сказано")
_SEVERAL = sentence("Несколько раз за период: показан сам период")
_ODD_RATE = sentence("Частота не делит год на равные промежутки: повторение не задано")


@dataclass(frozen=True)
class Recurrence:
    """name: one of FREQUENCY or None; is_reporting: due after each reporting period."""

    name: str | None
    is_reporting: bool = False
    doubts: tuple[str, ...] = ()


def recurrence_of(line: Line) -> Recurrence | None:
    """The recurrence the line speaks of, the most frequent one of several; None if it speaks of none."""
    reporting = _reporting(line)
    if reporting:
        return reporting
    found = [here for at in range(len(line)) for here in (_at(line, at),) if here]
    found = found or [here for at in range(len(line)) for here in (_implied(line, at),) if here]
    if not found:
        return None
    named = [here for here in found if here.name]
    return min(named, key=lambda here: FREQUENCY.index(here.name or "")) if named else found[0]


def _at(line: Line, at: int) -> Recurrence | None:
    kind = line.kind(at)
    if kind == "RECUR":
        return Recurrence(str(line.at(at).value))
    if kind == "TIMES":
        return _rate(line, at)
    return _every(line, at + 1) if kind == "EVERY" else None


def _implied(line: Line, at: int) -> Recurrence | None:
    """Recurrence without a word for it: asked only when no word names it."""
    if line.kind(at) in ("DAYNO", "DAYNOS"):
        return _day_number(line, at)
    return _of_last_month(line, at) or _closing_unit(line, at)


def _unit(line: Line, at: int) -> str:
    """The unit at `at`, through «учебный», «календарный»; "" when there is none."""
    while line.kind(at) in ("SCHOOL", "CALENDAR", "DURING", "WHOLE", "REPORTING", "EVERY"):
        at += 1
    if line.kind(at) == "YEARWORD":
        return "year"
    return str(line.at(at).value) if line.kind(at) == "UNIT" else ""


def _rate(line: Line, at: int) -> Recurrence | None:
    """«1 раз в квартал», «2 раза в год», «раз в 3 месяца», «раз/год»."""
    times = line.number(at - 1) if line.kind(at - 1) in ("NUM", "ORD") else line.number(at)
    after = at + 1
    if not (line.is_prep(after, "in", "for") or line.kind(after) == "/"):
        return None
    after += 1
    length = 1
    if line.kind(after) in ("NUM", "ORD"):
        length, after = line.number(after), after + 1
    if line.kind(after) == "YEARS_OLD":
        return Recurrence(None, doubts=(_ODD_RATE,))
    return _named_rate(_unit(line, after), times, length)


def _named_rate(unit: str, times: int, length: int) -> Recurrence | None:
    if unit == "term":
        return Recurrence(None, doubts=(_TERM,))
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}.get(unit, 0) * length
    if months:
        even = times > 0 and months % times == 0 and months // times in _MONTHS
        name = _MONTHS[months // times] if even else None
        if name is None and times > 1 and months in _MONTHS:
            return Recurrence(_MONTHS[months], doubts=(_SEVERAL,))
        return Recurrence(name, doubts=() if name else (_ODD_RATE,))
    name = _OF_UNIT.get(unit) if length == 1 else None
    doubts = (_SEVERAL,) if name and times > 1 else () if name else (_ODD_RATE,)
    return Recurrence(name, doubts=doubts) if unit else None


def _every(line: Line, at: int) -> Recurrence | None:
    """«каждый вторник», «каждого месяца», «каждую третью среду месяца», «каждые 3 месяца»."""
    values, _, after = numbers(line, at, limit=31)
    if values and line.kind(at) != "ORD" and (_unit(line, after)):
        return _named_rate(_unit(line, after), 1, values[0])
    if line.kind(after) in ("LAST", "WORKING"):
        after += 1
    if line.kind(after) == "WEEKDAY":
        is_nth = values or line.kind(after - 1) == "LAST"
        return Recurrence("monthly" if is_nth else "weekly")
    if line.kind(after) == "MONTH" or line.kind(after) == "DAYNO":
        return Recurrence("yearly" if line.kind(after) == "MONTH" else "monthly")
    return _named_rate(_unit(line, after), 1, 1)


def _day_number(line: Line, at: int) -> Recurrence | None:
    """«до 25 числа», «последнее число квартала»; «каждого» or a named month is read elsewhere."""
    numbered = line.kind(at - 1) in ("NUM", "ORD", "LAST")
    if any(line.kind(before) == "MONTH" for before in range(at)):
        return None
    if not numbered or line.kind(at + 1) in ("MONTH", "LAST", "ORD", "NEXT", "THIS"):
        return None
    unit = _unit(line, at + 1)
    further = _unit(line, at + 2) if unit == "month" else ""
    return Recurrence(_OF_UNIT.get(further or unit, "monthly"), doubts=(_UNSAID,))


def _of_last_month(line: Line, at: int) -> Recurrence | None:
    """«последнего месяца квартала», «первый понедельник месяца»."""
    is_nth = line.kind(at) in ("LAST", "ORD") and line.kind(at - 1) != "EVERY"
    if not is_nth:
        return None
    name = at + 1 + (line.kind(at + 1) == "WORKING")
    if line.kind(name) != "WEEKDAY" and not line.is_unit(name, "month", "day", "week", "decade"):
        return None
    unit = _unit(line, name + 1)
    if unit == "year" or not unit:
        return None
    return Recurrence(_OF_UNIT.get(unit), doubts=(_UNSAID,))


def _closing_unit(line: Line, at: int) -> Recurrence | None:
    """«по итогам квартала»: after every unit of this kind."""
    if line.at(at).text not in ("итогам", "результатам"):
        return None
    unit = _unit(line, at + 1)
    name = _OF_UNIT.get(unit)
    is_plain = name and line.kind(at + 2) not in ("YEAR",)
    if unit == "term":
        return Recurrence(None, is_reporting=True, doubts=(_TERM,))
    return (
        Recurrence(name, is_reporting=True, doubts=(sentence("«По итогам» прочитано как повторение"),))
        if is_plain
        else None
    )


def _reporting(line: Line) -> Recurrence | None:
    """«… месяца, следующего за отчетным [кварталом]»: the named reporting unit decides."""
    for at in range(len(line)):
        if line.kind(at) == "REPORTING":
            return _reported(line, at)
        if line.kind(at) == "NEXT" and line.is_prep(at + 1, "for") and _unit(line, at + 2):
            return Recurrence(_OF_UNIT.get(_unit(line, at + 2)), is_reporting=True)
    return None


def _reported(line: Line, at: int) -> Recurrence | None:
    after = line.at(at + 1)
    unit = _unit(line, at + 1)
    if unit:
        return Recurrence(_OF_UNIT.get(unit), is_reporting=True)
    if after.kind == "WITHIN":
        name = _frequent(line)
        return Recurrence(name, is_reporting=True, doubts=() if name else (_UNNAMED,))
    unit = _unit_before(line.tokens[:at])
    return Recurrence(
        _frequent(line) or _OF_UNIT.get(unit), is_reporting=True, doubts=() if unit else (_UNNAMED,)
    )


def _frequent(line: Line) -> str | None:
    named = [here.name for at in range(len(line)) for here in (_at(line, at),) if here and here.name]
    return named[0] if named else None


def _unit_before(tokens: list[Token]) -> str:
    for token in reversed(tokens):
        if token.kind == "YEARWORD":
            return "year"
        if token.kind == "UNIT":
            return str(token.value)
    return ""
