"""Reports and tables of another build (tables.md L1, L11–L13, L27)."""

from __future__ import annotations

from .content import INTEGRITY, MENTORS, ROADS
from .golden import Golden, measure, only, roadmap, section, without_sections
from .paper import C, P, T, row
from .registry import Made, grid, heading, layout, numbers, rows_of, signature

REPORT_TITLE = heading(
    "Отчёт об исполнении плана мероприятий («дорожной карты»)",
    "по развитию наставничества педагогических работников в Лугожском районе",
    "за 2025 год",
)
REPORT = {
    **MENTORS,
    **{
        key: value
        for key, value in roadmap(
            "Отчёт об исполнении плана мероприятий («дорожной карты») по развитию наставничества "
            "педагогических работников в Лугожском районе за 2025 год",
            "2025 год",
        ).items()
        if key != "sections"
    },
}


@layout("docx pdf xlsx")
def l01_annual_report_with_an_empty_twin_column() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Подготовительные мероприятия", "title"),
        ("Сроки реализации", ""),
        ("Созданы организационные и содержательные условия внедрения", "condition"),
        ("Срок реализации", "due_period"),
        ("Ответственный исполнитель", "executors"),
        ("Форма исполнения", "form_of_execution"),
        ("Статус исполнения", "status"),
        ("Отчет об исполнении/продолжении реализации мероприятия дорожной карты", "report"),
    ]
    mark = [P("Рассмотрен на коллегии управления образования"), P("Протокол от 22.01.2026 № 1")]
    content = [
        *mark,
        *REPORT_TITLE,
        grid(REPORT, columns),
        *signature("Начальник управления", "А.А. Озёрная"),
    ]
    return content, REPORT


READING = roadmap(
    "План контрольных точек муниципального проекта «Лугож – территория чтения» на 2026 год",
    "2026 год",
    section(
        "",
        "",
        measure(
            "1",
            "Открыта модельная библиотека в посёлке Береговой",
            "30.06.2026",
            "Рябинина О.Т.",
            form_of_execution="Акт ввода в эксплуатацию",
        ),
        measure(
            "2",
            "Закуплены книги для 11 сельских филиалов",
            "01.09.2026",
            "Дубков И.Л.",
            form_of_execution="Накладная",
        ),
        measure(
            "3",
            "Проведён районный фестиваль чтения «Книжный причал»",
            "25.10.2026",
            "Рябинина О.Т.",
            form_of_execution="Отчёт",
        ),
    ),
)


@layout("docx xlsx")
def l11_control_points() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование контрольной точки", "title"),
        ("Дата наступления контрольной точки", "due_period"),
        ("Ответственный исполнитель (ФИО)", "executors"),
        ("Вид подтверждающего документа", "form_of_execution"),
        ("Информационная система", lambda m: "ГИС «Проекты»"),
    ]
    title = heading(
        "План контрольных точек муниципального проекта", "«Лугож – территория чтения»", "на 2026 год"
    )
    return [*title, grid(READING, columns)], READING


ACCESS = roadmap(
    "Отчёт о реализации подпрограммы «Доступная среда» Лугожского района за 2025 год",
    "2025 год",
    section(
        "",
        "",
        measure(
            "",
            "Устройство пандусов в учреждениях культуры",
            "30.09.2025",
            "отдел строительства",
            report="Работы приняты 24 сентября",
        ),
        measure(
            "",
            "Акт приёмки пандуса Дома культуры подписан",
            "15.10.2025",
            "Дом культуры",
            report="Нарушение срока из-за замены подрядчика",
        ),
        measure(
            "",
            "Обучение работников русскому жестовому языку",
            "01.12.2025",
            "отдел кадров",
            report="Договор с учебным центром не заключён",
        ),
    ),
)


@layout("docx pdf")
def l12_planned_and_actual_dates() -> Made:
    """«Статус» is the level of the row here, not the state of the measure."""
    head = [
        row(
            C("Статус", down=2),
            C("Наименование подпрограммы, основного мероприятия, контрольного события", down=2),
            C("Исполнитель", down=2),
            C("Планируемая дата наступления контрольного события", down=2),
            C("Фактическая дата наступления контрольного события", across=2),
            C("Не наступило", down=2),
            C("Комментарии (причины нарушения срока)", down=2),
        ),
        row("без нарушения срока", "позже срока"),
    ]
    facts = [
        ("Основное мероприятие 1", "24.09.2025", "", ""),
        ("Контрольное событие 1.1", "", "03.11.2025", ""),
        ("Контрольное событие 1.2", "", "", "х"),
    ]
    body = [
        row(level, m["title"], m["executors"][0], m["due_period"], early, late, never, m["report"])
        for (level, early, late, never), m in zip(facts, ACCESS["sections"][0]["measures"], strict=True)
    ]
    title = heading("Отчёт", "о реализации подпрограммы «Доступная среда» Лугожского района", "за 2025 год")
    return [*title, T([*head, *body], 2)], ACCESS


@layout("docx xlsx pdf")
def l13_money_beside_the_plan() -> Made:
    columns = [
        ("", "number"),
        ("", "title"),
        ("", "due_period"),
        ("", lambda m: "22.12.2025"),
        ("", "status"),
        ("", lambda m: "150,0"),
        ("", lambda m: "149,7"),
        ("", lambda m: "99,8"),
    ]
    head = [
        row(
            C("N п/п", down=2),
            C("Наименование мероприятий", down=2),
            C("Срок реализации", across=2),
            C("Отметка о выполнении", down=2),
            C("Финансовое обеспечение, тыс. руб.", across=2),
            C("Процент исполнения", down=2),
        ),
        row("Плановый", "Фактический", "План", "Факт"),
        numbers(8),
    ]
    made = grid(ROADS, columns, head=head)
    return [*heading(ROADS["title"]), made], only(ROADS, "number", "title", "due_period", "status")


@layout("docx")
def l27_mark_of_kept_terms() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Мероприятие", "title"),
        ("Срок исполнения", "due_period"),
        ("Ответственный", "executors"),
        ("Отметки о соблюдении сроков", "status"),
    ]
    golden = only(INTEGRITY, "number", "title", "due_period", "executors", "status")
    return [*heading(INTEGRITY["title"]), grid(INTEGRITY, columns)], golden


@layout("docx pdf xlsx")
def status_and_report_in_one_cell() -> Made:
    plan = without_sections(REPORT)
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятия", "title"),
        ("Срок исполнения", "due_period"),
        ("Исполнитель", "executors"),
        ("Отметка об исполнении, информация о ходе исполнения", _both),
    ]
    made = T([row(*(C(name, bold=True) for name, _ in columns)), *rows_of(plan, columns)], 1)
    golden = only(plan, "number", "title", "due_period", "executors", "status", "report")
    for item in golden["sections"][0]["measures"]:
        item["status_accept"] = [_capital(item["status"])]
    return [*REPORT_TITLE, made], golden


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _both(item: Golden) -> str:
    return f"{_capital(item['status'])}. {item['report']}"
