"""What was read in the files and how far the reading is. Ask for the document first: these ask nobody."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from core.db import db
from documents.models import Document, Extraction, ExtractionState, FileVersion, PageText, Recognition

#: Readings taken up at once when a reader appears; the timer comes again for the rest.
MOST_WAITING = 500


def extraction_of(version: FileVersion | None) -> Extraction | None:
    """How far the reading of the file is; None when it was never asked for."""
    return db.session.get(Extraction, version.sha256) if version else None


def extractions_of(documents: Iterable[Document]) -> dict[str, Extraction]:
    """The readings of the files in force, by the hash of their content."""
    hashes = {document.latest.sha256 for document in documents if document.latest}
    if not hashes:
        return {}
    wanted = select(Extraction).where(Extraction.sha256.in_(hashes)).order_by(Extraction.sha256)
    return {found.sha256: found for found in db.session.scalars(wanted)}


def page_text(version: FileVersion, number: int) -> PageText | None:
    """The text of one page with the places of its words, or None while it was not read."""
    return kept_page(version.sha256, number)


def kept_page(sha256: str, number: int) -> PageText | None:
    wanted = select(PageText).where(PageText.sha256 == sha256, PageText.number == number)
    return db.session.scalar(wanted.options(undefer(PageText.facts)))


def pages_read(sha256: str) -> list[PageText]:
    """All pages that were read of one content, in order, without the places of their words."""
    return list(
        db.session.scalars(select(PageText).where(PageText.sha256 == sha256).order_by(PageText.number))
    )


def pages_kept(sha256: str) -> int:
    """How many pages were read of one content."""
    wanted = select(func.count()).select_from(PageText).where(PageText.sha256 == sha256)
    return db.session.scalar(wanted) or 0


def full_text(version: FileVersion) -> str:
    """The text of all pages that were read, a form feed between them. What a search may keep."""
    return "\f".join(page.text for page in pages_read(version.sha256))


def recognition_of(document: Document) -> Recognition | None:
    return db.session.get(Recognition, document.id)


def recognitions_of(documents: Iterable[Document]) -> dict[int, Recognition]:
    """What was recognised in the documents, by their numbers."""
    ids = [document.id for document in documents]
    wanted = select(Recognition).where(Recognition.document_id.in_(ids))
    return {found.document_id: found for found in db.session.scalars(wanted)} if ids else {}


def waiting_for_reader() -> list[Extraction]:
    """Readings that wait for a reader that was not installed."""
    wanted = select(Extraction).where(Extraction.state == ExtractionState.OFF).order_by(Extraction.changed_at)
    return list(db.session.scalars(wanted.order_by(Extraction.sha256).limit(MOST_WAITING)))


def documents_with(sha256: str) -> list[Document]:
    """Documents that stand and whose file in force has this content, in the order they were added."""
    wanted = (
        select(Document)
        .join(FileVersion, FileVersion.document_id == Document.id)
        .where(FileVersion.sha256 == sha256, Document.removed_at.is_(None))
        .order_by(Document.id)
    )
    found = db.session.scalars(wanted).unique()
    return [document for document in found if document.latest and document.latest.sha256 == sha256]


def never_read() -> list[Document]:
    """Documents that stand and have a file nobody has asked to read, in the order they were added."""
    asked = select(Extraction.sha256).where(Extraction.sha256 == FileVersion.sha256).exists()
    wanted = (
        select(Document)
        .join(FileVersion, FileVersion.document_id == Document.id)
        .where(Document.removed_at.is_(None), FileVersion.number == Document.file_count, ~asked)
        .order_by(Document.id)
    )
    return list(db.session.scalars(wanted).unique())
