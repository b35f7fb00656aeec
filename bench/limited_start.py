"""What a process under limits costs beside one started from nothing: `python -m bench.limited_start`.

For some of the functions that Vekha runs under limits, the median seconds of a process that Python starts
and that imports the function's module, and of a child of the nursery that is asked for something it does
not have; both in turns in this run, and their ratio.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from core.errors import Unreadable
from core.limited import ROOT, run_limited

ROUNDS = 9
MODULES = ("documents.intake", "reports.render", "roadmap.reading.recognise", "documents.recognised")


def started(module: str) -> None:
    """A Python of its own that imports the module."""
    subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"import core.limited, {module}"], cwd=ROOT, check=True
    )


def forked(module: str) -> None:
    """A child of the nursery, which has the module already."""
    try:
        run_limited(f"{module}:nothing")
    except Unreadable:
        return


def timed(action: Callable[[str], None], module: str) -> float:
    began = time.perf_counter()
    action(module)
    return time.perf_counter() - began


def main() -> None:
    for module in MODULES:
        forked(module)
        pairs = [(timed(started, module), timed(forked, module)) for _ in range(ROUNDS)]
        anew, child = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"{module:<28} started {anew:.3f} s, forked {child:.3f} s, {anew / child:.1f} x", flush=True)


if __name__ == "__main__":
    main()
