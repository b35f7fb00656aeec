"""What one looks at without downloading: drawn by the subprocess, cleaned here, kept, and harmless."""

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image

from core.errors import Unreadable
from core.worker import run_due
from documents.models import FileVersion
from documents.previews import shelf
from documents.previews.shelf import cleaned, page_of, pages_of, sheets_of, text_of
from documents.services import attach, receive
from tests.uploads import docx_bytes, pdf_bytes, picture_bytes, upload, xlsx_bytes


@pytest.fixture
def app_context(make_app):
    with make_app().app_context() as context:
        yield context


def kept(data: bytes, name: str) -> FileVersion:
    received = receive(upload(data, name))
    return FileVersion(sha256=received.blob.sha256, media_type=received.media_type)


def docx_with_link(address: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("Смотри ")
    relation = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = paragraph._p.makeelement(docx.oxml.ns.qn("w:hyperlink"), {docx.oxml.ns.qn("r:id"): relation})
    link.append(document.add_paragraph().add_run("сюда")._r)
    paragraph._p.append(link)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_script_behind_a_link_of_a_word_file_is_taken_out(app_context):
    html = text_of(kept(docx_with_link("javascript:alert(document.cookie)"), "a.docx"))
    assert "сюда" in html
    assert "javascript" not in html
    assert 'href="https://example.ru/"' in text_of(kept(docx_with_link("https://example.ru/"), "b.docx"))


def test_the_mammoth_alone_would_let_it_through():
    """Why there is a second cleaning (stack.md §7)."""
    import mammoth

    assert "javascript:" in mammoth.convert_to_html(io.BytesIO(docx_with_link("javascript:alert(1)"))).value


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>x</p>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<style>p{}</style>",
        "<iframe src=/admin></iframe>",
        "<form action=/x><input></form>",
        "<svg><a xlink:href='javascript:1'/></svg>",
        "<p style='position:fixed'>x</p>",
        "<h1 id=main>x</h1>",
        "<meta http-equiv=refresh content=0>",
    ],
)
def test_nothing_that_acts_loads_or_pretends_passes(html):
    assert not re.search(
        r"script|on\w+=|style|src|data:|<(img|iframe|form|input|svg|h1|meta)|id=", cleaned(html)
    )


def test_headings_of_a_word_file_do_not_become_headings_of_the_page(app_context):
    document = docx.Document()
    document.add_heading("Положение", 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Срок", "июнь"
    out = io.BytesIO()
    document.save(out)
    html = text_of(kept(out.getvalue(), "a.docx"))
    assert "<strong>Положение</strong>" in html
    assert not re.search(r"<h\d", html)
    assert "<td>" in html


def test_pages_of_a_pdf_are_drawn_one_by_one_and_only_once(app_context, monkeypatch):
    version = kept(pdf_bytes(pages=3), "a.pdf")
    assert pages_of(version) == 3
    first = page_of(version, 1)
    with Image.open(first) as image:
        assert image.size[0] == shelf_width()
    monkeypatch.setattr(shelf, "run_limited", lambda *_a, **_k: pytest.fail("drawn twice"))
    assert page_of(version, 1) == first


def shelf_width() -> int:
    from documents.previews.making import WIDTH

    return WIDTH


def test_a_photo_lying_on_its_side_is_turned(app_context):
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(page_of(kept(picture_bytes("JPEG", (60, 30), exif=exif), "a.jpg"), 1)) as image:
        assert image.size == (30, 60)


def test_every_frame_of_a_tiff_is_a_page(app_context):
    frames = [Image.new("L", (20, 20 + n)) for n in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    version = kept(out.getvalue(), "a.tiff")
    assert pages_of(version) == 3
    with Image.open(page_of(version, 3)) as image:
        assert image.size == (20, 22)


def test_the_beginning_of_each_sheet_is_a_table_and_says_when_there_is_more(app_context):
    book = openpyxl.Workbook()
    book.active.append(["Мероприятие", None, 1.5])
    other = book.create_sheet("Много")
    for row in range(250):
        other.append([row] * 40)
    out = io.BytesIO()
    book.save(out)
    first, second = sheets_of(kept(out.getvalue(), "a.xlsx"))
    assert first.rows == (("Мероприятие", "", "1,5"),)
    assert (first.has_more_rows, first.has_more_columns) == (False, False)
    assert (len(second.rows), len(second.rows[0])) == (200, 30)
    assert (second.has_more_rows, second.has_more_columns) == (True, True)


def test_a_formula_shows_what_was_computed_and_nothing_is_computed_here(app_context):
    (sheet,) = sheets_of(kept(xlsx_bytes([["=1+1", "текст"]]), "a.xlsx"))
    assert sheet.rows == (("", "текст"),)


def test_what_could_not_be_drawn_is_not_tried_for_every_visitor(app_context, monkeypatch):
    version = kept(pdf_bytes(), "a.pdf")
    tried = []

    def fail(*_arguments, **_options):
        tried.append(1)
        raise Unreadable("Файл обрабатывается слишком долго.")

    monkeypatch.setattr(shelf, "run_limited", fail)
    for _visitor in range(3):
        with pytest.raises(Unreadable, match="слишком долго"):
            page_of(version, 1)
    assert len(tried) == 1


@pytest.mark.parametrize("made", [b"<svg/>", b"", b"\x89PNG\r\n\x1a\n" + bytes(31 << 20)], ids=len)
def test_what_the_subprocess_made_is_kept_only_if_it_is_a_picture(app_context, monkeypatch, made):
    version = kept(pdf_bytes(), "a.pdf")

    def draw(_entry, *, out, **_more):
        Path(out).write_bytes(made)
        return {"pages": 1}

    monkeypatch.setattr(shelf, "run_limited", draw)
    with pytest.raises(Unreadable):
        page_of(version, 1)


def test_the_worker_makes_the_preview_before_anybody_asks(dossier, executor, monkeypatch):
    version = attach(dossier, upload(docx_bytes("Текст"), "а.docx"), by=executor).versions[0]
    run_due()
    monkeypatch.setattr(shelf, "run_limited", lambda *_a, **_k: pytest.fail("it was not made"))
    assert "Текст" in text_of(version)
