"""Files that are small and hurt whoever opens them (reliability.md E5), written by a process of their own.

`python -m tests.documents.bombs FOLDER` writes one file per bomb; its name is the bomb's. What is expected
of each is in EXPECTED: "refused" at the door, "shown", "hidden" (let in, but no preview), or "either".
"""

import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.documents.containers import docx_of, ods_of, odt_of, packed, repeated, xlsx_of
from tests.uploads import docx_bytes, pdf_bytes, picture_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
BODY = f'<w:document xmlns:w="{W}"><w:body>%s</w:body></w:document>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ха">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"х" * 50_000}">]>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"

Bomb = tuple[Callable[[], bytes], str]
MB = 1 << 20


def paragraphs(text: str) -> str:
    return BODY % f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def deep(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


def docx_bombs() -> dict[str, Bomb]:
    return {
        "100 MB of empty paragraphs.docx": (lambda: docx_of(repeated(b"<w:p/>" * 10_000, 1_700)), "refused"),
        "1 GB of text.docx": (lambda: docx_of(repeated(b"a" * MB, 1_024)), "refused"),
        "2 GB picture.docx": (
            lambda: docx_of(paragraphs("x"), {"word/media/a.png": repeated(b"\0" * MB, 2_048)}),
            "refused",
        ),
        "billion laughs.docx": (lambda: docx_of(LAUGHS + paragraphs("&a9;")), "refused"),
        "quadratic.docx": (lambda: docx_of(QUADRATIC + paragraphs("&a;" * 20_000)), "refused"),
        "external entity.docx": (lambda: docx_of(EXTERNAL + paragraphs("&a;")), "refused"),
        "external entity in UTF-16.docx": (
            lambda: docx_of((EXTERNAL + paragraphs("&a;")).encode("utf-16")),
            "refused",
        ),
        "100000 deep.docx": (lambda: docx_of(BODY % deep("w:p", 100_000)), "refused"),
        "a million paragraphs.docx": (lambda: docx_of(BODY % ("<w:p/>" * 1_300_000)), "hidden"),
        "3000 parts.docx": (
            lambda: docx_of(paragraphs("x"), {f"a{n}.xml": b"<a/>" for n in range(3_000)}),
            "refused",
        ),
        "two main parts.docx": (
            lambda: docx_of(paragraphs("x"), {"word/document.xml ": b"<a/>"}, twice=True),
            "refused",
        ),
        "leads out.docx": (lambda: docx_of(paragraphs("x"), {"../../etc/cron.d/x": b"x"}), "refused"),
        "encrypted part.docx": (lambda: docx_of(paragraphs("x"), flags=1), "refused"),
        "100 MB of content types.docx": (
            lambda: docx_of(paragraphs("x"), types=repeated(b"<a/>" * 10_000, 2_500)),
            "refused",
        ),
        "says 10 bytes and unpacks 50 MB.docx": (
            lambda: docx_of(repeated(b"<w:p/>" * 10_000, 800, says=10)),
            "refused",
        ),
        "with macros.docx": (lambda: docx_of(paragraphs("x"), main=MACROS), "refused"),
        "cut in half.docx": (lambda: docx_bytes("x")[:9_000], "refused"),
        "ends too late.docx": (lambda: docx_of((BODY % "")[:-9]), "refused"),
        "70 tables in each other.docx": (lambda: docx_of(BODY % nested_tables(70)), "either"),
    }


def xlsx_bombs() -> dict[str, Bomb]:
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    row = '<row><c t="inlineStr"><is><t>а</t></is></c></row>'
    string = "<si><t>" + "а" * 500 + "</t></si>"
    return {
        "one cell at the far end.xlsx": (lambda: xlsx_of(cell), "shown"),
        "one merge of everything.xlsx": (lambda: xlsx_of("", after=merge), "shown"),
        "says it has a billion cells.xlsx": (
            lambda: xlsx_of(cell, before='<dimension ref="A1:XFD1048576"/>'),
            "shown",
        ),
        "200 MB of strings.xlsx": (
            lambda: xlsx_of(cell, strings=repeated(string.encode() * 100, 2_000)),
            "refused",
        ),
        "8 MB of strings.xlsx": (lambda: xlsx_of(cell, strings=(string * 8_000).encode()), "either"),
        "billion laughs.xlsx": (lambda: xlsx_of(cell, book=LAUGHS + "<workbook>&a9;</workbook>"), "refused"),
        "laughs in the sheet.xlsx": (lambda: xlsx_of(cell, sheet_head=LAUGHS), "either"),
        "150000 rows.xlsx": (lambda: xlsx_of(row * 150_000), "either"),
        "150000 columns.xlsx": (lambda: xlsx_of("<row>" + "<c><v>1</v></c>" * 150_000 + "</row>"), "either"),
        "8 MB in one cell.xlsx": (lambda: xlsx_of(row.replace("а", "а" * 4_000_000)), "either"),
    }


def odf_bombs() -> dict[str, Bomb]:
    spaces = f'<text:p xmlns:text="{ODF}:text:1.0"><text:s text:c="2000000000"/></text:p>'
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    cells = f'<table:table xmlns:table="{ODF}:table:1.0">{row}</table:table>'
    return {
        "two billion spaces.odt": (lambda: odt_of(spaces), "refused"),
        "billion laughs.odt": (lambda: odt_of("<x>&a9;</x>", head=LAUGHS), "refused"),
        "200 MB of text.odt": (lambda: odt_of(repeated(b"<p/>" * 10_000, 5_000)), "refused"),
        "100000 deep.odt": (lambda: odt_of(deep("p", 100_000)), "refused"),
        "a billion repeated cells.ods": (lambda: ods_of(cells), "hidden"),
        "no content.odt": (
            lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "refused",
        ),
    }


def _form(number: int, content: bytes, inner: int) -> bytes:
    head = f"{number} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(content)} "
    resources = f"/Resources << /XObject << /X {inner} 0 R >> >> >>\nstream\n"
    return head.encode() + resources.encode() + content + b"\nendstream\nendobj\n"


def nested_forms() -> bytes:
    forms = b"".join(_form(100 + n, b"/X Do " * 10, 101 + n) for n in range(10))
    return pdf_bytes(content=b"/X Do " * 10, more=forms + _form(110, b"0 0 9 9 re f", 110))


def big_stream() -> bytes:
    data = repeated(b" " * MB, 1_024).deflated
    wrapped = b"\x78\x9c" + data + b"\0\0\0\0"
    head = f"100 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(wrapped)} "
    filtered = head.encode() + b"/Filter /FlateDecode >>\nstream\n"
    return pdf_bytes(content=b"/X Do", more=filtered + wrapped + b"\nendstream\nendobj\n")


def huge_image() -> bytes:
    head = b"100 0 obj\n<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
    rest = b"/BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 3 >>\nstream\nabc\nendstream\nendobj\n"
    return pdf_bytes(content=b"100 0 0 100 0 0 cm /X Do", more=head + rest)


def pdf_bombs() -> dict[str, Bomb]:
    own_parent = b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>\nendobj\n"
    pattern = b"/Pattern cs /X scn 0 0 595 842 re f " * 1_000
    return {
        "a billion nested forms.pdf": (nested_forms, "either"),
        "1 GB stream.pdf": (big_stream, "either"),
        "a page of 70 metres.pdf": (lambda: pdf_bytes(box="0 0 200000 200000"), "shown"),
        "a page without size.pdf": (lambda: pdf_bytes(box="0 0 0 0"), "either"),
        "pages in themselves.pdf": (lambda: pdf_bytes(more=own_parent), "either"),
        "a picture of 3.6 billion points.pdf": (huge_image, "either"),
        "a form in itself.pdf": (
            lambda: pdf_bytes(content=b"/X Do", more=_form(100, b"/X Do", 100)),
            "either",
        ),
        "100000 open brackets.pdf": (
            lambda: pdf_bytes(more=b"100 0 obj\n" + b"[" * 100_000 + b"\nendobj\n", content=b"/X Do"),
            "either",
        ),
        "a million saved states.pdf": (lambda: pdf_bytes(content=b"q " * 1_000_000), "either"),
        "a thousand pattern fills.pdf": (lambda: pdf_bytes(content=pattern), "either"),
        "only the header.pdf": (lambda: b"%PDF-1.7\n", "refused"),
        "a web page that says PDF.pdf": (
            lambda: b"<html><script>alert(1)</script>%PDF-1.4</html>",
            "refused",
        ),
    }


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, data: bytes, *before: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _rows(width: int, height: int) -> bytes:
    return zlib.compress(bytes(1 + -(-width // 8)) * height, 9)


def jpeg_claiming(side: int) -> bytes:
    data = bytearray(picture_bytes("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", side, side)
    return bytes(data)


def many_scans() -> bytes:
    """A progressive picture whose last scan is repeated: each turn walks over all of it again."""
    data = picture_bytes("JPEG", (3_000, 3_000), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 300 + data[-2:]


def tiff_of(width: int, height: int, *, following: int = 0) -> bytes:
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 200),
        (278, 4, height),
        (279, 4, 8),
    ]
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    directory = struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(200, b"\0") + bytes(8)


def tiff_of_frames(count: int) -> bytes:
    data, step = bytearray(b"II*\0" + struct.pack("<I", 8)), 8
    for number in range(count):
        data += struct.pack("<HHHIII", 1, 256, 4, 1, 1, step + 18 if number < count - 1 else 0)
        step += 18
    return bytes(data)


def picture_bombs() -> dict[str, Bomb]:
    side = 50_000
    return {
        "2.5 billion points.png": (lambda: png_of(side, side, _rows(side, side)), "refused"),
        "169 million points.png": (lambda: png_of(13_000, 13_000, _rows(13_000, 13_000)), "refused"),
        "99 million points.png": (lambda: png_of(9_900, 9_900, _rows(9_900, 9_900)), "shown"),
        "1 GB behind 8 points.png": (
            lambda: png_of(8, 1, b"\x78\x9c" + repeated(b"\0" * MB, 1_024).deflated),
            "either",
        ),
        "1 GB of text in it.png": (
            lambda: png_of(
                8, 1, _rows(8, 1), _chunk(b"zTXt", b"a\0\0\x78\x9c" + repeated(b"a" * MB, 1_024).deflated)
            ),
            "either",
        ),
        "cut in half.png": (lambda: picture_bytes("PNG", (900, 900))[:-40], "refused"),
        "4 billion points.jpg": (lambda: jpeg_claiming(65_500), "refused"),
        "cut in half.jpg": (lambda: picture_bytes("JPEG", (900, 900))[:-900], "refused"),
        "300 scans.jpg": (many_scans, "refused"),
        "10 billion points.tiff": (lambda: tiff_of(100_000, 100_000), "refused"),
        "a frame after itself.tiff": (lambda: tiff_of(8, 8, following=8), "either"),
        "20000 frames.tiff": (lambda: tiff_of_frames(20_000), "refused"),
    }


def other_bombs() -> dict[str, Bomb]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    loop = (ole.ljust(48, b"\0") + struct.pack("<I", 0)).ljust(68, b"\0") + struct.pack("<II", 0xFFFFFFFE, 0)
    loop = (loop + struct.pack("<I", 1)).ljust(512, b"\xff") + bytes(512) + struct.pack("<I", 0) * 128
    return {
        "a zip.zip": (lambda: packed({"a.txt": b"x"}), "refused"),
        "a zip of zips.zip": (
            lambda: packed({f"{n}.zip": packed({"a": repeated(b"\0" * MB, 1_024)}) for n in range(9)}),
            "refused",
        ),
        "an archive.rar": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(99), "refused"),
        "a script.svg": (
            lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "refused",
        ),
        "a page.html": (lambda: b"<!doctype html><script>alert(1)</script>", "refused"),
        "a program.docx": (lambda: b"MZ" + bytes(999), "refused"),
        "an endless directory.doc": (lambda: loop, "refused"),
        "only a signature.xls": (lambda: ole, "refused"),
    }


BOMBS: dict[str, Bomb] = {
    **docx_bombs(),
    **xlsx_bombs(),
    **odf_bombs(),
    **pdf_bombs(),
    **picture_bombs(),
    **other_bombs(),
}
EXPECTED = {name: expected for name, (_make, expected) in BOMBS.items()}


def write_all(folder: Path) -> None:
    for name, (make, _expected) in BOMBS.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
