"""Detached signature files (CMS, PKCS#7): told by their outermost structure, as bytes or as base64."""

import base64
import binascii
import re
from pathlib import Path

#: ContentInfo of a SignedData: SEQUENCE { OID 1.2.840.113549.1.7.2, ...
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]+-----")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
MOST = 4 << 20


def is_signature(path: str) -> bool:
    """Whether the whole file is one signed structure, and nothing beside it."""
    file = Path(path)
    return file.stat().st_size <= MOST and signed_data(file.read_bytes()) is not None


def signed_data(raw: bytes) -> bytes | None:
    """The structure as it is signed, taken out of base64 when it came in it; None for anything else."""
    data = raw if raw.startswith(b"\x30") else _decoded(raw)
    if data is None or _SIGNED_DATA not in data[:20]:
        return None
    return data if _length(data) == len(data) else None


def _decoded(raw: bytes) -> bytes | None:
    bare = _ARMOUR.sub(b"", raw).strip()
    if not _BASE64.fullmatch(bare):
        return None
    try:
        return base64.b64decode(b"".join(bare.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _length(data: bytes) -> int:
    """How many bytes the outermost element says it has; all there are when it leaves that open (BER)."""
    first = data[1]
    if first < 0x80:
        return 2 + first
    if first == 0x80:
        return len(data)
    size = first & 0x7F
    return 2 + size + int.from_bytes(data[2 : 2 + size], "big")
