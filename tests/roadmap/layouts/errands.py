"""Plans of other trades, with what their tables add to the usual columns."""

from __future__ import annotations

from .golden import Golden, measure, roadmap, section
from .paper import C, P, T, row
from .registry import Made, approval, grid, heading, layout, measure_row


def plan(title: str, period: str, *measures: Golden) -> Golden:
    """A plan without sections."""
    return roadmap(title, period, section("", "", *measures))


def head(*titles: str) -> list[C]:
    return [C(title, bold=True) for title in titles]


MATHS = roadmap(
    "Дорожная карта по повышению качества математического образования на 2025 год",
    "2025 год",
    section(
        "",
        "Развитие кадров",
        measure(
            "1", "Курсы повышения квалификации", "март–апрель 2025", "Лазарева Т.И.", condition="Обучено 14"
        ),
        measure(
            "2",
            "Стажировка в лицее № 1",
            "октябрь 2025",
            "Лазарева Т.И.; Громов П.Е.",
            condition="Пять отчётов",
        ),
    ),
    section(
        "",
        "Работа с одарёнными детьми",
        measure(
            "3", "Летняя математическая смена", "июнь 2025", "лагерь «Парус»", condition="Охват 60 детей"
        ),
        measure(
            "4", "Олимпиада для 4–6 классов", "ноябрь 2025", "Громов П.Е.", condition="Участвуют все школы"
        ),
    ),
    sections_scored=False,
)


@layout("docx pdf")
def direction_in_a_column_merged_down() -> Made:
    rows = [head("№", "Направление", "Мероприятия", "Сроки", "Ответственный", "Ожидаемые результаты")]
    for part in MATHS["sections"]:
        for place, item in enumerate(part["measures"]):
            names = ", ".join(item["executors"])
            cells = row(item["number"], item["title"], item["due_period"], names, item["condition"])
            direction = [C(part["title"], down=len(part["measures"]))] if place == 0 else []
            rows.append([cells[0], *direction, *cells[1:]])
    title = heading("Дорожная карта", "по повышению качества математического образования", "на 2025 год")
    return [*title, T(rows, 1)], MATHS


TEENAGERS = roadmap(
    "Комплексный план мероприятий по профилактике безнадзорности на 2025–2026 годы",
    "2025–2026 годы",
    section(
        "1",
        "Выявление семей группы риска",
        measure("1.1", "Сверка данных с поликлиниками", "ежемесячно", "КДНиЗП; ЦРБ (по согласованию)"),
        measure("1.2", "Подворные обходы", "апрель, октябрь", "советники директоров"),
    ),
    section(
        "2",
        "Организация занятости",
        measure("2.1", "Трудоустройство 80 подростков", "июнь–август", "центр занятости"),
        measure("2.2", "Кружки в Доме культуры", "в течение учебного года", "отдел культуры"),
    ),
    sections_scored=False,
)


@layout("docx")
def goals_and_tasks_as_rows() -> Made:
    columns = [
        ("№", "number"),
        ("Мероприятие", "title"),
        ("Срок реализации", "due_period"),
        ("Исполнители", "executors"),
    ]
    rows = [head(*(name for name, _ in columns))]
    rows.append([C("Цель: снижение числа правонарушений несовершеннолетних", across=4)])
    for part in TEENAGERS["sections"]:
        rows.append([C(f"Задача {part['number']}. {part['title']}", across=4)])
        rows += [measure_row(item, columns, joint=", ") for item in part["measures"]]
    title = heading("Комплексный план мероприятий", "по профилактике безнадзорности", "на 2025–2026 годы")
    return [*title, T(rows, 1)], TEENAGERS


TOURISM = roadmap(
    "План мероприятий («дорожная карта») по развитию туризма в Лугожском районе на 2026–2030 годы",
    "2026–2030 годы",
    section(
        "1",
        "Инфраструктура",
        measure(
            "1.1",
            "Обустройство тропы «Лосиный бор» (3,4 км)",
            "2026 год",
            "АНО «Лугож-тур» (по согласованию)",
        ),
        measure("1.2", "Установка 25 указателей", "2027 год", "отдел туризма"),
    ),
    section(
        "2",
        "Продвижение",
        measure(
            "2.1", "Выпуск карты-путеводителя тиражом 3 000 экз.", "II квартал 2026 года", "отдел туризма"
        ),
    ),
)


@layout("docx pdf")
def money_columns_and_totals() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятия", "title"),
        ("Срок реализации", "due_period"),
        ("Источник финансирования", lambda m: "районный бюджет"),
        ("Объём финансирования, тыс. руб.", lambda m: "1 250,0"),
        ("Ответственный исполнитель", "executors"),
    ]
    made = grid(TOURISM, columns)
    made.rows.insert(4, row("", "Итого по разделу 1", "", "", "2 500,0", ""))
    made.rows.append(row("", "Всего", "", "", "3 750,0", ""))
    title = heading(
        "План мероприятий («дорожная карта»)",
        "по развитию туризма в Лугожском районе",
        "на 2026–2030 годы",
    )
    return [*title, made], TOURISM


MEETINGS = plan(
    "График проведения совещаний с руководителями на I полугодие 2026 года",
    "I полугодие 2026 года",
    measure("1", "О подготовке к аттестации", "20.01.2026\n17.03.2026", "Ветрова Н.А.; Дубов С.С."),
    measure("2", "О летней кампании", "14.04.2026\n19.05.2026", "Ветрова Н.А."),
    measure("3", "О ремонте пищеблоков", "09.06.2026", "Рощин Г.Г.; Ветрова Н.А."),
)


@layout("docx xlsx")
def dates_on_two_lines_and_names_of_people() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Вопросы для рассмотрения", "title"),
        ("Дата проведения", "due_period"),
        ("Ответственные", "executors"),
    ]
    title = heading("График", "проведения совещаний с руководителями", "на I полугодие 2026 года")
    return [*title, grid(MEETINGS, columns)], MEETINGS


WINTER = plan(
    "План мероприятий по подготовке к зиме на 2025 год",
    "2025 год",
    measure("1", "Ревизия запорной арматуры", "до 10 июня", "слесарь Туров В.П."),
    measure("2", "Утепление чердака школы", "июль", "завхоз"),
    measure("3", "Завоз 60 куб. м дров", "август", "завхоз; ИП Орлов (по согласованию)"),
)


@layout("docx")
def number_and_measure_in_one_column() -> Made:
    rows = [head("Мероприятие", "Срок", "Ответственный")]
    for item in WINTER["sections"][0]["measures"]:
        name = f"{item['number']}. {item['title']}"
        rows.append(row(name, item["due_period"], "\n".join(item["executors"])))
    mark = approval("УТВЕРЖДАЮ", "Директор школы", "________ Ф.Ф. Зимин")
    return [*mark, *heading("План мероприятий", "по подготовке к зиме", "на 2025 год"), T(rows, 1)], WINTER


VICTORY = plan(
    "План мероприятий, посвящённых Дню Победы, в МБУК «Береговской СДК» на 2025 год",
    "2025 год",
    measure("1", "«Песни Победы»", "4 мая", "Лебедева К.К."),
    measure("2", "«Георгиевская ленточка»", "1–9 мая", "волонтёры"),
    measure("3", "«Свеча памяти»", "8 мая", "Лебедева К.К.; совет ветеранов"),
)


@layout("docx")
def form_and_place_of_events() -> Made:
    columns = [
        ("№ п/п", "number"),
        ("Наименование мероприятия", "title"),
        ("Форма проведения", lambda m: "акция"),
        ("Дата и время проведения", "due_period"),
        ("Место проведения", lambda m: "площадь перед СДК"),
        ("Ответственный за проведение", "executors"),
    ]
    title = heading("План мероприятий, посвящённых Дню Победы,", "в МБУК «Береговской СДК» на 2025 год")
    return [*title, grid(VICTORY, columns, joint=", ")], VICTORY


JOURNAL = plan(
    "План-график внедрения электронного журнала в школах Лугожского района на 2025 год",
    "2025 год",
    measure("1", "Назначение администраторов", "до 20 января", "директора"),
    measure("2", "Загрузка расписаний", "до 25 августа", "завучи"),
    measure("3", "Обучение учителей", "26–30 августа", "центр «Орбита»"),
)


@layout("docx")
def stages_of_work_with_numbers() -> Made:
    columns = [
        ("№", "number"),
        ("Этапы работ", "title"),
        ("Сроки", "due_period"),
        ("Ответственные", "executors"),
    ]
    title = heading("План-график", "внедрения электронного журнала в школах Лугожского района", "на 2025 год")
    return [*title, grid(JOURNAL, columns)], JOURNAL


FIRE = plan(
    "План мероприятий по пожарной безопасности детского сада «Ромашка» на 2025 год",
    "2025 год",
    measure("1", "Провести инструктаж с работниками", "до 15.01.2025", "заведующий"),
    measure("2", "Проверить огнетушители (14 шт.)", "ежеквартально", "завхоз"),
    measure("3", "Организовать учебную эвакуацию", "апрель, сентябрь", "заведующий; воспитатели"),
)


@layout("docx xlsx")
def paragraphs_with_terms_on_lines_of_their_own() -> Made:
    lines: list[P | T] = []
    for item in FIRE["sections"][0]["measures"]:
        lines += [
            P(f"{item['number']}. {item['title']}."),
            P(f"Срок: {item['due_period']}."),
            P(f"Ответственный: {', '.join(item['executors'])}."),
        ]
    return [
        *heading("План мероприятий по пожарной безопасности", "детского сада «Ромашка» на 2025 год"),
        *lines,
    ], FIRE
