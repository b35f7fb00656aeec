"""What was recognised in scanned files, and the pictures of their cells, kept beside the data.

Everything here can be thrown away: it is made again when the file is read again.
"""

from pathlib import Path

from core.errors import NotFound
from core.settings import settings
from core.words import _

_PNG = b"\x89PNG\r\n\x1a\n"


def shelf_of(sha256: str) -> Path:
    """The folder of one file. Only the limited process that reads the file writes there."""
    return settings().data / "scans" / sha256[:2] / sha256


def pages_on_shelf(sha256: str) -> int:
    """How many pages of a file are recognised so far."""
    return len({place.name.split("-")[1] for place in shelf_of(sha256).glob("sheet-*.json")})


def crop_of(sha256: str, page: int, cell: int) -> Path:
    """The picture (PNG) of a cell: its page from 1, its number on the page from 0. NotFound without one."""
    place = shelf_of(sha256) / f"crop-{page}-{cell}.png"
    if place.is_symlink() or not place.is_file() or not _is_png(place):
        raise NotFound(_("Изображения этой ячейки нет: откройте исходный файл."))
    return place


def _is_png(place: Path) -> bool:
    with place.open("rb") as file:
        return file.read(len(_PNG)) == _PNG
