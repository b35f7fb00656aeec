"""The guard at the door: what an uploaded file is by its content, and whether it may come in.

`inspect` runs in the limited subprocess only. It answers with plain data or refuses with a sentence; a
crash or an exceeded limit is the same as a refusal. Limits follow design/reliability.md E5.
"""

from pathlib import Path
from typing import Any

from core.errors import Unreadable, sentence
from documents.intake import odf, ole, ooxml, pdfs, pictures, signatures
from documents.intake.types import WRONG_TYPE, FileType, Found
from documents.intake.zips import opened

__all__ = ["inspect"]

_EMPTY = sentence("Файл «{name}» пустой. Проверьте, сохранился ли он, и выберите его снова.")


def inspect(path: str, name: str) -> dict[str, Any]:
    """What the file at `path` is: {"media_type", "extension", "pages"}; `name` is for the sentences.

    `pages` is None where the type has none. Raises Unreadable or TooLarge.
    """
    start = _beginning(path)
    if not start:
        raise Unreadable(_EMPTY.format(name=name))
    found = _recognised(path, name, start)
    return {"media_type": found.type.media, "extension": found.type.extensions[0], "pages": found.pages}


def _beginning(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(1024)


def _recognised(path: str, name: str, start: bytes) -> Found:
    if start.startswith(b"PK\x03\x04"):
        return _container(path, name)
    if b"%PDF-" in start:
        return pdfs.inspect(path, name)
    if kind := pictures.type_of(start):
        return pictures.inspect(path, name, kind)
    if start.startswith(ole.SIGNATURE):
        return ole.inspect(path, name)
    if start.startswith(b"{\\rtf"):
        return Found(FileType.RTF)
    if signatures.is_signature(path):
        return Found(FileType.SIGNATURE)
    raise Unreadable(WRONG_TYPE.format(name=name))


def _container(path: str, name: str) -> Found:
    with opened(path, name) as container:
        if ooxml.TYPES in container.names:
            return ooxml.inspect(container, name)
        if odf.TYPE in container.names:
            return odf.inspect(container, name)
    raise Unreadable(WRONG_TYPE.format(name=name))
