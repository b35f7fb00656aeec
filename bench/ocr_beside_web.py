"""A long scan in the worker and people on the pages: python -m bench.ocr_beside_web --pages 1000

One worker recognises a scan of so many pages while a clerk opens pages of the archive over the network, a few
a second. In the middle the worker is killed with SIGKILL and another goes on. Prints the pages a second, the
peak of the worker's memory, the times of the web pages at rest and meanwhile, and how many pages were
made twice.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from accounts import access
from accounts.models import User
from core.db import db
from documents.extraction import is_recognition_possible
from documents.queries import pages_kept
from tests import factories
from tests.rel.crash import CLERKS, Site, site
from tests.rel.server import Browser, serving

MOST_MB, MOST_P95 = 300, 0.3
PAUSE = 0.3
WARM_UP, AT_REST = 12, 40
ADDRESSES = ("/documents", "/documents/inbox", "/")


def main() -> int:
    """Measure one run; 1 when a figure is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args()
    if not is_recognition_possible():
        print("SKIP: tesseract with Russian is not installed")
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="vekha-ocr-") as folder,
        site(Path(folder), asked.database, pages=asked.pages) as made,
        serving(made.data, made.url) as port,
    ):
        return _measured(made, _clerk(made, port), asked.pages)


def _clerk(made: Site, port: int) -> Browser:
    """The browser of the clerk, signed in."""
    with made.app.app_context():
        token = factories.session_of(db.session.get_one(User, made.clerk_id))
        db.session.remove()
        return Browser(port, (access.cookie_name(), token))


def _measured(made: Site, browser: Browser, pages: int) -> int:
    _visits(browser, lambda count: count >= WARM_UP)
    rest = _visits(browser, lambda count: count >= AT_REST)
    worker, is_killed, peak = made.start(CLERKS), False, 0.0
    began, meanwhile = time.monotonic(), []
    while (done := _done(made)) < pages and time.monotonic() - began < 3600:
        meanwhile += _visits(browser, lambda count: count >= len(ADDRESSES))
        peak = max(peak, _memory_mb(worker.pid))
        if not is_killed and done >= pages // 2:
            worker.kill()
            worker.join()
            worker, is_killed = made.start(CLERKS), True
    seconds = time.monotonic() - began
    (made.data / "stop").touch()
    worker.join(60)
    again = sum(line.startswith("again") for line in made.lines("pages"))
    p95, calm = _p95(meanwhile), _p95(rest)
    print(
        f"{done} of {pages} pages in {seconds:.0f} s ({done / seconds:.2f} a second), killed once, twice "
        f"{again}; worker {peak:.0f} MB at most (limit {MOST_MB}); web p95 {1000 * p95:.0f} ms meanwhile of "
        f"{len(meanwhile)} pages (limit {1000 * MOST_P95:.0f}), {1000 * calm:.0f} ms at rest"
    )
    return 0 if done == pages and not again and peak <= MOST_MB and p95 <= MOST_P95 else 1


def _visits(browser: Browser, is_enough: Callable[[int], bool]) -> list[float]:
    """Seconds of each page, opened one after another with a pause."""
    took: list[float] = []
    while not is_enough(len(took)):
        began = time.perf_counter()
        answer = browser.get(ADDRESSES[len(took) % len(ADDRESSES)])
        took.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"the page answered {answer.status}")
        time.sleep(PAUSE)
    return took


def _done(made: Site) -> int:
    with made.app.app_context():
        count = pages_kept(made.scan)
        db.session.remove()
    return count


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0


def _memory_mb(pid: int) -> float:
    """The memory that the worker holds by itself, in MB; its subprocesses have limits of their own."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
