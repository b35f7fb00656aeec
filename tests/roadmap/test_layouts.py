"""Every layout of plans and reports is read cell by cell, in every format it comes in."""

from __future__ import annotations

import fcntl
import pickle
from copy import deepcopy
from pathlib import Path

import pytest

from roadmap.reading.recognise import read_plan

from .layouts.build import Built, build, convert, libreoffice
from .layouts.registry import LAYOUTS
from .layouts.score import score

LEAST = 97.0
FORMATS = [(layout.name, suffix) for layout in LAYOUTS for suffix in layout.formats]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Built]:
    """All files of all layouts, made by whichever process of the test run comes first."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder if worker_id == "master" else folder.parent) / "layouts"
    folder.mkdir(exist_ok=True)
    made = folder / "made.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_bytes(pickle.dumps(_make(folder)))
    return {one.path.name: one for one in pickle.loads(made.read_bytes())}


def _make(folder: Path) -> list[Built]:
    built, program = build(folder), libreoffice()
    return built + convert(folder, program) if program else built


def test_the_corpus_holds_all_layouts() -> None:
    names = {name for name, _ in FORMATS}

    assert len(names) >= 34
    assert {f"l{number:02}" for number in range(1, 32)} <= {name[:3] for name in names}


@pytest.mark.parametrize(("name", "suffix"), FORMATS, ids=[f"{name}.{suffix}" for name, suffix in FORMATS])
def test_a_layout_is_read_cell_by_cell(corpus: dict[str, Built], name: str, suffix: str) -> None:
    one = corpus.get(f"{name}.{suffix}")
    if one is None:
        print(f"SKIP {name}.{suffix}: LibreOffice is not installed, so the file cannot be made")
        pytest.skip("LibreOffice is not installed")

    result = score(one.golden, read_plan(str(one.path)))

    assert result.share >= LEAST, f"{result.share:.1f} %\n" + "\n".join(result.faults)


def test_a_cell_in_the_wrong_column_is_a_fault() -> None:
    golden = LAYOUTS[0].make()[1]
    wrong = deepcopy(golden)
    for part in wrong["sections"]:
        for item in part["measures"]:
            item["condition"], item["due_period"] = item["due_period"], item["condition"]

    assert score(golden, golden).share == 100.0
    assert score(golden, wrong).share < LEAST
