"""G10: hostile values come out letter for letter in every place of a document, or the report is refused."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import Unreadable
from documents.filling import sandbox
from documents.filling.texts import cleaned
from reports.render import render_limited, render_report
from tests.reports.paper import PLACES, WHOLE, lines_of, measure, parts_of, report, table_of, template, xml_of

VALUES = [
    "план <select> год",
    "ООО «А&Б»",
    "a < b > c & d",
    "<w:p/>",
    "</w:t></w:r></w:p>",
    "</w:tc></w:tr></w:tbl>",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- x -->",
    "<?vekha-rows 0?>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e 'y'>]>&e;",
    "&amp;",
    "&amp;amp;lt;",
    "&lt;b&gt;",
    "&#0;&#x1F;",
    "&nbsp;",
    "&",
    "<",
    ">",
    "\"'`",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{%tr endfor %}",
    "{# comment #}",
    "{_{ 7*7 }_}",
    "{_% if 1 %_}",
    "}}",
    "%}",
    "{{",
    "{%",
    "{{ title }}",
    "100 % 50%s %d %(a)s %%",
    "\\n \\t \\u0000",
    "${x} #{x}",
    "'; DROP TABLE measure;--",
    "=1+1",
    "a\x00b",
    "a\x01\x02\x08b",
    "a\x0bb",
    "a\x0cb",
    "a\x0eb\x1f",
    "a\x07b",
    "a\x1eb\x1fc",
    "a\ufffeb\uffffc",
    "a\ud800b",
    "\udfffa",
    "\ud83d\ude00 пара половинок",
    "😀👩‍👩‍👧",
    "\U0010ffff",
    "\ue0000\ue001",
    "a\nb",
    "a\r\nb\rc",
    "\n\n",
    "a\tb\t\tc",
    "  пробелы  внутри  ",
    "\u00a0\u202f\u2007",
    "\u200b\u200d\ufeff",
    "\u202eсправа\u202c налево",
    "\u2028\u2029\u0085",
    "\x7f\x80\x9f",
    "e\u0301 \u0439 и\u0306",
    "ﷺ ﬁ ß İ ı",
    "العربية עברית",
    "漢字かな",
    "ж" * 20_000,
    "слово " * 2_000,
    "-",
    "0",
    "None",
    "",
]


def looped(letter: str) -> list[str]:
    """Paragraphs that print each of `columns` between marks."""
    return [f"{{%p for {letter} in columns %}}", f"[{{{{ {letter} }}}}]", "{%p endfor %}"]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    places: dict[str, Any] = {place: looped("each") for place in PLACES if place not in ("table", "property")}
    made = template(
        folder / "t.docx",
        rows=WHOLE,
        table=["[{{ columns }}]"],
        property=["{% for each in columns %}[{{ each }}]{% endfor %}"],
        **places,
    )
    rows = [
        measure(str(number), title=value, executors=[value, value]) for number, value in enumerate(VALUES)
    ]
    data = report(title="Т", columns=VALUES, sections=[{"number": "1", "title": "<&>", "measures": rows}])
    render_limited(made, data, folder / "out.docx")
    return folder / "out.docx"


def expected_lines() -> list[str]:
    return [line for value in VALUES for line in f"[{cleaned(value)}]".split("\n")]


def test_there_are_enough_hostile_values() -> None:
    assert len(set(VALUES)) >= 60


def test_every_part_is_well_formed(rendered: Path) -> None:
    assert all(xml_of(rendered, name) is not None for name in parts_of(rendered))


@pytest.mark.parametrize("name", ["document", "header", "footer", "footnotes"])
def test_every_value_is_whole_in_the_paragraphs_of_the_part(rendered: Path, name: str) -> None:
    part = next(each for each in parts_of(rendered) if each.startswith(f"word/{name}"))

    lines = [line for line in lines_of(xml_of(rendered, part)) if line or name == "document"]

    wanted = [line for line in expected_lines() if line or name == "document"]
    assert lines[: len(wanted)] == wanted


def test_every_value_is_whole_in_its_cell_of_the_streamed_rows(rendered: Path) -> None:
    rows = table_of(rendered, number=1)[1:]

    assert [row[1] for row in rows] == [cleaned(value) for value in VALUES]
    assert [row[2] for row in rows] == ["\n".join([cleaned(value)] * 2) for value in VALUES]


def test_every_value_is_whole_in_a_cell_beside_the_rows(rendered: Path) -> None:
    assert table_of(rendered)[0][0] == "\n[" + "\n".join(map(cleaned, VALUES)) + "]"


def test_every_value_is_whole_in_the_property(rendered: Path) -> None:
    texts = [each.text for each in xml_of(rendered, "docProps/core.xml")]

    assert "".join(f"[{cleaned(value)}]" for value in VALUES) in texts


def test_cleaning_removes_only_what_xml_cannot_hold() -> None:
    assert cleaned("a\x00b\x0bc\x0cd\r\ne\rf\ud800g\ufffe\uffff\t\x7f\u2028") == "ab\nc\nd\ne\nfg\t\x7f\u2028"
    assert all(cleaned(cleaned(value)) == cleaned(value) for value in VALUES)


@pytest.mark.parametrize("value", ["план <select> год", "ООО «А&Б»", "</w:t>", "&lt;"])
@pytest.mark.parametrize("places", [{"rows": WHOLE}, {"body": ["{{ title }}"]}, {"header": ["{{ title }}"]}])
def test_a_renderer_that_forgets_to_escape_is_caught_by_the_output_check(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str, places: dict[str, list[str]]
) -> None:
    monkeypatch.setattr("reports.streaming.as_xml", lambda text, *_: text)
    monkeypatch.setattr(sandbox, "as_xml", lambda text, *_: text)
    made = template(tmp_path / "t.docx", **places)
    data = report(title=value, sections=[{"measures": [measure("1", title=value)]}])

    with pytest.raises(Unreadable):
        render_report(str(made), data, str(tmp_path / "out.docx"))

    assert not (tmp_path / "out.docx").exists()
