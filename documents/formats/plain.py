"""Plain text: each line is a paragraph, an empty one parts blocks. Drawn tables are built later."""

from __future__ import annotations

from core.errors import TooLarge, Unreadable
from documents.formats.grid import Document, Paragraph

MOST_BYTES = 8 << 20
_UNKNOWN = "Формат файла не распознан. Загрузите таблицу в .docx, .xlsx, .odt, .ods или .pdf."


def read_plain(path: str) -> Document:
    """The lines of a text file in UTF-8, UTF-16 or Windows-1251. Raises Unreadable for binary data."""
    with open(path, "rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge("Текстовый файл больше 8 МБ. Оставьте в нём только план и повторите.")
    return Document([Paragraph(line.strip()) for line in _decoded(raw).splitlines()], format="txt")


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\x00" in raw or not raw.strip():
        raise Unreadable(_UNKNOWN)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1251", "replace")
    letters = sum("а" <= sign.lower() <= "я" or sign.isascii() for sign in text)
    if letters < 0.9 * len(text):
        raise Unreadable(_UNKNOWN)
    return text
