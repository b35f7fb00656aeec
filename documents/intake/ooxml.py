"""Word and Excel files of today: known by the content type of their main part."""

from core.errors import Unreadable
from documents.intake.types import BROKEN, MACROS, WRONG_TYPE, FileType, Found
from documents.intake.zips import Container

TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MAIN = {
    f"{_WORD}document.main+xml": FileType.DOCX,
    f"{_WORD}template.main+xml": FileType.DOCX,
    f"{_EXCEL}sheet.main+xml": FileType.XLSX,
    f"{_EXCEL}template.main+xml": FileType.XLSX,
}


def inspect(container: Container, name: str) -> Found:
    """DOCX or XLSX whose main part is there and whole."""
    parts = {e.get("ContentType", ""): e.get("PartName", "") for e in container.elements(TYPES)}
    if any("macroEnabled" in content for content in parts):
        raise Unreadable(MACROS.format(name=name))
    main = next((content for content in parts if content in _MAIN), None)
    if main is None:
        raise Unreadable(WRONG_TYPE.format(name=name))
    part = parts[main].lstrip("/")
    if part not in container.names:
        raise Unreadable(BROKEN.format(name=name))
    for _element in container.elements(part):
        pass
    return Found(_MAIN[main])
