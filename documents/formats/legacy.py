"""Old binary formats (.doc, .xls, .rtf) by way of LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from core.errors import Unreadable
from documents.formats.grid import Document

# The limited runner gives 20 seconds in all; a hung office must end before that with a clear sentence.
PATIENCE = 17.0
_ABSENT = "Файлы .%s читаются, когда установлен LibreOffice. Сохраните файл как .%s и загрузите снова."
_FAILED = "LibreOffice не смог открыть этот файл .%s. Сохраните его как .%s и загрузите снова."


def office() -> str | None:
    """The path of LibreOffice, or None when this machine has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_legacy(path: str, old: str, new: str, read: Callable[[str], Document]) -> Document:
    """The document of a file of format `old`, converted to `new` in its own folder and read by `read`."""
    program = office()
    if program is None:
        raise Unreadable(_ABSENT % (old, new))
    with tempfile.TemporaryDirectory(prefix="vekha-") as folder:
        source = Path(folder, f"source.{old}")
        shutil.copyfile(path, source)
        _convert(program, source, new, Path(folder))
        converted = Path(folder, f"source.{new}")
        if not converted.is_file():
            raise Unreadable(_FAILED % (old, new))
        document = read(str(converted))
    document.format = old
    return document


def _convert(program: str, source: Path, new: str, folder: Path) -> None:
    """Runs in its own process group with its own profile, so nothing of it outlives the conversion."""
    profile = Path(folder, "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        new,
        "--outdir",
        str(folder),
        str(source),
    ]
    leads_group = os.getpgrp() == os.getpid()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Inside the limited runner the whole group is ended by it; elsewhere a group of its own is made.
        start_new_session=not leads_group,
    )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise Unreadable(_FAILED % (source.suffix[1:], new)) from None
    finally:
        _end(process, leads_group)


def _end(process: subprocess.Popen[bytes], leads_group: bool) -> None:
    if process.poll() is None:
        if leads_group:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
