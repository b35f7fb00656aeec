"""Tables and paragraphs of PDF files: rules, spans, turned pages, lines put back into paragraphs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.errors import TooLarge, Unreadable
from documents.formats.grid import Paragraph, Table
from roadmap.reading.pdf import has_text_layer, read_pdf

from .pdf_paper import dotted, lattice, line, thin_rectangles, upwards, words, write_pdf

COLUMNS = [50.0, 100.0, 300.0, 400.0]
ROWS = [700.0, 660.0, 620.0]
TABLE = lattice(COLUMNS, ROWS)
TEXTS = (
    words(55, 685, "№")
    + words(105, 685, "Мероприятие")
    + words(305, 685, "Срок")
    + words(55, 645, "1.1")
    + words(105, 645, "Провести совещание")
    + words(305, 645, "май 2026")
)
READ = [["№", "Мероприятие", "Срок"], ["1.1", "Провести совещание", "май 2026"]]


def tables(path: str) -> list[Table]:
    return [block for block in read_pdf(path).blocks if isinstance(block, Table)]


def paragraphs(path: str) -> list[Paragraph]:
    return [block for block in read_pdf(path).blocks if isinstance(block, Paragraph) and block.text]


def texts(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


@pytest.mark.parametrize(
    "rules",
    [
        TABLE,
        thin_rectangles(COLUMNS, ROWS),
        dotted(COLUMNS, ROWS),
        f"2 0 0 2 0 0 cm {lattice([x / 2 for x in COLUMNS], [y / 2 for y in ROWS])} 0.5 0 0 0.5 0 0 cm\n",
        TABLE + lattice([x + 1.5 for x in COLUMNS], [y - 1.5 for y in ROWS]),
    ],
    ids=["lines", "thin rectangles", "dots", "scaled", "double rules"],
)
def test_cells_are_cut_by_rules_however_they_are_drawn(tmp_path: Path, rules: str) -> None:
    (table,) = tables(write_pdf(tmp_path / "a.pdf", [rules + TEXTS]))

    assert texts(table) == READ
    assert table.page == 1


def test_rules_inside_a_form_stand_where_its_matrices_put_them(tmp_path: Path) -> None:
    form = lattice([x - 25 for x in COLUMNS], [y - 10 for y in ROWS])

    (table,) = tables(write_pdf(tmp_path / "a.pdf", ["q 1 0 0 1 20 10 cm /X Do Q\n" + TEXTS], form=form))

    assert texts(table) == READ


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_page_is_read_upright_whatever_its_rotation_says(tmp_path: Path, rotate: int) -> None:
    (table,) = tables(write_pdf(tmp_path / "a.pdf", [TABLE + TEXTS], rotate=rotate))

    assert texts(table) == READ


def test_a_table_printed_sideways_is_turned_upright(tmp_path: Path) -> None:
    turned = f"q 0 1 -1 0 842 0 cm {TABLE + TEXTS} Q\n"

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [turned], size=(842, 595)))

    assert texts(table) == READ


def test_a_missing_rule_merges_cells(tmp_path: Path) -> None:
    rules = "".join(line(50, y, 400, y) for y in (700, 660, 580)) + line(50, 620, 300, 620)
    rules += line(50, 700, 50, 580) + line(400, 700, 400, 580)
    rules += line(100, 660, 100, 580) + line(300, 660, 300, 580)
    content = words(150, 680, "Раздел 1") + words(305, 645, "весь год")

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [rules + content]))

    spans = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells if cell.text}
    assert spans == {"Раздел 1": (0, 0, 1, 3), "весь год": (1, 2, 2, 1)}


def test_a_table_without_outer_rules_keeps_its_outer_columns(tmp_path: Path) -> None:
    rules = "".join(line(50, y, 400, y) for y in ROWS) + line(100, 700, 100, 620) + line(300, 700, 300, 620)

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [rules + TEXTS]))

    assert texts(table) == READ


def test_white_rules_and_a_frame_of_the_page_make_no_cells(tmp_path: Path) -> None:
    frame = lattice([20, 575], [820, 20])
    white = "1 1 1 RG " + line(200, 700, 200, 620) + "0 0 0 RG\n"

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [frame + TABLE + white + TEXTS]))

    assert texts(table) == READ


def test_a_table_in_a_cell_is_nested(tmp_path: Path) -> None:
    outer = lattice([50, 250, 500], [700, 500])
    inner = lattice([270, 350, 450], [650, 620, 590])
    content = words(60, 680, "Участки") + words(280, 630, "север") + words(360, 600, "май")

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [outer + inner + content]))

    assert texts(table) == [["Участки", ""]]
    assert texts(table.cells[1].nested[0]) == [["север", ""], ["", "май"]]


def test_bold_print_made_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    (table,) = tables(write_pdf(tmp_path / "a.pdf", [TABLE + TEXTS + words(55.3, 685, "№")]))

    assert texts(table) == READ


def test_text_that_reads_upwards_in_a_cell_is_read(tmp_path: Path) -> None:
    content = TABLE + TEXTS + upwards(65, 625, "план")

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [content]))

    assert texts(table)[1][0] == "1.1\nплан"


def cell_of_lines(path: Path, *lines: str, width: float = 110) -> str:
    """What is read in a cell of this width that holds these lines."""
    rules = lattice([50, 50 + width, 300], [700, 400])
    content = "".join(words(55, 685 - 12 * n, text) for n, text in enumerate(lines))
    (table,) = tables(write_pdf(path / "a.pdf", [rules + content]))
    return table.cells[0].text


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (
            ["Провести собрание", "трудового", "коллектива школы"],
            "Провести собрание трудового коллектива школы",
        ),
        (["Директор школы", "завуч"], "Директор школы завуч"),
        (["завуч", "директор школы"], "завуч\nдиректор школы"),
        (
            ["подготовка кадров:", "- обучение", "- стажировка"],
            "подготовка кадров:\n- обучение\n- стажировка",
        ),
        (["с сентября по март-", "апрель 2026 года"], "с сентября по март-апрель 2026 года"),
        (["учебно-методи\xadчес", "кое пособие"], "учебно-методическое пособие"),
        (["общеобразовательн", "ая организация"], "общеобразовательная организация"),
        (["период 2025–", "2027 годы и далее"], "период 2025–2027 годы и далее"),
    ],
)
def test_lines_become_the_paragraphs_that_were_typed(tmp_path: Path, lines: list[str], read: str) -> None:
    width = 10 + 5 * max(len(text) for text in lines)

    assert cell_of_lines(tmp_path, *lines, width=max(width, 95)) == read


def test_hyphens_of_a_hyphenated_file_are_taken_out(tmp_path: Path) -> None:
    cut = ["повышение квали-", "фикации и под-", "готовка педаго-", "гов к аттестации"]

    assert (
        cell_of_lines(tmp_path, *cut, width=95)
        == "повышение квалификации и подготовка педагогов к аттестации"
    )


def test_a_hyphen_at_a_line_end_stays_in_a_file_that_is_not_hyphenated(tmp_path: Path) -> None:
    plain = [words(50, 400 - 12 * n, "обычная строка текста без переносов в конце") for n in range(30)]
    rules = lattice([50, 145, 300], [700, 600])
    content = words(55, 685, "для педагогов-") + words(55, 673, "психологов")

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [rules + content + "".join(plain)]))

    assert table.cells[0].text == "для педагогов-психологов"


def test_columns_without_rules_are_told_by_white_gutters(tmp_path: Path) -> None:
    rows = [
        ("№", "Мероприятие", "Срок", "Исполнитель"),
        ("1", "Провести сход", "май", "староста"),
        ("", "граждан", "", ""),
        ("2", "Починить мост", "июнь", "лесхоз"),
        ("3", "Побелить школу", "июль", "завхоз"),
    ]
    content = "".join(
        words(x, 700 - 14 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((50, 80, 260, 380), row, strict=True)
        if text
    )

    (table,) = tables(write_pdf(tmp_path / "a.pdf", [content]))

    assert texts(table) == [
        ["№", "Мероприятие", "Срок", "Исполнитель"],
        ["1", "Провести сход граждан", "май", "староста"],
        ["2", "Починить мост", "июнь", "лесхоз"],
        ["3", "Побелить школу", "июль", "завхоз"],
    ]


def test_paragraphs_come_in_reading_order_with_their_looks(tmp_path: Path) -> None:
    content = (
        words(400, 800, "УТВЕРЖДЕН")
        + words(267, 760, "ПЛАН РАБОТЫ", font="F2")
        + TABLE
        + TEXTS
        + words(50, 580, "Глава района")
        + words(450, 580, "И.И. Полев")
        + words(295, 20, "3")
    )

    found = paragraphs(write_pdf(tmp_path / "a.pdf", [content]))

    assert [one.text for one in found] == ["УТВЕРЖДЕН", "ПЛАН РАБОТЫ", "Глава района", "И.И. Полев"]
    assert [(one.bold, one.centered, one.right) for one in found[:2]] == [
        (False, False, True),
        (True, True, False),
    ]


def test_a_wide_gap_between_paragraphs_is_a_blank_line(tmp_path: Path) -> None:
    content = words(50, 800, "Отчёт района") + words(50, 788, "за год") + words(50, 740, "Раздел первый")

    blocks = read_pdf(write_pdf(tmp_path / "a.pdf", [content])).blocks

    assert [one.text for one in blocks if isinstance(one, Paragraph)][1:] == [
        "Отчёт района",
        "за год",
        "",
        "Раздел первый",
    ]


def test_each_page_gives_a_table_of_its_own(tmp_path: Path) -> None:
    found = tables(write_pdf(tmp_path / "a.pdf", [TABLE + TEXTS, TABLE + TEXTS]))

    assert [table.page for table in found] == [1, 2]


def test_a_file_of_images_alone_has_no_text_layer(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [TABLE])
    printed = write_pdf(tmp_path / "printed.pdf", [TEXTS])

    assert not has_text_layer(scan)
    assert has_text_layer(printed)
    assert "скан" in read_pdf(scan).doubts[0]


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")

    with pytest.raises(Unreadable, match="повреждён"):
        read_pdf(str(path))


def test_a_file_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [""] * 501)

    with pytest.raises(TooLarge, match="500"):
        read_pdf(path)


def test_a_page_drawn_of_countless_lines_ends_with_a_doubt(tmp_path: Path) -> None:
    hatch = "".join(
        line(x * 0.05, 0, x * 0.05, 800) + line(0, x * 0.08, 590, x * 0.08) for x in range(30_000)
    )
    started = time.monotonic()

    document = read_pdf(write_pdf(tmp_path / "a.pdf", [hatch + TEXTS]))

    assert "слишком много линий" in document.doubts[0]
    assert time.monotonic() - started < 10
