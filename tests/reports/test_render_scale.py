"""G10 and the aims of the annual report: 20,000 rows in ten seconds and 120 MB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.report_render import peak_mb, report
from reports.render import render_limited
from reports.source import write_lines
from tests.reports.paper import table_of

ROWS = 20_000
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="SKIP: peak memory is read from /proc")


@linux_only
def test_twenty_thousand_measures_take_at_most_120_mb(tmp_path: Path) -> None:
    write_lines(report(ROWS), tmp_path / "lines")

    assert peak_mb(str(tmp_path / "lines"), str(tmp_path / "out.docx")) <= 120


def test_rows_may_come_from_a_generator_and_are_all_there(tmp_path: Path) -> None:
    data = report(600)
    lazy = data | {"sections": ({**each, "measures": iter(each["measures"])} for each in data["sections"])}

    render_limited(Path("templates/docx/annual_report.docx").resolve(), lazy, tmp_path / "out.docx")

    numbers = [row[0] for row in table_of(tmp_path / "out.docx") if len(row) == 9][1:]
    assert numbers == [row["number"] for section in data["sections"] for row in section["measures"]]


@linux_only
def test_the_bench_prints_the_ratio_to_the_limit() -> None:
    run = [sys.executable, "-m", "bench.report_render", "50"]

    line = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)

    assert line["measures"] == 50 and line["ratio"] > 0 and line["limit_s"] > 0
