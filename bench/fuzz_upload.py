"""Uploads mutated files to the guard and the previews, and says how the worst of them went (G9).

`python -m bench.fuzz_upload --n 10000 --seed 1` prints one line `G9 <value> <target> PASS|FAIL`. Each mutant
is a real file with bytes flipped, cut, repeated or replaced; it is met exactly as an upload is, in limited
subprocesses. Their peak is looked for in /proc twenty times a second, for nobody waits for the children of a
nursery. With --sabotage one bomb is met under limits that nobody set, which must turn the line red.
"""

import argparse
import contextlib
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from core.errors import Refusal
from core.limited import Limits, run_limited
from documents.previews.ways import Way, way_of
from tests.documents.bombs import nested_forms
from tests.documents.containers import ods_of, odt_of
from tests.uploads import docx_bytes, pdf_bytes, picture_bytes, xlsx_bytes

SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx_bytes("Об утверждении положения", "Текст"),
    "xlsx": lambda: xlsx_bytes([["Мероприятие", 1, 2.5], ["=A1", None, "x"]]),
    "odt": lambda: odt_of("<p>текст</p>"),
    "ods": lambda: ods_of("<p>1</p>"),
    "pdf": lambda: pdf_bytes(pages=2),
    "png": picture_bytes,
    "jpg": lambda: picture_bytes("JPEG", (300, 200), progressive=True),
    "tiff": lambda: picture_bytes("TIFF", compression="tiff_lzw"),
}


#: As if nobody had thought of limits, but for the sake of the machine.
UNSET = Limits(memory_mb=3_000, cpu_seconds=25, wall_seconds=60)


class Meeting(NamedTuple):
    """How one mutant went: the outcome, the longest step in seconds, a refusal without a sentence."""

    outcome: str
    seconds: float
    is_mute: bool


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to eight wounds."""
    body = bytearray(data)
    for _wound in range(chance.randint(1, 8)):
        at, size = chance.randrange(len(body)), chance.randint(1, 64)
        kind = chance.randrange(4)
        if kind == 0:
            body[at] ^= 1 << chance.randrange(8)
        elif kind == 1 and len(body) > 200:
            del body[at : at + size]
        elif kind == 2:
            body[at:at] = body[at : at + size] * chance.randint(1, 50)
        else:
            body[at : at + size] = chance.randbytes(size)
    return bytes(body)


def meet(path: Path, out: Path, limits: Limits) -> Meeting:
    """The way of an upload: looked into, then drawn."""
    began = time.monotonic()
    try:
        found = run_limited("documents.intake:inspect", limits, path=str(path), name=path.name)
    except Refusal as refusal:
        return Meeting("refused", time.monotonic() - began, not str(refusal).endswith("."))
    took, began = time.monotonic() - began, time.monotonic()
    outcome, mute = "let in", False
    try:
        draw(found["media_type"], path, out, limits)
    except Refusal as refusal:
        outcome, mute = "let in, not shown", not str(refusal).endswith(".")
    return Meeting(outcome, max(took, time.monotonic() - began), mute)


def draw(media_type: str, path: Path, out: Path, limits: Limits) -> None:
    making, way = "documents.previews.making", way_of(media_type)
    if way is Way.PAGES:
        run_limited(f"{making}:page", limits, path=str(path), media_type=media_type, number=1, out=str(out))
    elif way is not None:
        run_limited(f"{making}:{way}", limits, path=str(path))


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


class Peak(threading.Thread):
    """The most memory that a limited process was seen to hold, in MB; another run beside counts too."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mb, self.is_over = 0, False

    def run(self) -> None:
        while not self.is_over:
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    if b"core.limited" in (process / "cmdline").read_bytes():
                        told = (process / "status").read_text().split("VmHWM:")[1]
                        self.mb = max(self.mb, int(told.split()[0]) // 1024)
            time.sleep(0.05)


def run(count: int, seed: int, limits: Limits, sources: dict[str, Callable[[], bytes]]) -> bool:
    chance, outcomes, slowest, mute = random.Random(seed), Counter[str](), 0.0, 0
    seeds = {name: make() for name, make in sources.items()}
    before, peak = memory_mb(), Peak()
    peak.start()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            kind = sorted(seeds)[number % len(seeds)]
            path = Path(folder, f"mutant.{kind}")
            path.write_bytes(mutated(seeds[kind], chance) if sources is SEEDS else seeds[kind])
            met = meet(path, Path(folder, "page.png"), limits)
            outcomes[met.outcome] += 1
            slowest, mute = max(slowest, met.seconds), mute + met.is_mute
            _progress(number + 1, count)
    grown, peak.is_over = memory_mb() - before, True
    holds = slowest <= 21 and mute == 0 and grown <= 50 and 0 < peak.mb <= 1024
    told = f"{count} mutants (seed {seed}): {dict(outcomes)}, slowest {slowest:.1f} s, child {peak.mb} MB"
    sys.stdout.write(f"\nG9 {told}, web +{grown:.0f} MB, {mute} mute | 20 s, 1024 MB, 50 MB, 0 | ")
    sys.stdout.write("PASS\n" if holds else "FAIL\n")
    return holds


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty() and (done % 10 == 0 or done == count):
        sys.stderr.write(f"\r{done}/{count}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--n", type=int, default=200)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--sabotage", action="store_true")
    asked = reader.parse_args()
    if asked.sabotage:
        holds = run(1, asked.seed, UNSET, {"pdf": nested_forms})
    else:
        holds = run(asked.n, asked.seed, Limits(), SEEDS)
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
