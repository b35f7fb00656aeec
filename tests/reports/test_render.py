"""Rendering of the execution report: layout, order, bytes, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import TooLarge, Unreadable
from reports.default_template import build
from reports.render import DEFAULT_TEMPLATE, render_limited, render_lines, render_report
from reports.source import write_lines
from tests.reports.paper import WHOLE, lines_of, measure, parts_of, report, table_of, template, xml_of

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"
GOLDEN = INPUTS / "002_roadmap_report.golden.json"
CONDITIONAL = [
    row.replace("{{ measure.title }}", "{% if measure.title %}{{ measure.title }}{% endif %}")
    for row in WHOLE
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report.docx"


def made(data: dict, out: Path, using: Path = DEFAULT_TEMPLATE) -> Path:
    render_report(str(using), data, str(out))
    return out


def test_the_shipped_template_is_what_its_generator_builds(tmp_path: Path) -> None:
    build(tmp_path / "built.docx")

    assert (tmp_path / "built.docx").read_bytes() == DEFAULT_TEMPLATE.read_bytes()


@pytest.mark.skipif(not GOLDEN.exists(), reason="SKIP: the shared inputs are not beside the project")
def test_the_real_report_comes_out_equal_cell_by_cell(out: Path) -> None:
    golden = json.loads(GOLDEN.read_text())
    made({**golden, "approval": None, "columns": golden["columns"]}, out)

    scorer = [
        sys.executable,
        str(INPUTS / "score_report_docx.py"),
        str(GOLDEN),
        str(out),
        "--threshold",
        "100",
    ]
    scored = subprocess.run(scorer, capture_output=True, text=True)

    assert scored.returncode == 0, scored.stdout


def test_rows_stand_under_their_sections_and_each_executor_on_a_line(out: Path) -> None:
    rows = table_of(made(report(), out))

    assert rows[1] == ["1. Первый"]
    assert rows[3][0] == "1.2" and rows[3][5] == "А\nБ"
    assert rows[4][1] == "строка\nвторая\tс табуляцией"
    assert len(rows) == 5


def test_every_line_of_a_value_is_a_paragraph_of_its_own(out: Path) -> None:
    paragraphs = lines_of(xml_of(made(report(), out), "word/document.xml"))

    assert paragraphs[3:5] == ["Отчёт об исполнении", "за 2020 год"]


def test_what_is_not_decided_yet_is_left_blank_to_fill_in(out: Path) -> None:
    paragraphs = lines_of(xml_of(made(report(approval=None), out), "word/document.xml"))

    assert paragraphs[:2] == ["Рассмотрен на ____________________", "Протокол от __.__.____ № __"]


def test_the_mark_of_approval_is_printed_as_given(out: Path) -> None:
    approval = {"mark": "Рассмотрен на Совете руководителей", "document": "Протокол от 27.01.2021 №2"}

    paragraphs = lines_of(xml_of(made(report(approval=approval), out), "word/document.xml"))

    assert paragraphs[:2] == list(approval.values())


def test_a_report_without_measures_is_a_table_with_a_header(out: Path) -> None:
    assert len(table_of(made(report(sections=[]), out))) == 1


def test_the_same_data_gives_the_same_bytes_in_memory_from_lines_and_in_the_limited_process(
    tmp_path: Path,
) -> None:
    write_lines(report(), tmp_path / "lines")

    first = render_report(str(DEFAULT_TEMPLATE), report(), str(tmp_path / "1.docx"))
    second = render_lines(str(DEFAULT_TEMPLATE), str(tmp_path / "lines"), str(tmp_path / "2.docx"))
    third = render_limited(DEFAULT_TEMPLATE, report(), tmp_path / "3.docx")

    assert first["sha256"] == second["sha256"] == third.sha256
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "3.docx").read_bytes()
    assert third.size == (tmp_path / "3.docx").stat().st_size


def test_a_template_of_an_organisation_streams_the_same_rows_with_and_without_conditions(
    tmp_path: Path,
) -> None:
    plain = template(tmp_path / "plain.docx", rows=WHOLE)
    conditional = template(tmp_path / "conditional.docx", rows=CONDITIONAL)

    by_fields = table_of(made(report(), tmp_path / "1.docx", plain))
    by_jinja = table_of(made(report(), tmp_path / "2.docx", conditional))

    assert by_fields == by_jinja
    assert [row[0] for row in by_fields] == ["1. Первый", "1.1", "1.2", "", "2.1"]


def test_a_loop_outside_a_table_and_a_loop_in_a_header_are_filled_too(tmp_path: Path) -> None:
    loop = ["{%p for section in sections %}", "{{ section.heading }}: {{ loop.index }}", "{%p endfor %}"]
    path = made(report(), tmp_path / "1.docx", template(tmp_path / "t.docx", body=loop, header=loop))

    assert "1. Первый: 1" in lines_of(xml_of(path, "word/document.xml"))
    header = next(name for name in parts_of(path) if "header" in name)
    assert "1. Первый: 1" in lines_of(xml_of(path, header))


def test_a_section_read_twice_is_written_twice(tmp_path: Path) -> None:
    rows = [*WHOLE[:5], *WHOLE[2:5], WHOLE[5]]

    written = table_of(made(report(), tmp_path / "1.docx", template(tmp_path / "t.docx", rows=rows)))

    assert [row[0] for row in written].count("1.1") == 2


def test_properties_come_from_the_data_and_carry_no_dates(out: Path) -> None:
    core = xml_of(made(report(title="«А & Б» <в>" + "х" * 300), out), "docProps/core.xml")

    texts = {each.tag.rsplit("}", 1)[1]: each.text for each in core}
    assert texts["title"] == "«А & Б» <в>" + "х" * 300
    assert not {"created", "modified"} & texts.keys()


def test_a_text_of_a_million_bytes_is_refused_and_leaves_no_file(out: Path) -> None:
    data = report(
        sections=[{"number": "1", "title": "Раздел", "measures": [measure("1", report="ж" * 500_000)]}]
    )

    with pytest.raises(TooLarge, match="длиннее миллиона"):
        render_limited(DEFAULT_TEMPLATE, data, out)

    assert list(out.parent.iterdir()) == []


def test_a_long_text_below_the_limit_is_there_to_the_last_letter(out: Path) -> None:
    text = "ж" * 499_000 + "конец"

    rows = table_of(made(report(sections=[{"measures": [measure("1", report=text)]}]), out))

    assert rows[1][8] == text


def test_a_name_the_report_does_not_know_is_refused_at_rendering_too(tmp_path: Path) -> None:
    unknown = template(tmp_path / "t.docx", body=["{{ titel }}"])

    with pytest.raises(Unreadable, match="не удалось заполнить"):
        render_limited(unknown, report(), tmp_path / "out.docx")
