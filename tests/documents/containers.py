"""Zip containers written by hand, so that they may lie about themselves."""

import struct
import zlib
from dataclasses import dataclass

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/{{}}" Target="{{}}"/></Relationships>'
)
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Deflated:
    """A part as it lies in the file, with the size it claims to have."""

    deflated: bytes
    size: int
    crc: int = 0


Part = bytes | str | Deflated


def repeated(chunk: bytes, times: int, *, says: int | None = None) -> Deflated:
    """`chunk` so many times over, made without ever holding it; the checksum is left out."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeezer.compress(chunk) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return Deflated(block * times + b"\x03\0", len(chunk) * times if says is None else says)


def _deflated(part: Part) -> Deflated:
    if isinstance(part, Deflated):
        return part
    data = part.encode() if isinstance(part, str) else part
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Deflated(squeezer.compress(data) + squeezer.flush(), len(data), zlib.crc32(data))


def packed(parts: dict[str, Part], *, flags: int = 0, twice: bool = False) -> bytes:
    """A zip of `parts`; with `twice` a name that ends in a space is written without it, a second time."""
    out, directory = bytearray(), bytearray()
    for name, part in parts.items():
        body = _deflated(part)
        encoded = (name.rstrip() if twice else name).encode()
        lengths = (body.crc, len(body.deflated), body.size, len(encoded), 0)
        facts = struct.pack("<HHHHHIIIHH", 20, flags | 0x800, 8, 0, 0x21, *lengths)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + encoded
        out += b"PK\x03\x04" + facts + encoded + body.deflated
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def _types(part: str, main: str) -> str:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return _TYPES.format(
        f'<Default Extension="rels" ContentType="{rels}"/><Override PartName="/{part}" ContentType="{main}"/>'
    )


def docx_of(
    body: Part,
    more: dict[str, Part] | None = None,
    *,
    main: str = _WORD,
    types: Part = "",
    flags: int = 0,
    twice: bool = False,
) -> bytes:
    """A Word file whose main part is `body`."""
    parts: dict[str, Part] = {
        "[Content_Types].xml": types or _types("word/document.xml", main),
        "_rels/.rels": _RELATION.format("officeDocument", "word/document.xml"),
        "word/document.xml": body,
    }
    return packed(parts | (more or {}), flags=flags, twice=twice)


def xlsx_of(
    rows: str, *, before: str = "", after: str = "", strings: Part = "", book: str = "", sheet_head: str = ""
) -> bytes:
    """An Excel file of one sheet with the given rows, and shared strings when given."""
    listed = '<sheets><sheet name="Лист" sheetId="1" r:id="r1"/></sheets>'
    whole = f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}">{listed}</workbook>'
    sheet = f'<worksheet xmlns="{_SHEETS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    types = _types("xl/workbook.xml", _EXCEL)
    parts: dict[str, Part] = {
        "[Content_Types].xml": types,
        "_rels/.rels": _RELATION.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book or whole,
        "xl/_rels/workbook.xml.rels": _RELATION.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet_head + sheet,
    }
    if strings:
        content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}"/></Types>'
        parts["[Content_Types].xml"] = types.replace("</Types>", override)
        parts["xl/sharedStrings.xml"] = _strings(strings)
    return packed(parts)


def _strings(strings: Part) -> Part:
    if isinstance(strings, Deflated):
        return strings
    data = strings if isinstance(strings, bytes) else strings.encode()
    return f'<sst xmlns="{_SHEETS}">'.encode() + data + b"</sst>"


def odt_of(content: Part, *, head: str = "", media: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument file with the given content."""
    whole = content if isinstance(content, Deflated) else f"{head}<x>{_text(content)}</x>"
    return packed({"mimetype": media, "content.xml": whole})


def _text(content: bytes | str) -> str:
    return content if isinstance(content, str) else content.decode()


def ods_of(content: Part) -> bytes:
    return odt_of(content, media="application/vnd.oasis.opendocument.spreadsheet")
