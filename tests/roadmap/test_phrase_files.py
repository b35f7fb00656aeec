"""Lists of phrases as plain data."""

import json

from roadmap.phrase_files import periods_of


def test_rows_may_lack_keys_or_be_bare_strings() -> None:
    found = periods_of(
        ["до 1 мая 2022", {}, {"text": "май", "context_year": 2022}, {"text": None, "context_year": ""}]
    )

    assert [row["end"] for row in found] == ["2022-05-01", None, "2022-05-31", None]


def test_rows_come_back_as_plain_data_with_every_field() -> None:
    row = json.loads(json.dumps(periods_of([{"text": "до 2030 года"}])))[0]

    assert row["doubtful"] is True and row["doubts"]
    assert {"text", "start", "end", "recurrence", "kind"} <= set(row)
