"""Titles, periods and marks of approval above tables."""

from __future__ import annotations

import pytest

from documents.formats.grid import Paragraph
from roadmap.reading.heading import period_of

from .drawing import bold, read, table

PLAN = table(["№ п/п", "Мероприятие", "Срок", "Ответственный"], ["1", "Аудит", "март", "Отдел"])


def right(text: str) -> Paragraph:
    return Paragraph(text, right=True)


TITLES: list[tuple[str, list[Paragraph | str]]] = [
    (
        "ПЛАН мероприятий по развитию наставничества на 2024 год",
        [
            "УТВЕРЖДАЮ",
            "Глава района",
            "________ И.И. Иванов",
            "«__» ______ 2024 г.",
            "",
            "ПЛАН",
            "мероприятий по развитию наставничества",
            "на 2024 год",
        ],
    ),
    (
        "ПЛАН мероприятий на 2024 год",
        ["УТВЕРЖДАЮ", "Глава района", "________ И.И. Иванов", "ПЛАН", "мероприятий", "на 2024 год"],
    ),
    (
        "ПЛАН РАБОТЫ совета наставников на 2024 год",
        [bold("Администрация района"), "", bold("ПЛАН РАБОТЫ"), bold("совета наставников на 2024 год")],
    ),
    (
        "План-график проведения мониторинга",
        [
            right("Приложение 1"),
            right("к приказу от 01.02.2024 № 5"),
            bold("План-график проведения мониторинга"),
        ],
    ),
    (
        "Комплекс мер по профилактике на 2026 год",
        [
            bold("ПОСТАНОВЛЕНИЕ"),
            bold("Об утверждении комплекса мер"),
            "1. Утвердить комплекс мер.",
            "",
            right("Приложение"),
            right("к постановлению"),
            bold("Комплекс мер по профилактике на 2026 год"),
        ],
    ),
    (
        "План основных мероприятий на 2025 год",
        [bold("План"), "", bold("основных мероприятий на 2025 год")],
    ),
    (
        "План мероприятий на 2024 год",
        [bold("План мероприятий на 2024 год"), "Цель: повышение качества обучения", "Таблица 1"],
    ),
    (
        "План мероприятий на 2024– 2025 годы".replace("– ", "–"),
        [bold("План мероприятий на 2024–"), bold("2025 годы")],
    ),
]


@pytest.mark.parametrize(("title", "above"), TITLES)
def test_the_title_is_what_a_person_would_write_on_the_folder(
    title: str, above: list[Paragraph | str]
) -> None:
    assert read(*above, PLAN)["title"] == title


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("План на 2020 год", "2020 год"),
        ("Отчет за 1 полугодие 2021 года", "1 полугодие 2021 года"),
        ("Мониторинг (на 20.12.2021)", "на 20.12.2021"),
        ("План на 2023/2024 учебный год", "2023/2024 учебный год"),
        ("Программа в 2022-2024 годах", "2022-2024 годы"),
        ("Отчет за 9 месяцев 2023 года по состоянию на 01.10.2023", "9 месяцев 2023 года"),
        ("Отчет за 2020 год (по состоянию на 31.12.2020)", "2020 год"),
        ("План на IV квартал 2024 года", "IV квартал 2024 года"),
        ("План-график проведения мониторинга", ""),
    ],
)
def test_the_period_is_taken_from_the_title(title: str, period: str) -> None:
    assert period_of(title) == period


@pytest.mark.parametrize(
    ("lines", "mark", "document", "number", "date"),
    [
        (
            ["Рассмотрен на Совете руководителей", "Протокол от 27.01.2021 №2"],
            "considered",
            "протокол",
            "2",
            "2021-01-27",
        ),
        (["УТВЕРЖДЕНО", "приказом от 3 марта 2024 г. № 60/1"], "approved", "приказ", "60/1", "2024-03-03"),
        (["Принят на педагогическом совете", "протокол № 4"], "adopted", "протокол", "4", ""),
        (["УТВЕРЖДАЮ", "Директор ______ И.И. Иванов"], "approved", "", "", ""),
    ],
)
def test_the_mark_of_approval_keeps_its_kind_and_its_act(
    lines: list[str], mark: str, document: str, number: str, date: str
) -> None:
    approval = read(*map(right, lines), bold("План на 2024 год"), PLAN)["approval"]

    assert (approval["mark"], approval["document"]) == (mark, document)
    assert (approval["number"], approval["date"]) == (number, date)


def test_a_plan_without_a_mark_has_no_approval() -> None:
    assert read(bold("План на 2024 год"), PLAN)["approval"] is None
