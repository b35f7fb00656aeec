"""What is proposed of the texts of orders and minutes, and of the files at hand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from orders.cli import orders as commands
from orders.proposals.reading import read_proposals, read_text

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"

ORDER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ
П Р И К А З
от 12.01.2026 № 7-ОД
О проведении смотра
В целях подготовки к новому учебному году
П Р И К А З Ы В А Ю:
1.Провести с 1 по 10 августа 2026 года смотр-конкурс учреждений.
2. Руководителям образовательных организаций:
2.1. Подготовить учреждения к приёмке до 27 июня 2026 года.
2.2. Представить акты готовности в срок
до 15.08.2026 г.
3. Методисту ИМЦ Ивановой И.И. обобщить опыт. Срок: до 1 октября 2026 года.
4. Утвердить состав комиссии. Ответственный: Петрова Л.А. Срок – 20.06.2026.
5. Отделу общего образования (Сидоров П.П.) ежеквартально до 10 числа представлять сводку.
6. Признать утратившим силу приказ от 10.01.2025 № 5-ОД.
7. Контроль за исполнением данного приказа возложить на начальника отдела Р.Р. Рахманкулова.
Начальник управления            В.С. Рогожина
Исп. Иванова
"""

MINUTES = """ПРОТОКОЛ № 2
заседания Совета руководителей
от 27 января 2026 г.
1. СЛУШАЛИ: Иванову И.И. об итогах года.
ВЫСТУПИЛИ: Петров П.П.
РЕШИЛИ:
1.1. Принять к сведению информацию.
1.2. Подготовить план. Ответственный: Петров П.П. Срок: до 1 марта 2026 года.
2. СЛУШАЛИ: о наставничестве
РЕШИЛИ:
2.1 Руководителям ОО представить списки наставников. Срок до 15 февраля 2026 г.
2.2. Заслушать отчёты школ (отв. Сидорова А.А., срок – ежеквартально).
Председатель Л.А. Петрова
"""


def by_number(text):
    return {proposal["number"]: proposal for proposal in read_text(text)["proposals"]}


def test_items_of_an_order_are_taken_apart():
    found = by_number(ORDER)

    assert {number: p["kind"] for number, p in found.items()} == {
        "1": "item", "2.1": "item", "2.2": "item", "3": "item", "4": "item", "5": "item", "6": "statement",
        "7": "control",
    }  # fmt: skip
    assert found["1"]["period"]["start"] == "2026-08-01" and found["1"]["period"]["end"] == "2026-08-10"
    assert (
        found["2.1"]["executors"] == found["2.2"]["executors"] == ["Руководители образовательных организаций"]
    )
    assert found["2.2"]["period"]["end"] == "2026-08-15"
    assert (found["3"]["executors"], found["3"]["title"]) == (
        ["Методист ИМЦ Ивановой И.И."], "Методисту ИМЦ Ивановой И.И. обобщить опыт.",
    )  # fmt: skip
    assert (found["4"]["executors"], found["4"]["period"]["end"]) == (["Петрова Л.А."], "2026-06-20")
    assert found["5"]["executors"] == ["Отдел общего образования (Сидоров П.П.)"]
    assert (found["5"]["due_text"], found["5"]["period"]["recurrence"]) == (
        "ежеквартально до 10 числа",
        "quarterly",
    )
    assert found["7"]["executors"] == ["начальника отдела Р.Р. Рахманкулова"]


def test_what_is_guessed_is_marked():
    found = by_number(ORDER)

    assert found["1"]["doubts"] == ["Исполнитель не назван: впишите его"]
    assert "дательном падеже" in found["3"]["doubts"][0]
    assert found["4"]["doubts"] == []
    assert [number for number, p in found.items() if not p["is_taken"]] == ["6", "7"]


def test_decisions_of_minutes_become_the_same():
    found = by_number(MINUTES)

    assert {number: p["kind"] for number, p in found.items()} == {
        "1.1": "statement", "1.2": "decision", "2.1": "decision", "2.2": "decision",
    }  # fmt: skip
    assert (found["1.2"]["title"], found["1.2"]["executors"]) == ("Подготовить план.", ["Петров П.П."])
    assert found["1.2"]["period"]["end"] == "2026-03-01"
    assert (found["2.1"]["title"], found["2.1"]["due_text"]) == (
        "Руководителям ОО представить списки наставников.", "до 15 февраля 2026 г.",
    )  # fmt: skip
    assert (found["2.2"]["title"], found["2.2"]["executors"], found["2.2"]["period"]["recurrence"]) == (
        "Заслушать отчёты школ.", ["Сидорова А.А."], "quarterly",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("item", "executors", "due"),
    [
        ("1. Директорам школ открыть столовые не позднее 5 мая.", ["Директора школ"], "не позднее 5 мая"),
        ("1. Заместителю главы Петровой Л.А. обеспечить явку.", ["Заместитель главы Петровой Л.А."], ""),
        ("1. Комитету по делам ежемесячно публиковать отчёт.", ["Комитет по делам"], "ежемесячно"),
        ("1. Провести приём в течение 2026 года.", [], "в течение 2026 года"),
        ("1. Исполнить приказ от 10.01.2025 № 5.", [], ""),
        ("1. Обеспечить доступ. Ответственные: Иванов И.И., Петров П.П. Срок: постоянно.",
         ["Иванов И.И.", "Петров П.П."], "постоянно"),
    ],
)  # fmt: skip
def test_who_and_when_in_one_sentence(item, executors, due):
    found = by_number(f"ПРИКАЗЫВАЮ:\n{item}")["1"]

    assert (found["executors"], found["due_text"]) == (executors, due)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Справка о питании",
        "О решении районного собрания\nРешение принято.",
        "1. Первый пункт без слов приказа.",
    ],
)
def test_a_text_that_orders_nothing_proposes_nothing(text):
    found = read_text(text)

    assert found["proposals"] == [] and found["doubts"]


def test_annexes_and_signatures_are_no_items():
    text = "ПРИКАЗЫВАЮ:\n1. Утвердить план.\nДиректор И.И. Иванов\nПриложение 1\n2. Это уже план, а не пункт."

    assert list(by_number(text)) == ["1"]


def test_figures_in_a_broken_line_begin_no_item():
    text = "ПРИКАЗЫВАЮ:\n1. Сдать отчёт до\n30.06.2026 г. в отдел.\n2. Доложить."

    assert list(by_number(text)) == ["1", "2"]


def needs(name):
    path = INPUTS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return path


@pytest.mark.parametrize("name", ["004_order.docx", "004_order.pdf", "004_monitoring_schedule.docx"])
def test_the_schedule_of_a_real_order_is_proposed_whole(name):
    golden = json.loads(needs("004_monitoring_schedule.golden.json").read_text("utf-8"))["schedule"]

    found = [p for p in read_proposals(str(needs(name)))["proposals"] if p["kind"] == "schedule"]

    assert [(p["title"], p["due_text"], p["executors"]) for p in found] == [
        (row["event"], row["period"], row["executors"]) for row in golden
    ]
    assert [p["period"]["recurrence"] for p in found] == ["monthly", *["yearly"] * 6]
    assert [(p["period"]["start"], p["period"]["end"]) for p in found][1] == ("2021-01-01", "2021-02-28")


def test_the_items_of_a_real_order_are_its_own():
    golden = json.loads(needs("004_order.golden.json").read_text("utf-8"))["items"]

    found = [p for p in read_proposals(str(needs("004_order.docx")))["proposals"] if p["kind"] != "schedule"]

    assert [p["quote"] for p in found] == golden
    assert [p["kind"] for p in found] == ["statement", "item", "control"]


def test_the_command_prints_what_is_proposed(tmp_path):
    from tests.uploads import docx_bytes

    file = tmp_path / "order.docx"
    file.write_bytes(
        docx_bytes("от 12.01.2026 № 7", "ПРИКАЗЫВАЮ:", "1. Доложить до 01.03.2026. Отв.: Иванов И.И.")
    )

    said = CliRunner().invoke(commands, ["propose", str(file), "--json"])
    lines = CliRunner().invoke(commands, ["propose", str(file)])

    assert json.loads(said.output)["proposals"][0]["period"]["end"] == "2026-03-01"
    assert "Иванов И.И." in lines.output


def test_the_command_says_why_a_file_cannot_be_read(tmp_path):
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")

    said = CliRunner().invoke(commands, ["propose", str(file)])

    assert said.exit_code == 1 and said.output.startswith("Error: ")


DECREE = """постановляет:
1. Внести в план следующие изменения:
1.1. Пункт 3 изложить в новой редакции.
2. Поручить Комитету по делам назначить ответственных. Ответственные – школы; срок – до 1 июня 2026 г.
3. Контроль исполнения постановления возложить на заместителя главы Иванову И.И.
И.о. главы района     П.П. Петров
"""


def test_changes_of_other_acts_and_acting_heads():
    found = by_number(DECREE)

    assert [(number, p["kind"]) for number, p in found.items()] == [
        ("1.1", "statement"), ("2", "item"), ("3", "control"),
    ]  # fmt: skip
    assert (found["2"]["executors"], found["2"]["due_text"]) == (["школы"], "до 1 июня 2026 г.")
    assert found["3"]["executors"] == ["заместителя главы Иванову И.И."]
