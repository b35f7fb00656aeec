"""The name of an uploaded file: text to show and to offer when downloading, never a path."""

import unicodedata

from documents.intake.types import TYPES

MOST_BYTES = 255
#: Control, format (bidi, zero-width), unassigned and private characters, and halves of pairs.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NAMELESS = "Файл"


def display_name(name: str) -> str:
    """NFC, on one line, without folders, control and bidi characters, at most 255 bytes of UTF-8; a name
    that is too long loses the end of its stem and keeps its extension."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _DROPPED)
    shown = " ".join(shown.split()).strip(". ")
    return _cut(shown) or _NAMELESS


def name_for_type(name: str, media_type: str) -> str:
    """`name` with an extension that tells the truth: a photo called «Скан.pdf» becomes «Скан.pdf.jpg»."""
    extensions = TYPES[media_type].extensions
    _stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() in extensions:
        return name
    return _cut(f"{name}.{extensions[0]}")


def stem(name: str) -> str:
    """The name without its extension, for a title: «Приказ_12.pdf» → «Приказ 12»."""
    before, dot, after = name.rpartition(".")
    return (before if dot and len(after) <= 5 else name).replace("_", " ").strip() or name


def _cut(name: str) -> str:
    if len(name.encode()) <= MOST_BYTES:
        return name
    before, dot, after = name.rpartition(".")
    ending = f".{after}" if dot and len(after.encode()) <= 20 else ""
    room = MOST_BYTES - len(ending.encode())
    kept = (before if ending else name).encode()[:room].decode(errors="ignore")
    return kept.rstrip(". ") + ending
