"""A ZIP of scans: its files come out in the limited process and are then met like any other upload."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.errors import TooLarge, Unreadable
from core.filters import filesize
from core.limited import Limits, run_limited
from core.settings import settings
from core.words import _, gettext
from documents.intake.names import display_name
from documents.services.intake import Upload
from documents.storage import CHUNK

_LIMITS = Limits(memory_mb=512, cpu_seconds=60, wall_seconds=120)


def unpacked(upload: Upload) -> Iterator[Upload]:
    """The files of a ZIP, in the order of their names. Unreadable or TooLarge when it may not come in.

    Each file is open only until the next one is asked for.
    """
    with tempfile.TemporaryDirectory(prefix="vekha-") as folder:
        archive = Path(folder, "archive")
        _keep(upload, archive)
        out = Path(folder, "files")
        out.mkdir()
        found = _taken_apart(str(archive), str(out), display_name(upload.name))
        archive.unlink()
        for number, name in enumerate(found):
            with (out / str(number)).open("rb") as stream:
                yield Upload(name, stream)
            (out / str(number)).unlink()


def _taken_apart(path: str, folder: str, name: str) -> list[str]:
    """The names of the files. The limited process knows no languages: its sentence is translated here."""
    try:
        found = run_limited(
            "documents.intake.bundles:unpack", _LIMITS, path=path, name="{name}", folder=folder
        )
    except (Unreadable, TooLarge) as refusal:
        raise type(refusal)(gettext(str(refusal)).replace("{name}", name)) from None
    return [str(inside) for inside in found]


def _keep(upload: Upload, place: Path) -> None:
    limit, size = settings().request_mb << 20, 0
    with place.open("wb") as file:
        while chunk := upload.stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(
                    _(
                        "Архив «%(name)s» больше %(limit)s. Разделите его.",
                        name=upload.name,
                        limit=filesize(limit),
                    )
                )
            file.write(chunk)
