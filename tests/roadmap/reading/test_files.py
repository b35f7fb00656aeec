"""Formats are told by content; hostile and hopeless files are refused with a sentence that helps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from bench.import_speed import write_roadmap
from core.errors import Refusal, TooLarge, Unreadable
from core.limited import Limits, run_limited
from documents.formats import legacy
from documents.formats.container import Container
from roadmap.reading.files import read_document

from .files import W, c, docx, odf, p, xlsx, zipped


def test_the_format_is_told_by_content_whatever_the_name(tmp_path: Path) -> None:
    word = docx(tmp_path / "a.xlsx", p("План"))
    sheet = xlsx(tmp_path / "b.pdf", {"П": f'<sheetData><row r="1">{c("A1", "План")}</row></sheetData>'})
    text = odf(tmp_path / "c.docx", "<office:text><text:p>План</text:p></office:text>")
    plain = tmp_path / "d.doc"
    plain.write_text("План\nработы", encoding="cp1251")

    formats = [read_document(str(path)).format for path in (word, sheet, text, plain)]

    assert formats == ["docx", "xlsx", "odt", "txt"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Формат файла не распознан"),
        (b"\x00\x01\x02\x03" * 20, "Формат файла не распознан"),
        (b"\x89PNG\r\n\x1a\n", "Изображение повреждено"),
        (b"PK\x03\x04 broken", "Файл повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "защищён паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "Формат файла не распознан"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_advice(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=sentence):
        read_document(str(path))


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Формат файла не распознан"):
        read_document(zipped(tmp_path / "a.zip", {"readme.txt": "text"}))


def test_entities_are_refused_even_when_they_are_harmless(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ха"}">' for i in range(9))
    text = f'<!DOCTYPE x [{laughs}]><w:document xmlns:w="{W}"><w:body><w:p>&a8;</w:p></w:body></w:document>'

    with pytest.raises(Unreadable, match="сущностей|не разбирается"):
        read_document(zipped(tmp_path / "a.docx", {"word/document.xml": text}))


def test_a_file_outside_is_never_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("тайна", encoding="utf-8")
    text = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>'
    )

    with pytest.raises(Unreadable, match="сущностей|не разбирается"):
        read_document(zipped(tmp_path / "a.docx", {"word/document.xml": text}))


def bombs(folder: Path) -> dict[str, str]:
    """Small files that unpack or expand into something huge."""
    start = f'<w:document xmlns:w="{W}"><w:body>'.encode()
    return {
        "paragraphs": zipped(folder / "a.docx", {"word/document.xml": start + b"<w:p/>" * 6_000_000}),
        "image": zipped(
            folder / "b.docx", {"word/document.xml": b"<a/>", "word/media/i.bin": bytes(80 << 20)}
        ),
        "entries": zipped(folder / "c.docx", {f"word/{i}": b"" for i in range(2_500)}),
        "strings": xlsx(folder / "d.xlsx", {"П": ""}, strings="<si><t>" + "а" * (40 << 20) + "</t></si>"),
        "many tags": zipped(
            folder / "e.docx",
            {"word/document.xml": start + b"<w:p/>" * 3_100_000 + b"</w:body></w:document>"},
        ),
    }


def test_bombs_are_refused_as_too_large(tmp_path: Path) -> None:
    for name, path in bombs(tmp_path).items():
        with pytest.raises(TooLarge):
            read_document(path)
            pytest.fail(name)


def test_a_deeply_nested_table_ends_in_a_refusal_and_not_in_a_crash(tmp_path: Path) -> None:
    opening = "<w:tbl><w:tr><w:tc>" * 60
    closing = "<w:p/></w:tc></w:tr></w:tbl>" * 60

    with pytest.raises(Unreadable):
        read_document(docx(tmp_path / "a.docx", f"{opening}{closing}"))


def test_an_encrypted_part_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx(path, p("План"))
    raw = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + shift] |= 1
    path.write_bytes(bytes(raw))

    with pytest.raises(Unreadable, match="паролем"):
        Container(str(path))


def test_old_word_files_say_what_to_do_when_there_is_no_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    monkeypatch.setattr(legacy, "office", lambda: None)

    with pytest.raises(Unreadable, match="когда установлен LibreOffice. Сохраните файл как .docx"):
        read_document(str(path))


def test_rich_text_is_read_through_libreoffice(tmp_path: Path) -> None:
    if legacy.office() is None:
        print("SKIP: LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi\trowd\cellx2000\cellx4000 A\cell B\cell\row}")

    document = read_document(str(path))

    assert document.format == "rtf"
    assert [cell.text for block in document.blocks for cell in getattr(block, "cells", [])] == ["A", "B"]


def test_six_hundred_measures_come_through_the_limited_process(tmp_path: Path) -> None:
    path = tmp_path / "big.docx"
    write_roadmap(path, 600)

    # A loaded machine is slower than the clock of the limits allows for; memory is what is checked here.
    result = run_limited(
        "roadmap.reading.recognise:read_plan", Limits(memory_mb=300, wall_seconds=120), path=str(path)
    )

    assert sum(len(section["measures"]) for section in result["sections"]) == 600
    assert result["doubts"] == []


def test_no_mutilated_file_ends_in_anything_but_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_roadmap(path, 3)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml")
    for cut in range(0, len(text), 997):
        for mutant in (text[:cut], text[:cut] + b"<w:tbl>" + text[cut:], text[:cut] + text[cut + 50 :]):
            made = zipped(tmp_path / "m.docx", {"word/document.xml": mutant})
            try:
                assert read_document(made).format == "docx"
            except Refusal as refusal:
                assert str(refusal)
