"""Workbooks and OpenDocument files."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import TooLarge
from documents.formats.grid import Paragraph, Table
from documents.formats.odf import read_odf
from documents.formats.xlsx import read_xlsx

from .files import c, odf, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="mmmm\\ yyyy"/></numFmts>'
    "<fonts><font/><font><b/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="1"/>'
    '<xf numFmtId="164" fontId="0"/></cellXfs>'
)


def only(blocks: list[Paragraph | Table]) -> Table:
    (table,) = blocks
    assert isinstance(table, Table)
    return table


def test_cells_of_every_kind_are_read_as_shown(tmp_path: Path) -> None:
    strings = "<si><t>общий</t></si><si><r><t>из </t></r><r><t>частей</t></r><rPh><t>х</t></rPh></si>"
    row = (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>45536</v></c>'
        '<c r="D1" s="2"><v>45536</v></c><c r="E1" t="str"><f>A1</f><v>итог</v></c><c r="F1"><v>1.1</v></c>'
        '<c r="G1" t="b"><v>1</v></c><c r="H1" t="e"><v>#REF!</v></c>'
    )
    path = xlsx(
        tmp_path / "a.xlsx",
        {"План": f"<sheetData><row>{row}</row></sheetData>"},
        styles=STYLES,
        strings=strings,
    )

    table = only(read_xlsx(path).blocks)

    assert [cell.text for cell in table.cells] == [
        "общий",
        "из частей",
        "01.09.2024",
        "сентябрь 2024",
        "итог",
        "1,1",
        "да",
    ]
    assert table.cells[2].bold and not table.cells[0].bold
    assert (table.place, table.regular) == ("лист «План»", True)


def test_merges_reach_no_further_than_the_used_part(tmp_path: Path) -> None:
    content = (
        f'<sheetData><row r="1">{c("A1", "План")}</row><row r="3">{c("B3", "х")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    table = only(read_xlsx(xlsx(tmp_path / "a.xlsx", {"П": content})).blocks)

    assert (table.height, table.width) == (3, 2)
    assert (table.cells[0].rows, table.cells[0].columns) == (3, 2)


def test_a_text_in_the_last_corner_of_a_sheet_is_refused_with_advice(tmp_path: Path) -> None:
    content = f'<sheetData><row r="1048576">{c("XFD1048576", "далеко")}</row></sheetData>'

    with pytest.raises(TooLarge, match="Оставьте на листе только таблицу"):
        read_xlsx(xlsx(tmp_path / "a.xlsx", {"П": content}))


def test_a_hidden_sheet_is_left_out_and_named_and_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    shown = f'<sheetData><row r="1" hidden="1">{c("A1", "видно")}</row></sheetData>'
    hidden = f'<sheetData><row r="1">{c("A1", "тайна")}</row></sheetData>'

    document = read_xlsx(xlsx(tmp_path / "a.xlsx", {"План": shown, "Служебный": hidden}, state="hidden"))

    assert [cell.text for cell in only(document.blocks).cells] == ["видно"]
    assert document.doubts == [
        "На листе «План» есть скрытые строки или столбцы, они прочитаны.",
        "Лист «Служебный» скрыт и не прочитан.",
    ]


def test_repeated_cells_and_rows_of_a_sheet_take_no_more_than_the_used_part(tmp_path: Path) -> None:
    body = (
        '<office:spreadsheet><table:table table:name="План">'
        '<table:table-row><table:table-cell table:number-columns-spanned="2">'
        "<text:p>План</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">'
        "<text:p>да</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet>"
    )

    table = only(read_odf(odf(tmp_path / "a.ods", body)).blocks)

    assert (table.height, table.width) == (3, 2)
    assert [cell.text for cell in table.cells if cell.text] == ["План", "да", "да", "да", "да"]


def test_a_filled_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    body = (
        '<office:spreadsheet><table:table table:name="План">'
        '<table:table-row table:number-rows-repeated="1048576">'
        "<table:table-cell><text:p>да</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet>"
    )

    with pytest.raises(TooLarge, match="Оставьте только таблицу"):
        read_odf(odf(tmp_path / "a.ods", body))


def test_a_short_date_of_a_sheet_is_written_in_full(tmp_path: Path) -> None:
    body = (
        '<office:spreadsheet><table:table table:name="П"><table:table-row>'
        '<table:table-cell office:value-type="date" office:date-value="2024-09-01"><text:p>01.09.24</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
    )

    assert only(read_odf(odf(tmp_path / "a.ods", body)).blocks).cells[0].text == "01.09.2024"


def test_a_hidden_sheet_of_open_document_is_left_out_and_named(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    body = (
        '<office:spreadsheet><table:table table:name="Тайна" table:style-name="ta2"><table:table-row>'
        "<table:table-cell><text:p>х</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet>"
    )

    document = read_odf(odf(tmp_path / "a.ods", body, styles=styles))

    assert document.blocks == []
    assert document.doubts == ["Лист «Тайна» скрыт и не прочитан."]


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" '
    'text:display-levels="2" style:num-suffix="."/></text:list-style>'
)


def item(text: str, inner: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def test_lists_of_a_text_are_numbered_and_go_on_where_the_file_says_so(tmp_path: Path) -> None:
    inner = f"<text:list>{item('Аудит')}{item('Отчёт')}</text:list>"
    body = (
        f'<office:text><text:list text:style-name="L">{item("Кадры", inner)}</text:list>'
        "<text:p>текст</text:p>"
        f'<text:list text:continue-numbering="true" text:style-name="L">{item("Учёба")}</text:list>'
        f'<text:list text:style-name="L">{item("Заново")}</text:list></office:text>'
    )

    blocks = read_odf(odf(tmp_path / "a.odt", body, styles=LIST)).blocks

    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "I. Кадры",
        "I.1. Аудит",
        "I.2. Отчёт",
        "текст",
        "II. Учёба",
        "I. Заново",
    ]


def test_notes_comments_and_deletions_are_left_out_and_spaces_are_bounded(tmp_path: Path) -> None:
    body = (
        "<office:text><text:tracked-changes><text:deletion><text:p>удалено</text:p></text:deletion>"
        "</text:tracked-changes><text:p>а<text:s text:c='999999999'/>б<text:note><text:note-body>"
        "<text:p>сноска"
        "</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>примечание</text:p></office:annotation>"
        "<text:line-break/>в</text:p></office:text>"
    )

    (line,) = read_odf(odf(tmp_path / "a.odt", body)).blocks

    assert isinstance(line, Paragraph)
    assert line.text.split() == ["а", "б", "в"]
    assert len(line.text) < 120
