"""The finished file, read back: parts are well-formed, every value that went in is there letter for letter.

Design rule 6 of design/reliability.md: what was written is compared with what was asked, otherwise refused.
Streamed rows are parsed and compared block by block as they are read, so the check holds no row for long.
"""

import codecs
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from core.errors import Unreadable
from documents.filling.packing import BLOCK
from documents.filling.row_text import CELL_END, PARAGRAPH, ROW_END, paragraph_text, rows_text

CORE = "docProps/core.xml"
_STRICT: dict[str, Any] = {"resolve_entities": False, "no_network": True, "recover": False}
_ROW_CLOSED = "</w:tr>"
#: Stands where rows were taken out; found again only in the content of an element, where rows may stand.
_ROWS_HERE = "vekha-rows"


@dataclass
class Streamed:
    """A stretch of the body that was streamed: its first character, its length, and the text of each row."""

    start: int
    length: int
    rows: list[str]


@dataclass
class Expected:
    """What a file must contain.

    `document` names the member with the body; `values` maps the name of a part to what was printed in it,
    in order; `streamed` are the stretches known cell by cell; `properties` the texts of document properties.
    """

    document: str
    values: dict[str, list[str]] = field(default_factory=dict)
    streamed: list[Streamed] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)


def check_output(path: str, expected: Expected) -> None:
    """Raises Unreadable when the file at `path` is not well-formed or a value is not in it."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    _check_part(name, part, expected)


def digest(path: str) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_part(name: str, part: IO[bytes], expected: Expected) -> None:
    try:
        if name == expected.document and expected.streamed:
            text = _text_beside_rows(part, expected.streamed)
        elif "/" + name in expected.values:
            text = _text(part)
        else:
            root = etree.parse(part, etree.XMLParser(**_STRICT)).getroot()
            return _check_properties(root, expected) if name == CORE else None
    except (etree.XMLSyntaxError, expat.ExpatError, UnicodeDecodeError) as error:
        reason = f"часть {name} испорчена ({error})"
        raise Unreadable(f"Отчёт не собран: {reason}. Проверьте шаблон.") from None
    return _check_values(name, text, expected.values.get("/" + name, []))


def _check_properties(root: Any, expected: Expected) -> None:
    found = [each.text or "" for each in root]
    for text in expected.properties:
        if text not in found:
            raise _lost("свойствах документа", text)


def _check_values(name: str, text: str, values: Iterable[str]) -> None:
    """Each value in its turn; one that a text box put out of turn may stand anywhere."""
    position = 0
    for value in values:
        found = text.find(value, position)
        if found < 0 and text.find(value) < 0:
            raise _lost(name, value)
        position = found + len(value) if found >= 0 else position


def _text(part: IO[bytes]) -> str:
    paragraphs = []
    for _, paragraph in etree.iterparse(part, tag=PARAGRAPH, **_STRICT):
        paragraphs.append(paragraph_text(paragraph))
        paragraph.clear()
    return "\n".join(paragraphs)


def _text_beside_rows(part: IO[bytes], streamed: list[Streamed]) -> str:
    """The text outside the streamed rows, which are compared on the way."""
    reader = _Reader(part)
    outside: list[str] = []
    for stream in streamed:
        outside += reader.read_to(stream.start)
        outside.append(f"<?{_ROWS_HERE}?>")
        _compare(reader.read_to(stream.start + stream.length), stream.rows)
    outside += reader.read_to(None)
    root = etree.fromstring("".join(outside).encode(), etree.XMLParser(**_STRICT))
    if [each.target for each in root.iter(etree.PI)].count(_ROWS_HERE) != len(streamed):
        raise _lost("теле документа", "")
    return "\n".join(paragraph_text(each) for each in root.iter(PARAGRAPH))


class _Reader:
    """Text of a member in stretches."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._held = ""
        self._read = 0

    def read_to(self, end: int | None) -> Iterator[str]:
        """Blocks of text up to character `end`, or all that is left."""
        while end is None or self._read < end:
            if not self._held and not self._refill():
                return
            block = self._held if end is None else self._held[: end - self._read]
            self._held = self._held[len(block) :]
            self._read += len(block)
            yield block

    def _refill(self) -> bool:
        raw = self._part.read(BLOCK)
        self._held = self._decoder.decode(raw, final=not raw)
        return bool(raw)


def _compare(blocks: Iterable[str], rows: list[str]) -> None:
    compared, rest = 0, ""
    for block in blocks:
        whole, closed, rest = (rest + block).rpartition(_ROW_CLOSED)
        found = rows_text(whole + closed).split(ROW_END)[:-1]
        if found != rows[compared : compared + len(found)]:
            raise _lost("таблице отчёта", _first_difference(found, rows[compared:]))
        compared += len(found)
    if compared != len(rows) or rest.strip():
        raise _lost("таблице отчёта", rest or rows[compared])


def _first_difference(found: list[str], rows: list[str]) -> str:
    for row, other in zip(rows, found, strict=False):
        for cell, written in zip(row.split(CELL_END), other.split(CELL_END), strict=False):
            if cell != written:
                return cell
    return ""


def _lost(place: str, value: str) -> Unreadable:
    return Unreadable(
        f"Отчёт не собран: в {place} пропал или изменился текст «{value[:80]}». "
        "Проверьте шаблон и эту запись, затем соберите отчёт ещё раз."
    )
