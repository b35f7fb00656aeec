"""All that stands around one document, for its card, in three queries."""

from datetime import date as Day
from typing import NamedTuple

from sqlalchemy import or_, select

from accounts.models import User
from core.clock import today
from core.db import db
from core.words import gettext, plural
from documents.models import Citation, Document, Relation
from documents.queries.access import is_readable_by
from documents.queries.archive import edition_on
from documents.queries.citations import MOST_CITATIONS, CitationLine
from documents.queries.standing import Caution, Standing, caution_about, standings

#: Acts that a caution names; the others are on the card.
MOST_NAMED = 3


class Surroundings(NamedTuple):
    """What a document cites and what cites it, its annexes, the editions of its act with the one that holds
    on the day (None for the first text), how it stands on the day, and what speaks against relying on it.

    `parent` is what it is an annex of, `first` the act that it is an edition of."""

    cites: list[CitationLine]
    cited_by: list[CitationLine]
    parent: Document | None
    first: Document | None
    annexes: list[Document]
    editions: list[Document]
    edition: Document | None
    standing: Standing
    cautions: list[Caution]


def surroundings_of(document: Document, *, seen_by: User, on: Day | None = None) -> Surroundings:
    """Everything that `seen_by` may know of it on a day, today when none is given."""
    on = on or today()
    edges = _edges(document)
    related = _related(document, edges, seen_by)
    cites = [CitationLine(c, related.get(c.target_id or 0)) for c in edges if c.document_id == document.id]
    cited_by = [CitationLine(c, related.get(c.document_id)) for c in edges if c.target_id == document.id]
    resting = [line for line in cites if line.citation.relation is Relation.BASIS]
    known = standings([document, *(line.target for line in resting if line.target)], on=on, seen_by=seen_by)
    first = document.edition_of_id or document.id
    editions = sorted(
        (other for other in (document, *related.values()) if other.edition_of_id == first),
        key=lambda edition: (edition.in_force_from or Day.max, edition.id),
    )
    return Surroundings(
        cites=cites,
        cited_by=[line for line in cited_by if line.target and not line.target.is_draft],
        parent=related.get(document.parent_id or 0),
        first=related.get(document.edition_of_id or 0),
        annexes=[other for other in related.values() if other.parent_id == document.id],
        editions=editions,
        edition=edition_on(editions, on),
        standing=known[document.id],
        cautions=_cautions(document, resting, known),
    )


def warnings_of(document: Document, *, seen_by: User, on: Day | None = None) -> list[Caution]:
    """What speaks against relying on the document on a day (today when none is given): it is not in force,
    or an act that it rests on is not, or that act is not in the archive."""
    return surroundings_of(document, seen_by=seen_by, on=on).cautions


def _edges(document: Document) -> list[Citation]:
    both = or_(Citation.document_id == document.id, Citation.target_id == document.id)
    wanted = select(Citation).where(both, Citation.dismissed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Citation.id).limit(MOST_CITATIONS)))


def _related(document: Document, edges: list[Citation], seen_by: User) -> dict[int, Document]:
    above = {document.parent_id, document.edition_of_id}
    ends = {number for c in edges for number in (c.document_id, c.target_id)} | above
    first = document.edition_of_id or document.id
    near = or_(
        Document.id.in_(ends - {None, document.id}),
        Document.parent_id == document.id,
        Document.edition_of_id == first,
    )
    wanted = select(Document).join(Document.dossier).where(near, is_readable_by(seen_by))
    wanted = wanted.where(Document.removed_at.is_(None), Document.id != document.id)
    return {other.id: other for other in db.session.scalars(wanted.order_by(Document.id))}


def _cautions(document: Document, resting: list[CitationLine], known: dict[int, Standing]) -> list[Caution]:
    found = caution_about(document, known[document.id], document.caption)
    for line in resting:
        if line.target:
            found += caution_about(line.target, known[line.target.id], line.target.caption)
    missing = [line.citation.caption for line in resting if line.citation.target_id is None]
    if missing:
        some = "; ".join(missing[:MOST_NAMED]) + ("…" if len(missing) > MOST_NAMED else "")
        acts = plural(len(missing), "основания", "оснований", "оснований")
        told = {"count": len(missing), "acts": acts, "some": some}
        found.append(Caution("missing", gettext("Нет в архиве %(count)s %(acts)s: %(some)s.", **told), None))
    return found
