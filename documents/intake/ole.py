"""Word and Excel files of 1997–2003: known by the streams in the directory of their OLE2 container.

The layout follows [MS-CFB]: a header, a chain of directory sectors, entries of 128 bytes.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from core.errors import Unreadable
from documents.intake.types import BROKEN, LOCKED, WRONG_TYPE, FileType, Found

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
_MOST_SECTORS = 4_096
_STREAMS = {"WordDocument": FileType.DOC, "Workbook": FileType.XLS, "Book": FileType.XLS}


def inspect(path: str, name: str) -> Found:
    """DOC or XLS by the name of its main stream."""
    try:
        names = set(_names(Path(path).read_bytes()))
    except (struct.error, IndexError, ValueError):
        raise Unreadable(BROKEN.format(name=name)) from None
    if "EncryptedPackage" in names:
        raise Unreadable(LOCKED.format(name=name))
    for stream, kind in _STREAMS.items():
        if stream in names:
            return Found(kind)
    raise Unreadable(WRONG_TYPE.format(name=name))


def _names(data: bytes) -> Iterator[str]:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    table = _sector_table(data, size)
    sector, seen = struct.unpack_from("<I", data, 48)[0], 0
    while sector < _LAST:
        seen += 1
        if seen > _MOST_SECTORS:
            raise ValueError("endless directory")
        yield from _entries(_sector(data, size, sector))
        sector = table[sector]


def _sector_table(data: bytes, size: int) -> list[int]:
    """The file allocation table: which sector follows each."""
    numbers = [n for n in _table_sectors(data, size) if n < _LAST]
    return [n for s in numbers for n in struct.unpack(f"<{size // 4}I", _sector(data, size, s))]


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    """The sectors that the table is kept in: 109 named by the header, the rest by a chain of its own."""
    yield from struct.unpack_from("<109I", data, 76)
    sector, seen = struct.unpack_from("<I", data, 68)[0], 0
    while sector < _LAST:
        seen += 1
        if seen > _MOST_SECTORS:
            raise ValueError("endless table")
        *numbers, sector = struct.unpack(f"<{size // 4}I", _sector(data, size, sector))
        yield from numbers


def _sector(data: bytes, size: int, number: int) -> bytes:
    sector = data[(number + 1) * size : (number + 2) * size]
    if len(sector) < size:
        raise ValueError("cut off")
    return sector


def _entries(sector: bytes) -> Iterator[str]:
    for offset in range(0, len(sector), 128):
        length = struct.unpack_from("<H", sector, offset + 64)[0]
        if 2 <= length <= 64:
            yield sector[offset : offset + length - 2].decode("utf-16-le", errors="replace")
