"""Where the bytes of files are kept: one port, a folder on disk or an S3-compatible bucket.

Keys are hashes of the content, so nothing is ever overwritten by something else. Files are always served
through the application, which knows who may read them; the store hands out no addresses.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qsl, urlsplit

from config import Settings, UnsafeSettings
from core.errors import Refusal
from core.settings import settings
from core.words import _

CHUNK = 1 << 20


class StorageDown(Refusal):
    """The store did not take or give the bytes. Nothing was written to the database."""

    status = 503

    def __init__(self, reason: object = "") -> None:
        sentence = _("Хранилище файлов не отвечает: файл не сохранён. Повторите через несколько минут.")
        super().__init__(reason or sentence)


class StorageFull(StorageDown):
    """No room is left for another file."""

    status = 507

    def __init__(self) -> None:
        super().__init__(_("В хранилище файлов кончилось место. Сообщите администратору."))


class FileLost(StorageDown):
    """The row is there and its bytes are not: `flask documents doctor` names such files."""

    def __init__(self) -> None:
        super().__init__(_("Файл записан, но в хранилище его нет. Сообщите об этом администратору."))


@dataclass(frozen=True)
class StoredBlob:
    """What was stored: the SHA-256 of the content in hex and its length in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Kept:
    """One object found in the store. `sha256` is empty when its name is no hash: it is foreign."""

    key: str
    sha256: str
    size: int
    changed_at: datetime


class Store(Protocol):
    """The port. Every method raises StorageDown when the store itself fails; nothing is retried."""

    def put(self, stream: BinaryIO) -> StoredBlob:
        """Keep the rest of `stream` durably: when this returns, the bytes survive a power cut."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes from the beginning; FileLost when they are not there."""

    def stat(self, sha256: str) -> StoredBlob | None:
        """What is kept under a hash, or None."""

    def delete(self, sha256: str) -> None:
        """Forget the bytes; nothing happens when they are not there."""

    def at_path(self, sha256: str) -> AbstractContextManager[Path]:
        """A local file with the bytes for as long as the block lasts; only to be read."""

    def kept(self) -> Iterator[Kept]:
        """Everything in the store in the order of keys, unfinished and foreign objects as well."""

    def sweep(self, found: Kept, *, before: datetime) -> bool:
        """Remove one object unless it changed at or after `before`; whether it was removed."""


def key_of(sha256: str) -> str:
    """The place of a hash in any store: sha256/ab/cd/abcd…"""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def hash_in(key: str) -> str:
    """The hash that a key stands for, or nothing when the key is not one of ours."""
    name = key.rsplit("/", 1)[-1]
    is_hash = len(name) == 64 and not set(name) - set("0123456789abcdef")
    return name if is_hash and key == key_of(name) else ""


def blob_folder(chosen: Settings) -> Path:
    return chosen.data / "blobs"


def store() -> Store:
    """The store of the running application, by VEKHA_STORAGE_URL; empty means <data>/blobs."""
    chosen = settings()
    return _opened(chosen.storage_url, blob_folder(chosen))


@lru_cache(maxsize=8)
def _opened(url: str, folder: Path) -> Store:
    if not url:
        from documents.storage.local import LocalStore

        return LocalStore(folder)
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise UnsafeSettings("VEKHA_STORAGE_URL must be empty or s3://bucket?endpoint=https://…")
    from documents.storage.s3 import S3Store

    return S3Store(parts.netloc, **dict(parse_qsl(parts.query)))
