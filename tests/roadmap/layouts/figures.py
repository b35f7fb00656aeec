"""Schedules and tables of indicators (tables.md L2–L5, L28)."""

from __future__ import annotations

from .content import MONITORING, QUALITY
from .golden import indicator, indicators
from .paper import C, P, T, row, table
from .registry import Made, approval, heading, layout, numbers, signature

QUALITY_TITLE = heading(
    "Показатели эффективности", "муниципальной системы оценки качества образования", "за 2025 год"
)


def _rows(*fields: str) -> list[list[C]]:
    return [row(*(str(item[name]) for name in fields)) for item in QUALITY["indicators"]]


@layout("docx pdf")
def l02_planned_and_reached() -> Made:
    head = row(
        "№",
        "Наименование индикатора/показателя",
        "Плановое значение на конец отчетного года",
        "Достигнутое значение",
    )
    made = T([head, *_rows("number", "name", "plan_text", "actual_text")], 1)
    return [*QUALITY_TITLE, made, *signature("Начальник отдела", "Е.Е. Ракитина")], QUALITY


@layout("docx xlsx")
def l03_minimum_and_comment() -> Made:
    comments = ("Одна школа на ремонте", "", "Пересдача – в сентябре", "")
    rows = [
        {**item, "comment": comment} for item, comment in zip(QUALITY["indicators"], comments, strict=True)
    ]
    golden = {**QUALITY, "indicators": rows}
    head = row(
        "№ п/п",
        "Наименование индикатора/показателя",
        "Минимальное значение на 2025 год",
        "Достигнутое значение",
        "Комментарий",
    )
    body = [
        row(*(str(i[k]) for k in ("number", "name", "plan_text", "actual_text", "comment"))) for i in rows
    ]
    return [*QUALITY_TITLE, T([head, *body], 1)], golden


@layout("docx pdf")
def l04_schedule_without_numbers() -> Made:
    head = ["Наименование мероприятия", "Сроки реализации", "Ответственный исполнитель"]
    body = [[r["event"], r["period"], ", ".join(r["executors"])] for r in MONITORING["schedule"]]
    title = heading(
        "График мониторинга готовности образовательных организаций",
        "к отопительному периоду 2026 года",
    )
    mark = approval("Приложение № 2", "к приказу отдела образования", "от 11.05.2026 № 64/2")
    return [*mark, *title, table(head, *body)], MONITORING


@layout("docx pdf")
def l05_indicators_by_task() -> Made:
    first, second = "Повышение объективности оценивания", "Поддержка учителей с низкими результатами"
    names = [
        "Доля школ без признаков необъективности",
        "Количество обученных независимых наблюдателей",
        "Доля учителей, для которых составлены индивидуальные маршруты",
    ]
    tasks = (first, first, second)
    rows = [
        {**indicator(str(n), name), "unit": None, "task": task}
        for n, (name, task) in enumerate(zip(names, tasks, strict=True), start=1)
    ]
    made = T(
        [
            row(C("Задача", bold=True), C("Наименование показателя", bold=True)),
            row(C(first, down=2), f"1. {names[0]}"),
            row(f"2. {names[1]}"),
            row(second, f"3. {names[2]}"),
        ],
        1,
    )
    title = "Показатели мониторинга качества образования в Лугожском районе в 2026 году"
    golden = indicators(title, "2026 год", *rows)
    golden["period_accept"] += ["в 2026 году", "2026 году"]
    return [*heading(title), made], golden


@layout("docx ods")
def l28_plan_fact_percent() -> Made:
    rows = [
        indicator("1", "Отремонтировано дорог местного значения, км", "12,4", "12,9"),
        indicator("2", "Построено спортивных площадок, ед.", "3", "2"),
        indicator("3", "Обеспеченность жильём на одного жителя, кв. м", "24,5", "24,7"),
    ]
    golden = indicators(
        "Итоги социально-экономического развития Лугожского района за 2025 год", "2025 год", *rows
    )
    shares = ("104,0", "66,7", "100,8")
    body = [
        row(i["number"], i["name"], i["plan_text"], i["actual_text"], share)
        for i, share in zip(rows, shares, strict=True)
    ]
    head = row("№ п/п", "Показатель", "План на 2025 г.", "Факт за 2025 г.", "%")
    title = heading("Итоги социально-экономического развития", "Лугожского района за 2025 год")
    return [*title, T([head, numbers(5), *body], 1), P("* оценка по предварительным данным")], golden
