"""PDF of a finished .docx through LibreOffice, where it is installed.

Each conversion has a profile of its own (two can run side by side), a time limit, and takes its whole
process group with it: soffice leaves children behind when only the parent is ended. The PDF is tagged.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from core.errors import Unreadable
from core.words import _

SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_TAGGED = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


def has_pdf() -> bool:
    """Whether this machine can make a PDF."""
    return _program() is not None


def to_pdf(docx_path: str | Path, out_path: str | Path, *, seconds: float = SECONDS) -> None:
    """The document at `docx_path` as a tagged PDF at `out_path`; Unreadable when that cannot be had."""
    program = _program()
    if program is None:
        raise Unreadable(_("PDF не сделать: LibreOffice не установлен. Скачайте отчёт в формате Word."))
    with tempfile.TemporaryDirectory(prefix="vekha-pdf-") as folder:
        source = Path(folder) / "report.docx"
        shutil.copyfile(docx_path, source)
        _convert(program, source, Path(folder), seconds)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise Unreadable(_("LibreOffice не смог сделать PDF. Скачайте отчёт в формате Word."))
        shutil.copyfile(made, out_path)


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def _convert(program: str, source: Path, folder: Path, seconds: float) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", _TAGGED, "--outdir"]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    child = subprocess.Popen(
        [*command, str(folder), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**environment, "HOME": str(folder)},
        start_new_session=True,
    )
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(_("PDF делается слишком долго. Скачайте отчёт в формате Word.")) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
