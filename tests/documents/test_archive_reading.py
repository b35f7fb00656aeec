"""Reading files: slices, a kill in the middle, recognition that is off, proposals."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

import documents.services.reading as reading
from core.db import db, transaction
from core.errors import Unreadable
from core.outbox import Task
from core.worker import run_due
from documents.extraction import ExtractedPage, PageKey, RecognitionOff, Word
from documents.models import ExtractionState, Recognition
from documents.queries import (
    citations_of,
    extraction_of,
    full_text,
    kept_page,
    pages_read,
    recognition_of,
)
from documents.services import begin_reading, read_again, read_on, recognise_document, take_up_waiting
from tests import factories
from tests.conftest import bare_app, make_settings
from tests.documents.archive import clerk, docx_bytes, fresh, uploaded
from tests.processes import started

LINES = (
    "КОМИТЕТ ОБРАЗОВАНИЯ", "ПРИКАЗ", "от 30.07.2021 № 60/1", "Об утверждении Концепции",
    "В соответствии с приказом комитета образования от 23.07.2021 № 614", "приказываю:",
    "1. Утвердить прилагаемую Концепцию.", "Начальник отдела Л.А. Тополева",
)  # fmt: skip
ORDER_FILE = docx_bytes(*LINES)
S = ExtractionState


@pytest.fixture
def pages(monkeypatch):
    """Stands in for the recognition of scans: pages that the test names, each put into the cache and told."""
    made = []

    def pages_of(_path, cache, *, sha256):
        for number, page in enumerate(made, 1):
            key = PageKey(sha256, number, "tesseract 5", "rus")
            if found := cache.get(key):
                yield found
                continue
            result = page(number)
            if not result.problem:
                cache.put(key, result)
            yield result

    monkeypatch.setattr(reading, "pages_of", pages_of)
    monkeypatch.setattr(reading, "page_count", lambda _path: len(made))
    return made


def scan(number):
    words = tuple(Word(w, 0.1, 0.1, 0.2, 0.2, 0.9, s) for w, s in (("стр", 0), (str(number), 4)))
    return ExtractedPage(number, f"стр {number}", "ocr", 0.9, words, 595, 842)


def off(_number):
    raise RecognitionOff("Распознавание сканов выключено")


def begun(me, data=b""):
    document = uploaded(me, data=data or docx_bytes())
    begin_reading(document)
    return document, document.latest.sha256


def asked(name):
    wanted = select(Task).where(Task.name == name, Task.done_at.is_(None))
    return len(list(db.session.scalars(wanted)))


def test_the_worker_reads_a_document_and_proposes_its_requisites(session, browser_of):
    me = clerk()
    document = uploaded(me, data=ORDER_FILE)

    run_due()

    found = recognition_of(document).found
    assert {name: found[name]["value"] for name in ("kind", "number", "date")} == {
        "kind": "order", "number": "60/1", "date": "2021-07-30",
    }  # fmt: skip
    assert "Концепци" in full_text(document.latest)
    (line,) = citations_of(document, seen_by=me)
    assert (line.citation.number, line.citation.date, line.citation.page) == ("614", date(2021, 7, 23), 1)
    assert extraction_of(document.latest).state is S.DONE
    _is_shown(document, browser_of(me))
    recognise_document(fresh(document))
    assert recognition_of(document).found == found
    assert len(citations_of(document, seen_by=me)) == 1


def _is_shown(document, browser):
    """What was recognised stands in the list of the inbox and in the form."""
    page = browser.get(f"/documents/inbox/{document.id}").text
    assert 'value="60/1"' in page and 'value="30.07.2021"' in page and "уверенность" in page
    assert "№ 614" in page.replace("\xa0", " ")
    assert "Приказ от 30.07.2021 № 60/1" in browser.get("/documents/inbox").text.replace("\xa0", " ")


def test_evidence_is_read_as_well(session):
    executor = factories.executor()
    document = factories.document(
        factories.dossier(executor.organisation), by=executor, text="Семинар проведён"
    )

    run_due()

    assert "Семинар проведён" in full_text(document.latest)


def test_files_from_before_there_was_a_reader_are_read_on_command(app, session):
    document = uploaded(clerk(), name="Приказ.docx", data=ORDER_FILE)
    with transaction():
        session.execute(delete(Task))

    told = app.test_cli_runner().invoke(args=["documents", "read"])
    again = app.test_cli_runner().invoke(args=["documents", "read"])
    run_due()

    assert (told.output, again.output) == ("1 documents to be read\n", "0 documents to be read\n")
    assert "60/1" in full_text(fresh(document).latest)


def test_a_long_scan_is_read_in_slices_and_no_page_twice(session, pages):
    seen = []
    pages += [lambda n: seen.append(n) or scan(n)] * 5
    document, sha256 = begun(clerk())

    for _ in range(5):
        read_on(sha256, longest=timedelta(0))

    assert seen == [1, 2, 3, 4, 5]
    assert extraction_of(document.latest).state is not S.DONE
    read_on(sha256)
    assert (seen, extraction_of(document.latest).state) == ([1, 2, 3, 4, 5], S.DONE)
    assert [page.text for page in pages_read(sha256)] == [f"стр {n}" for n in range(1, 6)]
    assert extraction_of(document.latest).pages_done == 5


def test_a_page_that_cannot_be_read_does_not_hold_up_the_others(session, pages):
    seen = []

    def bad(number):
        seen.append(number)
        return ExtractedPage(number, "", "ocr", problem="Страницу не удалось распознать")

    pages += [bad, scan]
    me = clerk()
    document, sha256 = begun(me)

    read_on(sha256, longest=timedelta(0))
    read_on(sha256)

    assert seen == [1]
    assert [page.problem != "" for page in pages_read(sha256)] == [True, False]
    with transaction():
        extraction_of(document.latest).state = S.FAILED
    read_again(document, by=me)
    read_on(sha256)
    assert seen == [1, 1]


def test_without_recognition_the_document_waits_and_is_taken_up_later(
    session, pages, browser_of, monkeypatch
):
    me = clerk()
    pages += [scan, off]
    document, sha256 = begun(me)

    read_on(sha256)

    assert extraction_of(document.latest).state is S.OFF
    assert "Распознавание отключено" in browser_of(me).get(f"/documents/inbox/{document.id}").text
    monkeypatch.setattr(reading, "is_recognition_possible", lambda: False)
    take_up_waiting()
    assert extraction_of(document.latest).state is S.OFF
    monkeypatch.setattr(reading, "is_recognition_possible", lambda: True)
    pages[1] = scan
    take_up_waiting()
    read_on(sha256)
    assert (extraction_of(document.latest).state, len(pages_read(sha256))) == (S.DONE, 2)


def test_a_file_that_cannot_be_read_says_why_and_may_be_read_again(session, pages, browser_of):
    def broken(_number):
        raise Unreadable("Файл повреждён")

    me = clerk()
    pages += [broken]
    document, sha256 = begun(me)

    read_on(sha256)

    assert (extraction_of(document.latest).state, extraction_of(document.latest).error) == (
        S.FAILED,
        "Файл повреждён",
    )
    pages[0] = scan
    read_again(document, by=me)
    read_on(sha256)
    assert extraction_of(document.latest).state is S.DONE


def test_two_documents_with_one_content_are_read_once(session, pages):
    me, data, seen = clerk(), docx_bytes(), []
    pages += [lambda n: seen.append(n) or scan(n)]
    _, sha256 = begun(me, data)
    begun(me, data)

    assert asked("document.reading") == 1 + 0
    read_on(sha256)
    begun(me, data)

    assert seen == [1]


def test_the_place_of_a_requisite_is_kept_with_it(session, pages):
    words, at = [], 0
    text = "\n".join(LINES)
    for row, line in enumerate(LINES):
        for word in line.split():
            start = text.index(word, at)
            at = start + len(word)
            words.append(Word(word, 0.1, 0.05 * row, 0.9, 0.05 * row + 0.02, 0.95, start))
    pages += [lambda n: ExtractedPage(n, text, "ocr", 0.95, tuple(words), 595, 842)]
    document, sha256 = begun(clerk())
    read_on(sha256)

    recognise_document(document)

    found = recognition_of(document).found["number"]
    assert (found["page"], found["box"]) == (1, [0.1, 0.1, 0.8, 0.02])


def read_and_note(data: Path, url: str, sha256: str, log: Path) -> None:
    """Read four pages, writing down which; with two of them kept it waits to be killed."""

    def pages_of(_path, cache, *, sha256):
        for number in range(1, 5):
            key = PageKey(sha256, number, "tesseract 5", "rus")
            found = cache.get(key)
            if found is None:
                found = scan(number)
                cache.put(key, found)
                with log.open("a") as out:
                    out.write(f"{number} ")
                if number == 2:
                    time.sleep(60)
            yield found

    reading.pages_of, reading.page_count = pages_of, lambda _path: 4
    with bare_app(make_settings(data, url)).app_context():
        reading.read_on(sha256)


def test_a_killed_reading_goes_on_without_repeating_finished_pages(app, session, tmp_path):
    document, sha256 = begun(clerk())
    log = tmp_path / "log"
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.rollback()
    told = (app.config["SETTINGS"].data, url, sha256, log)
    first = started(read_and_note, *told)
    while not log.exists() or log.read_text().split() != ["1", "2"]:
        assert first.is_alive()
        time.sleep(0.05)

    first.kill()
    first.join()
    second = started(read_and_note, *told)
    second.join(60)

    assert second.exitcode == 0
    assert log.read_text().split() == ["1", "2", "3", "4"]
    db.session.expire_all()
    assert extraction_of(document.latest).state is S.DONE
    assert kept_page(sha256, 4).text == "стр 4"
    assert len(pages_read(sha256)) == 4 and db.session.get(Recognition, document.id) is None
