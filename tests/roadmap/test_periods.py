"""The due-period grammar against the labelled rows, the own list, and the promises that hold for any text."""

import json
from pathlib import Path

import pytest

from roadmap.periods import Period, parse_period
from roadmap.phrase_files import periods_of

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared" / "domain" / "periods_dev.json"
FIELDS = ("start", "end", "recurrence", "kind")


def rows_of(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def read_fields(row: dict) -> dict:
    found = periods_of([row])[0]
    return {name: found[name] for name in FIELDS}


@pytest.mark.parametrize(
    "row", rows_of(HERE / "periods_own.json"), ids=lambda row: row["text"][:40] or "empty"
)
def test_a_phrase_of_the_own_list_is_read_as_the_semantics_say(row: dict) -> None:
    assert read_fields(row) == {name: row[name] for name in FIELDS}


def test_the_labelled_rows_are_read_right_in_every_field() -> None:
    if not SHARED.exists():
        pytest.skip(f"SKIP: the labelled rows are not at {SHARED}")
    wrong = [
        row["text"] for row in rows_of(SHARED) if read_fields(row) != {name: row[name] for name in FIELDS}
    ]
    assert wrong == []


def test_the_ambiguous_labelled_rows_are_marked_doubtful() -> None:
    if not SHARED.exists():
        pytest.skip(f"SKIP: the labelled rows are not at {SHARED}")
    rows = [row for row in rows_of(SHARED) if row.get("ambiguous")]
    sure = [row["text"] for row in rows if not periods_of([row])[0]["doubtful"]]
    assert sure == []


def test_the_printed_text_is_kept_verbatim() -> None:
    text = "  До 15\u00a0СЕНТ.\n2010* года "
    assert parse_period(text).text == text


def test_a_printed_year_wins_over_the_year_of_the_plan() -> None:
    period = parse_period("21.03.2022", context_year=2023, context_kind="school_year")
    assert (period.start, period.end) == (period.end, period.start)
    assert str(period.end) == "2022-03-21"


def test_a_year_outside_the_plan_is_flagged_and_not_corrected() -> None:
    assert parse_period("21.03.2022", context_year=2022, context_kind="school_year").is_doubtful


def test_the_end_of_a_school_year_is_a_setting() -> None:
    period = parse_period("2020/2021 учебный год", school_year_end=(5, 31))
    assert str(period.end) == "2021-05-31"


def test_a_day_that_is_not_in_the_calendar_is_doubtful() -> None:
    period = parse_period("31 февраля 2022")
    assert (period.end, period.is_doubtful) == (None, True)


@pytest.mark.parametrize(
    "text",
    ["первая неделя мая 2022", "начало апреля 2022", "до 2030 года", "2 полугодие 2021 (октябрь)", "20__ год",
     "сентебрь 2022", "5 квартал 2022", "к 2025 году", "декабрь-январь"],
)  # fmt: skip
def test_what_could_be_read_otherwise_is_marked(text: str) -> None:
    assert parse_period(text, context_year=2022).doubts


@pytest.mark.parametrize(
    "text", ["до 15.05.2022", "март 2022", "II квартал 2022 года", "2020/2021 учебный год"]
)
def test_what_is_plain_carries_no_doubt(text: str) -> None:
    assert parse_period(text).doubts == ()


def test_a_period_knows_by_one_name_whether_it_is_doubtful() -> None:
    assert Period("x", doubts=("Проверьте",)).doubtful and not Period("x").doubtful


def test_a_very_long_text_is_read_in_part_and_says_so() -> None:
    period = parse_period("до 1 мая 2022 " * 1000)
    assert any("слишком длинный" in doubt for doubt in period.doubts)
