"""The PDF of a report through LibreOffice, and the sentence where there is none."""

import time
from pathlib import Path

import pypdfium2
import pytest

from core.errors import Unreadable
from reports import pdf
from reports.render import DEFAULT_TEMPLATE, render_report
from tests.reports.paper import report

needs_office = pytest.mark.skipif(not pdf.has_pdf(), reason="SKIP: LibreOffice is not installed")


@needs_office
def test_a_report_becomes_a_tagged_pdf_with_its_text(tmp_path: Path) -> None:
    render_report(str(DEFAULT_TEMPLATE), report(), str(tmp_path / "out.docx"))

    pdf.to_pdf(tmp_path / "out.docx", tmp_path / "out.pdf")

    made = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    page = made[0]
    text = page.get_textpage().get_text_range()
    width, height = page.get_size()
    assert "Мероприятие 1.1" in text and "1. Первый" in text
    assert width > height
    assert b"/StructTreeRoot" in (tmp_path / "out.pdf").read_bytes()


@needs_office
def test_a_conversion_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    render_report(str(DEFAULT_TEMPLATE), report(), str(tmp_path / "out.docx"))

    began = time.monotonic()
    with pytest.raises(Unreadable, match="слишком долго"):
        pdf.to_pdf(tmp_path / "out.docx", tmp_path / "out.pdf", seconds=0.05)

    assert time.monotonic() - began < 5
    assert not (tmp_path / "out.pdf").exists()


def test_without_libreoffice_the_refusal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not pdf.has_pdf()
    with pytest.raises(Unreadable, match="формате Word"):
        pdf.to_pdf(DEFAULT_TEMPLATE, tmp_path / "out.pdf")
