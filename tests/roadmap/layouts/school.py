"""Plans of schools and kindergartens: stages, modules, months (tables.md L18, L19, L23)."""

from __future__ import annotations

from .content import SCHOOL_YEAR
from .golden import measure, roadmap, section
from .paper import table
from .registry import Made, grid, heading, layout

STAGES = roadmap(
    "Дорожная карта внедрения целевой модели наставничества в МБДОУ «Лугожский детский сад «Ручеёк» "
    "на 2025 год",
    "2025 год",
    section(
        "",
        "",
        measure(
            "1",
            "Изучение методических рекомендаций, анкетирование педагогов",
            "январь 2025",
            "старший воспитатель",
            condition="Сформирован банк данных о запросах",
        ),
        measure(
            "2",
            "Разработка программы наставничества и формирование пар",
            "февраль 2025",
            "заведующий",
            condition="Утверждены программа и пары наставников",
        ),
        measure(
            "3",
            "Реализация индивидуальных планов, взаимопосещение занятий",
            "март – ноябрь 2025",
            "наставники",
            condition="Выполнено не менее 85 % планов",
        ),
    ),
    sections_scored=False,
)


@layout("docx")
def l18_stages_of_mentoring() -> Made:
    stages = ("Подготовительный этап", "Организационный этап", "Практический этап")
    rows = [
        [m["number"], stage, m["title"], m["due_period"], m["executors"][0], m["condition"]]
        for stage, m in zip(stages, STAGES["sections"][0]["measures"], strict=True)
    ]
    head = [
        "№",
        "Наименование этапа",
        "Содержание деятельности и примерный план мероприятий",
        "Сроки",
        "Ответственный",
        "Ожидаемый результат",
    ]
    title = heading(
        "Дорожная карта внедрения целевой модели наставничества",
        "в МБДОУ «Лугожский детский сад «Ручеёк» на 2025 год",
    )
    return [*title, table(head, *rows)], STAGES


@layout("docx")
def l19_school_year_by_modules() -> Made:
    columns = [
        ("Дела, события, мероприятия", "title"),
        ("Классы", lambda m: "1–11"),
        ("Ориентировочное время проведения", "due_period"),
        ("Ответственные", "executors"),
    ]
    title = heading(
        "Календарный план воспитательной работы",
        "МБОУ «Лугожская средняя школа № 2»",
        "на 2025/2026 учебный год",
    )
    return [*title, grid(SCHOOL_YEAR, columns, joint=", ")], SCHOOL_YEAR


ASSESSMENT = roadmap(
    "План внутренней оценки качества образования МБОУ «Заречная основная школа» на 2025/2026 учебный год",
    "2025/2026 учебный год",
    section(
        "",
        "Сентябрь",
        measure("", "Стартовая диагностика", "8–12 сентября", "учителя 1 классов"),
        measure("", "Входные контрольные работы по русскому языку", "15–19 сентября", "завуч"),
    ),
    section(
        "",
        "Октябрь",
        measure("", "Диагностика читательской грамотности", "20 октября", "руководитель ШМО"),
    ),
    section(
        "",
        "Декабрь",
        measure("", "Пробное итоговое сочинение", "3 декабря", "учителя русского языка"),
        measure("", "Полугодовые контрольные работы", "15–24 декабря", "завуч"),
    ),
)


@layout("docx xlsx")
def l23_month_rows() -> Made:
    columns = [
        ("Наименование оценочной процедуры", "title"),
        ("Уровень проведения", lambda m: "школьный"),
        ("Участники", lambda m: "1–9 классы"),
        ("Дата проведения", "due_period"),
        ("Ответственные", "executors"),
    ]
    title = heading(
        "План внутренней оценки качества образования",
        "МБОУ «Заречная основная школа»",
        "на 2025/2026 учебный год",
    )
    return [*title, grid(ASSESSMENT, columns)], ASSESSMENT
