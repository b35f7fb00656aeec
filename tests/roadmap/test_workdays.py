"""The work calendar, control dates and default terms."""

from datetime import date, timedelta

import pytest

from roadmap.workdays import (
    REGISTRATION_TERMS,
    SIGNING_TERMS,
    WorkCalendar,
    add_calendar_days,
    add_months,
    add_working_days,
    control_date,
    default_term,
    reporting_day,
    term_end,
)

RUSSIA = WorkCalendar()


@pytest.mark.parametrize(
    ("year", "days"),
    [(2021, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247)],
)
def test_a_year_has_the_working_days_of_its_production_calendar(year: int, days: int) -> None:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days

    assert sum(RUSSIA.is_working(first + timedelta(days=passed)) for passed in range(length)) == days


@pytest.mark.parametrize(
    "day",
    [
        "2021-11-05",
        "2021-12-31",
        "2022-03-07",
        "2022-05-03",
        "2022-05-10",
        "2023-02-24",
        "2023-05-08",
        "2024-04-29",
        "2024-04-30",
        "2024-05-10",
        "2024-12-30",
        "2024-12-31",
        "2025-05-02",
        "2025-05-08",
        "2025-06-13",
        "2025-11-03",
        "2025-12-31",
        "2026-01-09",
        "2026-03-09",
        "2026-05-11",
        "2026-12-31",
        "2027-02-22",
        "2027-11-05",
        "2027-12-31",
    ],
)
def test_a_moved_day_off_is_a_day_off(day: str) -> None:
    assert not RUSSIA.is_working(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", ["2021-02-20", "2022-03-05", "2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01", "2027-02-20"]
)
def test_a_saturday_worked_in_exchange_is_a_working_day(day: str) -> None:
    found = date.fromisoformat(day)
    assert RUSSIA.is_working(found) and found in RUSSIA.working_weekends(year=found.year)


def test_the_administrator_overrides_both_ways() -> None:
    changed = WorkCalendar({date(2021, 11, 1): False, date(2021, 11, 6): True})

    assert not changed.is_working(date(2021, 11, 1)) and date(2021, 11, 1) in changed.days_off(year=2021)
    assert changed.is_working(date(2021, 11, 6))


@pytest.mark.parametrize(
    ("shift", "expected"),
    [("preceding", date(2021, 12, 30)), ("next", date(2022, 1, 10)), ("none", date(2022, 1, 1))],
)
def test_the_control_date_shifts_as_the_setting_says(shift: str, expected: date) -> None:
    assert control_date(date(2022, 1, 1), shift=shift) == expected  # type: ignore[arg-type]


def test_a_working_day_is_its_own_control_date() -> None:
    assert control_date(date(2022, 3, 5)) == date(2022, 3, 5)


def test_a_calendar_without_working_days_leaves_the_printed_date() -> None:
    first = date(2020, 1, 1)
    never = WorkCalendar({first + timedelta(days=passed): False for passed in range(1200)})

    assert control_date(date(2021, 6, 1), calendar=never) == date(2021, 6, 1)


def test_working_days_are_counted_from_the_next_day() -> None:
    assert add_working_days(date(2021, 12, 30), days=1) == date(2022, 1, 10)
    assert add_working_days(date(2022, 3, 4), days=2) == date(2022, 3, 9)


def test_calendar_days_are_counted_from_the_next_day() -> None:
    assert add_calendar_days(date(2021, 8, 30), days=3) == date(2021, 9, 2)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2021, 1, 31), date(2021, 2, 28)),
        (date(2021, 12, 15), date(2022, 1, 15)),
        (date(2024, 1, 31), date(2024, 2, 29)),
    ],
)
def test_a_month_ends_on_the_same_number_or_on_the_last_day(start: date, expected: date) -> None:
    assert add_months(start, months=1) == expected


def test_without_words_the_default_term_is_a_month_from_signing() -> None:
    term = default_term("Подготовить предложения")

    assert term is not None and (term.length, term.unit, term.counted_from) == (1, "month", "signing")
    assert "5.3.2" in term.norm
    # 30 January 2022 gives 28 February, a Monday.
    assert term_end(term, start=date(2022, 1, 30)) == date(2022, 2, 28)


def test_the_longest_words_choose_the_term() -> None:
    term = default_term("Весьма  срочно!", terms=REGISTRATION_TERMS)
    assert term is not None and (term.length, term.day_kind) == (1, "working")


def test_urgent_is_three_calendar_days_shifted_back() -> None:
    term = default_term("срочно", terms=SIGNING_TERMS)
    assert term is not None and term_end(term, start=date(2021, 9, 2)) == date(2021, 9, 3)


def test_promptly_by_registration_is_ten_working_days() -> None:
    term = default_term("Оперативно", terms=REGISTRATION_TERMS)
    assert term is not None and term_end(term, start=date(2021, 9, 1)) == date(2021, 9, 15)


def test_terms_by_registration_have_no_term_without_words() -> None:
    assert default_term("Подготовить", terms=REGISTRATION_TERMS) is None


def test_every_default_term_quotes_its_norm() -> None:
    assert all("п. " in term.norm for term in (*SIGNING_TERMS, *REGISTRATION_TERMS))


@pytest.mark.parametrize(
    ("phrase", "day", "month"), [("ежемесячно", 10, None), ("Ежеквартально", 10, None), ("постоянно", 20, 1)]
)
def test_a_recurring_assignment_without_a_date_has_a_reporting_day(
    phrase: str, day: int, month: int | None
) -> None:
    found = reporting_day(phrase)
    assert found is not None and (found.day, found.month) == (day, month)


def test_a_dated_assignment_has_no_reporting_day() -> None:
    assert reporting_day("до 1 мая") is None
