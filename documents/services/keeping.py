"""Keeping files that Vekha made or read itself, outside any dossier, and getting bytes back as a file."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.db import transaction
from documents.intake.names import display_name
from documents.services.evidence import remember_blob
from documents.services.intake import Received
from documents.storage import CHUNK, store


def keep_file(stream: BinaryIO, *, name: str, media_type: str) -> Received:
    """Store a file of our own making and remember its bytes. Must not be called inside a transaction."""
    received = Received(display_name(name), media_type, store().put(stream))
    with transaction():
        remember_blob(received)
    return received


@contextmanager
def local_copy(sha256: str, *, suffix: str = "") -> Iterator[Path]:
    """Stored bytes as a file on this machine, for as long as the block lasts."""
    with tempfile.NamedTemporaryFile(prefix="vekha-", suffix=suffix) as file:
        with store().open(sha256) as stored:
            while chunk := stored.read(CHUNK):
                file.write(chunk)
        file.flush()
        yield Path(file.name)
