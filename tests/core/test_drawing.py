"""The geometry of strips, bars and calendars."""

from datetime import date

from core.drawing import PITCH, ROWS, WIDTH, Stake, axis, lane, segments, weeks

TWO_YEARS = axis(start=date(2026, 1, 1), end=date(2028, 1, 1), today=date(2027, 1, 1))


def test_an_axis_has_a_tick_for_every_quarter_and_names_each_year_once():
    assert len(TWO_YEARS.ticks) == 8
    assert [tick.year for tick in TWO_YEARS.ticks if tick.year] == [2026, 2027]
    assert [tick.quarter for tick in TWO_YEARS.ticks[:4]] == ["I", "II", "III", "IV"]


def test_today_is_drawn_only_inside_the_plan():
    assert TWO_YEARS.today == WIDTH / 2
    assert axis(start=date(2026, 1, 1), end=date(2027, 1, 1), today=date(2028, 1, 1)).today is None


def test_a_long_plan_has_ticks_for_years_only():
    decade = axis(start=date(2021, 1, 1), end=date(2031, 1, 1), today=date(2027, 1, 1))

    assert [tick.year for tick in decade.ticks] == list(range(2021, 2031))


def test_stakes_never_touch_and_none_is_lost():
    dated = [(date(2026, 6, day), "executed") for day in range(1, 29)]

    stakes = lane(TWO_YEARS, dated)

    assert sum(stake.count for stake in stakes) == len(dated)
    for row in ROWS:
        places = [stake.x for stake in stakes if stake.y == row]
        assert all(right - left >= PITCH for left, right in zip(places, places[1:], strict=False))


def test_stakes_that_fall_together_show_the_most_urgent():
    same_day = [(date(2026, 6, 1), code) for code in ("executed", "executed", "overdue", "planned")]

    stakes = lane(TWO_YEARS, same_day)

    assert stakes[-1] == Stake(stakes[0].x, ROWS[1], "overdue", 3)


def test_a_day_outside_the_plan_is_drawn_at_its_edge():
    (stake,) = lane(TWO_YEARS, [(date(2040, 1, 1), "planned")])

    assert stake.x == WIDTH - PITCH / 2


def test_segments_of_a_bar_fill_it_and_skip_what_is_empty():
    parts = segments({"executed": 3, "overdue": 0, "planned": 1})

    assert [(part.code, part.x) for part in parts] == [("executed", 0.0), ("planned", 75.0)]
    assert sum(part.width for part in parts) == 99.0


def test_a_bar_of_nothing_has_no_segments():
    assert segments({"executed": 0}) == []


def test_a_month_starts_on_monday_and_hides_its_neighbours():
    month = weeks(2027, 1)

    assert month[0] == [None, None, None, None, date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]
    assert [day for week in month for day in week if day][-1] == date(2027, 1, 31)
