"""Every format gives its text; words of PDFs know their place."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.errors import Unreadable
from documents.cli import text
from documents.extraction import page_count, pages_of, tesseract, text_of
from tests import uploads
from tests.roadmap.pdf_paper import words, write_pdf


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_word_file_is_one_page_with_a_line_per_paragraph(tmp_path: Path) -> None:
    path = kept(tmp_path, "a", uploads.docx_bytes("ПРИКАЗ", "", "Утвердить план."))

    extracted = text_of(path)

    assert extracted.text == "ПРИКАЗ\n\nУтвердить план."
    assert [(page.number, page.way, page.confidence) for page in extracted.pages] == [(1, "text", None)]


def test_every_sheet_of_a_workbook_is_a_page_and_cells_are_parted_by_tabs(tmp_path: Path) -> None:
    path = kept(tmp_path, "a", uploads.xlsx_bytes([["№", "Мероприятие"], ["1.1", "Семинар"]]))

    assert text_of(path).text == "№\tМероприятие\n1.1\tСеминар"


def test_an_opendocument_text_is_read(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>'
        "<t:p>РАСПОРЯЖЕНИЕ</t:p><t:p>Назначить дежурных.</t:p></o:text></o:body></o:document-content>"
    )
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)

    assert text_of(path).text == "РАСПОРЯЖЕНИЕ\nНазначить дежурных."


@pytest.mark.parametrize("code", ["utf-8", "cp1251", "utf-16"])
def test_plain_text_is_read_in_the_codes_officials_use(tmp_path: Path, code: str) -> None:
    path = kept(tmp_path, "a.txt", "Протокол № 2\nПрисутствовали: 12 человек".encode(code))

    assert text_of(path).text == "Протокол № 2\nПрисутствовали: 12 человек"


def test_a_rich_text_file_goes_through_libreoffice(tmp_path: Path) -> None:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        print("SKIP: LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    body = "".join(f"\\u{ord(sign)}?" for sign in "Приказ")
    path = kept(tmp_path, "a", b"{\\rtf1\\ansi " + body.encode() + b"\\par}")

    assert text_of(path).text == "Приказ"


def test_words_of_a_pdf_know_where_they_stand_on_the_page_and_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, [words(100, 700, "Приказ отдела образования района", size=20)])

    page = text_of(path).pages[0]

    assert (page.way, page.fault, page.width, page.height) == ("text", "", 595, 842)
    assert [page.text[word.start : word.start + len(word.text)] for word in page.words] == page.text.split()
    first = page.words[0]
    assert first.left == pytest.approx(100 / 595, abs=0.01)
    assert first.bottom == pytest.approx((842 - 700) / 842, abs=0.01)
    assert first.right < page.words[1].left


def test_pages_come_from_the_limited_process_one_batch_after_another(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, [words(100, 700, f"Страница договора номер {number}") for number in range(1, 12)])

    assert page_count(path) == 11
    assert [page.number for page in text_of(path).pages] == list(range(1, 12))
    assert text_of(path).pages[10].text.endswith("11")


def test_the_command_prints_pages_as_text_and_as_json(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, [words(100, 700, "Приказ отдела образования")])

    plain = CliRunner().invoke(text, [str(path)])
    data = CliRunner().invoke(text, [str(path), "--json"])

    assert plain.output == "--- page 1 (text)\nПриказ отдела образования\n"
    assert [word[0] for word in json.loads(data.output)["words"]] == ["Приказ", "отдела", "образования"]


def test_hostile_bytes_are_refused_with_a_sentence(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 400)

    with pytest.raises(Unreadable, match="поврежд"):
        text_of(path)


def test_without_tesseract_pages_with_text_are_given_before_the_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, ["0 g 50 50 200 100 re f", words(100, 700, "Приказ отдела образования")])
    monkeypatch.setattr(tesseract.shutil, "which", lambda _name: None)
    pages = pages_of(path)

    first = next(pages)

    assert (first.number, first.text) == (2, "Приказ отдела образования")
    with pytest.raises(tesseract.RecognitionOff, match="tesseract-ocr-rus"):
        next(pages)
