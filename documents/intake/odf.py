"""OpenDocument texts and spreadsheets: known by their `mimetype` member."""

from core.errors import TooLarge, Unreadable
from documents.intake.types import BROKEN, SWOLLEN, WRONG_TYPE, FileType, Found
from documents.intake.zips import Container

TYPE, CONTENT = "mimetype", "content.xml"
_SPACES = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"
_MOST_SPACES = 100_000


def inspect(container: Container, name: str) -> Found:
    """ODT or ODS whose content is there and whole and does not unfold into gigabytes of spaces."""
    declared = container.read(TYPE).strip().decode("ascii", errors="replace")
    found = next((kind for kind in (FileType.ODT, FileType.ODS) if kind.media == declared), None)
    if found is None:
        raise Unreadable(WRONG_TYPE.format(name=name))
    if CONTENT not in container.names:
        raise Unreadable(BROKEN.format(name=name))
    for element in container.elements(CONTENT):
        if _spaces(element.get(_SPACES, "1")) > _MOST_SPACES:
            raise TooLarge(SWOLLEN.format(name=name))
    return Found(found)


def _spaces(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else _MOST_SPACES + 1
