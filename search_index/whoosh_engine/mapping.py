"""Files of the index mapped into memory: shared by all processes, gone with the last who reads them.

The small parts of a segment lie in one file, as opening ten files takes longer than writing a paper: the
length of the head (u8), the head, which says of each part where it begins and how long it is, then the parts.
"""

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SIZE = struct.Struct("<Q")


def mapped(file: Path) -> Any:
    """The bytes of a file that never changes."""
    with open(file, "rb") as opened:
        if file.stat().st_size == 0:
            return b""
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as the content of one file."""
    places, at = {}, 0
    for name, part in parts.items():
        places[name] = at, len(part)
        at += _whole(len(part))
    head = json.dumps(places).encode()
    head += b" " * (_whole(len(head)) - len(head))
    return b"".join(
        [_SIZE.pack(len(head)), head, *(part.ljust(_whole(len(part)), b"\0") for part in parts.values())]
    )


def unpacked(file: Path) -> dict[str, Any]:
    """The parts of such a file, in place."""
    buffer = memoryview(mapped(file))
    base = _SIZE.size + _SIZE.unpack_from(buffer)[0]
    places: dict[str, tuple[int, int]] = json.loads(bytes(buffer[_SIZE.size : base]))
    found = {name: buffer[base + at : base + at + size] for name, (at, size) in places.items()}
    if any(len(part) != places[name][1] for name, part in found.items()):
        raise ValueError("the file was cut off")
    return found


def _whole(size: int) -> int:
    """The next multiple of eight, so that numbers lie where the processor likes them."""
    return -(-size // 8) * 8
