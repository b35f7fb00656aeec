"""Reads a PDF that has a text layer: ruled tables as grids, the rest as paragraphs in reading order.

Each page gives tables of its own (`Table.page` is set); a row that a page break cuts in two stays two
rows here, the second one usually without a number. PDFium is not safe in threads: call this only in a
process of its own (core.limited).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2

from core.errors import TooLarge, Unreadable
from documents.extraction.layer import read as read_layer
from documents.extraction.tesseract import is_recognition_possible
from documents.formats.grid import Document

from .pdf_ink import read_ink
from .pdf_page import page_of
from .scan import document_of, drawn_page, read_scans

MAX_PAGES = 500

_TOO_LONG = "В файле больше %d страниц. Разделите его и загрузите часть с таблицей плана."
_LOCKED = "PDF защищён паролем. Снимите защиту и загрузите файл снова."
_BROKEN = "PDF не удалось открыть: файл повреждён. Сохраните его заново и повторите."


def has_text_layer(path: str) -> bool:
    """Whether any page of the PDF carries text that can be read without recognition of images."""
    with _opened(path) as pdf:
        return any(_has_text(page) for page in _pages(pdf))


def scanned_pages(path: str) -> int:
    """How many pages have to be recognised."""
    with _opened(path) as pdf:
        return len(_scanned(pdf))


def read_pdf(path: str, shelf: Path | None = None) -> Document:
    """The tables and paragraphs of a PDF, page by page; no blocks when nothing can be read.

    Pages whose text layer is missing or not to be believed are recognised where tesseract is installed;
    `shelf` keeps what was recognised. Raises Unreadable for a broken or locked file, TooLarge for one of
    more than 500 pages.
    """
    with _opened(path) as pdf:
        scanned = _scanned(pdf) if is_recognition_possible() else []
        pages = read_scans([(n, partial(_drawn, pdf, n)) for n in scanned], shelf)
        for number, page in enumerate(_pages(pdf), start=1):
            if number not in pages:
                pages[number] = page_of(number, read_ink(page))
    return document_of([pages[number] for number in sorted(pages)], "pdf")


def _drawn(pdf: Any, number: int) -> Any:
    return drawn_page(pdf[number - 1])


def _scanned(pdf: Any) -> list[int]:
    """The numbers of pages that have to be recognised."""
    return [number for number, page in enumerate(_pages(pdf), 1) if read_layer(page, number).fault]


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_LOCKED if "password" in str(error).lower() else _BROKEN) from None
    try:
        if len(pdf) > MAX_PAGES:
            raise TooLarge(_TOO_LONG % MAX_PAGES)
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: Any) -> Iterator[Any]:
    for index in range(len(pdf)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            raise Unreadable(_BROKEN) from None
        yield page
        page.close()


def _has_text(page: Any) -> bool:
    text = page.get_textpage()
    found = text.get_text_bounded()
    text.close()
    return any(letter.isalnum() for letter in found)
