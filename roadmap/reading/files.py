"""One door for every format: what a file is, is told by its content, never by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from core.errors import Unreadable
from documents.extraction.tesseract import is_recognition_possible, require_recognition
from documents.formats.docx import read_docx
from documents.formats.grid import Document
from documents.formats.legacy import read_legacy
from documents.formats.odf import read_odf
from documents.formats.plain import read_plain
from documents.formats.xlsx import read_xlsx

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_EMPTY = "В файле нет ни текста, ни изображения страниц. Проверьте, тот ли это файл."
_UNKNOWN = "Формат файла не распознан. Загрузите таблицу в .docx, .xlsx, .odt, .ods или .pdf."
_LOCKED = "Файл защищён паролем. Снимите защиту, сохраните файл и загрузите его снова."


def read_document(path: str, shelf: Path | None = None) -> Document:
    """The paragraphs and tables of the file at `path`, whatever its name.

    Reads .docx, .xlsx, .odt, .ods, .pdf, plain text, .doc, .xls, .rtf through LibreOffice, and scans and
    pictures through tesseract; `shelf` is a folder of this file's own for pages that were recognised.
    Raises Unreadable or TooLarge with a sentence that says what to do, RecognitionOff without tesseract.
    """
    with open(path, "rb") as file:
        start = file.read(4096)
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _in_zip(path)
    if b"%PDF-" in start[:1024]:
        return _pdf(path, shelf)
    if start.startswith(_OLE2):
        return _ole2(path)
    if start.startswith(b"{\\rtf"):
        return read_legacy(path, "rtf", "docx", read_docx)
    if start.startswith(_IMAGES):
        return _pictures(path, shelf)
    return read_plain(path)


def _in_zip(path: str) -> Document:
    reader = _zip_reader(path)
    if reader is None:
        raise Unreadable(_UNKNOWN)
    return reader(path)


def _zip_reader(path: str) -> Callable[[str], Document] | None:
    """The reader for a zip file by the names of its parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("Файл повреждён: архив внутри него не открывается. Сохраните его заново.") from None
    if any(name.startswith("word/") for name in names):
        return read_docx
    if any(name.startswith("xl/") for name in names):
        return read_xlsx
    return read_odf if "content.xml" in names else None


def _pdf(path: str, shelf: Path | None) -> Document:
    # PDFium is loaded only for PDF: it is heavy and not safe beside other threads.
    from roadmap.reading.pdf import read_pdf

    document = read_pdf(path, shelf)
    if not document.blocks:
        require_recognition()
        raise Unreadable(_EMPTY)
    return document


def _pictures(path: str, shelf: Path | None) -> Document:
    from roadmap.reading.scan import read_pictures

    return read_pictures(path, shelf)


def _ole2(path: str) -> Document:
    """Old Word and Excel share one container; the names of its streams are UTF-16."""
    with open(path, "rb") as file:
        raw = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise Unreadable(_LOCKED)
    if "WordDocument".encode("utf-16-le") in raw:
        return read_legacy(path, "doc", "docx", read_docx)
    if "Workbook".encode("utf-16-le") in raw or "Book".encode("utf-16-le") in raw:
        return read_legacy(path, "xls", "xlsx", read_xlsx)
    raise Unreadable(_UNKNOWN)


def pages_to_recognise(path: str) -> int:
    """How many pages of the file tesseract has to read; 0 without tesseract and for files of text."""
    if not is_recognition_possible():
        return 0
    with open(path, "rb") as file:
        start = file.read(4096)
    if b"%PDF-" in start[:1024]:
        from roadmap.reading.pdf import scanned_pages

        return scanned_pages(path)
    return 1 if start.startswith(_IMAGES) else 0
