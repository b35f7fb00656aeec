"""How fast scans are recognised, beside tesseract alone: python -m bench.ocr_speed [--pages 1000]

Draws pages of Russian text as a scanner leaves them (grey, a little askew, grainy) into a PDF of pictures.
The ordinary run recognises the same pages twice: by tesseract alone, which gets level pictures for nothing,
and by the whole way from the PDF to words with places; both use all processors, one page per process.
`--pages N` recognises one long PDF, kills the run in the middle with SIGKILL, runs it again and prints
pages per second, the peak of memory and how many finished pages were made twice.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from documents.extraction import DirectoryCache, is_recognition_possible, pages_of
from documents.extraction.tesseract import LANGUAGE

MOST_TIMES = 1.3
MOST_MB = 300
WIDTH, HEIGHT, DPI = 1654, 2339, 200
_FONTS = (
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
_WORDS = (
    "о", "внесении", "изменений", "в", "план", "мероприятий", "по", "развитию", "муниципальной", "системы",
    "утвердить", "перечень", "показателей", "назначить", "ответственных", "исполнителей", "отчёт",
    "до", "конца", "квартала", "контроль", "за", "исполнением", "приказа", "возложить", "на", "заместителя",
    "повышение", "квалификации", "протокол", "совещания", "руководителей", "организаций", "срок",
)  # fmt: skip


def main() -> int:
    """0 when the goals of the issue are met; 0 as well, with SKIP, where nothing can be recognised."""
    options = _options()
    font = next((name for name in _FONTS if Path(name).exists()), None)
    if not is_recognition_possible() or font is None:
        print("SKIP: tesseract with Russian and a Cyrillic font are needed")
        return 0
    with tempfile.TemporaryDirectory(prefix="vekha-bench-") as name:
        folder = Path(name)
        if options.pages:
            return _batch(folder, font, options.pages)
        return _beside_tesseract(folder, font, options.sheets)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=0, help="recognise one PDF of so many pages and kill it")
    parser.add_argument("--sheets", type=int, default=8, help="pages of the comparison with tesseract")
    return parser.parse_args()


def _beside_tesseract(folder: Path, font: str, count: int) -> int:
    pictures = [_drawn(font, number) for number in range(count)]
    level = []
    for number, picture in enumerate(pictures):
        level.append(folder / f"bare-{number}.pgm")
        picture.save(level[-1], "PPM")
    path = _bound(folder, pictures)
    bare, ours = [], []
    # Alternating rounds: what else the machine does meanwhile hits both alike. The better round counts.
    for _ in range(2):
        bare.append(_spent(lambda: _bare(level)))
        ours.append(_spent(lambda: list(pages_of(path))))
    # Wall seconds are what people wait for; processor seconds tell the same on a loaded machine.
    (wall, busy), (own_wall, own_busy) = map(min, zip(*bare, strict=True)), map(min, zip(*ours, strict=True))
    print(
        f"{count} pages on {os.cpu_count()} processors: tesseract alone {wall / count:.2f} s a page "
        f"(processor {busy / count:.2f} s), Vekha {own_wall / count:.2f} s ({own_busy / count:.2f} s): "
        f"{own_wall / wall:.2f} times, processor {own_busy / busy:.2f} times (at most {MOST_TIMES})"
    )
    return 0 if own_wall / wall <= MOST_TIMES else 1


def _bare(pictures: list[Path]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_tesseract, pictures))


def _tesseract(picture: Path) -> None:
    subprocess.run(
        ["tesseract", str(picture), "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", str(DPI), "tsv"],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        capture_output=True,
        check=True,
    )


def _spent(work: Any) -> tuple[float, float]:
    """Wall and processor seconds of some work, those of its subprocesses included."""
    started, busy = time.perf_counter(), _busy()
    work()
    return time.perf_counter() - started, _busy() - busy


def _busy() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _batch(folder: Path, font: str, count: int) -> int:
    path = _bound(folder, [_drawn(font, number, lines=8) for number in range(min(count, 10))], repeat=count)
    cache = folder / "cache"
    done = _killed(path, cache, after=max(2, count // 3))
    kept = {place: place.stat().st_mtime_ns for place in cache.rglob("*.json")}
    started = time.perf_counter()
    pages = sum(1 for _ in pages_of(path, DirectoryCache(cache)))
    seconds = time.perf_counter() - started
    repeated = sum(place.stat().st_mtime_ns != made for place, made in kept.items())
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{count} pages: killed after {done}, {len(kept)} kept, then {pages - len(kept)} in {seconds:.0f} s "
        f"({(pages - len(kept)) / seconds:.2f} pages a second); made twice {repeated}; "
        f"peak {own:.0f} MB, largest subprocess {child:.0f} MB (at most {MOST_MB})"
    )
    return 0 if pages == count and not repeated and len(kept) >= done and max(own, child) <= MOST_MB else 1


def _killed(path: Path, cache: Path, *, after: int) -> int:
    """Recognise in another process and kill it without a word once it has told of so many pages."""
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(path), str(cache)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = 0
    for _line in child.stdout:
        told += 1
        if told >= after:
            break
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return told


_CHILD = """
import sys
from pathlib import Path
from documents.extraction import DirectoryCache, pages_of
for page in pages_of(sys.argv[1], DirectoryCache(Path(sys.argv[2]))):
    print(page.number, flush=True)
"""


def _drawn(font: str, number: int, *, lines: int = 46) -> Any:
    """A page of print on grey paper, askew by less than a degree, with the grain of a scanner."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    chance = random.Random(number)
    page = Image.new("L", (WIDTH, HEIGHT), 244)
    pen, type_ = ImageDraw.Draw(page), ImageFont.truetype(font, 33)
    for line in range(lines):
        pen.text((170, 160 + 43 * line), " ".join(chance.choices(_WORDS, k=8)), fill=40, font=type_)
    page = page.rotate(chance.uniform(-0.9, 0.9), Image.Resampling.BILINEAR, fillcolor=244)
    grain = Image.effect_noise(page.size, 24).point(_GRAIN)
    return ImageChops.subtract(page, grain)


_GRAIN = [max(0, value - 128) // 3 for value in range(256)]


def _bound(folder: Path, pictures: list[Any], *, repeat: int = 0) -> Path:
    """The pictures as a PDF, gone through again and again up to `repeat` pages."""
    path = folder / "scan.pdf"
    order = [pictures[number % len(pictures)] for number in range(repeat or len(pictures))]
    order[0].save(path, "PDF", save_all=True, append_images=order[1:], resolution=DPI, quality=70)
    return path


if __name__ == "__main__":
    sys.exit(main())
