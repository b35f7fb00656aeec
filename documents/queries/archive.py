"""Lists of the archive: documents with filters, the inbox, annexes and editions.

Pages follow a key (day, number) and never an offset, so the hundred-thousandth document costs what the
first does (performance.md, part C).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, func, literal_column, select, tuple_
from sqlalchemy.orm import contains_eager, selectinload

from accounts.models import Organisation, User, searchable
from accounts.queries.organisations import reach
from core.db import db
from documents.kinds import DocumentKind
from documents.models import Citation, Document, Dossier, Filing, Relation
from documents.queries.access import FILERS, is_readable_by

PAGE = 50
#: Badges count no further: «99+» says enough.
MOST_COUNTED = 100


#: Written out and not bound, so that the planner sees that the index of drafts is meant.
_INBOX: ColumnElement[str] = literal_column("'inbox'")


@dataclass(frozen=True)
class Wanted:
    """What a person looks for in the list of documents; what is empty narrows nothing.

    `state`: "filed", "attached" or "repealed".
    """

    text: str = ""
    kind: DocumentKind | None = None
    year: int | None = None
    organisation_id: int | None = None
    authority: str = ""
    state: str = ""

    @property
    def is_everything(self) -> bool:
        return self == Wanted()


class Place(NamedTuple):
    """Where a page of the list begins: the key of the row beside it."""

    day: Day
    number: int


class Listed(NamedTuple):
    """One page of documents, newest first; the places lead to the pages around it."""

    rows: list[Document]
    newer: Place | None
    older: Place | None


def listed(
    wanted: Wanted, *, seen_by: User, after: Place | None = None, before: Place | None = None
) -> Listed:
    """Documents that `seen_by` may read, drafts and removed ones left out: those older than `after`, or
    newer than `before`, or the newest."""
    key = tuple_(Document.listed_on, Document.id)
    query = _list(seen_by).where(*_conditions(wanted, seen_by))
    if before:
        query = query.where(key > tuple_(before.day, before.number))
        rows = _rows(query.order_by(Document.listed_on, Document.id))
        page = rows[:PAGE][::-1]
        return Listed(page, _place(page, 0) if len(rows) > PAGE else None, _place(page, -1))
    if after:
        query = query.where(key < tuple_(after.day, after.number))
    rows = _rows(query.order_by(Document.listed_on.desc(), Document.id.desc()))
    page = rows[:PAGE]
    return Listed(page, _place(page, 0) if after else None, _place(page, -1) if len(rows) > PAGE else None)


def _list(seen_by: User) -> Select[Document]:
    query = select(Document).join(Document.dossier).join(Dossier.organisation)
    query = query.where(Document.listed_on.is_not(None), is_readable_by(seen_by))
    return query.options(contains_eager(Document.dossier).contains_eager(Dossier.organisation))


def _rows(query: Select[Document]) -> list[Document]:
    return list(db.session.scalars(query.limit(PAGE + 1)))


def _place(page: Sequence[Document], index: int) -> Place | None:
    return Place(page[index].listed_on or Day.min, page[index].id) if page else None


def _conditions(wanted: Wanted, seen_by: User) -> list[ColumnElement[bool]]:
    found = [Document.sought.contains(word, autoescape=True) for word in searchable(wanted.text).split()[:8]]
    if wanted.kind:
        found.append(Document.document_kind == wanted.kind)
    if wanted.year:
        found.append(Document.listed_on.between(Day(wanted.year, 1, 1), Day(wanted.year, 12, 31)))
    if wanted.organisation_id:
        found.append(Dossier.organisation_id == wanted.organisation_id)
    if wanted.authority:
        found.append(Document.sought_authority.contains(searchable(wanted.authority), autoescape=True))
    if wanted.state in (Filing.FILED, Filing.ATTACHED):
        found.append(Document.filing == Filing(wanted.state))
    if wanted.state == "repealed":
        found.append(Document.id.in_(_repealed(seen_by)))
    return found


def _repealed(seen_by: User) -> CompoundSelect[Any]:
    """Documents that a readable act repeals, or that say so themselves."""
    ended = select(func.coalesce(Citation.target_id, 0)).join(Document, Document.id == Citation.document_id)
    ended = ended.join(Document.dossier).where(is_readable_by(seen_by), Document.listed_on.is_not(None))
    ended = ended.where(Citation.relation == Relation.REPEALS, *_is_certain())
    itself = select(Citation.document_id).where(Citation.relation == Relation.REPEALED_BY, *_is_certain())
    return ended.union(itself)


def _is_certain() -> tuple[ColumnElement[bool], ...]:
    return (Citation.confirmed_at.is_not(None), Citation.dismissed_at.is_(None))


def inbox(*, seen_by: User, after: int = 0) -> list[Document]:
    """Drafts that wait for `seen_by` as a clerk, oldest first, one more than a page holds when there are
    more; `after` is the last one seen."""
    wanted = _drafts(seen_by).where(Document.id > after).order_by(Document.id).limit(PAGE + 1)
    wanted = wanted.options(
        contains_eager(Document.dossier).contains_eager(Dossier.organisation), selectinload(Document.versions)
    )
    return list(db.session.scalars(wanted))


def inbox_count(*, seen_by: User) -> int:
    """How many drafts wait for `seen_by`, counted to MOST_COUNTED."""
    few = _drafts(seen_by).with_only_columns(Document.id).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


def next_draft(document: Document, *, seen_by: User) -> int | None:
    """The draft after this one, or the first of those before it; None when it was the last."""
    others = _drafts(seen_by).with_only_columns(Document.id).where(Document.id != document.id)
    later_first = case((Document.id > document.id, 0), else_=1)
    return db.session.scalar(others.order_by(later_first, Document.id).limit(1))


def _drafts(seen_by: User) -> Select[Document]:
    drafts = select(Document).join(Document.dossier).join(Dossier.organisation)
    drafts = drafts.where(Document.filing == _INBOX, Document.removed_at.is_(None))
    return drafts.where(is_readable_by(seen_by), reach(seen_by, *FILERS))


def annexes_of(document: Document, *, seen_by: User) -> list[Document]:
    """The annexes of a document, in the order they were added."""
    return _related(Document.parent_id == document.id, seen_by)


def editions_of(document: Document, *, seen_by: User) -> list[Document]:
    """The editions of an act by the day they came into force, the oldest first; those without a day last."""
    found = _related(Document.edition_of_id == document.id, seen_by)
    return sorted(found, key=lambda edition: (edition.in_force_from or Day.max, edition.id))


def edition_on(editions: Sequence[Document], on: Day) -> Document | None:
    """Which of the editions holds on a day; None while the first text does."""
    begun = [edition for edition in editions if edition.in_force_from and edition.in_force_from <= on]
    return begun[-1] if begun else None


def _related(condition: ColumnElement[bool], seen_by: User) -> list[Document]:
    wanted = select(Document).join(Document.dossier).where(condition, Document.removed_at.is_(None))
    wanted = wanted.where(is_readable_by(seen_by)).options(selectinload(Document.versions))
    return list(db.session.scalars(wanted.order_by(Document.id)))


def filing_organisations(person: User) -> list[Organisation]:
    """Organisations in whose archive `person` may file, by name."""
    wanted = select(Organisation).where(reach(person, *FILERS), Organisation.closed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Organisation.path, Organisation.id)))


def archive_organisations(person: User) -> list[Organisation]:
    """Organisations whose documents `person` may look for: those in reach of any role, by name."""
    wanted = select(Organisation).where(reach(person)).order_by(Organisation.name, Organisation.id)
    return list(db.session.scalars(wanted.limit(300)))


def roots() -> list[Organisation]:
    """Organisations that stand under no other, in the order they were added."""
    wanted = select(Organisation).where(Organisation.parent_id.is_(None)).order_by(Organisation.id)
    return list(db.session.scalars(wanted))
