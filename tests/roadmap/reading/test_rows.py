"""Rows of plans, drawn as small tables: sections, merges, page cuts, missing numbers."""

from __future__ import annotations

from documents.formats.grid import Table

from .drawing import bold, brief, measures, outline, read, table

HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный"]


def sheet(name: str, *rows: list[str]) -> Table:
    drawn = table(*rows, place=f"лист «{name}»")
    drawn.regular = True
    return drawn


def test_column_numbers_and_headers_typed_again_are_dropped() -> None:
    result = read(
        table(HEAD, ["1", "2", "3", "4"], ["1.1", "А", "март", "Отдел"], HEAD, ["1.2", "Б", "май", "Отдел"]),
        table(HEAD, ["1", "2", "3", "4"], ["1.3", "В", "июнь", "Отдел"]),
        table(["1", "2", "3", "4"], ["1.4", "Г", "июль", "Отдел"]),
    )

    assert [number for (number,) in brief(result, "number")] == ["1.1", "1.2", "1.3", "1.4"]


def test_section_rows_are_known_merged_or_not_with_any_number() -> None:
    result = read(
        table(
            HEAD,
            ["I. Кадры", ">", ">", ">"],
            ["1.1", "Аудит", "март", "Отдел"],
            ["", "2. Учёба", "", ""],
            ["2.1", "Курсы", "май", "Отдел"],
            ["3", "Контроль", "", ""],
            ["3.1", "Проверка", "июнь", "Отдел"],
            ["Раздел 4. Итоги", "", "", ""],
            ["4.1", "Отчёт", "июль", "Отдел"],
        )
    )

    assert outline(result) == [
        ("I", "Кадры", ["1.1"]),
        ("2", "Учёба", ["2.1"]),
        ("3", "Контроль", ["3.1"]),
        ("4", "Итоги", ["4.1"]),
    ]


def test_a_row_with_only_a_number_and_a_name_of_the_usual_depth_is_a_measure() -> None:
    result = read(
        table(
            HEAD, ["1.1", "Аудит", "март", "Отдел"], ["1.2", "Отчёт", "", ""], ["1.3", "Итог", "май", "Отдел"]
        )
    )

    assert outline(result) == [("", "", ["1.1", "1.2", "1.3"])]
    assert any(doubt["field"] == "due_period" for doubt in result["doubts"])


def test_sections_may_stand_between_tables_and_on_sheets() -> None:
    between = read(
        bold("План работы на 2024 год"),
        bold("1. Кадры"),
        table(HEAD, ["1.1", "Аудит", "март", "Отдел"]),
        bold("2. Учёба"),
        table(["2.1", "Курсы", "май", "Отдел"], ["2.2", "Семинар", "июнь", "Отдел"]),
    )
    sheets = read(
        sheet("Раздел 1. Кадры", HEAD, ["1", "Аудит", "март", "Отдел"]),
        sheet("Раздел 2. Учёба", HEAD, ["2", "Курсы", "май", "Отдел"]),
    )

    assert between["title"] == "План работы на 2024 год"
    assert outline(between) == [("1", "Кадры", ["1.1"]), ("2", "Учёба", ["2.1", "2.2"])]
    assert outline(sheets) == [("1", "Кадры", ["1"]), ("2", "Учёба", ["2"])]


def test_months_and_modules_are_sections() -> None:
    result = read(
        table(
            ["Дела, события, мероприятия", "Классы", "Ориентировочное время проведения", "Ответственные"],
            ["Модуль «Урок»", "", "", ""],
            ["День знаний", "1–11", "1 сентября", "классные руководители"],
            ["Октябрь", ">", ">", ">"],
            ["Экскурсия", "5–7", "октябрь", "учитель истории"],
        )
    )

    assert [title for _, title, _ in outline(result)] == ["Модуль «Урок»", "Октябрь"]
    assert measures(result)[0]["unplaced"] == [{"title": "Классы", "text": "1–11"}]


def test_a_name_merged_over_rows_is_one_measure_and_a_merged_period_is_repeated() -> None:
    result = read(
        table(
            HEAD,
            ["1", "Аудит", "март", "Отдел кадров"],
            ["^", "^", "^", "Школы района"],
            ["2", "Отчёт", "^", "Комитет"],
            ["3", "Итог", "июнь", "^"],
        )
    )

    assert brief(result, "number", "due_period", "executors") == [
        ("1", "март", ["Отдел кадров", "Школы района"]),
        ("2", "март", ["Комитет"]),
        ("3", "июнь", ["Комитет"]),
    ]


def test_a_stage_merged_over_rows_is_a_section() -> None:
    result = read(
        table(
            ["№", "Наименование этапа", "Содержание деятельности", "Сроки", "Ответственный"],
            ["1", "Подготовка", "Приказ", "сентябрь", "Директор"],
            ["2", "^", "План", "октябрь", "Завуч"],
            ["3", "Итоги", "Отчёт", "май", "Завуч"],
        )
    )

    assert outline(result) == [("", "Подготовка", ["1", "2"]), ("", "Итоги", ["3"])]


def test_a_row_cut_by_a_page_is_whole_again_and_says_so() -> None:
    result = read(
        table(HEAD, ["1.1", "Аудит всех учреждений, подведомственных", "март", "Отдел кадров"]),
        table(["", "комитету, с выездом", "", "Школы района"], ["1.2", "Отчёт", "май", "Отдел кадров"]),
    )

    first = measures(result)[0]
    assert first["title"] == "Аудит всех учреждений, подведомственных комитету, с выездом"
    assert first["executors"] == ["Отдел кадров", "Школы района"]
    assert {"title", "executors"} <= set(first["source"]["doubts"])


def test_content_above_its_number_goes_to_the_row_below() -> None:
    result = read(
        table(HEAD, ["1.1", "Аудит", "март", "Отдел"]),
        table(["", "", "май", "Комитет"], ["1.2", "Отчёт", "", ""], ["1.3", "Итог", "июнь", "Отдел"]),
    )

    assert brief(result, "number", "due_period", "executors") == [
        ("1.1", "март", ["Отдел"]),
        ("1.2", "май", ["Комитет"]),
        ("1.3", "июнь", ["Отдел"]),
    ]


def test_a_row_without_a_number_but_with_all_the_rest_is_a_measure() -> None:
    result = read(
        table(
            HEAD,
            ["1", "Аудит", "март", "Отдел"],
            ["", "Конкурс", "май", "Школы"],
            ["3", "Итог", "июнь", "Отдел"],
        )
    )

    assert brief(result, "number", "title") == [("1", "Аудит"), ("", "Конкурс"), ("3", "Итог")]


def test_names_with_small_letters_do_not_make_tails() -> None:
    result = read(
        table(
            ["Мероприятие", "Срок", "Ответственный"],
            ["проведение семинара", "март", "отдел"],
            ["организация курсов", "апрель", "школы"],
            ["подготовка отчёта", "", "директор"],
        )
    )

    assert [title for (title,) in brief(result, "title")] == [
        "проведение семинара",
        "организация курсов",
        "подготовка отчёта",
    ]


def test_status_and_report_in_one_cell_are_parted() -> None:
    result = read(
        table(
            ["№", "Мероприятие", "Срок", "Отметка об исполнении"],
            ["1", "Аудит", "март", "Исполнено. Составлен акт"],
            ["2", "Отчёт", "май", "в работе"],
        )
    )

    assert brief(result, "status", "report") == [("Исполнено", "Составлен акт"), ("в работе", "")]
    assert result["type"] == "roadmap_report"


def test_a_signature_below_the_rows_of_a_sheet_is_no_measure() -> None:
    result = read(
        sheet(
            "План",
            HEAD,
            ["1", "Аудит", "март", "Отдел"],
            ["", "", "", ""],
            ["", "Начальник отдела", "", "И.И. Иванов"],
        )
    )

    assert brief(result, "title") == [("Аудит",)]


PAGED = [
    ["1. Кадры", ">", ">", ">"],
    ["1.1", "Аудит учреждений", "март 2024", "Отдел кадров"],
    ["1.2", "Отчёт о нагрузке", "до 1 мая 2024 года", "Школы района"],
    ["2. Учёба", ">", ">", ">"],
    ["2.1", "Курсы для педагогов", "III квартал", "Отдел кадров"],
    ["2.2", "Итоговый семинар", "декабрь 2024", "Комитет образования"],
]


def test_a_table_parted_at_any_row_is_read_as_if_it_were_whole() -> None:
    whole = read(table(HEAD, *PAGED))

    for cut in range(1, len(PAGED)):
        for repeated in ([], [HEAD], [["1", "2", "3", "4"]]):
            parted = read(table(HEAD, *PAGED[:cut]), table(*repeated, *PAGED[cut:]))
            assert outline(parted) == outline(whole)
            fields = ("title", "due_period", "executors")
            assert brief(parted, *fields) == brief(whole, *fields)


def test_a_title_parted_by_a_page_at_any_word_is_read_as_if_it_were_whole() -> None:
    title = "Аудит подведомственных учреждений (с выездом на 14 площадок) и составление актов"
    words = title.split(" ")

    for cut in range(1, len(words)):
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        parted = read(
            table(HEAD, ["1", "Семинар", "март", "Школы"], ["2", first, "май", "Отдел кадров"]),
            table(["", rest, "", ""], ["3", "Отчёт", "июнь", "Отдел кадров"]),
        )
        assert [title for (title,) in brief(parted, "title")] == ["Семинар", title, "Отчёт"]
