"""PDF files: opened by PDFium, pages counted."""

from core.errors import Unreadable
from documents.intake.types import BROKEN, LOCKED, FileType, Found

_PASSWORD = 4


def inspect(path: str, name: str) -> Found:
    """A PDF that opens without a password and has a page."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD
        raise Unreadable((LOCKED if is_locked else BROKEN).format(name=name)) from None
    if not pages:
        raise Unreadable(BROKEN.format(name=name))
    return Found(FileType.PDF, pages)
