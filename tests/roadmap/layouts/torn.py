"""Difficulties of headers, pages and merged cells (issue 2, section 3)."""

from __future__ import annotations

from .content import INTEGRITY, MENTORS, ROADS
from .golden import only, without_sections
from .paper import C, P, T, row
from .registry import Made, approval, grid, heading, layout, measure_row, numbers, rows_of, section_text

FIVE = [
    ("№ п/п", "number"),
    ("Наименование мероприятия", "title"),
    ("Срок реализации", "due_period"),
    ("Ответственный исполнитель", "executors"),
    ("Ожидаемый результат", "condition"),
]
FIELDS = ("number", "title", "due_period", "executors", "condition")
HEAD = [C(name, bold=True) for name, _ in FIVE]


def _titled(plan: dict) -> list[P]:
    return heading(plan["title"])


@layout("docx pdf")
def title_block_with_two_approvals() -> Made:
    blocks = [
        T(
            [
                row(
                    "СОГЛАСОВАНО\nПредседатель совета\n_________ О.О. Липовая\n«__» ______ 2026 г.",
                    "УТВЕРЖДАЮ\nЗаместитель главы района\n_________ К.К. Полянский\n«12» января 2026 г.",
                )
            ],
            ruled=False,
        ),
        *approval("(в редакции постановления", "от 03.03.2026 № 77-п)"),
        *_titled(ROADS),
        grid(ROADS, FIVE),
    ]
    return blocks, only(ROADS, *FIELDS)


@layout("docx pdf ods")
def two_row_header_with_merged_cells() -> Made:
    head = [
        row(
            C("№ п/п", down=2),
            C("Мероприятие", down=2),
            C("Исполнение", across=2),
            C("Ожидаемый результат", down=2),
        ),
        row("Срок", "Ответственный"),
    ]
    return [*_titled(MENTORS), grid(MENTORS, FIVE, head=head)], only(MENTORS, *FIELDS)


@layout("docx xlsx")
def header_typed_again_inside_the_table() -> Made:
    made = grid(INTEGRITY, FIVE)
    made.rows.insert(1, numbers(5))
    made.rows[5:5] = [list(HEAD), numbers(5)]
    return [*_titled(INTEGRITY), made], only(INTEGRITY, *FIELDS)


@layout("docx odt")
def a_table_per_page_with_different_cell_counts() -> Made:
    """Each page became a table of its own; the empty column is dropped or doubled on some pages."""
    columns = [*FIVE[:2], ("Примечание", ""), *FIVE[2:]]
    whole = grid(MENTORS, columns)
    pages = [whole.rows[:3], whole.rows[3:5], whole.rows[5:7], whole.rows[7:]]
    pages[1] = [[*cells[:2], *cells[3:]] for cells in pages[1]]
    pages[3] = [[*cells, C(), C()] for cells in pages[3]]
    blocks: list[P | T] = [*_titled(MENTORS)]
    for number, rows in enumerate(pages):
        blocks += ([P(breaks_page=True)] if number else []) + [T(rows)]
    return blocks, only(MENTORS, *FIELDS)


@layout("docx pdf ods")
def section_rows_not_merged() -> Made:
    rows = [list(HEAD)]
    for part in ROADS["sections"]:
        rows.append(row("", section_text(part), "", "", ""))
        rows += [measure_row(item, FIVE) for item in part["measures"]]
    return [*_titled(ROADS), T(rows, 1)], only(ROADS, *FIELDS)


@layout("docx")
def section_number_in_its_own_cell() -> Made:
    rows = [list(HEAD)]
    for part in INTEGRITY["sections"]:
        rows.append(row(f"{part['number']}.", C(part["title"], across=4, bold=True)))
        rows += [measure_row(item, FIVE) for item in part["measures"]]
    return [*_titled(INTEGRITY), T(rows, 1)], only(INTEGRITY, *FIELDS)


@layout("docx odt")
def sections_as_headings_between_tables() -> Made:
    blocks: list[P | T] = [*_titled(MENTORS)]
    for part in MENTORS["sections"]:
        blocks.append(P(f"Раздел {part['number']}. {part['title']}", bold=True, style="Heading2"))
        blocks.append(T([list(HEAD), *rows_of({"sections": [part]}, FIVE)], 1))
    return blocks, only(MENTORS, *FIELDS)


@layout("docx pdf odt")
def responsible_and_period_merged_down() -> Made:
    plan = without_sections(only(ROADS, *FIELDS))
    items = plan["sections"][0]["measures"]
    for item in items[:3]:
        item.update(executors=["отдел образования"], due_period="в течение 2026 года")
    rows = [list(HEAD)]
    for number, item in enumerate(items):
        cells = measure_row(item, FIVE)
        if number == 0:
            cells[2].down = cells[3].down = 3
        if number in (1, 2):
            cells = [cells[0], cells[1], cells[4]]
        rows.append(cells)
    return [*_titled(ROADS), T(rows, 1)], plan


@layout("docx pdf")
def rows_cut_by_a_page() -> Made:
    """The tail of a row stands in a row of its own without a number, after a typed page break."""
    plan = without_sections(only(MENTORS, *FIELDS))
    rows = [measure_row(item, FIVE) for item in plan["sections"][0]["measures"]]
    cut = rows[2]
    cut[1], tail = (
        C("Размещение материалов о наставничестве на официальных"),
        C("сайтах, в том числе в разделе «Методическая копилка»"),
    )
    cut[3] = C("МБУ ДПО «Центр «Орбита»")
    rest = row("", tail, "", "руководители общеобразовательных организаций", "")
    cut[4], rest[4] = C("Обеспечена открытость"), C("реализации плана")
    first = T([list(HEAD), *rows[:3]], 1)
    second = T([rest, *rows[3:]])
    return [*_titled(MENTORS), first, P(breaks_page=True), second], plan


@layout("docx pdf")
def long_table_over_many_pages() -> Made:
    """Forty rows: Word repeats the header, rows run over page ends."""
    parts = []
    for number in range(1, 5):
        items = [
            {**item, "number": f"{number}.{place}", "title": f"{item['title']} (этап {number})"}
            for place, item in enumerate(without_sections(MENTORS)["sections"][0]["measures"], start=1)
        ]
        parts.append({"number": str(number), "title": f"Этап {number}: сопровождение", "measures": items})
    plan = only({**MENTORS, "sections": parts}, *FIELDS)
    return [*_titled(MENTORS), grid(plan, FIVE)], plan


@layout("docx xlsx")
def doubled_rows() -> Made:
    """A row printed twice: once without its number, once with it."""
    plan = without_sections(only(ROADS, *FIELDS))
    rows = [measure_row(item, FIVE) for item in plan["sections"][0]["measures"]]
    twin = [C(), *(C(cell.text) for cell in rows[3][1:])]
    return [*_titled(ROADS), T([list(HEAD), *rows[:3], twin, *rows[3:]], 1)], plan


@layout("docx")
def numbers_missing_and_glued() -> Made:
    plan = without_sections(only(MENTORS, *FIELDS))
    items = plan["sections"][0]["measures"]
    items[4]["number"] = ""
    rows = []
    for place, item in enumerate(items):
        cells = measure_row(item, FIVE)
        if place in (1, 3):
            cells[0], cells[1] = C(), C(f"{item['number']}. {item['title']}")
        rows.append(cells)
    return [*_titled(MENTORS), T([list(HEAD), *rows], 1)], plan


@layout("docx pdf")
def narrow_columns_and_small_print() -> Made:
    """Eleven narrow columns: words are cut by the page, numbers stand alone on their lines."""
    columns = [
        *FIVE[:2],
        ("Основание", lambda m: "муниципальный проект"),
        *FIVE[2:],
        ("Форма исполнения", "form_of_execution"),
        ("Статус", "status"),
        ("Отчёт об исполнении", "report"),
        ("Примечание", ""),
    ]
    made = grid(MENTORS, columns)
    made.widths = [5, 16, 9, 9, 12, 13, 11, 9, 12, 4]
    return [*_titled(MENTORS), made], MENTORS


@layout("docx pdf")
def table_without_rules() -> Made:
    plan = without_sections(only(ROADS, *FIELDS))
    rows = [list(HEAD), *rows_of(plan, FIVE)]
    return [*_titled(ROADS), T(rows, 1, [3, 12, 7, 9, 9], ruled=False)], plan
