"""A scanned table is cut along its rules and read cell by cell, each cell with its place and its doubts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from config import ROOT
from documents.formats.grid import SURE, Cell, Document, Scan, Table
from roadmap.reading.pdf_ink import Rule
from roadmap.reading.recognise import read_plan, recognise
from roadmap.reading.scan_lattice import scanned_lattices
from roadmap.reading.scan_rules import rules_of
from tests.documents.extraction.scans import Paper, needs_recognition, pdf_of, scanned

INPUTS = ROOT.parent / "shared" / "inputs"
TITLES = ["№", "Мероприятие", "Срок", "Исполнитель"]
ROWS = [
    TITLES,
    ["1.1", "Совещание\nруководителей школ", "до 1 марта\n2027 года", "Отдел\nобразования"],
    ["1.2", "Семинар для молодых\nпедагогов района", "II квартал\n2027 года", "Методическая\nслужба"],
]
XS, YS = [90, 190, 620, 880, 1180], [200, 270, 390, 510]


def plan() -> Paper:
    paper = Paper((1280, 640))
    paper.words(300, 90, "План мероприятий на 2027 год")
    paper.table(XS, YS, ROWS)
    return paper


def test_the_rules_of_a_grainy_table_make_its_lattice() -> None:
    across, down = rules_of(scanned(plan().picture), 72 / 200)

    lattices = scanned_lattices(1280 * 0.36, 640 * 0.36, across, down)

    assert len(lattices) == 1
    assert len(lattices[0].boxes) == 12
    assert lattices[0].xs == pytest.approx([x * 0.36 for x in XS], abs=1.5)
    assert lattices[0].ys == pytest.approx([y * 0.36 for y in YS], abs=1.5)


def test_strokes_of_a_pen_that_cross_are_no_table() -> None:
    across = [Rule(100, 100, 128), Rule(112, 140, 180)]
    down = [Rule(110, 90, 118), Rule(150, 96, 120), Rule(172, 101, 115)]

    assert scanned_lattices(595, 842, across, down) == []


def test_a_scanned_plan_is_read_and_every_cell_knows_its_place(tmp_path: Path) -> None:
    needs_recognition()
    path, shelf = pdf_of(tmp_path / "a.pdf", scanned(plan().picture, askew=0.8)), tmp_path / "shelf"

    found = read_plan(str(path), shelf=str(shelf))

    measures = found["sections"][0]["measures"]
    assert [measure["number"] for measure in measures] == ["1.1", "1.2"]
    assert [measure["title"] for measure in measures] == [
        "Совещание руководителей школ",
        "Семинар для молодых педагогов района",
    ]
    assert measures[0]["due_period"] == "до 1 марта 2027 года"
    assert measures[1]["executors"] == ["Методическая служба"]
    assert found["title"] == "План мероприятий на 2027 год"
    page, cell, left, top, right, bottom = measures[0]["source"]["scans"]["title"][0]
    assert page == 1
    assert (left * 1280, top * 640, right * 1280, bottom * 640) == pytest.approx((190, 275, 620, 395), abs=12)
    with Image.open(shelf / f"crop-1-{cell}.png") as crop:
        assert crop.size == pytest.approx((430, 120), abs=12)


def test_a_page_on_the_shelf_is_not_recognised_again(tmp_path: Path) -> None:
    needs_recognition()
    path, shelf = tmp_path / "a.png", tmp_path / "shelf"
    plan().picture.save(path, dpi=(200, 200))
    read_plan(str(path), shelf=str(shelf))
    sheet = next(shelf.glob("sheet-*.json"))
    sheet.write_text(sheet.read_text().replace(json.dumps("Семинар"), json.dumps("Слёт")))

    found = read_plan(str(path), shelf=str(shelf))

    assert found["sections"][0]["measures"][1]["title"] == "Слёт для молодых педагогов района"


def test_an_unsure_cell_becomes_a_doubt_of_its_field() -> None:
    def cell(row: int, column: int, text: str, confidence: float) -> Cell:
        scan = Scan(1, 4 * row + column, (0.1, 0.1, 0.2, 0.2), confidence)
        return Cell(row, column, text.replace("\n", " "), scan=scan)

    sure = SURE + 0.1
    cells = [cell(r, c, text, sure) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    cells[6] = cell(1, 2, "до 1 марта 2027 года", SURE - 0.1)

    found = recognise(Document([Table(3, 4, cells)]), {})

    first, second = (measure["source"] for measure in found["sections"][0]["measures"])
    assert first["doubts"] == {"due_period": "Распознано неуверенно: сверьте со сканом."}
    assert second["doubts"] == {}
    assert first["scans"]["due_period"] == [[1, 6, 0.1, 0.1, 0.2, 0.2]]


def test_the_first_sheets_of_a_scanned_report_are_read_without_a_fault(tmp_path: Path) -> None:
    needs_recognition()
    if not INPUTS.is_dir():
        print("SKIP: ../shared/inputs is not there")
        pytest.skip("../shared/inputs is not there")
    golden = json.loads((INPUTS / "002_scan.golden.json").read_text(encoding="utf-8"))
    whole, first = pypdfium2.PdfDocument(INPUTS / "002_scan.pdf"), pypdfium2.PdfDocument.new()
    first.import_pages(whole, [0, 1])
    first.save(tmp_path / "first.pdf")

    found = read_plan(str(tmp_path / "first.pdf"))

    # The fourth measure goes on overleaf.
    for document in (golden, found):
        document["sections"] = [
            {**document["sections"][0], "measures": document["sections"][0]["measures"][:3]}
        ]
    share, report = scored(golden, found, tmp_path)
    assert share == 100, report


def scored(golden: object, found: object, folder: Path) -> tuple[float, str]:
    """The percentage that the scorer gives with the tolerance for scans, and its report."""
    for name, data in (("golden", golden), ("found", found)):
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    files = [str(folder / "golden.json"), str(folder / "found.json")]
    command = [sys.executable, str(INPUTS / "score_import.py"), *files, "--fuzzy", "0.05"]
    report = subprocess.run([*command, "--show", "30"], capture_output=True, text=True, check=True).stdout
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    return json.loads(told)["accuracy"], report
