"""Files for tests to upload: real ones, made on the spot, different every time unless told otherwise."""

import io
import itertools
from typing import Any

import docx
import openpyxl
from PIL import Image

from accounts.models import User
from documents.kinds import DocumentKind
from documents.models import Document, Dossier
from documents.services import Upload, attach
from documents.storage import store

_numbers = itertools.count(1)


def docx_bytes(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or (f"Приказ № {next(_numbers)}",):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_bytes(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def picture_bytes(form: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A picture of one colour that no other call makes."""
    shade = next(_numbers)
    out = io.BytesIO()
    Image.new("RGB", size, (shade % 256, shade // 256 % 256, 90)).save(out, form, **options)
    return out.getvalue()


def pdf_bytes(*, pages: int = 1, box: str = "0 0 595 842", content: bytes = b"", more: bytes = b"") -> bytes:
    """A small PDF written by hand; `more` are further objects, numbered from 100 on."""
    mark = b"% " + str(next(_numbers)).encode()
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(pages))
    objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>"),
        (2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()),
    ]
    for n in range(pages):
        resources = b"<< /XObject << /X 100 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {11 + 2 * n} 0 R /Resources "
        objects.append((10 + 2 * n, page.encode() + resources + b" >>"))
        body = content or b"0.8 g 50 50 200 100 re f"
        stream = f"<< /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"
        objects.append((11 + 2 * n, stream))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n" + mark + b"\n")
    for number, body in objects:
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    out.write(more + b"trailer << /Root 1 0 R >>\n%%EOF\n")
    return out.getvalue()


def kept_bytes(sha256: str) -> bytes:
    """What the store gives back."""
    with store().open(sha256) as file:
        return file.read()


def upload(data: bytes, name: str = "Приказ.docx") -> Upload:
    return Upload(name, io.BytesIO(data))


def add_order(dossier: Dossier, *, by: User, text: str = "") -> Document:
    """An order as a Word file in the dossier."""
    data = docx_bytes(text) if text else docx_bytes()
    return attach(dossier, upload(data, "Приказ.docx"), by=by, kind=DocumentKind.ORDER)


def plan_table(rows: list[tuple[str, str, str, str, str]]) -> bytes:
    """A roadmap as a Word table: number, title, due period, executor, form of execution of each row."""
    document = docx.Document()
    document.add_paragraph("Дорожная карта на 2027 год")
    table = document.add_table(rows=0, cols=5)
    for texts in [("№", "Мероприятие", "Срок", "Исполнитель", "Форма исполнения"), *rows]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
