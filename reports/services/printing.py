"""Data and a template made into a file, and what has to be remembered to make the same file again."""

import hashlib
import json
import platform
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import Any

from core.errors import NotFound
from core.words import _
from documents.services import keep_file, local_copy
from documents.services.intake import Received
from documents.services.templates import DOCX
from documents.storage import store
from reports.assembly import Assembled
from reports.models import ReportTemplate
from reports.render import DEFAULT_TEMPLATE, RENDERER, render_limited


@contextmanager
def rendered(made: Assembled, template: ReportTemplate | None = None) -> Iterator[Path]:
    """The .docx of the assembled data, for as long as the block lasts."""
    with template_file(template) as source, printed_from(source, made.data) as path:
        yield path


@contextmanager
def printed_from(source: Path, data: dict[str, Any]) -> Iterator[Path]:
    """`data` in the template at `source`, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="vekha-report-") as folder:
        out = Path(folder) / "report.docx"
        render_limited(source, data, out)
        yield out


@contextmanager
def template_file(template: ReportTemplate | None) -> Iterator[Path]:
    """The template as a file: the uploaded one, or the default."""
    if template is None:
        yield DEFAULT_TEMPLATE
    else:
        with local_copy(template.sha256, suffix=".docx") as path:
            yield path


@contextmanager
def template_by_hash(sha256: str) -> Iterator[Path]:
    """The template of those bytes, whatever became of the one that had them; NotFound when they are lost."""
    if store().stat(sha256) is not None:
        with local_copy(sha256, suffix=".docx") as path:
            yield path
    elif hashlib.sha256(DEFAULT_TEMPLATE.read_bytes()).hexdigest() == sha256:
        yield DEFAULT_TEMPLATE
    else:
        raise NotFound(_("Файла шаблона, по которому собран отчёт, в хранилище нет."))


def keep_template(template: ReportTemplate | None) -> str:
    """The SHA-256 of the template; the default one is kept too, since the next release may change it."""
    if template is not None:
        return template.sha256
    with DEFAULT_TEMPLATE.open("rb") as stream:
        return keep_file(stream, name=DEFAULT_TEMPLATE.name, media_type=DOCX).blob.sha256


def keep_printed(path: Path, title: str) -> Received:
    """Store a finished report."""
    with path.open("rb") as stream:
        return keep_file(stream, name=f"{title[:80]}.docx", media_type=DOCX)


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the data in canonical JSON."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def engine() -> dict[str, str]:
    """What made the bytes: the renderer, and everything else whose change might change them."""
    packages = {name: version_of_package(name) for name in ("docxtpl", "python-docx", "lxml", "jinja2")}
    return {
        "renderer": RENDERER,
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    } | packages
