"""The output check turns red on every planted fault: design rule 8 of the reliability study."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import Unreadable
from documents.filling.output_check import Expected, check_output
from reports import render
from reports.render import DEFAULT_TEMPLATE, render_report
from tests.reports.paper import WHOLE, change, measure, report, template

DATA = report(
    sections=[{"number": "1", "title": "Раздел", "measures": [measure("1.1"), measure("1.2", note="н")]}]
)
CONDITIONAL = [
    row.replace("{{ measure.title }}", "{% if 1 %}{{ measure.title }}{% endif %}") for row in WHOLE
]

FAULTS: dict[str, Callable[[str], str]] = {
    "a letter lost": lambda xml: xml.replace("Мероприятие 1.2", "Мероприяти 1.2"),
    "a letter changed": lambda xml: xml.replace("Мероприятие 1.2", "Мероприятиe 1.2"),
    "a row lost": lambda xml: (
        xml[: xml.rindex("<w:tr><w:tc>")] + xml[xml.rindex("<w:tr><w:tc>") :].partition("</w:tr>")[2]
    ),
    "a row twice": lambda xml: xml.replace(
        "<w:tr><w:tc><w:p>", "<w:tr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p>", 1
    ),
    "cells glued": lambda xml: xml.replace("1.2</w:t></w:r></w:p></w:tc><w:tc>", "1.2</w:t></w:r></w:p>"),
    "an entity not escaped": lambda xml: xml.replace("&lt;&amp;&gt;", "&"),
    "a raw end of CDATA": lambda xml: xml.replace("&lt;&amp;&gt;", "]]>"),
    "tags that cross": lambda xml: xml.replace("1.2</w:t></w:r></w:p>", "1.2</w:t></w:p></w:r>"),
    "a tag cut open": lambda xml: xml.replace("1.2</w:t>", "1.2</w:t"),
    "markup instead of text": lambda xml: xml.replace("&lt;&amp;&gt;", "<b/>"),
    "the end cut off": lambda xml: xml[: len(xml) * 2 // 3],
    "text after the end": lambda xml: xml + "x",
    "a name space not declared": lambda xml: xml.replace("<w:body>", "<w:body><x:y/>"),
    "text in a comment": lambda xml: xml.replace("Мероприятие 1.2", "<!--Мероприятие 1.2-->"),
    "the title lost": lambda xml: xml.replace("Отчёт об исполнении", ""),
}


@pytest.fixture(params=["by fields", "by Jinja"])
def finished(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Expected]:
    """A rendered file and what it must contain, for both ways of streaming."""
    kept: list[Expected] = []
    monkeypatch.setattr(render, "check_output", lambda path, expected: kept.append(expected))
    rows = WHOLE if request.param == "by fields" else CONDITIONAL
    made = template(tmp_path / "t.docx", body=["{{ title }}"], rows=rows)
    render_report(str(made), DATA, str(tmp_path / "out.docx"))
    return tmp_path / "out.docx", kept[0]


def test_an_untouched_report_passes(finished: tuple[Path, Expected]) -> None:
    path, expected = finished

    check_output(str(path), expected)

    assert expected.values["/word/document.xml"]


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in ("a row twice", "cells glued")])
def test_a_planted_fault_turns_the_check_red(finished: tuple[Path, Expected], fault: str) -> None:
    path, expected = finished
    change(path, {"word/document.xml": FAULTS[fault]})

    with pytest.raises(Unreadable, match="Отчёт не собран"):
        check_output(str(path), expected)


@pytest.mark.parametrize("fault", list(FAULTS))
def test_the_shipped_template_is_checked_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    kept: list[Expected] = []
    monkeypatch.setattr(render, "check_output", lambda path, expected: kept.append(expected))
    render_report(str(DEFAULT_TEMPLATE), DATA, str(tmp_path / "out.docx"))
    change(tmp_path / "out.docx", {"word/document.xml": FAULTS[fault]})

    with pytest.raises(Unreadable, match="Отчёт не собран"):
        check_output(str(tmp_path / "out.docx"), kept[0])


def test_a_value_lost_in_a_property_turns_the_check_red(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="свойствах"):
        check_output(str(DEFAULT_TEMPLATE), Expected("word/document.xml", properties=["Другой заголовок"]))


def test_a_damaged_part_of_the_archive_turns_the_check_red(finished: tuple[Path, Expected]) -> None:
    path, expected = finished
    change(path, {"word/styles.xml": lambda xml: xml.replace("</w:styles>", "")})

    with pytest.raises(Unreadable, match="styles"):
        check_output(str(path), expected)


def test_no_file_is_left_when_the_check_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, expected: Expected) -> None:
        assert zipfile.is_zipfile(path)
        raise Unreadable("нет")

    monkeypatch.setattr(render, "check_output", refuse)

    with pytest.raises(Unreadable, match="нет"):
        render_report(str(DEFAULT_TEMPLATE), DATA, str(tmp_path / "out.docx"))

    assert list(tmp_path.iterdir()) == []
