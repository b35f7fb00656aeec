"""Plans: one row per measure, every order and naming of the columns (tables.md L6–L10, L14–L29)."""

from __future__ import annotations

from .content import INTEGRITY, MENTORS, ROADS
from .golden import only, without_sections
from .paper import C, P, T, row
from .registry import Made, approval, grid, heading, layout, numbers, rows_of, section_text, signature

MENTORS_TITLE = heading(
    "План мероприятий («дорожная карта»)",
    "по развитию наставничества педагогических работников",
    "в Лугожском районе на 2025–2027 годы",
)
ROADS_TITLE = heading(
    "Комплекс мер",
    "по предупреждению детского дорожно-транспортного травматизма",
    "в Лугожском районе на 2026 год",
)
INTEGRITY_TITLE = heading(
    "План", "противодействия коррупции в администрации Лугожского муниципального района", "на 2025–2028 годы"
)


@layout("docx odt")
def l06_directions() -> Made:
    columns = [
        ("N", "number"),
        ("Направления деятельности", "title"),
        ("Сроки", "due_period"),
        ("Ответственные лица", "executors"),
    ]
    content = [*MENTORS_TITLE, grid(MENTORS, columns, joint=",\n")]
    return content, only(MENTORS, "number", "title", "due_period", "executors")


@layout("docx xlsx")
def l07_period_of_realisation() -> Made:
    columns = [
        ("N п/п", "number"),
        ("Мероприятия", "title"),
        ("Период реализации", "due_period"),
        ("Ответственные", "executors"),
        ("Результат", "condition"),
    ]
    content = [*INTEGRITY_TITLE, grid(INTEGRITY, columns)]
    return content, only(INTEGRITY, "number", "title", "due_period", "executors", "condition")


@layout("docx ods")
def l08_results_after_responsible() -> Made:
    columns = [
        ("N", "number"),
        ("Мероприятия", "title"),
        ("Сроки", "due_period"),
        ("Ответственные", "executors"),
        ("Результаты", "condition"),
    ]
    content = [*ROADS_TITLE, grid(ROADS, columns, joint="; ")]
    return content, only(ROADS, "number", "title", "due_period", "executors", "condition")


@layout("docx pdf")
def l09_period_last_with_column_numbers() -> Made:
    columns = [
        ("N", "number"),
        ("Наименование мероприятия", "title"),
        ("Ответственный", "executors"),
        ("Результат", "condition"),
        ("Срок", "due_period"),
    ]
    made = grid(ROADS, columns, joint="; ")
    made.rows.insert(1, numbers(5))
    return [*ROADS_TITLE, made], only(ROADS, "number", "title", "due_period", "executors", "condition")


@layout("docx doc")
def l10_federal_without_number() -> Made:
    columns = [
        ("Наименование мероприятия", "title"),
        ("Срок реализации", "due_period"),
        ("Ответственные исполнители", "executors"),
        ("Итоговый документ", "form_of_execution"),
    ]
    content = [
        *approval("УТВЕРЖДЁН", "постановлением администрации", "Лугожского района", "от 14.01.2025 № 21-п"),
        *INTEGRITY_TITLE,
        grid(INTEGRITY, columns, joint="\n"),
    ]
    return content, only(INTEGRITY, "title", "due_period", "executors", "form_of_execution")


@layout("docx")
def l14_contents_of_measure() -> Made:
    columns = [
        ("Содержание мероприятия", "title"),
        ("Срок исполнения", "due_period"),
        ("Ответственные за выполнение", "executors"),
        ("Ожидаемые результаты", "condition"),
    ]
    plan = without_sections(ROADS)
    return [*ROADS_TITLE, grid(plan, columns)], only(plan, "title", "due_period", "executors", "condition")


@layout("docx xlsx")
def l15_responsible_before_period() -> Made:
    columns = [
        ("Мероприятия", "title"),
        ("Ответственные исполнители", "executors"),
        ("Срок исполнения", "due_period"),
    ]
    return [*INTEGRITY_TITLE, grid(INTEGRITY, columns)], only(INTEGRITY, "title", "due_period", "executors")


@layout("docx pdf")
def l16_result_and_kind_of_document() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятий", "title"),
        ("Срок реализации", "due_period"),
        ("Ответственный исполнитель", "executors"),
        ("Результат. Вид документа", "form_of_execution"),
    ]
    made = grid(MENTORS, columns)
    made.rows.insert(1, numbers(5))
    golden = only(MENTORS, "number", "title", "due_period", "executors", "form_of_execution")
    return [*MENTORS_TITLE, made], golden


@layout("docx")
def l17_without_responsible() -> Made:
    columns = [("Мероприятия", "title"), ("Сроки исполнения", "due_period"), ("Результат", "condition")]
    return [*ROADS_TITLE, grid(ROADS, columns)], only(ROADS, "title", "due_period", "condition")


@layout("docx")
def l20_empty_tick_column() -> Made:
    columns = [
        ("№", "number"),
        ("Проводимые мероприятия", "title"),
        ("Сроки проведения", "due_period"),
        ("Ответственный исполнитель", "executors"),
        ("Отметка о выполнении", ""),
    ]
    plan = without_sections(ROADS)
    content = [*ROADS_TITLE, grid(plan, columns)]
    return content, only(plan, "number", "title", "due_period", "executors")


@layout("docx xlsx")
def l21_no_period_at_all() -> Made:
    columns = [
        ("Наименование мероприятия", "title"),
        ("Ответственные лица", "executors"),
        ("Отметка о выполнении", "status"),
    ]
    plan = without_sections(INTEGRITY)
    return [*INTEGRITY_TITLE, grid(plan, columns)], only(plan, "title", "executors", "status")


@layout("docx")
def l22_place_of_the_event() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятия", "title"),
        ("Дата проведения", "due_period"),
        ("Место проведения", lambda m: "г. Лугож, ул. Набережная, д. 5, актовый зал"),
        ("Ответственный", "executors"),
    ]
    return [*ROADS_TITLE, grid(ROADS, columns)], only(ROADS, "number", "title", "due_period", "executors")


@layout("docx ods")
def l24_plain_four_columns() -> Made:
    columns = [
        ("N", "number"),
        ("Мероприятие", "title"),
        ("Срок", "due_period"),
        ("Ответственные", "executors"),
    ]
    plan = without_sections(MENTORS)
    made = T([row(*(C(name) for name, _ in columns)), *rows_of(plan, columns)])
    return [*MENTORS_TITLE, made], only(plan, "number", "title", "due_period", "executors")


@layout("docx pdf")
def l29_executors_as_performers() -> Made:
    columns = [
        ("Содержание мероприятия", "title"),
        ("Сроки исполнения", "due_period"),
        ("Исполнители", "executors"),
    ]
    content = [*INTEGRITY_TITLE]
    for part in INTEGRITY["sections"]:
        content.append(P(section_text(part), bold=True, align="center"))
        plan = {**INTEGRITY, "sections": [{**part, "title": ""}]}
        content.append(grid(plan, columns))
    content += signature("Глава администрации", "П.П. Лугожанин")
    return content, only(INTEGRITY, "title", "due_period", "executors")
