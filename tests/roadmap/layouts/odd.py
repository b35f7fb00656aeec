"""Terms in two or four columns, stages, plain paragraphs (tables.md L25, L26, L30, L31)."""

from __future__ import annotations

from .errands import head, plan
from .golden import Golden, measure, roadmap, section
from .paper import C, P, T, row, table
from .registry import Made, approval, grid, heading, layout


def spell(start: str, end: str, number: str, title: str, who: str, result: str) -> Golden:
    item = measure(number, title, f"{start} – {end}", who, condition=result)
    forms = (
        f"{start}–{end}",
        f"{start}-{end}",
        f"{start} - {end}",
        f"{start} {end}",
        f"с {start} по {end}",
    )
    return {**item, "due_period_accept": list(forms), "_ends": (start, end)}


WATER = roadmap(
    "Муниципальная программа «Чистая вода Лугожского района» на 2025–2027 годы",
    "2025–2027 годы",
    section(
        "",
        "",
        spell(
            "01.02.2025",
            "30.11.2025",
            "1",
            "Бурение скважины в деревне Сосновка",
            "МУП «Водник»",
            "Вода есть",
        ),
        spell(
            "10.03.2026",
            "01.10.2026",
            "2",
            "Замена 4,2 км сетей",
            "МУП «Водник»",
            "Потери снижены до 12 %",
        ),
        spell(
            "15.01.2027",
            "20.12.2027",
            "3",
            "Установка станции очистки",
            "отдел ЖКХ",
            "Качество по нормам",
        ),
    ),
)


@layout("docx ods")
def l25_start_and_end_in_two_columns() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятия", "title"),
        ("Ответственный исполнитель", "executors"),
        ("Срок начала", lambda m: m["_ends"][0]),
        ("Срок окончания", lambda m: m["_ends"][1]),
        ("Ожидаемый непосредственный результат", "condition"),
        ("Последствия нереализации", lambda m: "Ухудшение снабжения населения"),
        ("Связь с показателями", lambda m: "Показатель 1.2"),
    ]
    title = heading("Муниципальная программа", "«Чистая вода Лугожского района»", "на 2025–2027 годы")
    return [*title, grid(WATER, columns)], WATER


def ticked(number: str, title: str, who: str, *quarters: str) -> Golden:
    lists = [" ".join(quarters), ", ".join(quarters)]
    forms = [f"{listed} квартал" for listed in lists] + [f"{listed} кварталы" for listed in lists]
    forms += [joint.join(f"{q} квартал" for q in quarters) for joint in (", ", "; ", " ")]
    forms += [f"{form} 2025 года" for form in forms]
    return {**measure(number, title, forms[4], who), "due_period_accept": forms, "_quarters": quarters}


RAIDS = roadmap(
    "План заседаний и рейдов комиссии по делам несовершеннолетних Лугожского района на 2025 год",
    "2025 год",
    section(
        "",
        "",
        ticked("1", "Рейды в семьи, состоящие на учёте", "секретарь комиссии", "I", "II", "III", "IV"),
        ticked("2", "Выездное заседание в посёлке Береговой", "председатель комиссии", "II"),
        ticked("3", "Сверка списков с отделом полиции", "секретарь комиссии", "I", "III"),
    ),
)


@layout("docx")
def l26_quarters_as_columns() -> Made:
    quarters = ("I", "II", "III", "IV")
    body = [
        row(
            m["number"],
            m["title"],
            *("+" if quarter in m["_quarters"] else "" for quarter in quarters),
            m["executors"][0],
        )
        for m in RAIDS["sections"][0]["measures"]
    ]
    head = ["№", "Наименование мероприятия", *(f"{q} квартал" for q in quarters), "Исполнитель"]
    title = heading(
        "План", "заседаний и рейдов комиссии по делам несовершеннолетних", "Лугожского района на 2025 год"
    )
    return [*title, T([row(*head), *body], 1)], RAIDS


@layout("docx")
def l30_list_of_stages() -> Made:
    golden = roadmap(
        "План разработки проекта бюджета Лугожского района на 2027 год",
        "2027 год",
        section(
            "",
            "",
            measure("", "Прогноз социально-экономического развития", "до 1 августа", ""),
            measure("", "Основные направления налоговой политики", "до 15 августа", ""),
            measure("", "Проект решения о бюджете", "до 15 ноября", ""),
        ),
    )
    for item in golden["sections"][0]["measures"]:
        item.update(executors=None, form_of_execution=None, condition=None)
    body = [
        [m["title"], "финансовый отдел", m["due_period"], "собрание депутатов"]
        for m in golden["sections"][0]["measures"]
    ]
    title = heading("План разработки проекта бюджета Лугожского района на 2027 год")
    return [*title, table(["Этап", "Подготовка", "Срок предоставления", "Утверждение"], *body)], golden


SAFETY = roadmap(
    "Мероприятия по охране труда в МКУ «Лугожский архив» на 2026 год",
    "2026 год",
    section(
        "",
        "",
        measure(
            "1",
            "Провести специальную оценку условий труда на 9 рабочих местах",
            "до 1 июня 2026 г.",
            "специалист по охране труда",
        ),
        measure("2", "Обновить аптечки первой помощи", "I квартал 2026 г.", "заведующий хозяйством"),
        measure(
            "3",
            "Организовать периодический медицинский осмотр",
            "октябрь 2026 г.",
            "директор; отдел кадров",
        ),
        measure(
            "4",
            "Пересмотреть инструкции по охране труда",
            "до 20 декабря 2026 г.",
            "специалист по охране труда",
        ),
    ),
)


@layout("docx pdf")
def l31_no_table_at_all() -> Made:
    lines = [
        P(f"{m['number']}. {m['title']}. Срок: {m['due_period']} Отв.: {', '.join(m['executors'])}.")
        for m in SAFETY["sections"][0]["measures"]
    ]
    title = heading("Мероприятия по охране труда", "в МКУ «Лугожский архив» на 2026 год")
    return [
        *approval("УТВЕРЖДАЮ", "Директор МКУ «Лугожский архив»", "____________ Л.М. Полевой"),
        *title,
        *lines,
    ], SAFETY


def checked(number: str, title: str, quarter: str, who: str, result: str) -> Golden:
    """A check in one quarter; what the two-row header says of it may be joined in several ways."""
    item = measure(number, title, f"{quarter} квартал", who, condition=result)
    forms = [quarter, f"{quarter} кв.", f"{quarter} квартал 2026 года"]
    return {**item, "due_period_accept": forms, "_quarter": quarter}


CHECKS = plan(
    "План проверок финансового управления на 2026 год",
    "2026 год",
    checked("1", "Проверка МБОУ «Заречная школа»", "II", "Иволгин А.А.", "Акт проверки"),
    checked("2", "Проверка МКУ «Архив»", "I", "Иволгин А.А.", "Акт проверки"),
    checked("3", "Обследование МУП «Водник»", "IV", "Чайкина С.С.", "Заключение"),
)


@layout("docx")
def quarters_under_one_title() -> Made:
    quarters = ("I", "II", "III", "IV")
    wide = [C(title, down=2) for title in ("№", "Наименование мероприятия", "Исполнитель", "Результат")]
    rows = [[*wide[:3], C("Срок проведения", across=4), wide[3]], head(*(f"{q} кв." for q in quarters))]
    for item in CHECKS["sections"][0]["measures"]:
        ticks = ("V" if quarter == item["_quarter"] else "" for quarter in quarters)
        rows.append(row(item["number"], item["title"], item["executors"][0], *ticks, item["condition"]))
    return [*heading("План проверок", "финансового управления на 2026 год"), T(rows, 2)], CHECKS
