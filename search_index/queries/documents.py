"""Documents: requisites and the text of their pages, scans too."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from core.db import db
from core.filters import counted, dmy
from core.words import gettext
from documents.models import Citation, Document, Dossier, FileVersion
from documents.queries import is_readable_by
from search_index.protocol import Paper
from search_index.queries.council import is_paper_of_sitting
from search_index.queries.orders import is_paper_of_order
from search_index.queries.pages import Page, pages_of
from search_index.scopes import dossier_scope
from search_index.things import Requisites, Shown, in_lots, joined

SORT = "document"
_is_found = and_(Document.removed_at.is_(None), ~is_paper_of_order, ~is_paper_of_sitting)


def ids() -> list[int]:
    """Every document that can be found."""
    wanted = select(Document.id).where(_is_found).order_by(Document.id)
    return list(db.session.scalars(wanted))


def papers(numbers: Iterable[int]) -> Iterator[Paper]:
    """The documents of these numbers as the index takes them; removed ones are left out."""
    for lot in in_lots(numbers):
        found = _documents(lot)
        pages = _pages(found)
        yield from (_paper(document, pages.get(document.id, [])) for document in found)


def _documents(lot: list[int], *conditions: ColumnElement[bool]) -> list[Document]:
    dossier = contains_eager(Document.dossier)
    wanted = select(Document).join(Document.dossier).where(Document.id.in_(lot), _is_found, *conditions)
    wanted = wanted.options(
        selectinload(Document.versions),
        joinedload(Document.added_by),
        dossier.joinedload(Dossier.organisation),
    )
    return list(db.session.scalars(wanted.order_by(Document.id)))


def _pages(documents: list[Document]) -> dict[int, list[Page]]:
    """The read pages of each document's file in force, in order."""
    of = {document.id: document.latest.sha256 for document in documents if document.latest}
    by_content = pages_of(of.values())
    return {number: by_content[sha256] for number, sha256 in of.items() if sha256 in by_content}


def _paper(document: Document, pages: list[Page]) -> Paper:
    organisation = document.dossier.organisation
    requisites = Requisites().number(document.number).day(document.date).labels(document.kind_label)
    requisites.said(
        [document.authority, organisation.name, organisation.short_name], [document.signatory_name]
    )
    return Paper(
        key=f"{SORT}:{document.id}",
        kind=document.document_kind.value,
        organisation=document.dossier.organisation_id,
        scope=dossier_scope(document.dossier_id),
        title=document.title,
        text=joined([document.title, _requisites_line(document), *(page.text for page in pages)]),
        day=document.date,
        author=document.added_by_id or 0,
        marks=tuple(requisites.marks),
    )


def _requisites_line(document: Document) -> str:
    day = f"{document.date:%d.%m.%Y}" if document.date else None
    names = [document.authority, document.place, document.signatory_position, document.signatory_name]
    files = [version.name for version in document.versions[-1:]]
    added = [document.added_by.full_name] if document.added_by else []
    return joined([str(document.kind_label), document.number, day, *names, *files, *added])


def shown(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The documents that `seen_by` may read, as results show them."""
    documents = _documents(list(numbers), is_readable_by(seen_by))
    pages, cites = _pages(documents), _cites([document.id for document in documents])
    return {
        document.id: _shown(document, pages.get(document.id, []), cites.get(document.id, 0))
        for document in documents
    }


def _cites(numbers: list[int]) -> dict[int, int]:
    """How many acts each document names, without those that a person said it does not."""
    wanted = select(Citation.document_id, func.count()).where(
        Citation.document_id.in_(numbers), Citation.dismissed_at.is_(None)
    )
    counted_rows = wanted.group_by(Citation.document_id).order_by(Citation.document_id)
    return {number: int(count) for number, count in db.session.execute(counted_rows)}


def _shown(document: Document, pages: list[Page], cites: int) -> Shown:
    parts = [(page.place, page.text) for page in pages]
    return Shown(
        key=f"{SORT}:{document.id}",
        kind=document.document_kind.value,
        caption=document.caption,
        title=document.title,
        endpoint="documents.document",
        values={"document_id": document.id},
        parts=tuple(parts),
        notes=tuple(_notes(document, pages)),
        day=document.date,
        pages=tuple(page.number for page in pages),
        cites=cites,
    )


def _notes(document: Document, pages: list[Page]) -> Iterator[str]:
    if document.authority or document.dossier.organisation:
        yield document.authority or document.dossier.organisation.label
    if document.signatory_name:
        yield document.signatory_name
    if count := len(pages):
        yield counted(count, "страница", "страницы", "страниц")
    sure = [page.confidence for page in pages if page.way == "ocr" and page.confidence is not None]
    if sure:
        percent = round(100 * sum(sure) / len(sure))
        yield gettext("скан, распознан на %(percent)s %%", percent=percent)
    if document.dossier.title:
        yield document.dossier.title
    if not document.date:
        yield gettext("добавлен %(day)s", day=dmy(document.added_at))


def with_content(sha256: str) -> list[int]:
    """Documents with a version of this content."""
    wanted = select(FileVersion.document_id).where(FileVersion.sha256 == sha256).distinct()
    return list(db.session.scalars(wanted.order_by(FileVersion.document_id)))


def added_by(person_id: int) -> list[str]:
    """The keys of the documents that a person added, which say the person's name."""
    wanted = select(Document.id).where(Document.added_by_id == person_id).order_by(Document.id)
    return [f"{SORT}:{number}" for number in db.session.scalars(wanted)]
