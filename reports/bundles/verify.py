"""Checks an inspection bundle of Vekha without a network and without anything but Python 3.8 or newer.

    python verify.py                      the folder in which this file lies
    python verify.py BUNDLE.zip           the archive itself, every byte of it
    python verify.py … --seal 64-DIGITS   and that its list of sums is the one whose seal you were given

Names every changed, missing and added file, the bytes that changed, and entries of the journal that do not
fit their chain. Exit code 0 when everything is whole, 1 otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Generator, Iterator
from typing import Any

SUMS, BLOCKS, JOURNAL = "SHA256SUMS", "blocks.json", "journal.jsonl"
BLOCK = 4096
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
#: The ways in which a damaged archive refuses to be read.
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
    MemoryError,
)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def blocks_of(data: bytes) -> list[str]:
    """A short sum of every 4096 bytes."""
    return [sha256(data[at : at + BLOCK])[:16] for at in range(0, len(data), BLOCK)]


def canonical(members: dict[str, bytes]) -> bytes:
    """The bytes of the one archive that holds exactly these members: sorted, stored, without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, members[name])
    return out.getvalue()


def chained(before: str, entry: dict[str, Any]) -> str:
    """The link of an entry: the SHA-256 of the link before it and of what the entry says."""
    facts = {name: value for name, value in entry.items() if name != "chain"}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256((before + text).encode("utf-8", "surrogatepass"))


def faults(members: dict[str, bytes], seal: str = "") -> Iterator[str]:
    """What is wrong with a bundle, one sentence each: `members` are its files by name."""
    listed = yield from _listed(members.get(SUMS))
    if seal and sha256(members.get(SUMS, b"")) != seal.strip().lower():
        yield f"{SUMS}: печать не та, что вам сообщили: список сумм подменён"
    pieces = _pieces(members.get(BLOCKS))
    for name in sorted(set(listed) | set(members)):
        if name != SUMS:
            yield from _fault(name, members.get(name), listed.get(name), pieces.get(name))
    yield from _journal(members.get(JOURNAL))


def _listed(data: bytes | None) -> Generator[str, None, dict[str, str]]:
    """The sums by name; a list that cannot be read is a fault itself."""
    found: dict[str, str] = {}
    if data is None:
        yield f"нет файла {SUMS}"
        return found
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n")[:-1], 1):
        digest, gap, name = line.partition("  ")
        if len(digest) != 64 or set(digest) - set("0123456789abcdef") or not gap or not name or name in found:
            yield f"{SUMS}: строка {number} испорчена"
        else:
            found[name] = digest
    if not data.endswith(b"\n") or "\n".join(sorted(found)) != "\n".join(found):
        yield f"{SUMS}: список неполон или переставлен"
    return found


def _pieces(data: bytes | None) -> dict[str, Any]:
    try:
        files = json.loads((data or b"{}").decode("utf-8")).get("files", {})
        return files if isinstance(files, dict) else {}
    except (ValueError, AttributeError):
        return {}


def _fault(name: str, data: bytes | None, digest: str | None, pieces: Any) -> Iterator[str]:
    if data is None:
        yield f"нет файла {name}"
    elif digest is None:
        yield f"лишний файл {name}"
    elif sha256(data) != digest:
        yield _changed(name, data, pieces)


def _changed(name: str, data: bytes, pieces: Any) -> str:
    if not isinstance(pieces, list):
        return f"изменён файл {name}"
    mine = blocks_of(data)
    if mine == pieces:
        return f"{SUMS}: изменена строка о файле {name}"
    wrong = [n for n in range(max(len(mine), len(pieces))) if mine[n : n + 1] != pieces[n : n + 1]]
    first, last = wrong[0] * BLOCK, min((wrong[-1] + 1) * BLOCK, max(len(data), 1)) - 1
    return f"изменён файл {name}: байты {first}–{max(first, last)}"


def _journal(data: bytes | None) -> Iterator[str]:
    """Entries that do not fit the chain, by their numbers."""
    before = ""
    for number, line in enumerate((data or b"").decode("utf-8", "replace").split("\n")[:-1], 1):
        try:
            entry = json.loads(line)
            is_whole = chained(before, entry) == entry["chain"]
            before = entry["chain"]
        except (ValueError, KeyError, TypeError, AttributeError):
            entry, is_whole = {}, False
        if not is_whole:
            yield f"{JOURNAL}: строка {number} (запись {entry.get('id', '?')}) не сходится с цепочкой"


def archive_faults(data: bytes, seal: str = "") -> Iterator[str]:
    """What is wrong with a bundle as one archive, down to the bytes that belong to no file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            members = {name: archive.read(name) for name in names}
    except UNREADABLE as error:
        yield f"архив не читается: {error}"
        return
    found = list(faults(members, seal))
    yield from found
    yield from (
        f"файл {name} лежит в архиве дважды" for name in sorted({n for n in names if names.count(n) > 1})
    )
    whole = canonical(members)
    if whole != data and not found:
        at = next((n for n in range(len(data)) if whole[n : n + 1] != data[n : n + 1]), len(data))
        yield f"архив изменён вне файлов: байт {at}"


def folder_members(folder: str) -> dict[str, bytes]:
    """The files of a folder by their names with forward slashes; what is no plain file counts as empty."""
    members: dict[str, bytes] = {}
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in names:
            path = os.path.join(root, name)
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            with open(path, "rb") as file:
                members[inside] = b"" if os.path.islink(path) else file.read()
    return members


def main(arguments: list[str] | None = None) -> int:
    """Check what was asked for and say what is wrong with it; the exit code."""
    parser = argparse.ArgumentParser(description="Проверяет пакет: файлы, суммы, цепочку журнала.")
    parser.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--seal", default="", help="печать пакета, которую вам сообщили отдельно")
    asked = parser.parse_args(arguments)
    if os.path.isfile(asked.path):
        with open(asked.path, "rb") as file:
            found = list(archive_faults(file.read(), asked.seal))
    else:
        found = list(faults(folder_members(asked.path), asked.seal))
    lines = found or ["Всё цело: файлы, суммы и цепочка журнала сходятся."]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
