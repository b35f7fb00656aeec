"""Occurrences that recurring due periods generate."""

from datetime import date

import pytest

from roadmap.occurrences import Occurrence, occurrences
from roadmap.periods import parse_period

SINCE, UNTIL = date(2021, 1, 1), date(2022, 12, 31)


def ends(text: str, year: int | None = None) -> list[str]:
    found = occurrences(parse_period(text, context_year=year), since=SINCE, until=UNTIL)
    return [f"{here.end:%d.%m.%y}" for here in found]


@pytest.mark.parametrize(
    ("text", "year", "count", "first", "last"),
    [
        ("до 25 числа каждого месяца", None, 24, "25.01.21", "25.12.22"),
        ("до 5-го числа месяца, следующего за отчетным", None, 24, "05.01.21", "05.12.22"),
        ("до 5-го числа месяца, следующего за отчетным кварталом", None, 8, "05.01.21", "05.10.22"),
        ("до 20-го числа последнего месяца квартала", None, 8, "20.03.21", "20.12.22"),
        ("до 1 февраля года, следующего за отчетным", None, 2, "01.02.21", "01.02.22"),
        ("последнее число каждого месяца", None, 24, "31.01.21", "31.12.22"),
        ("последняя пятница каждого месяца", None, 24, "29.01.21", "30.12.22"),
        ("каждый вторник", None, 104, "05.01.21", "27.12.22"),
        ("сентябрь, ежемесячно", 2021, 16, "30.09.21", "31.12.22"),
        ("ежегодно, до 1 мая", None, 2, "01.05.21", "01.05.22"),
        ("ежегодно до 1 марта", 2021, 2, "01.03.21", "01.03.22"),
        ("ежегодно с 2011 года", None, 2, "31.12.21", "31.12.22"),
        ("ежегодно с 2022 года", None, 1, "31.12.22", "31.12.22"),
        ("июль, ежегодно", 2021, 2, "31.07.21", "31.07.22"),
        ("январь-февраль, ежегодно", 2021, 2, "28.02.21", "28.02.22"),
        ("ежеквартально", None, 8, "31.03.21", "31.12.22"),
        ("раз в полугодие", None, 4, "30.06.21", "31.12.22"),
        ("ежемесячно в течение года", 2021, 12, "31.01.21", "31.12.21"),
        ("ежедневно с 01.09.2021 по 03.09.2021", None, 3, "01.09.21", "03.09.21"),
    ],
)
def test_a_recurring_period_is_due_on_these_days(
    text: str, year: int | None, count: int, first: str, last: str
) -> None:
    found = ends(text, year)

    assert (len(found), found[0], found[-1]) == (count, first, last)


def test_a_first_deadline_goes_on_by_half_years() -> None:
    found = ends("до 1 июня 2021 г., далее – один раз в полгода")

    assert found[:3] == ["01.06.21", "01.12.21", "01.06.22"]


def test_a_yearly_february_keeps_its_last_day_in_a_leap_year() -> None:
    period = parse_period("февраль, ежегодно", context_year=2023)

    found = occurrences(period, since=date(2024, 1, 1), until=date(2024, 12, 31))

    assert found == [Occurrence(date(2024, 2, 1), date(2024, 2, 29))]


def test_a_yearly_span_may_run_over_new_year() -> None:
    found = occurrences(
        parse_period("ежегодно с 20 декабря по 10 января"), since=SINCE, until=date(2021, 12, 31)
    )

    assert Occurrence(date(2021, 12, 20), date(2022, 1, 10)) in found


@pytest.mark.parametrize("text", ["до 1 мая 2022", "постоянно", "1 раз в 2 года", "по графику", ""])
def test_what_does_not_recur_by_a_named_unit_has_no_occurrences(text: str) -> None:
    assert ends(text) == []


def test_an_empty_window_has_no_occurrences() -> None:
    assert occurrences(parse_period("ежедневно"), since=UNTIL, until=SINCE) == []
