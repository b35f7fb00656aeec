"""Rules that read one spot of the calendar at one place of the line: days, months, quarters, half-years."""

from collections.abc import Callable
from dataclasses import replace

from core.errors import sentence
from roadmap.period_numbers import Line, numbers, school_pair, second_year, skip_year_words
from roadmap.period_parts import closing, edge, fraction, nth_weekday, round_days, season
from roadmap.period_spots import SCHOOL_END, SCHOOL_START, YEAR_END, YEAR_START, Spot, day_spot, months_spot

Rule = Callable[[Line, int], Spot | None]


def spots_of(line: Line) -> list[Spot]:
    """Every spot of the line from left to right, none overlapping."""
    found: list[Spot] = []
    at = 0
    while at < len(line):
        spot = next((spot for spot in (rule(line, at) for rule in RULES) if spot), None)
        if spot:
            found.append(replace(spot, start=at))
        at = max(spot.stop, at + 1) if spot else at + 1
    return found


def _date(line: Line, at: int) -> Spot | None:
    token = line.at(at)
    parts = token.value if isinstance(token.value, tuple) else ()
    if token.kind == "DATE":
        doubt = sentence("Дата напечатана с ошибкой в разделителях") if token.mended else ""
        spot = replace(day_spot(parts[0], parts[1], parts[2]), doubt=doubt)
        return replace(spot, stop=skip_year_words(line, at + 1))
    if token.kind == "DM":
        return closing(line, at + 1, day_spot(parts[0], parts[1]))
    if token.kind == "MY":
        return replace(months_spot("month", parts[0], parts[0], parts[1]), stop=skip_year_words(line, at + 1))
    return None


def _day_of_month(line: Line, at: int) -> Spot | None:
    if not _is_day(line, at):
        return None
    month = at + 1 + (line.kind(at + 1) == "DAYNO")
    if line.kind(month) != "MONTH":
        return None
    return closing(
        line, month + 1 + line.is_unit(month + 1, "month"), day_spot(line.number(at), line.number(month))
    )


def _day_of_named_month(line: Line, at: int) -> Spot | None:
    """«сентябрь, до 10 числа»: the month stands before, and nothing says that the day recurs."""
    if line.kind(at + 1) != "DAYNO" or not _is_day(line, at):
        return None
    if any(token.kind in ("RECUR", "EVERY", "TIMES", "REPORTING", "NEXT") for token in line.tokens):
        return None
    months = [line.number(before) for before in range(at) if line.kind(before) == "MONTH"]
    return closing(line, at + 2, day_spot(line.number(at), months[-1])) if months else None


def _is_day(line: Line, at: int) -> bool:
    return line.kind(at) in ("NUM", "ORD") and 1 <= line.number(at) <= 31


def _bare_day(line: Line, at: int) -> Spot | None:
    """«17» in «с 17 по 31 марта»: the month is printed once, after the last day."""
    if not _is_day(line, at):
        return None
    end = at
    while _joins_days(line, end + 1) and _is_day(line, _day_after(line, end + 1)):
        end = _day_after(line, end + 1)
    closes = line.kind(end + 1) == "MONTH" and line.kind(end + 2) != "WEEKDAY"
    joined = end > at or (_joins_days(line, at + 1) and line.kind(_day_after(line, at + 1)) in ("DM", "DATE"))
    before_date = _joins_days(line, end + 1) and line.kind(_day_after(line, end + 1)) in ("DM", "DATE")
    if not joined or not (closes or before_date):
        return None
    return replace(day_spot(line.number(at), 0), stop=at + 1)


def _joins_days(line: Line, at: int) -> bool:
    return (
        line.kind(at) in ("-", ",", "AND", "/") or line.is_prep(at, "to", "until") or line.at(at).text == "но"
    )


def _day_after(line: Line, at: int) -> int:
    return at + 1 + (line.kind(at + 1) in ("PREP", "AND") and line.kind(at) in (",", "AND"))


def _month(line: Line, at: int) -> Spot | None:
    if line.kind(at) != "MONTH":
        return None
    number = line.number(at)
    after = at + 1 + line.is_unit(at + 1, "month")
    return fraction(line, after, number) or closing(line, after, months_spot("month", number, number))


_PARTS = {"quarter": (4, 3), "half_year": (2, 6)}


def _units(line: Line, at: int) -> Spot | None:
    """«II квартал», «1–3 кварталы», «второе полугодие»."""
    values, is_span, after = numbers(line, at, limit=4)
    if not values or line.at(after).value not in _PARTS or line.kind(after) != "UNIT":
        return None
    return _unit_spot(line, after + 1, str(line.at(after).value), (values, is_span))


def _unit_first(line: Line, at: int) -> Spot | None:
    """«кварталы: I, II», «полугодие 1»."""
    if line.at(at).value not in _PARTS or line.kind(at) != "UNIT":
        return None
    values, is_span, after = numbers(line, at + 1 + (line.kind(at + 1) == ","), limit=4)
    if not values or line.kind(after) in ("MONTH", "UNIT", "TIMES", "RECUR", "DAYNO", "WEEKDAY", "WORKING"):
        return None
    return _unit_spot(line, after, str(line.at(at).value), (values, is_span))


def _unit_spot(line: Line, after: int, unit: str, found: tuple[list[int], bool]) -> Spot | None:
    (values, is_span), (limit, length) = found, _PARTS[unit]
    if max(values) > limit:
        return None
    first, last = (values[0], values[-1]) if is_span else (min(values), max(values))
    kind = unit if first == last else "range"
    return closing(line, after, months_spot(kind, first * length - length + 1, last * length))


def _months_so_far(line: Line, at: int) -> Spot | None:
    """«за 9 месяцев 2022 года»: from 1 January, cumulative."""
    if line.kind(at) != "NUM" or not line.is_unit(at + 1, "month") or not 1 <= line.number(at) <= 12:
        return None
    if line.is_prep(at + 2, "until") or line.kind(at - 2) == "TIMES":
        return None
    spot = closing(line, at + 2, months_spot("range", 1, line.number(at)))
    is_report = line.is_prep(at - 1, "for") or line.kind(at - 1) in ("ORD",)
    return spot if spot.is_dated or spot.offset is not None or is_report else None


def _years(line: Line, at: int) -> Spot | None:
    """«2020/2021», «2011-2014 годы», «2009 2011 годы», «2021 год»."""
    if line.kind(at) != "YEAR" or line.kind(at + 1) in ("COUNTED", "%"):
        return None
    year, second = line.number(at), second_year(line, at)
    school = school_pair(line, at)
    if school and second == year + 1:
        return Spot("school_year", SCHOOL_START, SCHOOL_END, year, span=1, stop=school)
    if school:
        return Spot("range", SCHOOL_START, SCHOOL_END, year, span=second - year, stop=school)
    if second:
        return Spot(
            "range", YEAR_START, YEAR_END, year, span=second - year, stop=skip_year_words(line, at + 3)
        )
    return _lost_dash(line, at) or _one_year(line, at)


def _lost_dash(line: Line, at: int) -> Spot | None:
    span = line.number(at + 1) - line.number(at)
    if line.kind(at + 1) != "YEAR" or not 0 < span < 40:
        return None
    stop = skip_year_words(line, at + 2)
    doubt = sentence("Между годами нет тире: прочитано как промежуток")
    return Spot("range", YEAR_START, YEAR_END, line.number(at), span=span, stop=stop, doubt=doubt)


def _one_year(line: Line, at: int) -> Spot:
    year, after = line.number(at), at + 1 + (line.kind(at + 1) == "CALENDAR")
    named = line.kind(after) == "SCHOOL" and line.kind(after + 1) == "YEARWORD"
    if named or (line.kind(at - 1) == "YEARWORD" and line.kind(at - 2) == "SCHOOL"):
        doubt = sentence("Учебный год назван одним числом: принят год его начала")
        stop = skip_year_words(line, after + named)
        return Spot("school_year", SCHOOL_START, SCHOOL_END, year, span=1, stop=stop, doubt=doubt)
    return Spot("year", YEAR_START, YEAR_END, year, stop=skip_year_words(line, after))


def _unnamed_year(line: Line, at: int) -> Spot | None:
    """«в течение года», «учебный год», «текущего года»: the year is that of the plan."""
    school = line.kind(at) == "SCHOOL"
    after = at + (school or line.kind(at) in ("THIS", "NEXT", "PAST", "CALENDAR", "WHOLE"))
    if line.kind(at) in ("THIS", "NEXT", "PAST", "WHOLE") and line.kind(after) == "SCHOOL":
        school, after = True, after + 1
    if line.kind(after) == "CALENDAR":
        after += 1
    if not _is_free_year(line, at, after):
        return None
    stop = skip_year_words(line, after)
    if school and line.kind(stop) == "YEAR" and (second_year(line, stop) or line.kind(at) == "SCHOOL"):
        return None
    offset = {"THIS": 0, "NEXT": 1, "PAST": -1}.get(line.kind(at))
    if school:
        return Spot("school_year", SCHOOL_START, SCHOOL_END, span=1, offset=offset, stop=stop)
    return Spot("year", YEAR_START, YEAR_END, offset=offset, stop=stop)


_BEFORE_YEAR = frozenset(
    ("END", "PREP", "DURING", "EDGE", "WITHIN", ",", "(", "-", "CALENDAR", "YEARROUND", "AND")
)


def _is_free_year(line: Line, at: int, after: int) -> bool:
    """Whether «год» stands for a year of its own, not for «5 года», «раз в год», «каждый год», «2021 г.»."""
    word = line.at(after)
    if word.kind != "YEARWORD" or len(word.text) < 3 or word.text in ("лет", "годы", "годов"):
        return False
    before = line.at(at - 1)
    is_rate = before.kind == "PREP" and line.kind(at - 2) == "TIMES"
    opens = before.kind in _BEFORE_YEAR or before.text.startswith(("нов", "предстоящ"))
    return opens and not is_rate and line.kind(after + 1) not in ("NEXT", "REPORTING")


def _year_round(line: Line, at: int) -> Spot | None:
    if line.kind(at) != "YEARROUND" or line.kind(at + 1) == "YEARWORD":
        return None
    return Spot("year", YEAR_START, YEAR_END, stop=at + 1)


RULES: tuple[Rule, ...] = (
    _date,
    nth_weekday,
    round_days,
    _day_of_month,
    _day_of_named_month,
    _bare_day,
    edge,
    _month,
    _units,
    _unit_first,
    _months_so_far,
    season,
    _years,
    _unnamed_year,
    _year_round,
)
