"""Rules for parts of a unit: «начало апреля», «вторая декада», «последняя неделя», «третий понедельник»."""

from dataclasses import replace

from core.errors import sentence
from roadmap.period_numbers import Line, numbers, second_year, skip_year_words, year_after
from roadmap.period_spots import LAST, SCHOOL_END, SCHOOL_START, YEAR_END, YEAR_START, Nth, Spot, day_spot

DECADES = {1: (1, 10), 2: (11, 20), 3: (21, 31), LAST: (21, 31)}
HALVES = {1: (1, 15), 2: (16, 31), LAST: (16, 31)}
WEEKS = {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 28), 5: (29, 31), LAST: (25, 31)}
_FRACTIONS = {"decade": DECADES, "week": WEEKS, "half": HALVES}
_EDGES = {"start": 1, "middle": 2, "end": 3}
_EDGE_DOUBT = sentence("Начало, середина и конец месяца приняты за декады: 1–10, 11–20, с 21-го числа")
_WEEK_DOUBT = sentence("Недели месяца отсчитаны по семь дней от первого числа")
_HALF_DOUBT = sentence("Половина месяца: по 15-е число и с 16-го")
_UNIT_DOUBT = sentence("Начало и конец года, полугодия или квартала приняты за первый и последний месяц")
_SCHOOL_DOUBT = sentence("Начало и конец учебного года устанавливает организация: принято по настройке")
_SEASON_DOUBT = sentence("Время года принято за три календарных месяца")


def closing(line: Line, at: int, spot: Spot) -> Spot:
    """The spot with its year, read at `at`."""
    mark, stop = year_after(line, at)
    if mark is None:
        return replace(spot, stop=stop)
    if spot.span and mark.year and second_year(line, at) == mark.year + 1:
        return replace(spot, year=mark.year, stop=skip_year_words(line, at + 3))
    year = mark.year - spot.span if mark.year and spot.span and not mark.school else mark.year
    return replace(spot, year=year, offset=mark.offset, school=mark.school, stop=stop)


def _part_numbers(line: Line, at: int) -> tuple[list[int], int]:
    if line.kind(at) == "LAST":
        return [LAST], at + 1
    values, _, after = numbers(line, at, limit=5)
    return values, after


def _part_name(line: Line, at: int) -> str:
    if line.kind(at) == "PLURAL_HALF":
        return "half"
    return str(line.at(at).value) if line.is_unit(at, "decade", "week") else ""


def _days(name: str, values: list[int]) -> tuple[int, int] | None:
    table = _FRACTIONS[name]
    if not all(value in table for value in values):
        return None
    return table[values[0]][0], table[values[-1]][1]


def fraction(line: Line, at: int, month: int) -> Spot | None:
    """What narrows a month after its name: «сентябрь (1 декада)», «май, последняя неделя»."""
    bracket = line.kind(at) == "("
    values, after = _part_numbers(line, at + (line.kind(at) in ("(", ",")))
    name = _part_name(line, after)
    days = _days(name, values) if values and name else None
    if not days or (bracket and line.kind(after + 1) != ")"):
        return None
    return closing(line, after + 1 + bracket, _month_part(month, days, name))


def _month_part(month: int, days: tuple[int, int], name: str) -> Spot:
    doubt = {"decade": "", "week": _WEEK_DOUBT, "half": _HALF_DOUBT}[name]
    return Spot("range", (month, days[0]), (month, days[1]), doubt=doubt)


def round_days(line: Line, at: int) -> Spot | None:
    """«первая декада мая», «последняя неделя мая», «вторая половина года», «в 20-х числах мая»."""
    values, after = _part_numbers(line, at)
    name = _part_name(line, after)
    if values and name and line.kind(after + 1) == "MONTH":
        days = _days(name, values)
        month = line.number(after + 1)
        return closing(line, after + 2, _month_part(month, days, name)) if days else None
    if values and name == "half":
        return _half_of_year(line, after + 1, values[0])
    return _tens(line, at)


def _half_of_year(line: Line, at: int, half: int) -> Spot | None:
    at += line.kind(at) in ("SCHOOL", "CALENDAR") and line.kind(at - 1) == "PLURAL_HALF"
    if line.kind(at) not in ("YEARWORD", "YEAR", "THIS") or half not in (1, 2, LAST):
        return None
    months = (1, 6) if half == 1 else (7, 12)
    spot = Spot("half_year", (months[0], 1), (months[1], 31))
    if line.kind(at) == "YEARWORD":
        return replace(spot, school=line.kind(at - 1) == "SCHOOL", stop=at + 1)
    return closing(line, at, spot)


def _tens(line: Line, at: int) -> Spot | None:
    """«первые числа мая» (1–10), «последние числа мая», «в 20-х числах мая» (20–29)."""
    if line.kind(at + 1) not in ("DAYNO", "DAYNOS") or line.kind(at + 2) != "MONTH":
        return None
    month = line.number(at + 2)
    if line.kind(at) == "LAST" or (line.kind(at) == "ORD" and line.number(at) == 1):
        days = DECADES[LAST] if line.kind(at) == "LAST" else DECADES[1]
    elif (
        line.kind(at) == "ORD" and line.number(at) in (10, 20) and line.at(at + 1).text in ("числах", "числа")
    ):
        days = (line.number(at), line.number(at) + 9)
    else:
        return None
    return closing(line, at + 3, Spot("range", (month, days[0]), (month, days[1]), doubt=_EDGE_DOUBT))


def edge(line: Line, at: int) -> Spot | None:
    """«до конца ноября» is a day; «в конце ноября» without a deadline word is a part of the month."""
    if line.kind(at) != "EDGE":
        return None
    name = str(line.at(at).value)
    is_point = line.is_prep(at - 1, "until", "by", "to", "from", "on")
    if line.kind(at + 1) == "MONTH":
        return _month_edge(line, at + 1, name, is_point)
    whole = _unit_bounds(line, at + 1)
    return _unit_edge(*whole, name, is_point) if whole else None


def _month_edge(line: Line, at: int, name: str, is_point: bool) -> Spot:
    month, days = line.number(at), DECADES[_EDGES[name]]
    if not is_point:
        return closing(line, at + 1, Spot("range", (month, days[0]), (month, days[1]), doubt=_EDGE_DOUBT))
    if name == "end":
        return closing(line, at + 1, Spot("end_day", (month, 31), (month, 31)))
    day = 1 if name == "start" else 15
    return closing(line, at + 1, replace(day_spot(day, month), doubt="" if day == 1 else _EDGE_DOUBT))


def _unit_bounds(line: Line, at: int) -> tuple[Line, int, Spot] | None:
    """The year, half-year or quarter at `at`, as a spot without its year."""
    if line.is_prep(at, "in"):
        at += 1
    values, _, after = numbers(line, at, limit=4)
    if len(values) == 1 and line.is_unit(after, "quarter", "half_year"):
        length = 3 if line.is_unit(after, "quarter") else 6
        last = min(12, values[0] * length)
        return line, after + 1, Spot("part", (last - length + 1, 1), (last, 31))
    return _year_bounds(line, at)


def _year_bounds(line: Line, at: int) -> tuple[Line, int, Spot] | None:
    school = line.kind(at) == "SCHOOL"
    if line.kind(at) in ("SCHOOL", "CALENDAR"):
        at += 1
    if line.kind(at) == "YEARWORD" and line.kind(at + 1) != "NEXT":
        first, last = (SCHOOL_START, SCHOOL_END) if school else (YEAR_START, YEAR_END)
        return line, at + 1, Spot("part", first, last, span=int(school), school=school)
    mark, _ = year_after(line, at)
    if mark is None:
        return None
    if mark.school:
        return line, at, Spot("part", SCHOOL_START, SCHOOL_END, span=1, school=True)
    return line, at, Spot("part", YEAR_START, YEAR_END)


def _unit_edge(line: Line, at: int, whole: Spot, name: str, is_point: bool) -> Spot | None:
    if name == "middle":
        return None
    found = closing(line, at, _point(whole, name) if is_point else _edge_month(whole, name))
    year = found.year + whole.span if found.year and name == "end" else found.year
    return replace(found, year=year, school=found.school and year is None)


def _point(whole: Spot, name: str) -> Spot:
    school = whole.last == SCHOOL_END
    if name == "start":
        return Spot("day", whole.first, whole.first, doubt=_SCHOOL_DOUBT if school else "")
    return Spot(
        "school_end" if school else "end_day", whole.last, whole.last, doubt=_SCHOOL_DOUBT if school else ""
    )


def _edge_month(whole: Spot, name: str) -> Spot:
    month = whole.first[0] if name == "start" else whole.last[0]
    return Spot("range", (month, 1), (month, 31), doubt=_UNIT_DOUBT)


def nth_weekday(line: Line, at: int) -> Spot | None:
    """«третий понедельник апреля», «последний рабочий день мая»."""
    if line.kind(at) not in ("ORD", "LAST", "NUM"):
        return None
    number = LAST if line.kind(at) == "LAST" else line.number(at)
    working = line.kind(at + 1) == "WORKING"
    name = at + 1 + working
    is_day = line.is_unit(name, "day") and line.kind(at) != "NUM"
    if not (line.kind(name) == "WEEKDAY" or is_day) or line.kind(name + 1) != "MONTH":
        return None
    if number != LAST and not 1 <= number <= (31 if is_day else 5):
        return None
    month, weekday = line.number(name + 1), None if is_day else line.number(name)
    doubt = sentence("Рабочие дни взяты из производственного календаря") if working else ""
    spot = replace(day_spot(1, month), nth=Nth(number, weekday, working), doubt=doubt)
    return closing(line, name + 2, spot)


def season(line: Line, at: int) -> Spot | None:
    """«летом 2021 года», «в осенний период»."""
    if line.kind(at) != "SEASON" or line.kind(at + 1) == "HOLIDAYS":
        return None
    first = line.number(at)
    last = first % 12 + 2
    after = at + 1 + (line.kind(at + 1) == "WITHIN" or line.is_unit(at + 1, "season"))
    spot = Spot("range", (first, 1), (last, 31), span=int(last < first), doubt=_SEASON_DOUBT)
    return closing(line, after, spot)
