"""A file of any name comes down under that name, as an attachment that acts nowhere (reliability.md G13)."""

import re
from urllib.parse import unquote

import pytest

from core.db import transaction
from documents.intake.names import display_name
from documents.models import FileVersion
from documents.services import attach
from tests.uploads import docx_bytes, upload

NAMES = [
    "Приказ № 12.docx",
    "Скан \"важный\" 'копия'; v=1.docx",
    "строка\r\nSet-Cookie: a=b.docx",
    "\u202excod.tpircs\u202c.docx",
    "Я" * 255 + ".docx",
    "..\\..\\windows\\system.docx",
    "../../etc/passwd.docx",
    "100%25 & <b>.docx",
    "e\u0301te\u0301.docx",
    "🙂 отчёт.docx",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_of_any_name_downloads_as_an_attachment_that_acts_nowhere(browser, dossier, executor, name):
    data = docx_bytes()
    document = attach(dossier, upload(data, name), by=executor)
    answer = browser.get(f"/documents/{document.id}/files/1")
    disposition = answer.headers["Content-Disposition"]
    assert answer.data == data
    assert disposition.startswith("attachment;")
    assert _offered(disposition) == display_name(name)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Set-Cookie" not in answer.headers
    assert answer.content_length == len(data)
    answer.close()


def _offered(disposition: str) -> str:
    """The name a browser would save under (RFC 6266: filename* wins)."""
    if found := re.search(r"filename\*=UTF-8''([^;\s]+)", disposition):
        return unquote(found[1])
    found = re.search(r'filename="?((?:[^"\\]|\\.)*)"?$', disposition)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else ""


def test_a_name_that_got_into_the_table_some_other_way_still_downloads(browser, dossier, executor, session):
    version = attach(dossier, upload(docx_bytes()), by=executor).versions[0]
    table = FileVersion.__table__
    with transaction():
        session.execute(table.update().where(table.c.id == version.id).values(name="a\r\nb.docx"))
    answer = browser.get(f"/documents/{version.document_id}/files/1")
    assert answer.status_code == 200
    answer.close()
