"""Difficulties of Word files: numbering, changes, controls, boxes, tables in tables, decoys."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from .content import INTEGRITY, MENTORS, ROADS
from .golden import measure, only, roadmap, section, without_sections
from .paper import NS, C, P, T, paragraph_xml, row, table
from .registry import Made, approval, grid, heading, layout, measure_row, numbers, rows_of, signature

FOUR = [
    ("№ п/п", "number"),
    ("Мероприятие", "title"),
    ("Срок исполнения", "due_period"),
    ("Ответственные", "executors"),
]
FIELDS = ("number", "title", "due_period", "executors")
HEAD = [C(name, bold=True) for name, _ in FOUR]

_ABSTRACT = (
    '<w:abstractNum w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    "</w:abstractNum>"
)
_NUM = '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'


def _with_numbering(path: Path) -> None:
    """Puts a multi-level list into the file's numbering part."""

    def changed(xml: str) -> str:
        at = xml.index("<w:num ") if "<w:num " in xml else xml.index("</w:numbering>")
        xml = xml[:at] + _ABSTRACT + xml[at:]
        return xml.replace("</w:numbering>", _NUM + "</w:numbering>")

    _rewrite(path, "word/numbering.xml", changed)


def _rewrite(path: Path, name: str, change) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part, data in parts.items():
            target.writestr(part, data)


def _numbered(level: int, text: str = "") -> C:
    return C(xml=paragraph_xml(text, extra=_list(level)))


def _list(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'


@layout("docx pdf odt", touch=_with_numbering)
def automatic_numbers_in_two_levels() -> Made:
    plan = only(ROADS, *FIELDS)
    rows = [list(HEAD)]
    for s, part in enumerate(plan["sections"], start=1):
        rows.append([C(xml=paragraph_xml(part["title"], bold=True, extra=_list(0)), across=4)])
        for m, item in enumerate(part["measures"], start=1):
            item["number"] = f"{s}.{m}"
            rows.append([_numbered(1), *measure_row(item, FOUR)[1:]])
    return [*heading(ROADS["title"]), T(rows, 1)], plan


def _changed(text: str, old: str, new: str) -> str:
    """A paragraph in which `old` was struck out and `new` put in under change tracking."""
    before, _, after = text.partition(new)
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    gone = run.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    mark = 'w:id="{}" w:author="Редактор" w:date="2026-01-10T10:00:00Z"'
    deleted = f"<w:del {mark.format(901)}>{gone.format(escape(old))}</w:del>"
    inserted = f"<w:ins {mark.format(902)}>{run.format(escape(new))}</w:ins>"
    return f"<w:p {NS}>{run.format(escape(before))}{deleted}{inserted}{run.format(escape(after))}</w:p>"


@layout("docx")
def tracked_changes() -> Made:
    plan = without_sections(only(ROADS, *FIELDS))
    rows = [measure_row(item, FOUR) for item in plan["sections"][0]["measures"]]
    rows[1][2] = C(xml=_changed(rows[1][2].text, "1 августа", "1 сентября"))
    rows[3][1] = C(xml=_changed(rows[3][1].text, "11 участках", "14 участках"))
    return [*heading(ROADS["title"]), T([list(HEAD), *rows], 1)], plan


def _controlled(text: str) -> str:
    inner = paragraph_xml(text)
    return f"<w:sdt {NS}><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt><w:p {NS}/>"


@layout("docx doc")
def content_controls_and_line_breaks() -> Made:
    plan = without_sections(only(INTEGRITY, *FIELDS))
    rows = [measure_row(item, FOUR) for item in plan["sections"][0]["measures"]]
    for cells in rows:
        cells[2] = C(xml=_controlled(cells[2].text))
        words = cells[1].text.split(" ", 3)
        inner = '<w:t xml:space="preserve">{} </w:t><w:br/><w:t>{}</w:t>'
        broken = inner.format(escape(" ".join(words[:3])), escape(" ".join(words[3:])))
        cells[1] = C(xml=f"<w:p {NS}><w:r>{broken}</w:r></w:p>")
    return [*heading(INTEGRITY["title"]), T([list(HEAD), *rows], 1)], plan


def _boxed(*lines: str) -> P:
    inner = "".join(paragraph_xml(line, bold=True) for line in lines)
    shape = (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:300pt;height:60pt">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>"
    )
    return P(xml=f"<w:p {NS}><w:r><w:pict>{shape}</w:pict></w:r></w:p>")


@layout("docx")
def approval_in_a_text_box() -> Made:
    blocks = [_boxed("УТВЕРЖДЁН", "приказом от 12.01.2026 № 3"), *heading(ROADS["title"]), grid(ROADS, FOUR)]
    return blocks, only(ROADS, *FIELDS)


@layout("docx pdf")
def layout_table_around_everything() -> Made:
    inner = grid(INTEGRITY, FOUR)
    frame = T([[C(xml=paragraph_xml(INTEGRITY["title"], bold=True))], [C(nested=inner)]], ruled=False)
    return [frame], only(INTEGRITY, *FIELDS)


@layout("docx odt")
def nested_table_in_a_cell() -> Made:
    plan = without_sections(only(ROADS, *FIELDS))
    rows = [measure_row(item, FOUR) for item in plan["sections"][0]["measures"]]
    streets = table(["Участок", "Дата"], ["ул. Заречная", "10 июля"], ["ул. Садовая", "12 июля"])
    rows[2][3] = C(rows[2][3].text, nested=streets)
    return [*heading(ROADS["title"]), T([list(HEAD), *rows], 1)], plan


@layout("docx pdf xlsx")
def decoy_tables_around_the_plan() -> Made:
    """Contents, money, agreement sheet and signatures are tables too, some with «№ п/п» and «Срок»."""
    contents = table(
        ["№ п/п", "Наименование раздела", "Стр."],
        ["1", "Паспорт", "2"],
        ["2", "План мероприятий", "3"],
        ["3", "Ресурсное обеспечение", "5"],
    )
    money = table(
        ["№ п/п", "Источник финансирования", "2025", "2026", "Всего, тыс. руб."],
        ["1", "Районный бюджет", "1 200,0", "1 350,5", "2 550,5"],
        ["2", "Внебюджетные средства", "80,0", "95,0", "175,0"],
    )
    agreed = table(
        ["Должность", "Фамилия, инициалы", "Дата", "Подпись"],
        ["Начальник правового отдела", "Р.Р. Перелесков", "15.01.2025", ""],
        ["Начальник финансового отдела", "С.С. Камышова", "16.01.2025", ""],
    )
    blocks = [
        P("Содержание", align="center"),
        contents,
        *heading(INTEGRITY["title"]),
        grid(INTEGRITY, FOUR),
        P("Ресурсное обеспечение плана", align="center"),
        money,
        P("Лист согласования", align="center"),
        agreed,
        T([row("Управляющий делами", "__________", "Т.Т. Ручьёва")], ruled=False),
    ]
    return blocks, only(INTEGRITY, *FIELDS)


@layout("docx xlsx")
def residue_of_html_and_footnotes() -> Made:
    plan = without_sections(only(MENTORS, *FIELDS))
    items = plan["sections"][0]["measures"]
    rows = [measure_row(item, FOUR) for item in items]
    rows[0][1] = C(f"<p>{items[0]['title']}</p>")
    rows[1][2] = C(f"<b>{items[1]['due_period']}</b>")
    rows[3][1] = C(f"**{items[3]['title']}**")
    rows[4][2] = C(f"{items[4]['due_period']} <1>")
    rows[5][1] = C(f"{items[5]['title']}&nbsp;")
    items[4]["due_period_accept"] = [f"{items[4]['due_period']} <1>"]
    note = P("<1> Срок уточняется приказом управления образования.")
    return [*heading(MENTORS["title"]), T([list(HEAD), *rows], 1), note], plan


@layout("docx xlsx")
def placeholders_for_empty_cells() -> Made:
    plan = without_sections(only(ROADS, *FIELDS, "condition", "status"))
    marks = ("-", "–", "х", "X", "…")
    columns = [*FOUR, ("Ожидаемый результат", "condition"), ("Статус исполнения", "status")]
    rows = [row(*(C(name, bold=True) for name, _ in columns))]
    for mark, item in zip(marks, plan["sections"][0]["measures"], strict=True):
        item["condition"], item["condition_accept"] = "", [mark]
        cells = measure_row(item, columns)
        cells[4] = C(mark)
        rows.append(cells)
    return [*heading(ROADS["title"]), T(rows, 1)], plan


@layout("docx pdf")
def the_plan_is_an_annex_of_an_order() -> Made:
    """The order's own text with numbered points comes first; its table of copies is no plan."""
    order = [
        *heading("АДМИНИСТРАЦИЯ ЛУГОЖСКОГО РАЙОНА", "ПОСТАНОВЛЕНИЕ"),
        P("14.01.2026                         г. Лугож                         № 12-п"),
        P("Об утверждении комплекса мер по предупреждению травматизма", bold=True),
        P("В соответствии с Федеральным законом от 10.12.1995 № 196-ФЗ ПОСТАНОВЛЯЮ:"),
        P("1. Утвердить прилагаемый комплекс мер."),
        P("2. Контроль за исполнением постановления оставляю за собой."),
        *signature("Глава района", "В.В. Верховой"),
        P(breaks_page=True),
        *approval("Приложение", "к постановлению администрации", "от 14.01.2026 № 12-п"),
    ]
    return [*order, *heading(ROADS["title"]), grid(ROADS, FOUR)], only(ROADS, *FIELDS)


JUBILEE = roadmap(
    "План подготовки к празднованию 250-летия города Лугожа на 2026 год",
    "2026 год",
    section(
        "1",
        "Благоустройство",
        measure(
            "1.1",
            "Ремонт набережной (в срок до 10 августа 2026 года)",
            "апрель – август 2026 г.",
            "МКУ «Благоустройство»",
        ),
        measure(
            "1.1.1",
            "Укладка плитки на участке от моста до пристани",
            "до 30 июня 2026 г.",
            "МКУ «Благоустройство»",
        ),
        measure(
            "1.1.2",
            "Установка 46 опор освещения",
            "до 15 июля 2026 г.",
            "АО «Лугожэнерго» (по согласованию)",
        ),
        measure("1.2", "Высадка 250 лип", "май 2026 г.", "отдел экологии; учреждения образования"),
    ),
    section(
        "2",
        "Культурная программа",
        measure(
            "2.1",
            "Выставка «Лугож: 250 лет над рекой»",
            "5 июня – 30 сентября 2026 г.",
            "краеведческий музей",
        ),
        measure("2.2", "Праздничный концерт на площади", "8 августа 2026 г.", "Дом культуры; отдел культуры"),
    ),
)


@layout("docx odt")
def measures_of_two_levels_with_dates_in_the_text() -> Made:
    return [*heading(JUBILEE["title"]), grid(JUBILEE, FOUR, joint="\n")], JUBILEE


@layout("docx pdf")
def two_plans_in_one_file_joined() -> Made:
    """Two tables with different columns make one plan: the second has no result and another order."""
    plan = only(INTEGRITY, *FIELDS)
    first, second = plan["sections"]
    other = [("N", "number"), ("Мероприятия", "title"), ("Исполнитель", "executors"), ("Сроки", "due_period")]
    blocks: list[P | T] = [*heading(INTEGRITY["title"])]
    for part, columns in ((first, FOUR), (second, other)):
        head = row(*(C(name, bold=True) for name, _ in columns))
        blocks.append(P(f"{part['number']}. {part['title']}", bold=True, align="center"))
        blocks.append(T([head, numbers(4), *rows_of({"sections": [part]}, columns)], 1))
    return blocks, plan
