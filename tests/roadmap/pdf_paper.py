"""Writes small PDF files by hand, so that tests rule each line and place each word themselves.

Every character is half as wide as the font is high. Coordinates are the PDF's own: y goes upwards.
"""

from __future__ import annotations

from pathlib import Path

A4 = (595, 842)
SIZE = 10
_RANGES = "<20> <7E> <0020>\n<C0> <FF> <0410>"
_SINGLE = {
    0x85: 0x2026,
    0x96: 0x2013,
    0x97: 0x2014,
    0xA8: 0x0401,
    0xAB: 0xAB,
    0xAD: 0xAD,
    0xB8: 0x0451,
    0xB9: 0x2116,
    0xBB: 0xBB,
}
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
    f"2 beginbfrange\n{_RANGES}\nendbfrange\n"
    f"{len(_SINGLE)} beginbfchar\n"
    + "".join(f"<{code:02X}> <{letter:04X}>\n" for code, letter in _SINGLE.items())
    + "endbfchar endcmap end end"
)


def words(x: float, y: float, text: str, *, size: float = SIZE, font: str = "F1") -> str:
    """The operators that print a line of text."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('cp1251').hex()}> Tj ET\n"


def upwards(x: float, y: float, text: str) -> str:
    """A line of text that reads from bottom to top."""
    return f"BT /F1 {SIZE} Tf 0 1 -1 0 {x} {y} Tm <{text.encode('cp1251').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def lattice(xs: list[float], ys: list[float]) -> str:
    """All rules of a table with these columns and rows."""
    flat = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return flat + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def thin_rectangles(xs: list[float], ys: list[float]) -> str:
    """The same rules as filled rectangles, as Word draws them."""
    flat = "".join(f"{xs[0]} {y} {xs[-1] - xs[0]} 0.5 re f\n" for y in ys)
    return flat + "".join(f"{x} {ys[-1]} 0.5 {ys[0] - ys[-1]} re f\n" for x in xs)


def dotted(xs: list[float], ys: list[float]) -> str:
    """The same rules as rows of dots."""
    flat = [line(x, y, x + 1, y) for y in ys for x in range(int(xs[0]), int(xs[-1]), 3)]
    return "".join(flat) + "".join(
        line(x, y, x, y + 1) for x in xs for y in range(int(ys[-1]), int(ys[0]), 3)
    )


def write_pdf(
    path: Path,
    pages: list[str],
    *,
    rotate: int = 0,
    form: str = "",
    size: tuple[int, int] = A4,
) -> str:
    """A PDF with one page per string of operators; `form` is what `/X Do` draws. Returns the path."""
    widths = " ".join(["500"] * 224)
    font = f"/FirstChar 32/LastChar 255/Widths[{widths}]/ToUnicode 3 0 R>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}]>>",
        _stream(_TO_UNICODE),
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica{font}",
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold{font}",
        _stream(form, "/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Matrix[1 0 0 1 5 0]"),
    ]
    resources = "<</Font<</F1 4 0 R/F2 5 0 R>>/XObject<</X 6 0 R>>>>"
    for number, content in enumerate(pages):
        box = f"/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {rotate}"
        objects.append(
            f"<</Type/Page/Parent 2 0 R{box}/Resources {resources}/Contents {8 + 2 * number} 0 R>>"
        )
        objects.append(_stream(content))
    path.write_bytes(_assembled(objects))
    return str(path)


def _stream(content: str, more: str = "") -> str:
    return f"<</Length {len(content)}{more}>>\nstream\n{content}\nendstream"


def _assembled(objects: list[str]) -> bytes:
    body, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        body + head + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")
