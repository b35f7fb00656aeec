"""The pages of documents: uploading in every way, looking, changing, strangers kept out."""

import io

import pytest

from accounts.models import Role
from core.db import db, transaction
from documents.kinds import DocumentKind
from documents.models import Document
from documents.queries import evidence_of
from documents.services import attach, lock_dossier
from tests import factories
from tests.uploads import docx_bytes, kept_bytes, pdf_bytes, picture_bytes, upload, xlsx_bytes

JSON = {"Accept": "application/json"}


def sent(*files: tuple[bytes, str], **fields: str) -> dict:
    return {"files": [(io.BytesIO(data), name) for data, name in files], **fields}


def test_several_files_go_up_at_once_and_the_browser_comes_back_to_its_page(browser, dossier, executor):
    data = sent((docx_bytes(), "Приказ.docx"), (pdf_bytes(), "Протокол.pdf"), back="/my-work")
    answer = browser.post(f"/dossiers/{dossier.id}/documents", data=data)
    kinds = [d.document_kind for d in evidence_of(dossier, seen_by=executor)]
    assert (answer.status_code, kinds) == (303, [DocumentKind.ORDER, DocumentKind.MINUTES])


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_off_the_site(browser, dossier, back):
    answer = browser.post(f"/dossiers/{dossier.id}/documents", data=sent((docx_bytes(), "а.docx"), back=back))
    assert answer.status_code == 303
    assert answer.location == "/"


def test_a_program_is_told_what_became_of_each_file(browser, dossier):
    data = sent((docx_bytes(), "Приказ.docx"), (b"Rar!\x1a", "архив.rar"), number="12-р")
    answer = browser.post(f"/dossiers/{dossier.id}/documents", data=data, headers=JSON)
    first, second = answer.json["results"]
    assert answer.status_code == 201
    assert first["caption"] == "Приказ № 12-р"
    assert browser.get(first["url"]).status_code == 200
    assert second["refused"] == "Файл «архив.rar» не подходит. Можно PDF, Word, Excel, фото."


def test_when_nothing_was_taken_the_status_says_why(browser, dossier):
    answer = browser.post(f"/dossiers/{dossier.id}/documents", data=sent((b"MZ", "a.exe")), headers=JSON)
    assert answer.status_code == 422
    lock_dossier(dossier)
    answer = browser.post(
        f"/dossiers/{dossier.id}/documents", data=sent((docx_bytes(), "а.docx")), headers=JSON
    )
    assert answer.status_code == 409


def test_a_form_without_files_comes_back_and_says_what_is_missing(browser, dossier):
    answer = browser.post(f"/dossiers/{dossier.id}/documents", data={"number": "17-ОД"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Выберите файл." in page
    assert 'value="17-ОД"' in page


def test_the_same_request_sent_thrice_adds_one_document(browser, dossier, executor):
    data = docx_bytes()
    for _try in range(3):
        answer = browser.post(
            f"/dossiers/{dossier.id}/documents", data=sent((data, "а.docx"), key="k1"), headers=JSON
        )
        assert answer.status_code == 201
    assert len(evidence_of(dossier, seen_by=executor)) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # werkzeug drops what it read
def test_a_body_that_was_cut_off_adds_nothing(browser, dossier, executor):
    edge = "xx"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'.encode()
    body = head + docx_bytes()
    answer = browser.post(
        f"/dossiers/{dossier.id}/documents",
        input_stream=io.BytesIO(body),
        content_type=f"multipart/form-data; boundary={edge}",
        headers={"Content-Length": str(len(body) + 5000)},
    )
    assert answer.status_code in (400, 422)
    assert evidence_of(dossier, seen_by=executor) == []


def test_a_body_of_unknown_length_is_refused(browser, dossier, executor):
    edge = "xx"
    body = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'.encode()
    body += docx_bytes() + f"\r\n--{edge}--\r\n".encode()
    answer = browser.post(
        f"/dossiers/{dossier.id}/documents",
        input_stream=io.BytesIO(body),
        content_type=f"multipart/form-data; boundary={edge}",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 411
    assert evidence_of(dossier, seen_by=executor) == []


class TestStrangers:
    """Every address of a foreign document looks like one that is not there."""

    PATHS = (
        "/documents/{0}",
        "/documents/{0}/files/1",
        "/documents/{0}/files/1/preview",
        "/documents/{0}/files/1/pages/1.png",
        "/documents/{0}/requisites",
        "/documents/{0}/versions",
        "/documents/{0}/removal",
        "/dossiers/{1}",
    )
    POSTS = (
        "/documents/{0}/requisites",
        "/documents/{0}/versions",
        "/documents/{0}/removal",
        "/dossiers/{1}/documents",
    )

    def test_a_stranger_is_answered_404_everywhere_as_for_what_is_not_there(
        self, browser_of, dossier, executor
    ):
        document = attach(dossier, upload(pdf_bytes(), "Скан.pdf"), by=executor)
        stranger = browser_of(factories.person(Role.EXECUTOR, Role.ADMINISTRATOR))
        for path in self.PATHS:
            foreign = stranger.get(path.format(document.id, dossier.id))
            absent = stranger.get(path.format(10**6, 10**6))
            assert (path, foreign.status_code, absent.status_code) == (path, 404, 404)
        for path in self.POSTS:
            data = {
                "reason": "x",
                "kind": "order",
                "title": "x",
                "files": (io.BytesIO(docx_bytes()), "a.docx"),
            }
            assert (path, stranger.post(path.format(document.id, dossier.id), data=data).status_code) == (
                path,
                404,
            )
        db.session.refresh(document)
        assert (document.is_removed, document.file_count) == (False, 1)

    def test_a_reader_may_look_but_is_refused_to_change(self, browser_of, dossier, executor):
        document = attach(dossier, upload(docx_bytes()), by=executor)
        reader = browser_of(factories.person(Role.READER, organisation=executor.organisation))
        assert reader.get(f"/documents/{document.id}").status_code == 200
        assert reader.post(f"/documents/{document.id}/removal", data={"reason": "x"}).status_code == 403
        assert reader.post(
            f"/dossiers/{dossier.id}/documents", data=sent((docx_bytes(), "а.docx"))
        ).status_code in (303, 403)
        assert len(evidence_of(dossier, seen_by=executor)) == 1

    def test_nobody_gets_in_without_signing_in(self, app, dossier, executor):
        document = attach(dossier, upload(docx_bytes()), by=executor)
        answer = app.test_client().get(f"/documents/{document.id}/files/1")
        assert answer.status_code == 302
        assert b"PK" not in answer.data


def test_requisites_are_corrected_on_their_page_and_the_history_tells_it(browser, dossier, executor):
    document = attach(dossier, upload(docx_bytes()), by=executor)
    form = {"kind": "order", "number": "60/1", "date": "05.03.2027", "title": "О наставничестве"}
    form["version"] = str(document.version)
    answer = browser.post(f"/documents/{document.id}/requisites", data=form)
    page = browser.get(f"/documents/{document.id}").get_data(as_text=True)
    assert answer.status_code == 303
    assert "Приказ от 05.03.2027 № 60/1" in page
    assert "Исправили реквизиты" in page
    assert browser.post(f"/documents/{document.id}/requisites", data=form).status_code == 409


def test_a_new_version_goes_up_and_both_can_be_downloaded(browser, dossier, executor):
    first, second = docx_bytes(), docx_bytes()
    document = attach(dossier, upload(first), by=executor)
    form = {
        "file": (io.BytesIO(second), "Приказ 2.docx"),
        "reason": "Опечатка",
        "version": str(document.version),
    }
    assert browser.post(f"/documents/{document.id}/versions", data=form).status_code == 303
    for number, data in ((1, first), (2, second)):
        answer = browser.get(f"/documents/{document.id}/files/{number}")
        assert answer.data == data
        answer.close()


def test_a_document_is_removed_on_a_page_of_its_own_and_only_with_a_reason(browser, dossier, executor):
    document = attach(dossier, upload(docx_bytes()), by=executor)
    assert "Убрать документ из подтверждений?" in browser.get(f"/documents/{document.id}/removal").text
    assert browser.post(f"/documents/{document.id}/removal", data={"reason": " "}).status_code == 422
    assert browser.post(f"/documents/{document.id}/removal", data={"reason": "Лишний"}).status_code == 303
    assert evidence_of(dossier, seen_by=executor) == []
    assert "Лишний" in browser.get(f"/dossiers/{dossier.id}").text


def test_looking_at_files_of_every_kind(browser, dossier, executor):
    shown = {
        "а.pdf": (pdf_bytes(pages=2), "стр. 1 из 2"),
        "б.png": (picture_bytes(), "pages/1.png"),
        "в.docx": (docx_bytes("Об утверждении <положения>"), "Об утверждении &lt;положения&gt;"),
        "г.xlsx": (
            xlsx_bytes([["Мероприятие", "Срок"], ["Семинар & круглый стол", 3]]),
            "Семинар &amp; круглый стол",
        ),
    }
    for name, (data, words) in shown.items():
        document = attach(dossier, upload(data, name), by=executor)
        answer = browser.get(f"/documents/{document.id}/files/1/preview")
        assert words in answer.text, name


def test_a_page_of_a_pdf_is_a_picture_that_acts_nowhere(browser, dossier, executor):
    document = attach(dossier, upload(pdf_bytes(), "Скан.pdf"), by=executor)
    answer = browser.get(f"/documents/{document.id}/files/1/pages/1.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    answer.close()
    assert browser.get(f"/documents/{document.id}/files/1/pages/2.png").status_code == 422


def test_what_the_store_lost_is_said_and_not_a_fault(browser, dossier, executor):
    from documents.storage import store

    version = attach(dossier, upload(docx_bytes()), by=executor).versions[0]
    assert kept_bytes(version.sha256)
    store().delete(version.sha256)
    answer = browser.get(f"/documents/{version.document_id}/files/1")
    assert answer.status_code == 503
    assert "в хранилище его нет" in answer.text.replace("\u00a0", " ")


def test_pages_ask_the_database_as_often_for_many_documents_as_for_few(browser, dossier, executor, session):
    from sqlalchemy import event

    def asked() -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert browser.get(f"/dossiers/{dossier.id}").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    attach(dossier, upload(docx_bytes()), by=executor)
    few = asked()
    with transaction():
        for number in range(30):
            document = Document(dossier=dossier, title=f"Документ {number}", added_by_id=executor.id)
            session.add(document)
        from core.audit import record

        session.flush()  # the journal names them
        for made in [row for row in session.new if isinstance(row, Document)] or dossier.documents:
            record(made, "document.attach", by=executor)
    assert asked() <= few
