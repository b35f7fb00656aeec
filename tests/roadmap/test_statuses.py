"""Status phrases of old reports."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.phrase_files import statuses_of
from roadmap.statuses import STATES, state_of

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared" / "domain" / "statuses_dev.json"
OWN = json.loads((HERE / "statuses_own.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", OWN, ids=lambda row: row["text"][:40] or "empty")
def test_a_phrase_of_the_own_list_names_its_state(row: dict) -> None:
    assert state_of(row["text"]).state == row["state"]


def test_the_labelled_rows_name_their_states() -> None:
    if not SHARED.exists():
        pytest.skip(f"SKIP: the labelled rows are not at {SHARED}")
    rows = json.loads(SHARED.read_text(encoding="utf-8"))
    found = [reading["state"] for reading in statuses_of(rows)]
    assert [row["text"] for row, state in zip(rows, found, strict=True) if state != row["state"]] == []


def test_the_ambiguous_labelled_rows_are_doubtful() -> None:
    if not SHARED.exists():
        pytest.skip(f"SKIP: the labelled rows are not at {SHARED}")
    rows = [row for row in json.loads(SHARED.read_text(encoding="utf-8")) if row["ambiguous"]]
    assert [row["text"] for row in rows if not state_of(row["text"]).doubtful] == []


def test_an_empty_cell_is_a_gap_and_no_doubt() -> None:
    assert (state_of(" \n").state, state_of("").doubtful) == (None, False)


def test_a_phrase_without_a_state_is_doubtful() -> None:
    reading = state_of("Иванова Мария Петровна")
    assert (reading.state, reading.doubtful) == (None, True)


def test_a_broken_term_is_told_apart_from_the_state() -> None:
    assert state_of("исполнено с нарушением срока").late
    assert state_of("просрочено").late
    assert not state_of("исполнено без нарушения срока").late


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from([row["text"] for row in OWN]), max_size=3).map(" ".join),
    )
)
def test_any_text_gives_a_known_state_or_none(text: str) -> None:
    assert state_of(text).state in (None, *STATES)


@given(st.sampled_from([row["text"] for row in OWN]))
def test_case_spaces_and_a_full_stop_change_nothing(text: str) -> None:
    loud = " " + text.upper().replace(" ", "\u00a0") + (" " if not text.strip("-–…х+") else ".")
    assert state_of(loud).state == state_of(text).state


def test_rows_may_be_bare_strings_or_lack_keys() -> None:
    found = statuses_of(["исполнено", {}, {"text": None}])
    assert [row["state"] for row in found] == ["executed", None, None]
