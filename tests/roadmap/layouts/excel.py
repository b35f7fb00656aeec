"""Difficulties of workbooks: several sheets, hidden ones, dates and numbers as such."""

from __future__ import annotations

from datetime import date, datetime

from .content import INTEGRITY, MENTORS, ROADS
from .golden import measure, only, roadmap, section, without_sections
from .paper import C, P, Sheet, T, row, table
from .registry import Made, grid, heading, layout, measure_row, section_text

FOUR = [
    ("№ п/п", "number"),
    ("Мероприятие", "title"),
    ("Срок исполнения", "due_period"),
    ("Ответственные", "executors"),
]
FIELDS = ("number", "title", "due_period", "executors")


@layout("xlsx ods")
def a_sheet_per_section_with_other_columns() -> Made:
    plan = only(INTEGRITY, *FIELDS)
    first, second = plan["sections"]
    other = [
        ("N", "number"),
        ("Исполнители", "executors"),
        ("Содержание мероприятия", "title"),
        ("Сроки", "due_period"),
    ]
    sheets = []
    for part, columns, name in ((first, FOUR, "Раздел 1"), (second, other, "Раздел 2")):
        body = grid({"sections": [part]}, columns)
        sheets.append(Sheet(name, [*heading(INTEGRITY["title"]), P(), body]))
    return sheets, plan


@layout("xlsx ods")
def hidden_sheets_and_lists_of_values() -> Made:
    values = T([row("Исполнено"), row("В работе"), row("Не исполнено")])
    old = [*heading(ROADS["title"]), grid(only(MENTORS, *FIELDS), FOUR)]
    sheets = [
        Sheet("Списки", [values], "hidden"),
        Sheet("План 2026", [*heading(ROADS["title"]), grid(ROADS, FOUR)]),
        Sheet("Старая редакция", old, "hidden"),
    ]
    return sheets, only(ROADS, *FIELDS)


@layout("xlsx ods")
def dates_and_numbers_typed_as_such() -> Made:
    rows = [
        ("1.1", 1.1, "Провести инвентаризацию имущества", date(2026, 4, 30), "30.04.2026", "отдел имущества"),
        ("1.2", 1.2, "Разместить сведения на портале", datetime(2026, 6, 1), "01.06.2026", "МКУ «Цифра»"),
        ("2", 2, "Утвердить перечень имущества", date(2026, 11, 9), "09.11.2026", "глава района"),
        ("3", 3, "Подвести итоги года", None, "декабрь 2026 года", "отдел имущества"),
    ]
    golden = roadmap(
        "План мероприятий по учёту муниципального имущества Лугожского района на 2026 год",
        "2026 год",
        section("", "", *(measure(n, title, due, who) for n, _, title, _, due, who in rows)),
    )
    body = [
        row(C(number, date=value), title, C(due, date=day), who)
        for number, value, title, day, due, who in rows
    ]
    made = T([row(*(C(name, bold=True) for name, _ in FOUR)), *body], 1)
    return [Sheet("План", [*heading(golden["title"]), P(), made])], golden


@layout("xlsx ods")
def table_away_from_the_corner_with_notes_beside() -> Made:
    plan = only(ROADS, *FIELDS)
    rows = [row("", "", *(C(name, bold=True) for name, _ in FOUR), "", "Заметки")]
    for part in plan["sections"]:
        rows.append([C(), C(), C(section_text(part), across=4, bold=True)])
        rows += [[C(), C(), *measure_row(item, FOUR)] for item in part["measures"]]
    rows[3].append(C())
    return [Sheet("Лист1", [P(), *heading(ROADS["title"]), P(), P(), T(rows)])], plan


@layout("xlsx")
def responsible_merged_down_in_a_sheet() -> Made:
    plan = without_sections(only(MENTORS, *FIELDS))
    items = plan["sections"][0]["measures"]
    rows = [row(*(C(name, bold=True) for name, _ in FOUR))]
    for place, item in enumerate(items):
        if place < 3:
            item["executors"] = ["Управление образования"]
        cells = measure_row(item, FOUR)
        if place == 0:
            cells[3].down = 3
        rows.append(cells[:3] if place in (1, 2) else cells)
    return [Sheet("План", [*heading(MENTORS["title"]), T(rows, 1)])], plan


@layout("xlsx")
def money_sheet_beside_the_plan() -> Made:
    money = table(
        ["№ п/п", "Мероприятие", "2026 год, тыс. руб.", "2027 год, тыс. руб."],
        ["1", "Ограждение перил у школы № 4", "310,0", "0,0"],
        ["2", "Светофор типа Т.7", "0,0", "845,2"],
    )
    sheets = [
        Sheet("План", [*heading(ROADS["title"]), grid(ROADS, FOUR)]),
        Sheet("Смета", [P("Смета расходов", bold=True), money]),
    ]
    return sheets, only(ROADS, *FIELDS)
