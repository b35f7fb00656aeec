"""Promises of the due-period grammar for any text at all."""

import json
import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.occurrences import occurrences
from roadmap.periods import Period, parse_period

KINDS = {"date", "month", "quarter", "half_year", "year", "school_year", "range", "open_ended", "recurring",
         "relative", "unparseable"}  # fmt: skip
RECURRENCES = {None, "yearly", "half_yearly", "quarterly", "monthly", "weekly", "daily"}
OWN = json.loads((Path(__file__).resolve().parent / "periods_own.json").read_text(encoding="utf-8"))
PHRASES = [row["text"] for row in OWN]
WORDS = sorted({word for phrase in PHRASES for word in phrase.split()})
YEARS = st.one_of(st.none(), st.integers(1990, 2090), st.sampled_from([1, 9998, 9999]))
CONTEXTS = st.sampled_from([None, "school_year", "calendar_year"])
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="сентябрьдоквалI V-–0123456789.,/()год \n", max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join),
)


def fields(period: Period) -> tuple[object, ...]:
    return period.start, period.end, period.recurrence, period.kind, period.doubts


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, YEARS, CONTEXTS)
def test_any_text_gives_a_period_in_order_with_known_words(
    text: str, year: int | None, kind: str | None
) -> None:
    period = parse_period(text, context_year=year, context_kind=kind)

    assert period.text == text
    assert period.kind in KINDS
    assert period.recurrence in RECURRENCES
    assert period.start is None or period.end is None or period.start <= period.end


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT, YEARS)
def test_occurrences_of_any_period_are_ordered_and_touch_the_window(text: str, year: int | None) -> None:
    since, until = date(2022, 1, 1), date(2022, 12, 31)

    found = occurrences(parse_period(text, context_year=year), since=since, until=until)

    assert found == sorted(found, key=lambda here: (here.start, here.end))
    assert all(here.start <= here.end and here.end >= since and here.start <= until for here in found)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHRASES), st.sampled_from(["\u00a0", "  ", "\t", "\n"]), YEARS)
def test_the_kind_of_white_space_changes_nothing(phrase: str, space: str, year: int | None) -> None:
    spaced = phrase.replace("\n", " ").replace(" ", space)

    plain = parse_period(phrase, context_year=year)

    assert fields(parse_period(spaced, context_year=year)) == fields(plain)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHRASES), st.sampled_from("-–—−\u2010\u2011"), YEARS)
def test_the_kind_of_dash_changes_nothing(phrase: str, dash: str, year: int | None) -> None:
    dashed = "".join(dash if unicodedata.category(sign) == "Pd" else sign for sign in phrase)

    assert fields(parse_period(dashed, context_year=year)) == fields(parse_period(phrase, context_year=year))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHRASES), YEARS, CONTEXTS)
def test_case_and_yo_change_nothing(phrase: str, year: int | None, kind: str | None) -> None:
    loud = phrase.upper().replace("Ё", "Е")

    plain = parse_period(phrase, context_year=year, context_kind=kind)

    assert fields(parse_period(loud, context_year=year, context_kind=kind)) == fields(plain)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHRASES), YEARS)
def test_reading_twice_gives_the_same(phrase: str, year: int | None) -> None:
    assert parse_period(phrase, context_year=year) == parse_period(phrase, context_year=year)


@settings(max_examples=150, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["{:%d.%m.%Y}", "до {:%d.%m.%Y} г."]))
def test_every_printed_date_comes_back(day: date, form: str) -> None:
    assert parse_period(form.format(day)).end == day
