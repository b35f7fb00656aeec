"""Requisites and cited acts: the labelled rows, the own list, and the promises that hold for any text."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.requisites_accuracy import FIELDS, is_right
from documents.requisites.answer import as_json
from documents.requisites.found import Found
from documents.requisites.recognition import recognise

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent.parent / "shared"
LABELLED = SHARED / "domain" / "requisites_dev.json"
KEY = ("kind", "number", "date")


def rows_of(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def keys(acts: list[dict]) -> set[tuple]:
    return {tuple(act[name] for name in KEY) for act in acts}


def f1(found: set, expected: set) -> float:
    return 2 * len(found & expected) / max(1, len(found) + len(expected))


def labelled() -> list[dict]:
    if not LABELLED.exists():
        pytest.skip(f"SKIP: the labelled rows are not at {LABELLED}")
    return rows_of(LABELLED)


@pytest.mark.parametrize("row", rows_of(HERE / "own.json"), ids=lambda row: row["id"])
def test_a_document_of_the_own_list_is_read_as_labelled(row: dict) -> None:
    assert as_json(recognise(row["text"])) == row["expected"]


@pytest.mark.parametrize(
    ("name", "share"),
    [("kind", 0.97), ("number", 0.97), ("date", 0.97), ("title", 0.93), ("issuing_authority", 0.9)]
    + [("signatory_position", 0.93), ("signatory_name", 0.93), ("place", 0.9)],
)
def test_a_requisite_of_the_labelled_rows_is_read_right(name: str, share: float) -> None:
    assert name in FIELDS
    rows = [row for row in labelled() if name not in row["skip"]]
    wrong = [
        row["id"]
        for row in rows
        if not is_right(name, as_json(recognise(row["text"]))[name], row["expected"][name])
    ]
    assert 1 - len(wrong) / len(rows) >= share, wrong


def test_the_acts_cited_in_the_labelled_rows_are_found() -> None:
    found, expected = set(), set()
    for row in labelled():
        found |= {(row["id"], key) for key in keys(as_json(recognise(row["text"]))["cited_acts"])}
        expected |= {(row["id"], key) for key in keys(row["expected"]["cited_acts"])}
    assert f1(found, expected) >= 0.95, found ^ expected


def test_the_order_of_the_inputs_is_read_whole() -> None:
    golden_path = SHARED / "inputs" / "004_order.golden.json"
    if not golden_path.exists():
        pytest.skip(f"SKIP: the inputs are not at {golden_path.parent}")
    golden = rows_of(golden_path)
    text = next(golden_path.parent.glob("004_*.txt")).read_text(encoding="utf-8")

    read = as_json(recognise(text))

    assert {name: read[name] for name in FIELDS if name in golden and name != "issuing_authority"} == {
        name: golden[name] for name in FIELDS if name in golden and name != "issuing_authority"
    }
    assert read["issuing_authority"] in [golden["issuing_authority"], *golden["issuing_authority_accept"]]
    assert keys(read["cited_acts"]) == keys(golden["cited_acts"])


@pytest.mark.parametrize(
    ("printed", "number"),
    [("№60/1", "60/1"), ("N 12-р", "12-р"), ("№Р-33", "Р-33"), ("ЛЪ 45", "45"), ("N2 145-од", "145-од")]
    + [("Nе 7", "7"), ("Ne 7", "7"), ("Ns 31/2", "31/2"), ("№№ 8", "8"), ("J\\Ъ 3273-р", "3273-р")]
    + [("№ 590/219", "590/219"), ("№ 12 -р", "12-р"), ("№ 08-99", "08-99"), ("в„– 16", "16"), ("No 5", "5")],
)
def test_a_number_is_read_however_its_sign_is_printed(printed: str, number: str) -> None:
    read = recognise(
        f"УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\n\nП Р И К А З\n\nот 14 января 2020 г. {printed}\n\nОб итогах года\n"
    )
    assert (read.kind.value, read.number.value, read.date.value) == ("приказ", number, date(2020, 1, 14))


@pytest.mark.parametrize(
    ("printed", "day"),
    [("от 30.07.2021", date(2021, 7, 30)), ("14 января 2020 г.", date(2020, 1, 14))]
    + [("«05» марта 2022 года", date(2022, 3, 5)), ("от 05.02.98", date(1998, 2, 5))]
    + [("от 3О.07.2О21", date(2021, 7, 30)), ("12 января2022 г.", date(2022, 1, 12))]
    + [
        ("2021-07-30", date(2021, 7, 30)),
        ("«____» __________ 20__ г.", None),
        ("____октября 2021 года", None),
    ],
)
def test_a_date_is_read_however_it_is_printed(printed: str, day: date | None) -> None:
    read = recognise(f"АДМИНИСТРАЦИЯ РАЙОНА\n\nПОСТАНОВЛЕНИЕ\n\n{printed} № 5\n\nО мерах\n")
    assert (read.date.value, read.number.value) == (day, "5")


def test_blanks_of_a_draft_stay_empty_although_other_dates_stand_in_the_text() -> None:
    read = recognise("ПРИКАЗ\n\n___________ № ____\n\nОб отмене приказа от 12.03.2020 № 15\n")
    assert (read.number, read.date) == (Found(), Found())
    assert [(act.number, act.relation) for act in read.cited_acts] == [("15", "repeals")]


def test_the_letters_g_are_a_year_after_a_date_and_a_town_before_a_name() -> None:
    read = recognise("ПРИКАЗ\n\nот 14.05.2001 г. г. Киров № 7\n\nО мерах\n")
    assert (read.date.value, read.place.value, read.number.value) == (date(2001, 5, 14), "г. Киров", "7")


def test_an_annex_that_names_its_own_order_cites_nothing() -> None:
    read = recognise(
        "ПРИКАЗ\nот 30.07.2021 № 60/1\nОб итогах\n\nПриложение № 1\nк приказу от 30.07.2021 № 60/1\n"
    )
    assert read.cited_acts == ()


def test_a_found_value_can_be_shown_at_its_place_in_the_text_as_given() -> None:
    text = "**ОТДЕЛ ОБРАЗОВАНИЯ**\r\n\r\nП Р И К А З\r\n\r\nот 30.07.2021 J\\Ъ 60/1\r\n\r\n"
    text += "Об\u00a0итогах\r\n\r\nНачальник Л.А. Лаптева\r\n"
    read = recognise(text)
    shown = {
        name: text[found.start : found.end]
        for name in ("authority", "kind", "date", "number", "title", "signatory_name")
        if (found := getattr(read, name)).value is not None
    }
    assert shown == {
        "authority": "ОТДЕЛ ОБРАЗОВАНИЯ",
        "kind": "П Р И К А З",
        "date": "30.07.2021",
        "number": "60/1",
        "title": "Об\u00a0итогах",
        "signatory_name": "Л.А. Лаптева",
    }


def test_what_is_not_printed_has_no_value_no_place_and_no_confidence() -> None:
    assert as_json(recognise("Просто текст без реквизитов.")) == dict.fromkeys(FIELDS) | {"cited_acts": []}
    assert recognise("").title == Found(None, 0.0, None, None)


WORDS = st.sampled_from(
    [
        "приказ",
        "ПРИКАЗ\n",
        "№",
        " от ",
        "12.03.2020",
        "«",
        "»",
        '"',
        "(",
        ")",
        "\n\n",
        "г. Киров",
        "И.И. Ким",
        "Директор ",
    ]
    + [
        "Утверждено ",
        "№ 5",
        "в ред. ",
        "ЛЪ",
        "____",
        "Об итогах",
        " 14 января 2020 г.",
        ";",
        ".",
        "|",
        "Приложение ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=60).map("".join))
@example("№" * 50)
@example("«" * 40 + "»" * 40)
@example("УТВЕРЖДЕНО   ПРИНЯТО")
def test_any_text_is_read_without_an_error_and_every_place_is_inside_it(text: str) -> None:
    read = recognise(text)
    places = [getattr(read, name) for name in vars(read) if name != "cited_acts"] + list(read.cited_acts)
    for found in places:
        assert found.start is None or 0 <= found.start <= found.end <= len(text)
        assert 0 <= found.confidence <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "noise",
    [
        "№ от ",
        "приказ от 01.02.2020 № 5, ",
        "_",
        '«"',
        "ПРИКАЗ\n",
        "И.И. ",
        "г. А",
        "N2 ",
        "УТВЕРЖДЕНО   ПРИНЯТО\n",
    ],
)
def test_time_grows_with_the_length_of_a_hostile_text_and_not_faster(noise: str) -> None:
    def seconds(size: int) -> float:
        text = (noise * size)[:size]
        begun = time.process_time()
        recognise(text)
        return time.process_time() - begun

    seconds(5_000)
    long, short = (min(seconds(size) for _ in range(2)) for size in (200_000, 40_000))
    # Five times the text takes 5 times as long when time grows with the length, 25 with its square.
    assert long < 18 * max(short, 0.05)


@pytest.mark.slow
def test_a_megabyte_of_noise_is_read_within_two_seconds_of_processor_time() -> None:
    text = ("№ от " * 200_000)[:1_000_000]
    begun = time.process_time()
    assert recognise(text).cited_acts == ()
    assert time.process_time() - begun < 2
