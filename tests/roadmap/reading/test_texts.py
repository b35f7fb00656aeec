"""Texts of cells: what is taken off them, how they are told apart and put together."""

from __future__ import annotations

import pytest

from documents.formats.sheet_values import shown
from roadmap.reading.evidence import is_body, is_number, is_period, is_status, status_length
from roadmap.reading.executors import key, split_executors, split_known
from roadmap.reading.numbers import heading_parts, tidy, unglued
from roadmap.reading.values import Value, value_in
from roadmap.reading.words import clean, is_placeholder, joined

CLEANED = {
    "<p>В реализации</p>": "В реализации",
    "<p>Первый</p> <p>Второй</p>": "Первый\nВторой",
    "<i>1. Методическое</i> <b>сопровождение</b>": "1. Методическое сопровождение",
    "**исполнено**": "исполнено",
    "10 ноября 2020* года": "10 ноября 2020 года",
    "Сроки<1> исполнения": "Сроки исполнения",
    "площадь 550 м²": "площадь 550 м²",
    "орга\u00adнизация\u00a0работы ": "организация работы",
    "&laquo;Веха&raquo; &amp; Ко": "«Веха» & Ко",
    "не менее 3 < 5 и x > 2": "не менее 3 < 5 и x > 2",
    "* при наличии средств": "* при наличии средств",
}


@pytest.mark.parametrize(("typed", "read"), CLEANED.items())
def test_residue_of_conversions_is_taken_off_and_the_rest_stays(typed: str, read: str) -> None:
    assert clean(typed) == read


@pytest.mark.parametrize("text", ["х", "X", "-", "–", "—", "…", "...", "- -"])
def test_signs_for_an_empty_cell_count_as_empty(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["нет", "0", "______ 20__ г.", "хор"])
def test_words_figures_and_blanks_to_fill_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


SPLIT = {
    "Специалист Комитета образования\nМетодическая служба МБУ ДО «ЦИТ»": [
        "Специалист Комитета образования",
        "Методическая служба МБУ ДО «ЦИТ»",
    ],
    "Отдел образования, руководители организаций, расположенных на территории района (далее – ОО, школы)": [
        "Отдел образования",
        "руководители организаций, расположенных на территории района (далее – ОО, школы)",
    ],
    "Комитет образования, культуры и спорта": ["Комитет образования, культуры и спорта"],
    "Иванова И.И., Петров П.П.": ["Иванова И.И.", "Петров П.П."],
    "Иванова И.И. Петров П.П.": ["Иванова И.И.", "Петров П.П."],
    "Иванова И.И., директор школы, Петров П.П., учитель": [
        "Иванова И.И., директор школы",
        "Петров П.П., учитель",
    ],
    "учебный центр «Горизонт»\n(по согласованию)": ["учебный центр «Горизонт» (по согласованию)"],
    "отдел кадров; ОМВД (по согласованию); школы": ["отдел кадров", "ОМВД (по согласованию)", "школы"],
    "СОШ № 1, 2, 5, детские сады": ["СОШ № 1, 2, 5", "детские сады"],
    "МБУ «Центр «Орбита», руководители школ": ["МБУ «Центр «Орбита»", "руководители школ"],
    "1. Отдел кадров\n2. Школы района": ["Отдел кадров", "Школы района"],
    "– отдел кадров;\n– правовой отдел": ["отдел кадров", "правовой отдел"],
    "Специалист Комитета\nобразования": ["Специалист Комитета образования"],
    "Методическая служба МБУ\nДО «ЦИТ»": ["Методическая служба МБУ ДО «ЦИТ»"],
    "Отдел образования\nадминистрации района": ["Отдел образования администрации района"],
    "Управление образования,\nруководители ОУ": ["Управление образования", "руководители ОУ"],
    "заведующий\nвоспитатели": ["заведующий", "воспитатели"],
    "": [],
}


@pytest.mark.parametrize(("text", "names"), SPLIT.items())
def test_executors_are_parted_between_names_and_never_inside_one(text: str, names: list[str]) -> None:
    assert split_executors(text) == names


def test_two_executors_without_a_sign_are_parted_when_both_are_known() -> None:
    known = {key("Специалист Комитета"), key("Методическая служба МБУ ДО «ЦИТ")}

    parted = split_known(["Специалист Комитета Методическая служба МБУ ДО «ЦИТ»", "Новый Отдел"], known)

    assert parted == ["Специалист Комитета", "Методическая служба МБУ ДО «ЦИТ»", "Новый Отдел"]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("2.3. Не менее 5% педагогов", "2.3", "Не менее 5% педагогов"),
        ("1.1.1 Курс", "1.1.1", "Курс"),
        ("4.2-не менее 3%", "4.2", "-не менее 3%"),
        ("12) Отчёт", "12", "Отчёт"),
        ("10.10.2020 – семинар", "", "10.10.2020 – семинар"),
        ("1 сентября – День знаний", "", "1 сентября – День знаний"),
        ("100% школ", "", "100% школ"),
        ("Отчёт", "", "Отчёт"),
    ],
)
def test_a_number_glued_to_the_text_is_parted_but_dates_and_amounts_are_not(
    text: str, number: str, title: str
) -> None:
    assert unglued(text) == (number, title)


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("1. Методическое сопровождение", "1", "Методическое сопровождение"),
        ("II. Анализ", "II", "Анализ"),
        ("Раздел 3. Кадры", "3", "Кадры"),
        ("Направление «Спорт»", "", "Направление «Спорт»"),
        ("Модуль «Классное руководство»", "", "Модуль «Классное руководство»"),
        ("I квартал", "", "I квартал"),
        ("Сентябрь", "", "Сентябрь"),
        ("2 Кадровая работа", "2", "Кадровая работа"),
    ],
)
def test_a_section_row_gives_its_number_and_its_title(text: str, number: str, title: str) -> None:
    assert heading_parts(text) == (number, title)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("1.2.", "1.2"), ("№ 3", "3"), ("1,1", "1.1"), ("IV.", "IV"), ("1. 1 .", "1.1"), ("01.02", "1.2")],
)
def test_a_number_is_kept_without_its_closing_dot(printed: str, kept: str) -> None:
    assert tidy(printed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Сентябрь-май 2020",
        "до 25 числа каждого месяца",
        "31.12.2020",
        "в течение учебного года",
        "по мере необходимости",
        "IV квартал 2025 г.",
        "ежегодно, до 30 апреля",
        "постоянно",
    ],
)
def test_a_period_is_known_by_its_words(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize(
    "text", ["Протокол комиссии", "Директор школы", "исполнено", "Не менее 5% педагогов", ""]
)
def test_other_texts_are_no_periods(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    "text", ["исполнено", "В реализации", "не исполнено", "Выполнено в полном объеме", "срок не наступил"]
)
def test_a_status_is_known_by_its_phrase(text: str) -> None:
    assert is_status(text)


def test_a_status_before_a_report_is_measured_and_a_report_alone_is_not_one() -> None:
    assert status_length("Исполнено. Проведено 3 семинара") == len("Исполнено")
    assert status_length("Проведено 3 семинара") == 0


def test_numbers_and_bodies_are_known() -> None:
    assert is_number("1.1.") and is_number("IV") and not is_number("1 сентября")
    assert is_body("Комитет образования") and is_body("Иванова И.И.") and not is_body("март")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10,42% (1487 чел.)", Value(10.42, "%")),
        ("Не менее 4 ед. (в год открытия – 2 ед.)", Value(4, "ед.")),
        ("1 487 чел.", Value(1487, "чел.")),
        ("0%", Value(0, "%")),
        ("2021 год – 9%, 2022 год – 20%", Value(20, "%")),
        ("в 2021 году 15%", Value(15, "%")),
        ("не установлено", Value(None, "")),
        ("", Value(None, "")),
    ],
)
def test_the_first_number_that_is_no_year_is_the_value(text: str, value: Value) -> None:
    assert value_in(text, 2022) == value


@pytest.mark.parametrize(
    ("raw", "format_id", "code", "text"),
    [
        ("45536", 14, "", "01.09.2024"),
        ("45536", 164, "mmmm yyyy", "сентябрь 2024"),
        ("45536", 164, 'dd"."mm', "01.09"),
        ("0.053", 9, "0.0%", "5,3%"),
        ("1.1", 0, "", "1,1"),
        ("1.1", 2, "", "1,10"),
        ("12", 0, "General", "12"),
        ("99999999", 14, "", "99999999"),
        ("not a number", 14, "", "not a number"),
    ],
)
def test_a_number_on_a_sheet_is_written_as_its_format_shows_it(
    raw: str, format_id: int, code: str, text: str
) -> None:
    assert shown(raw, format_id, code) == text


def test_parts_of_a_torn_sentence_are_joined_by_a_space_and_paragraphs_by_a_line() -> None:
    assert joined("доступен для", "участников") == "доступен для участников"
    assert joined("Проведено.", "Составлен акт") == "Проведено.\nСоставлен акт"
