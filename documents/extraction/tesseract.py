"""Tesseract as a program: whether it is there, and what it sees in a picture.

It gets only pictures that we drew ourselves (grey PGM), one per process and one thread per process: with
two threads each, two pages at once were 69 times slower (design/performance.md D). Its memory and its time
are limited.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import Refusal, Unreadable, sentence

LANGUAGE = "rus"
MEMORY = 2 << 30
SECONDS = 180.0
#: Whoever waits for a page of the web goes before the archive.
NICENESS = 10
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "TESSDATA_PREFIX")
_ROTATION = re.compile(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
# Below this the program itself calls its guess of the orientation weak.
_SURE_OF_ROTATION = 1.0
# The dot of 12-point type measures 1.8 points.
_SPECK = 2.2
_OFF = sentence(
    "Распознавание сканов выключено: на сервере нет программы tesseract. Администратору: установите пакеты "
    "tesseract-ocr и tesseract-ocr-rus. Документ подождёт в очереди."
)
_NO_RUSSIAN = sentence(
    "Распознавание сканов выключено: у программы tesseract нет русского языка. Администратору: установите "
    "пакет tesseract-ocr-rus. Документ подождёт в очереди."
)
_FAILED = sentence("Страницу не удалось распознать: изображение повреждено или слишком сложно.")


class RecognitionOff(Refusal):
    """This machine cannot recognise scans; the sentence tells the administrator what to install."""

    status = 503


@dataclass(frozen=True)
class Seen:
    """A word in the picture: its box in points of the picture, its line and its paragraph.

    `image` counts from 0 when several pictures were given at once. `line` and `paragraph` are numbers that
    grow in reading order within the picture.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int
    paragraph: int
    image: int = 0


def is_recognition_possible() -> bool:
    """Whether tesseract and its Russian data are installed. Asked anew each time: it may appear any day."""
    return _trouble() == ""


def require_recognition() -> None:
    """RecognitionOff when scans cannot be recognised here."""
    trouble = _trouble()
    if trouble:
        raise RecognitionOff(trouble)


def _trouble() -> str:
    if shutil.which("tesseract") is None:
        return _OFF
    listed = _asked("--list-langs").splitlines()
    return "" if LANGUAGE in [line.strip() for line in listed] else _NO_RUSSIAN


def engine_version() -> str:
    """The version, as in "5.3.0"; "" without tesseract. A newer version recognises pages anew."""
    found = re.search(r"tesseract v?([\w.]+)", _asked("--version"))
    return found.group(1) if found else ""


def _asked(option: str) -> str:
    try:
        answer = subprocess.run(
            ["tesseract", option], capture_output=True, text=True, timeout=20, env=_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout + answer.stderr


def seen_in(picture: Path, *, dpi: int, layout: int = 3) -> list[Seen]:
    """The words of a picture in reading order, dust left out. `picture` may be a text file listing pictures.

    `layout` is tesseract's page segmentation mode: 3 finds columns, 6 takes one block of text.
    Raises Unreadable when the picture defeats the program.
    """
    told = _run([str(picture), "stdout", "-l", LANGUAGE, "--psm", str(layout), "--dpi", str(dpi), "tsv"])
    return [one for one in _words(told.splitlines()[1:]) if not _is_speck(one, dpi)]


def _is_speck(one: Seen, dpi: int) -> bool:
    """Dust: a sign of its own no bigger than a full stop, which in print clings to a word."""
    return max(one.right - one.left, one.bottom - one.top) * 72 < _SPECK * dpi


def rotation_of(picture: Path) -> int:
    """Degrees clockwise (0, 90, 180, 270) that make the picture upright; 0 when the program cannot tell."""
    try:
        told = _run([str(picture), "stdout", "-l", "osd", "--psm", "0"])
    except Unreadable:
        return 0
    found = _ROTATION.search(told)
    if not found or float(found.group(2)) < _SURE_OF_ROTATION:
        return 0
    return int(found.group(1)) % 360


def _run(arguments: Sequence[str]) -> str:
    program = subprocess.Popen(
        ["tesseract", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        # Inside the limited runner the whole group is ended by it; elsewhere a group of its own is made.
        start_new_session=os.getpgrp() != os.getpid(),
    )
    with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
        resource.prlimit(program.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.setpriority(os.PRIO_PROCESS, program.pid, NICENESS)
    try:
        told, _ = program.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Unreadable(_FAILED) from None
    finally:
        _end(program)
    if program.returncode:
        raise Unreadable(_FAILED)
    return told.decode("utf-8", errors="replace")


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(program.pid, signal.SIGKILL)
        program.communicate()


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed, "OMP_THREAD_LIMIT": "1"}


def _words(rows: Sequence[str]) -> Iterator[Seen]:
    """Rows of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, ..."""
    lines: dict[tuple[str, ...], int] = {}
    paragraphs: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        yield Seen(
            text=cells[11].strip(),
            left=left,
            top=top,
            right=left + width,
            bottom=top + height,
            confidence=min(max(float(cells[10]) / 100, 0.0), 1.0),
            line=lines.setdefault(tuple(cells[1:5]), len(lines)),
            paragraph=paragraphs.setdefault(tuple(cells[1:4]), len(paragraphs)),
            image=int(cells[1]) - 1,
        )
