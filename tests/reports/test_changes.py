"""What changed since the decision: as a table, and as a Word file with tracked changes."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient

from core.errors import Blocked
from reports.comparison import GONE, NEW, SAME, differences, pieces_of
from reports.marking import marked_data
from reports.models import ReportVersion
from reports.services.comparing import base_of, compare, marked
from roadmap.services.answers import Report, report
from roadmap.services.measures import withdraw_measure
from tests import factories
from tests.pages import faults, parse, text_of
from tests.reports.scene import Scene, scene


@pytest.fixture
def changed(session: Any) -> tuple[Scene, ReportVersion]:
    """A decided report; afterwards one row is withdrawn, one reported on, one added."""
    told = scene(3)
    version = told.decided()
    withdraw_measure(told.measures[0], by=told.coordinator, ground="приказ от 01.02.2027 № 9")
    report(told.measures[1], Report("Семинар готовится & идёт\nЗал найден"), by=told.executor)
    factories.measure(told.measures[0].section, number="1.77", title="Провести форум")
    return told, version


def test_rows_that_came_went_and_changed_are_told(changed: tuple[Scene, ReportVersion]) -> None:
    told, version = changed

    rows = compare(version, None).changes

    assert [(row.kind, row.measure_id) for row in rows[:2]] == [
        ("removed", told.measures[0].id),
        ("changed", told.measures[1].id),
    ]
    assert rows[2].kind == "added" and rows[2].number == "1.77" and len(rows) == 3
    cells = {cell.name: cell.pieces for cell in rows[1].cells}
    assert [p.text for p in cells["Статус исполнения"]] == ["в реализации"]


def test_words_are_compared_and_not_whole_cells() -> None:
    pieces = pieces_of("Семинар проведён 5 марта", "Семинар перенесён 5 марта")

    assert [(p.kind, p.text) for p in pieces] == [
        (SAME, "Семинар "), (GONE, "проведён"), (NEW, "перенесён"), (SAME, " 5 марта"),
    ]  # fmt: skip


def test_nothing_is_told_of_equal_states(session: Any) -> None:
    version = scene().decided()

    assert differences(version.data, version.data) == []
    assert compare(version, None).changes == []


def test_word_shows_what_is_gone_and_what_is_new(changed: tuple[Scene, ReportVersion]) -> None:
    _told, version = changed

    with marked(compare(version, None)) as path:
        content = path.read_bytes()
        docx.Document(path)  # it opens
    with zipfile.ZipFile(io.BytesIO(content)) as members:
        body = members.read("word/document.xml").decode()
        others = b"".join(members.read(name) for name in members.namelist() if name != "word/document.xml")

    gone, new = re.findall(r"<w:delText[^>]*>([^<]*)", body), re.findall(r"<w:ins .*?</w:ins>", body)
    assert "Провести семинар наставников" in gone
    assert any("Семинар готовится &amp; идёт" in one for one in new)
    assert any("Провести форум" in one for one in new) and "Зал найден" in "".join(new)
    assert not re.search("[\ue010-\ue013]", body + others.decode("utf-8", "replace"))
    ids = re.findall(r'<w:(?:ins|del)[^>]* w:id="(\d+)"', body)
    assert ids


def test_accepting_all_changes_gives_the_new_report(changed: tuple[Scene, ReportVersion]) -> None:
    _told, version = changed
    compared = compare(version, None)

    with marked(compared) as path:
        table = docx.Document(path).tables[0]
        shown = ["".join(t.text or "" for t in row._tr.iter("{*}t")) for row in table.rows]

    for section in compared.data["sections"]:
        for row in section["measures"]:
            wanted = row["number"] + row["title"]
            assert any(wanted.replace(" ", "") in line.replace(" ", "") for line in shown), wanted


def test_marks_in_the_text_itself_mark_nothing() -> None:
    row = {"id": 1, "number": "1", "title": "А\ue010Б\ue011", "executors": ["В"], "note": ""}
    data = {"title": "Т", "period": "", "as_of": "", "organisation": "", "columns": list("123456789")}
    data["sections"] = [{"number": "", "title": "С", "measures": [row]}]  # type: ignore[assignment]

    made = marked_data(data, data)

    assert made["sections"][0]["measures"][0]["title"] == "АБ"


def test_only_a_later_version_is_compared(session: Any) -> None:
    told = scene()
    first = told.version()
    second = told.version(first.report)

    assert compare(first, second).changes == []
    with pytest.raises(Blocked, match="более поздней"):
        compare(second, first)
    assert base_of(first.report) is first


def test_the_page_tells_and_gives_the_word_file(
    changed: tuple[Scene, ReportVersion], client: FlaskClient, signed_in: Any
) -> None:
    told, version = changed
    browser = signed_in(told.coordinator)

    page = browser.get(f"/reports/{version.report_id}/changes")
    file = browser.get(f"/reports/{version.report_id}/changes.docx")

    assert page.status_code == file.status_code == 200
    assert faults(page.text) == []
    assert "Добавлено строк: 1, убрано: 1, изменено: 1" in text_of(parse(page.text))
    assert file.data[:2] == b"PK"
