"""How long a report takes against the limit of the machine: `python -m bench.report_render [ROWS …]`.

The limit is design/performance.md §B: the strings of the same rows, escaped and joined with the barest
XML, into deflate at level 6. Both are measured in this run, the smallest of several repeats. Prints
seconds of rendering with its output check, from memory (as §B) and from a file of lines, their ratio to
the limit, and the peak memory of a process that renders from the file.
"""

import io
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docx import Document

from reports.render import DEFAULT_TEMPLATE, render_lines, render_report
from reports.source import write_lines

TEXT = """организация проведение семинаров мониторинг качества образования муниципальный район
педагогических работников школа программа развития повышение квалификации отчёт приказ наставничество"""
WORDS = TEXT.split()
LENGTHS = {
    "title": 12,
    "preparation_period": 2,
    "condition": 3,
    "due_period": 2,
    "form_of_execution": 4,
    "status": 1,
    "report": 15,
    "note": 0,
}
START = '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">'
BETWEEN = '</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t xml:space="preserve">'
END = "</w:t></w:r></w:p></w:tc></w:tr>"
REPEATS = 12


def measures(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Rows as long as those of §B; some characters need escaping."""
    for number in range(1, count + 1):
        row = {name: " ".join(chance.choices(WORDS, k=size)) for name, size in LENGTHS.items()}
        row["report"] += " <a & b>"
        yield {**row, "number": str(number), "executors": [" ".join(chance.choices(WORDS, k=3))]}


def report(count: int) -> dict[str, Any]:
    """A report of `count` measures in about twenty sections."""
    chance = random.Random(1)
    size = max(10, count // 20)
    rows = [list(measures(min(size, count - start), chance)) for start in range(0, count, size)]
    sections = [{"number": str(place), "title": "Раздел", "measures": row} for place, row in enumerate(rows)]
    return {"title": "Отчёт", "period": "2021 год", "columns": ["столбец"] * 9, "sections": sections}


def limit(data: dict[str, Any], out: str) -> None:
    """The rows' text straight into deflate inside an empty document, as `raw` of §B does it."""
    empty = io.BytesIO()
    Document().save(empty)
    limited = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
    with zipfile.ZipFile(empty) as members, limited as archive:
        for name in members.namelist():
            if name != "word/document.xml":
                archive.writestr(name, members.read(name))
        with archive.open("word/document.xml", "w") as part:
            for section in data["sections"]:
                part.write("".join(map(barest, section["measures"])).encode())


def barest(row: dict[str, Any]) -> str:
    """A row in the least XML that Word opens."""
    text = "\x00".join([each[0] if isinstance(each, list) else each for each in row.values()])
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return START + text.replace("\x00", BETWEEN) + END


def quickest(*actions: Callable[[], object]) -> list[tuple[float, float]]:
    """Seconds of wall time and of processor time of each action, each the best of several.

    The actions take turns, so that a slow moment of the machine falls on all of them alike.
    """
    times: list[list[tuple[float, float]]] = [[] for _ in actions]
    for _ in range(REPEATS):
        for action, taken in zip(actions, times, strict=True):
            began, used = time.perf_counter(), time.process_time()
            action()
            taken.append((time.perf_counter() - began, time.process_time() - used))
    return [(min(wall for wall, _ in each), min(processor for _, processor in each)) for each in times]


def peak_mb(lines: str, out: str) -> float:
    """Peak resident memory of a fresh process that renders the file.

    Linux only: ru_maxrss would also count what this process held when it started the other.
    """
    program = (
        "import re, sys; from reports.render import render_lines; render_lines(*sys.argv[1:]);"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
    )
    command = [sys.executable, "-c", program, str(DEFAULT_TEMPLATE), lines, out]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(count: int, folder: str) -> dict[str, Any]:
    """One line of the table."""
    data, lines, out = report(count), f"{folder}/report.jsonl", f"{folder}/report.docx"
    write_lines(data, lines)
    least, took, from_file = quickest(
        lambda: limit(data, f"{folder}/limit.docx"),
        lambda: render_report(str(DEFAULT_TEMPLATE), data, out),
        lambda: render_lines(str(DEFAULT_TEMPLATE), lines, out),
    )
    return {
        "measures": count,
        "limit_s": round(least[0], 3),
        "render_s": round(took[0], 3),
        "ratio": round(took[0] / least[0], 2),
        "processor_ratio": round(took[1] / least[1], 2),
        "from_file_s": round(from_file[0], 3),
        "from_file_ratio": round(from_file[0] / least[0], 2),
        "peak_mb": round(peak_mb(lines, out)),
        "file_kb": Path(out).stat().st_size // 1024,
    }


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            print(json.dumps(measure(count, folder)), flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [600, 5_000, 20_000])
