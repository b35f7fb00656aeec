"""Columns and surroundings of plans, drawn as small tables: one difficulty of real files at a time."""

from __future__ import annotations

from typing import Any

from documents.formats.grid import Paragraph

from .drawing import bold, brief, measures, outline, read, table

HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный"]


def meanings(result: dict[str, Any]) -> list[str]:
    return [column["meaning"] for column in result["columns"]]


def test_columns_are_told_by_their_titles_wherever_they_stand() -> None:
    result = read(
        table(
            ["Ответственные лица", "Итоговый документ", "N", "Срок исполнения", "Содержание мероприятия"],
            ["Отдел", "приказ", "1", "март", "Аудит"],
        )
    )

    assert meanings(result) == ["executors", "form_of_execution", "number", "due_period", "title"]
    assert brief(result, "number", "title", "due_period", "form_of_execution") == [
        ("1", "Аудит", "март", "приказ")
    ]


def test_a_title_broken_inside_a_word_or_numbered_is_still_known() -> None:
    result = read(
        table(
            ["№№ п/п", "2. Меро-\nприятие", "СРОК ИСПОЛ-\nНЕНИЯ", "Ответст венный"],
            ["1", "Аудит", "март", "Отдел"],
        )
    )

    assert meanings(result) == ["number", "title", "due_period", "executors"]


def test_two_row_headers_join_the_title_above_with_the_one_below() -> None:
    result = read(
        table(
            ["№", "Мероприятие", "Срок реализации", ">", "Финансирование", ">"],
            ["^", "^", "Плановый", "Фактический", "План", "Факт"],
            ["1", "Аудит", "март", "апрель", "10,0", "9,5"],
        )
    )

    measure = measures(result)[0]
    assert (measure["due_period"], measure["actual_period"]) == ("март", "апрель")
    assert {"title": "Финансирование / План", "text": "10,0"} in measure["unplaced"]


def test_a_header_over_two_rows_without_merges_is_one_header() -> None:
    result = read(
        table(
            ["№", "Наименование", "Срок", "Ответственный"],
            ["п/п", "мероприятия", "исполнения", "исполнитель"],
            ["1", "Аудит", "март", "Отдел"],
        )
    )

    assert brief(result, "number", "title", "due_period") == [("1", "Аудит", "март")]


def test_start_and_end_in_two_columns_are_one_period() -> None:
    result = read(
        table(
            ["№", "Мероприятие", "Срок начала", "Срок окончания", "Ответственный"],
            ["1", "Аудит", "01.02.2024", "01.03.2024", "Отдел"],
            ["2", "Отчёт", "март 2024", "", "Отдел"],
        )
    )

    assert brief(result, "due_period") == [("01.02.2024 – 01.03.2024",), ("март 2024",)]


def test_of_two_period_columns_the_filled_one_is_the_due_period() -> None:
    head = ["№", "Мероприятие", "Сроки реализации", "Ожидаемый результат", "Срок реализации"]

    second = read(table(head, ["1", "Аудит", "", "Акт", "март"], ["2", "Отчёт", "", "Акт", "май"]))
    first = read(table(head, ["1", "Аудит", "март", "Акт", ""], ["2", "Отчёт", "май", "Акт", ""]))

    assert brief(second, "preparation_period", "due_period") == [("", "март"), ("", "май")]
    assert brief(first, "preparation_period", "due_period") == [("", "март"), ("", "май")]


def test_quarters_as_columns_give_the_period_by_their_ticks() -> None:
    result = read(
        table(
            ["№", "Мероприятие", "Срок исполнения", ">", ">", ">", "Ответственный"],
            ["^", "^", "I", "II", "III", "IV", "^"],
            ["1", "Сверка", "+", "", "х", "", "Отдел"],
            ["2", "Отчёт", "", "", "", "до 15 декабря", "Отдел"],
        )
    )

    assert brief(result, "due_period") == [("I квартал, III квартал",), ("до 15 декабря",)]


def test_decoys_around_the_plan_are_left_out() -> None:
    result = read(
        table(["СОГЛАСОВАНО", "УТВЕРЖДАЮ"], ["Директор", "Глава"]),
        bold("План мероприятий на 2024 год"),
        table(HEAD, ["1", "Аудит", "март", "Отдел"], ["Итого", "1", "", ""]),
        table(["Статья расходов", "2024", "2025"], ["211", "10,0", "12,0"]),
        table(["Должность", "ФИО", "Дата", "Подпись"], ["Юрист", "Иванов И.И.", "01.02.2024", ""]),
        table(["Начальник отдела", "", "И.И. Иванов"]),
    )

    assert [found["kind"] for found in result["found_tables"]] == ["", "measures", "", "", ""]
    assert brief(result, "title") == [("Аудит",)]
    assert result["title"] == "План мероприятий на 2024 год"


def test_indicators_get_their_numbers_units_and_targets_by_year() -> None:
    result = read(
        bold("Показатели программы на 2025 год"),
        table(
            ["№ п/п", "Наименование показателя", "Ед. изм.", "Базовое значение", "2024", "2025"],
            ["1", "Доля учителей", "%", "10", "12", "15,5"],
        ),
    )

    indicator = result["indicators"][0]
    assert result["type"] == "indicators"
    assert (indicator["plan_value"], indicator["unit"], indicator["base_value"]) == (15.5, "%", 10)
    assert indicator["targets"] == {"2024": "12", "2025": "15,5"}


def test_the_approval_above_the_title_is_read_apart_from_it() -> None:
    result = read(
        Paragraph("Рассмотрен на Совете руководителей", right=True),
        Paragraph("Протокол от 27.01.2021 №2", right=True),
        Paragraph(""),
        bold("Отчет об исполнении плана"),
        bold("за 2020 год"),
        table(HEAD, ["1", "Аудит", "март", "Отдел"]),
    )

    assert result["title"] == "Отчет об исполнении плана за 2020 год"
    assert result["period"] == "2020 год"
    approval = result["approval"]
    assert (approval["mark"], approval["document"], approval["number"], approval["date"]) == (
        "considered",
        "протокол",
        "2",
        "2021-01-27",
    )


def test_columns_can_be_named_by_hand_even_under_unknown_titles() -> None:
    drawn = table(["Графа А", "Графа Б", "Графа В"], ["1.", "Аудит", "март"], ["2.", "Отчёт", "май"])

    result = read(drawn, mapping={"0": {"0": "number", "1": "title", "2": "due_period"}})

    assert read(drawn).get("sections") is None
    assert brief(result, "number", "title", "due_period") == [("1", "Аудит", "март"), ("2", "Отчёт", "май")]


def test_a_wrongly_understood_column_can_be_named_again() -> None:
    drawn = table([*HEAD, "Примечание"], ["1", "Аудит", "март", "Отдел", "Составлен акт"])

    result = read(drawn, mapping={"0": {"4": "report"}})

    assert measures(read(drawn))[0]["note"] == "Примечание: Составлен акт"
    assert measures(result)[0]["report"] == "Составлен акт"


def test_every_field_knows_its_source_cell_and_its_original_text() -> None:
    result = read(table(HEAD, ["1.", "<p>Аудит</p>", "март", "Отдел"]))

    source = measures(result)[0]["source"]
    assert source["cells"]["due_period"] == [0, 1, 2]
    assert source["original"]["title"] == "<p>Аудит</p>"


def test_a_drawn_table_is_read_like_a_real_one() -> None:
    result = read(
        "┌────┬───────────┬──────────┐",
        "│ №  │Мероприятие│ Срок     │",
        "│п/п │           │исполнения│",
        "├────┼───────────┼──────────┤",
        "│1.  │Провести   │март      │",
        "│    │семи-      │          │",
        "│    │нар        │          │",
        "├────┴───────────┴──────────┤",
        "│     II. Итоги             │",
        "├────┬───────────┬──────────┤",
        "│2.  │Отчёт      │до 1 мая  │",
        "└────┴───────────┴──────────┘",
    )

    assert brief(result, "number", "title", "due_period") == [
        ("1", "Провести семинар", "март"),
        ("2", "Отчёт", "до 1 мая"),
    ]
    assert outline(result)[1] == ("II", "Итоги", ["2"])


def test_numbered_paragraphs_without_a_table_are_a_plan_when_they_name_periods() -> None:
    result = read(
        bold("План мероприятий на 2024 год"),
        bold("I. Кадры"),
        "1. Найм педагогов.",
        "Срок – сентябрь 2024 г.",
        "Ответственный: директор школы, завуч",
        "2. Курсы (срок: март; отв. – методист).",
    )

    assert brief(result, "number", "title", "due_period", "executors") == [
        ("1", "Найм педагогов", "сентябрь 2024 г.", ["директор школы", "завуч"]),
        ("2", "Курсы", "март", ["методист"]),
    ]
    assert outline(result)[0][:2] == ("I", "Кадры")


def test_a_text_without_a_plan_says_that_nothing_was_found() -> None:
    result = read("Просто письмо.", "1. Первый пункт без срока.")

    assert "sections" not in result
    assert "не найдено таблицы" in result["doubts"][0]["text"]


def test_a_layout_table_around_everything_is_opened() -> None:
    inner = table(HEAD, ["1", "Аудит", "март", "Отдел"])
    outer = table([""])
    outer.cells[0].nested = [inner]
    outer.cells[0].blocks = [bold("План мероприятий на 2024 год"), inner]

    result = read(outer)

    assert result["title"] == "План мероприятий на 2024 год"
    assert brief(result, "title") == [("Аудит",)]
