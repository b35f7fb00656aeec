"""Reports of other trades: statuses, reasons, facts and levels told in other columns."""

from __future__ import annotations

from .errands import head, plan
from .golden import Golden, indicator, indicators, measure, roadmap, section
from .paper import C, T, row
from .registry import Made, grid, heading, layout, signature

LIBRARIANS = plan(
    "План работы методического объединения библиотекарей на 2024/2025 учебный год",
    "2024/2025 учебный год",
    measure(
        "1",
        "Заседание «Фонды: учёт и сохранность»",
        "27.08.2024",
        "Снегирёва О.О.",
        status="Выполнено",
        report="протокол от 27.08.2024 № 1",
    ),
    measure(
        "2",
        "Мастер-класс по буктрейлерам",
        "14.11.2024",
        "Клёнов А.В.",
        status="Выполнено",
        report="присутствовали 11 чел.",
    ),
    measure(
        "3",
        "Конкурс чтецов «Живая классика»",
        "февраль 2025",
        "Снегирёва О.О.",
        status="Не выполнено",
        report="перенесён на май",
    ),
    measure("4", "Итоговое заседание", "30.05.2025", "Снегирёва О.О.", status="В работе"),
)


@layout("docx xlsx")
def mark_of_execution_with_its_document() -> Made:
    columns = [
        ("№", "number"),
        ("Наименование мероприятия", "title"),
        ("Дата проведения", "due_period"),
        ("Ответственный", "executors"),
        ("Отметка о выполнении", lambda m: ", ".join(filter(None, (m["status"], m["report"])))),
    ]
    title = heading("План работы", "методического объединения библиотекарей", "на 2024/2025 учебный год")
    return [*title, grid(LIBRARIANS, columns)], LIBRARIANS


VILLAGE = plan(
    "Отчёт о выполнении плана мероприятий по благоустройству сельского поселения Береговое за 2025 год",
    "2025 год",
    measure("1", "Ямочный ремонт ул. Лесной", "до 01.07.2025", "МКУ «Служба заказчика»", status="исполнено"),
    measure(
        "2",
        "Посадка 40 саженцев рябины",
        "до 15.05.2025",
        "староста",
        status="исполнено",
        report="Поздняя весна",
    ),
    measure(
        "3",
        "Ремонт колодца",
        "до 01.10.2025",
        "МКУ «Служба заказчика»",
        status="не исполнено",
        report="Не поступили средства",
    ),
)


@layout("docx ods")
def terms_by_plan_and_in_fact_with_reasons() -> Made:
    first = ("№ п/п", "Мероприятие", "Исполнитель", "Статус исполнения", "Причины отклонения")
    cells = [C(title, down=2) for title in first]
    rows = [[*cells[:2], C("Срок исполнения", across=2), *cells[2:]], head("план", "факт")]
    facts = ("28.06.2025", "20.05.2025", "–")
    for fact, item in zip(facts, VILLAGE["sections"][0]["measures"], strict=True):
        start = (item["number"], item["title"], item["due_period"], fact)
        rows.append(row(*start, item["executors"][0], item["status"], item["report"]))
    title = heading(
        "Отчёт о выполнении плана мероприятий", "по благоустройству сельского поселения Береговое за 2025 год"
    )
    return [*title, T(rows, 2)], VILLAGE


CHILDHOOD = [
    ("1", "Охват дополнительным образованием", "%", "82", "84,5", "+2,5", "Открыт технопарк"),
    ("2", "Число технических кружков", "ед.", "35", "33", "-2", "Увольнение педагогов"),
    ("3", "Численность обученных", "чел.", "410", "534", "+124", ""),
]


@layout("docx xlsx")
def indicators_with_units_and_reasons() -> Made:
    golden = indicators(
        "Отчёт о достижении целевых показателей муниципальной программы «Детство» за 2025 год",
        "2025 год",
        *(
            {**indicator(n, name, plan, fact, why), "unit": unit}
            for n, name, unit, plan, fact, _, why in CHILDHOOD
        ),
    )
    wide = [
        C(title, down=2)
        for title in ("№ п/п", "Наименование показателя", "Ед. изм.", "Отклонение", "Причины отклонения")
    ]
    rows = [[*wide[:3], C("Значение показателя", across=2), *wide[3:]], head("план", "факт")]
    rows += [row(*texts) for texts in CHILDHOOD]
    title = heading(
        "Отчёт", "о достижении целевых показателей", "муниципальной программы «Детство» за 2025 год"
    )
    return [*title, T(rows, 2)], golden


ENERGY = plan(
    "Информация об исполнении плана мероприятий по энергосбережению за 9 месяцев 2025 года",
    "9 месяцев 2025 года",
    measure(
        "1",
        "Замена 340 светильников",
        "II квартал",
        "отдел ЖКХ",
        status="исполнено",
        report="Заменены все, экономия 12 %",
    ),
    measure(
        "2",
        "Энергоаудит трёх школ",
        "до 1 сентября",
        "отдел образования",
        status="исполнено частично",
        report="Проведён в двух школах",
    ),
    measure("3", "Установка датчиков движения", "IV квартал", "отдел ЖКХ", status="срок не наступил"),
)


@layout("docx")
def information_before_the_mark() -> Made:
    columns = [
        ("№", "number"),
        ("Наименование мероприятия", "title"),
        ("Срок исполнения", "due_period"),
        ("Ответственный", "executors"),
        ("Информация об исполнении", "report"),
        ("Отметка об исполнении", "status"),
    ]
    title = heading(
        "Информация об исполнении плана мероприятий", "по энергосбережению", "за 9 месяцев 2025 года"
    )
    return [*title, grid(ENERGY, columns)], ENERGY


SAFE_DISTRICT = {
    **plan(
        "Отчёт о ходе реализации муниципальной программы «Безопасный район» за 2025 год",
        "2025 год",
        measure(
            "1",
            "Основное мероприятие «Профилактика правонарушений»",
            "весь период",
            "отдел безопасности",
            status="выполняется",
        ),
        measure(
            "1.1", "Мероприятие «Народные дружины»", "весь период", "отдел безопасности", status="выполняется"
        ),
        measure(
            "1.1.1",
            "Контрольное событие: проведено 24 рейда",
            "31.12.2025",
            "отдел безопасности",
            status="наступило",
        ),
        measure(
            "1.1.2",
            "Контрольное событие: выданы удостоверения",
            "01.06.2025",
            "отдел кадров",
            status="наступило",
        ),
    ),
    "sections_scored": False,
}


@layout("docx xlsx")
def levels_down_to_control_events() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование основного мероприятия, мероприятия, контрольного события", "title"),
        ("Ответственный исполнитель", "executors"),
        ("Плановый срок", "due_period"),
        ("Фактический срок", lambda m: "31.12.2025"),
        ("Статус", "status"),
    ]
    title = heading("Отчёт", "о ходе реализации муниципальной программы «Безопасный район»", "за 2025 год")
    return [*title, grid(SAFE_DISTRICT, columns)], SAFE_DISTRICT


MAYOR = plan(
    "Перечень поручений по итогам совещания при главе Лугожского района 17 февраля 2026 года",
    "",
    measure(
        "1", "Представить предложения по маршрутам", "до 1 марта 2026 г.", "Ольхин Р.Р.", status="Исполнено"
    ),
    measure(
        "2",
        "Провести встречу с перевозчиками",
        "в недельный срок",
        "Ольхин Р.Р.; Берёзкина Л.Л.",
        status="На исполнении",
    ),
    measure("3", "Разместить расписание на сайте", "незамедлительно", "пресс-служба", status="Исполнено"),
)
MAYOR["period_accept"] = ["", "2026", "2026 год", "17 февраля 2026 года"]


@layout("docx")
def assignments_of_a_meeting() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Содержание поручения", "title"),
        ("Ответственный исполнитель", "executors"),
        ("Срок исполнения", "due_period"),
        ("Состояние исполнения", "status"),
    ]
    title = heading(
        "Перечень поручений", "по итогам совещания при главе Лугожского района", "17 февраля 2026 года"
    )
    return [*title, grid(MAYOR, columns)], MAYOR


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


DIGITAL = roadmap(
    "Отчёт о выполнении дорожной карты «Цифровая школа» за II квартал 2025 года",
    "II квартал 2025 года",
    section(
        "I",
        "Оснащение",
        measure(
            "1.1",
            "Поставка 12 ноутбуков",
            "до 30.04.2025",
            "МКУ «ЦБ»",
            condition="Оснащены 2 кабинета",
            status="выполнено",
            report="1) заключён договор № 8;\n2) ноутбуки поставлены 22.04.2025;\n3) акт подписан.",
        ),
        measure(
            "1.2",
            "Подключение к сети 100 Мбит/с",
            "до 01.06.2025",
            "ПАО «Связь» (по согласованию)",
            condition="Скорость достигнута",
            status="выполнено с нарушением срока",
            report="Подключено 17.06.2025",
        ),
    ),
    section(
        "II",
        "Кадры",
        measure(
            "2.1",
            "Обучение 20 педагогов",
            "май 2025",
            "Центр «Орбита»",
            status="выполнено",
            report="Обучены все",
        ),
    ),
)


@layout("docx pdf")
def numbered_lists_inside_reports() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Мероприятие", "title"),
        ("Срок", "due_period"),
        ("Ответственный исполнитель", "executors"),
        ("Ожидаемый результат", "condition"),
        ("Статус", "status"),
        ("Фактический результат", "report"),
    ]
    title = heading("Отчёт о выполнении дорожной карты «Цифровая школа»", "за II квартал 2025 года")
    return [*title, grid(DIGITAL, columns), *signature("Руководитель проекта", "Д.Д. Стрижов")], DIGITAL
