"""The text of table rows as a reader sees it, cell by cell; the same for what is expected and what is found.

Rows are read out of their XML by cutting the tags away: ten times quicker than a tree, and exact for
XML that is well-formed and free of comments and CDATA. `text_pattern` makes sure for each prototype row
by reading it both ways. What was cut is parsed strictly, each different run of a row's tags once.
"""

import re
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
ROW, CELL, PARAGRAPH, TEXT = W + "tr", W + "tc", W + "p", W + "t"
CELL_END, ROW_END = "\x1f", "\x1e"
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_INLINE = (TEXT, *_MARKS)
_ROW_CLOSED = "</w:tr>"
_ENTITIES = ("&lt;", "&gt;", "&amp;")
_MARKUP = (
    ("</w:p></w:tc>", CELL_END),
    (_ROW_CLOSED, ROW_END),
    ("</w:p>", "\n"),
    ("<w:tab/>", "\t"),
    ("<w:br/>", "\n"),
)
# Written so that it begins with a character, which the regular expression engine looks for at full speed.
_TAGS = re.compile("(<[^>]*>(?:<[^>]*>)*)")
_HOLE = re.compile("\ue000(\\d+)\ue001")


def rows_text(xml: str) -> str:
    """Whole rows as text: a cell ends with U+001F, a row with U+001E, paragraphs within a cell are lines.

    Raises ExpatError when the rows are not well-formed.
    """
    pieces = _TAGS.split(xml)
    for tags in set("".join(pieces[1::2]).split(_ROW_CLOSED)):
        _parse_row(tags)
    pieces[1::2] = map(_marks_of, pieces[1::2])
    text = "".join(pieces)
    if "&" not in text and "]]>" not in text:
        return text
    if "]]>" in text or text.count("&") != sum(map(text.count, _ENTITIES)):
        _parse(xml)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@lru_cache(maxsize=1024)
def _parse_row(tags: str) -> None:
    """The tags of one row without its text, strictly parsed; many rows share theirs."""
    _parse(f"{tags}{_ROW_CLOSED}" if tags else "")


def _parse(xml: str) -> None:
    expat.ParserCreate().Parse(f"<rows>{xml}</rows>", True)


@lru_cache(maxsize=1024)
def _marks_of(tags: str) -> str:
    """What a run of tags is in the text; a report has few different ones and repeats them in every row.

    A comment, CDATA or an instruction becomes U+0000, which no expected text has.
    """
    if not is_readable(tags):
        return "\x00"
    for markup, mark in _MARKUP:
        tags = tags.replace(markup, mark)
    return "".join(_TAGS.split(tags)[::2])


def is_readable(xml: str) -> bool:
    """Whether cutting the tags away reads this XML right: nothing in it but elements and text."""
    return "<!" not in xml and "<?" not in xml


def paragraph_text(paragraph: Any) -> str:
    """What is printed in the paragraph; tabs and line breaks as such, field codes left out."""
    return "".join([_MARKS.get(each.tag) or each.text or "" for each in paragraph.iter(*_INLINE)])


def hole(number: int) -> str:
    """A stand-in for a value in a prototype row; private characters, never in a checked template."""
    return f"\ue000{number}\ue001"


def text_pattern(rows_xml: str, holes: int, namespaces: dict[str, str]) -> str | None:
    """The text of rows as a %-pattern with one %s for each hole; None when they are not whole plain rows.

    `rows_xml` has `hole(0)`, `hole(1)`, … where the values go.
    """
    rows = _parsed_rows(rows_xml, namespaces)
    if rows is None or not is_readable(rows_xml):
        return None
    text = rows_text(rows_xml)
    if text != "".join(map(_row_text, rows)):
        return None
    if _HOLE.findall(text) != [str(number) for number in range(holes)]:
        return None
    return _HOLE.sub("%s", text.replace("%", "%%"))


def _parsed_rows(rows_xml: str, namespaces: dict[str, str]) -> list[Any] | None:
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    try:
        root = etree.fromstring(f"<rows{declared}>{rows_xml}</rows>")
    except etree.XMLSyntaxError:
        return None
    rows = list(root)
    return rows if rows and all(row.tag == ROW for row in rows) else None


def _row_text(row: Any) -> str:
    return "".join(_cell_text(cell) + CELL_END for cell in row.iterchildren(CELL)) + ROW_END


def _cell_text(cell: Any) -> str:
    return "\n".join(paragraph_text(each) for each in cell.iterchildren(PARAGRAPH))
