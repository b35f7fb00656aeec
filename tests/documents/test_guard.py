"""The guard at the door and the previews against files that are made to hurt (reliability.md G9).

Every bomb is written by another process, so that this one's memory stands for the web process.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from core.errors import Refusal
from documents.models import FileVersion
from documents.previews.shelf import prepare
from documents.previews.ways import way_of
from documents.services import Received, Upload, receive
from tests.documents.bombs import EXPECTED

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"[А-ЯЁ«].*[а-яё].*\.$", re.DOTALL)


@pytest.fixture(scope="module")
def bombs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bombs")
    subprocess.run([sys.executable, "-m", "tests.documents.bombs", str(folder)], cwd=ROOT, check=True)
    return folder


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def timed(act, *arguments) -> tuple[object, float, Refusal | None]:
    """What came of it, how long it took, and the refusal if there was one."""
    began = time.monotonic()
    try:
        return act(*arguments), time.monotonic() - began, None
    except Refusal as refusal:
        return None, time.monotonic() - began, refusal


def meet(path: Path) -> tuple[str, float, list[Refusal]]:
    """Upload a file and look at it: what became of it, the longest step in seconds, the refusals."""
    with path.open("rb") as stream:
        received, took, refusal = timed(receive, Upload(path.name, stream))
    if refusal:
        return "refused", took, [refusal]
    assert isinstance(received, Received)
    version = FileVersion(sha256=received.blob.sha256, media_type=received.media_type)
    if way_of(version.media_type) is None:
        return "hidden", took, []
    _nothing, longer, refusal = timed(prepare, version)
    return ("hidden", max(took, longer), [refusal]) if refusal else ("shown", max(took, longer), [])


def test_no_bomb_hurts_and_every_refusal_has_a_sentence(make_app, bombs, request, capsys):
    """Every third bomb, all of them with --full (G9)."""
    app: Flask = make_app()
    step = 1 if request.config.getoption("--full") else 3
    told, slowest, began = {}, 0.0, time.monotonic()
    with app.app_context():
        before = memory_mb()
        for path in sorted(bombs.iterdir())[::step]:
            told[path.name], took, refusals = meet(path)
            slowest = max(slowest, took)
            assert took <= 21, f"{path.name} took {took:.1f} s"
            for refusal in refusals:
                assert SENTENCE.match(str(refusal)), f"{path.name}: {refusal}"
        grown = memory_mb() - before
    with capsys.disabled():
        total = time.monotonic() - began
        print(
            f"\nG9 {len(told)} bombs in {total:.0f} s, slowest {slowest:.1f} s, web process +{grown:.0f} MB: "
            f"{sum(v == 'refused' for v in told.values())} refused"
        )
    wrong = {name: said for name, said in told.items() if EXPECTED[name] not in (said, "either")}
    assert wrong == {}
    assert len(told) >= 40 // step
    assert grown <= 50
