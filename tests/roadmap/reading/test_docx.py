"""Word files: what a person sees in them is what is read."""

from __future__ import annotations

from pathlib import Path

from documents.formats.docx import read_docx
from documents.formats.grid import Cell, Paragraph, Table

from .files import docx, p, tbl, tc, tr, zipped

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def table_of(path: str) -> Table:
    return next(block for block in read_docx(path).blocks if isinstance(block, Table))


def lines_of(path: str) -> list[str]:
    return [block.text for block in read_docx(path).blocks if isinstance(block, Paragraph)]


def places(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table.cells]


def numbered(list_id: str, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_automatic_numbers_are_written_out_as_word_prints_them(tmp_path: Path) -> None:
    body = "".join(
        [
            p("Кадры", numbered("1", 0)),
            p("Аудит", numbered("1", 1)),
            p("Отчёт", numbered("1", 1)),
            p("пункт списка", numbered("1", 2)),
            p("Учёба", numbered("1", 0)),
            p("Курсы", numbered("1", 1)),
            p("Заново", numbered("2", 0)),
            p("Далее", numbered("2", 1)),
        ]
    )

    lines = lines_of(docx(tmp_path / "a.docx", body, numbering=LEVELS))

    assert lines == [
        "I. Кадры",
        "1.1. Аудит",
        "1.2. Отчёт",
        "пункт списка",
        "II. Учёба",
        "2.1. Курсы",
        "V. Заново",
        "5.1. Далее",
    ]


def test_a_style_may_number_its_paragraphs_and_an_empty_cell_shows_its_number(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Row"><w:name w:val="Row"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/>'
        '<w:basedOn w:val="Row"/></w:style>'
    )
    cell = tc('<w:p><w:pPr><w:pStyle w:val="Child"/></w:pPr></w:p>')
    body = tbl(tr(cell, "Аудит"), tr(cell, "Отчёт"))

    table = table_of(docx(tmp_path / "a.docx", body, numbering=LEVELS, styles=styles))

    assert [one.text for one in table.cells] == ["1.1.", "Аудит", "1.2.", "Отчёт"]


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("Раздел", '<w:gridSpan w:val="3"/>')),
        tr(tc("1", restart), "а", "б"),
        tr(tc("", goes_on), "в", "г"),
        tr("2", tc("д", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")),
    )

    assert places(table_of(docx(tmp_path / "a.docx", body))) == [
        (0, 0, 1, 3, "Раздел"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "а"),
        (1, 2, 1, 1, "б"),
        (2, 1, 1, 1, "в"),
        (2, 2, 1, 1, "г"),
        (3, 0, 1, 1, "2"),
        (3, 1, 1, 2, "д"),
    ]


def test_a_sliver_of_a_column_left_by_dragging_a_border_is_no_column(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl(tr("а", tc("б", wide), "в"), tr(tc("г", wide), "д", "е"), grid=(2000, 30, 2000, 2000))

    assert places(table_of(docx(tmp_path / "a.docx", body))) == [
        (0, 0, 1, 1, "а"),
        (0, 1, 1, 1, "б"),
        (0, 2, 1, 1, "в"),
        (1, 0, 1, 1, "г"),
        (1, 1, 1, 1, "д"),
        (1, 2, 1, 1, "е"),
    ]


def test_places_that_a_row_leaves_out_are_empty(tmp_path: Path) -> None:
    body = tbl(tr("а", "б", "в"), tr("г", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'))

    row = [cell for cell in table_of(docx(tmp_path / "a.docx", body)).cells if cell.row == 1]

    assert [(cell.column, cell.text) for cell in row] == [(0, ""), (1, "г"), (2, "")]


def test_insertions_stay_and_deletions_go(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>было </w:t></w:r><w:ins><w:r><w:t>вставлено</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>удалено</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>унесено</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>начало </w:t></w:r></w:p>" + p("конец")
    )
    body += tbl(tr("а"), tr("б", properties="<w:del/>"), tr("в", properties="<w:ins/>"))

    path = docx(tmp_path / "a.docx", body)

    assert lines_of(path) == ["было вставлено", "начало конец"]
    assert [cell.text for cell in table_of(path).cells] == ["а", "в"]


def test_fields_links_controls_breaks_and_ticks_are_read_as_seen(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>01.02.2024</w:t></w:r>'
        "<w:hyperlink><w:r><w:t> ссылка</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t> поле</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:br/><w:t>строка</w:t><w:tab/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>'
    )
    controlled = f"<w:sdt><w:sdtContent>{tr('в поле')}</w:sdtContent></w:sdt>"

    path = docx(tmp_path / "a.docx", body + tbl(controlled))

    assert lines_of(path) == ["01.02.2024 ссылка поле\nстрока\t✓"]
    assert [cell.text for cell in table_of(path).cells] == ["в поле"]


def test_a_text_box_is_read_once_and_before_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('УТВЕРЖДАЮ')}</w:txbxContent>"
    body = (
        f"<w:p {MC}><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>План</w:t></w:r></w:p>"
    )

    assert lines_of(docx(tmp_path / "a.docx", body)) == ["УТВЕРЖДАЮ", "План"]


def test_nested_tables_hang_on_their_cell_with_the_content_in_order(tmp_path: Path) -> None:
    body = tbl(tr(tc(p("до") + tbl(tr("внутри")) + p("после"))))

    cell: Cell = table_of(docx(tmp_path / "a.docx", body)).cells[0]

    assert cell.text == "до\nпосле"
    assert [one.cells[0].text for one in cell.nested] == ["внутри"]
    assert [isinstance(block, Table) for block in cell.blocks] == [False, True, False]


def test_looks_come_from_runs_and_styles(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="heading 2"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    body = p("Заголовок", '<w:pStyle w:val="T"/>') + p("справа", '<w:jc w:val="right"/>')

    first, second = read_docx(docx(tmp_path / "a.docx", body, styles=styles)).blocks

    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert (first.bold, first.centered, first.level) == (True, True, 2)
    assert (second.bold, second.right, second.level) == (False, True, 0)


def test_the_strict_variant_of_the_format_is_read_too(tmp_path: Path) -> None:
    path = Path(docx(tmp_path / "a.docx", p("План")))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{usual}"><w:body>{p("План")}</w:body></w:document>'.replace(usual, strict)

    assert lines_of(zipped(path, {"word/document.xml": text})) == ["План"]
