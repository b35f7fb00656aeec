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
    parts = _parts(container)
    if any("macroEnabled" in content for content in parts):
        raise Unreadable(MACROS.format(name=name))
    main = next((content for content in parts if content in _MAIN), None)
    if main is None:
        raise Unreadable(WRONG_TYPE.format(name=name))
    if parts[main] not in container.names:
        raise Unreadable(BROKEN.format(name=name))
    for _element in container.elements(parts[main]):
        pass
    return Found(_MAIN[main])


def main_part(container: Container) -> str:
    """The name of the main part of a container that has passed `inspect`."""
    return next(part for content, part in _parts(container).items() if content in _MAIN)


def _parts(container: Container) -> dict[str, str]:
    """Content type → the part of that type."""
    types = container.elements(TYPES)
    return {e.get("ContentType", ""): e.get("PartName", "").lstrip("/") for e in types}
