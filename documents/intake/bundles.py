"""Takes a ZIP of documents apart. Runs in the limited subprocess only.

The names inside are never used as paths: files are written as 0, 1, 2 … into the folder that was given.
What the files are is found out afterwards, by the guard that meets every upload.
"""

import shutil
import zipfile
import zlib
from pathlib import Path

from core.errors import TooLarge, Unreadable, sentence
from documents.intake.types import BROKEN, LOCKED, SWOLLEN

MOST_FILES = 500
MOST_BYTES = 600 << 20
MOST_RATIO = 200
RATIO_FROM = 16 << 20
_UTF8 = 0x800
_EMPTY = sentence("В архиве «{name}» нет файлов. Проверьте, тот ли это архив.")
#: What macOS and Windows put beside the documents.
_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def unpack(path: str, name: str, folder: str) -> list[str]:
    """Write the files of the ZIP at `path` into `folder` as 0, 1, …; their names, folders included, in that
    order. `name` is for the sentences. Unreadable or TooLarge when it is not to be trusted."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _entries(archive, name)
            for number, entry in enumerate(entries):
                with archive.open(entry) as source, Path(folder, str(number)).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
            return [_named(entry) for entry in entries]
    except RuntimeError:
        raise Unreadable(LOCKED.format(name=name)) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, KeyError):
        raise Unreadable(BROKEN.format(name=name)) from None


def _entries(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_junk(entry)]
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(LOCKED.format(name=name))
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or total > MOST_BYTES or any(map(_is_swollen, entries)):
        raise TooLarge(SWOLLEN.format(name=name))
    if not entries:
        raise Unreadable(_EMPTY.format(name=name))
    return sorted(entries, key=lambda entry: _named(entry).casefold())


def _is_junk(entry: zipfile.ZipInfo) -> bool:
    lowered = entry.filename.lower()
    return lowered.startswith(_JUNK[0]) or lowered.rpartition("/")[2] in _JUNK


def _is_swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _named(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows writes Russian names in code page 866 and does not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename
