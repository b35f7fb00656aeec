"""Which types of files can be looked at, and in what way."""

from dataclasses import dataclass
from enum import StrEnum

from documents.intake.types import FileType


class Way(StrEnum):
    """How a file is shown: pictures of its pages, cleaned text, or tables."""

    PAGES = "pages"
    TEXT = "text"
    SHEETS = "sheets"


_WAYS = {
    FileType.PDF: Way.PAGES,
    FileType.JPEG: Way.PAGES,
    FileType.PNG: Way.PAGES,
    FileType.TIFF: Way.PAGES,
    FileType.DOCX: Way.TEXT,
    FileType.XLSX: Way.SHEETS,
}
_BY_MEDIA = {kind.media: way for kind, way in _WAYS.items()}


def way_of(media_type: str) -> Way | None:
    """How a file of this type is shown; None when it can only be downloaded."""
    return _BY_MEDIA.get(media_type)


@dataclass(frozen=True)
class Sheet:
    """The beginning of one sheet as text; the flags say whether rows or columns were left out."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    has_more_rows: bool
    has_more_columns: bool
