"""From an upload to bytes in the store: counted, looked into by the limited process, kept durably."""

import tempfile
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from core.errors import TooLarge, Unreadable
from core.filters import filesize
from core.limited import run_limited
from core.settings import settings
from core.words import _, gettext
from documents.intake.names import display_name, name_for_type
from documents.storage import CHUNK, StoredBlob, store


@dataclass(frozen=True)
class Upload:
    """A file as the browser sends it: the name it had there and its bytes from the beginning."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True)
class Received:
    """A file that passed the guard and is in the store; no row speaks of it yet."""

    name: str
    media_type: str
    blob: StoredBlob


def receive(upload: Upload) -> Received:
    """Look into the file and keep its bytes. Unreadable or TooLarge when it may not come in.

    Takes as long as the file is large, so never call it inside a transaction. Bytes that no row comes to
    speak of are swept later.
    """
    name = display_name(upload.name)
    with tempfile.NamedTemporaryFile(prefix="vekha-") as file:
        _copy(upload, cast(BinaryIO, file), name)
        found = _inspected(file.name, name)
        file.seek(0)
        blob = store().put(cast(BinaryIO, file))
    media_type = str(found["media_type"])
    return Received(name_for_type(name, media_type), media_type, blob)


def _inspected(path: str, name: str) -> dict[str, Any]:
    """What the guard found. It knows no languages: its sentence is translated here, then gets the name."""
    try:
        return cast("dict[str, Any]", run_limited("documents.intake:inspect", path=path, name="{name}"))
    except (Unreadable, TooLarge) as refusal:
        raise type(refusal)(gettext(str(refusal)).replace("{name}", name)) from None


def _copy(upload: Upload, file: BinaryIO, name: str) -> None:
    limit, size = settings().upload_mb << 20, 0
    while chunk := upload.stream.read(CHUNK):
        size += len(chunk)
        if size <= limit:
            file.write(chunk)
    if size > limit:
        raise TooLarge(
            _(
                "Файл «%(name)s» — %(size)s, можно до %(limit)s. Сожмите скан или разделите на части.",
                name=name,
                size=filesize(size),
                limit=filesize(limit),
            )
        )
    file.flush()
