"""The store as a folder: temp file → fsync → rename → fsync of the folder (reliability.md E7)."""

import errno
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from documents.storage import CHUNK, FileLost, Kept, StorageDown, StorageFull, StoredBlob, hash_in, key_of

FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def _refusing() -> Iterator[None]:
    """A disk that fails refuses the request. After a failed fsync nothing is known about the pages any
    more, so it is never tried again."""
    try:
        yield
    except OSError as error:
        raise (StorageFull() if error.errno in FULL else StorageDown()) from error


class LocalStore:
    """Blobs in `folder`/sha256/ab/cd/…, unfinished ones in `folder`/unfinished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unfinished = folder / "unfinished"

    def put(self, stream: BinaryIO) -> StoredBlob:
        with _refusing():
            _make_folder(self.unfinished)
            path = self.unfinished / f"{secrets.token_hex(16)}.part"
            try:
                blob = _write(path, stream)
                self._take(path, blob.sha256)
            finally:
                path.unlink(missing_ok=True)
            return blob

    def _take(self, path: Path, sha256: str) -> None:
        """Bytes that are there already are replaced by the same: their new date keeps the sweep away,
        and what a failing disk did to them is healed."""
        target = self._path(sha256)
        with self._lock(fcntl.LOCK_SH):
            _make_folder(target.parent)
            os.replace(path, target)
            _sync(target.parent)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise FileLost() from None
        except OSError as error:
            raise StorageDown() from error

    def stat(self, sha256: str) -> StoredBlob | None:
        try:
            return StoredBlob(sha256, self._path(sha256).stat().st_size)
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        with _refusing():
            self._path(sha256).unlink(missing_ok=True)

    @contextmanager
    def at_path(self, sha256: str) -> Iterator[Path]:
        if self.stat(sha256) is None:
            raise FileLost()
        yield self._path(sha256)

    def kept(self) -> Iterator[Kept]:
        for place, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(set(names) - {LOCK}):
                with suppress(FileNotFoundError):  # unfinished files go while one looks
                    yield self._facts(Path(place, name))

    def _facts(self, path: Path) -> Kept:
        key, facts = path.relative_to(self.folder).as_posix(), path.lstat()
        return Kept(key, hash_in(key), facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def sweep(self, found: Kept, *, before: datetime) -> bool:
        path = self.folder / found.key
        with _refusing(), self._lock(fcntl.LOCK_EX):
            if not path.exists() or path.lstat().st_mtime >= before.timestamp():
                return False
            path.unlink()
            return True

    def _path(self, sha256: str) -> Path:
        return self.folder / key_of(sha256)

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        """Putting and sweeping exclude each other, else a sweep could take what was just put again."""
        with (self.folder / LOCK).open("w") as lock:
            fcntl.flock(lock, kind)
            yield


LOCK = "sweep.lock"


def _write(path: Path, stream: BinaryIO) -> StoredBlob:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return StoredBlob(digest.hexdigest(), size)


def _make_folder(folder: Path) -> None:
    """Each new folder is made durable in its parent."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
