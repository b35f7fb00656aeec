"""What cites what: the edges of a document, who may be meant, and the graph around it.

A target is handed out only to those who may read it; to others the citation stays the text it is.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.acts import act_key, is_same_authority
from documents.kinds import DocumentKind
from documents.models import Citation, Document, FileVersion, Filing
from documents.queries.access import is_readable_by

MOST_CITATIONS = 500
#: A drawn graph of more documents than these is a blot.
MOST_NODES = 60


class CitationLine(NamedTuple):
    """A citation with its target, when the asker may read it, and who else may be meant."""

    citation: Citation
    target: Document | None
    candidates: tuple[Document, ...] = ()


class Edge(NamedTuple):
    """One citation of the graph between two documents, by their numbers."""

    citing_id: int
    cited_id: int
    citation: Citation


class Neighbourhood(NamedTuple):
    """The graph around a document: how many steps each document is away (cited ones below zero), the edges
    between them, and whether there is more than was taken."""

    documents: dict[int, Document]
    steps: dict[int, int]
    edges: tuple[Edge, ...]
    has_more: bool


def readable_documents(ids: Iterable[int | None], *, seen_by: User) -> dict[int, Document]:
    """Those of the documents that stand and that `seen_by` may read, by their number."""
    known = sorted({number for number in ids if number is not None})
    if not known:
        return {}
    wanted = select(Document).join(Document.dossier).where(Document.id.in_(known), is_readable_by(seen_by))
    found = db.session.scalars(wanted.where(Document.removed_at.is_(None)).order_by(Document.id))
    return {document.id: document for document in found}


def citations_of(document: Document, *, seen_by: User) -> list[CitationLine]:
    """What the document cites, in the order of its text; dismissed ones are left out."""
    found = _edges(Citation.document_id == document.id)
    targets = readable_documents([citation.target_id for citation in found], seen_by=seen_by)
    meant = _candidates([citation for citation in found if citation.target_id is None], seen_by)
    return [CitationLine(c, targets.get(c.target_id or 0), meant.get(c.id, ())) for c in found]


def citing(document: Document, *, seen_by: User) -> list[CitationLine]:
    """Who cites the document: `target` is the citing document here. Proposals of drafts are left out."""
    found = _edges(Citation.target_id == document.id)
    sources = readable_documents([citation.document_id for citation in found], seen_by=seen_by)
    shown = [c for c in found if c.document_id in sources and not sources[c.document_id].is_draft]
    return [CitationLine(c, sources[c.document_id]) for c in shown]


def citation_of(document: Document, citation_id: int) -> Citation:
    """One citation of a document that the asker has been given; NotFound when it is not this document's."""
    found = db.session.get(Citation, citation_id)
    if found is None or found.document_id != document.id:
        raise NotFound(_("Такой ссылки у документа нет. Обновите страницу документа."))
    return found


def named_in(document: Document) -> list[Citation]:
    """All citations of a document, dismissed ones too: what reading must not propose again."""
    wanted = select(Citation).where(Citation.document_id == document.id)
    return list(db.session.scalars(wanted.order_by(Citation.id)))


def waiting_for(document: Document) -> list[Citation]:
    """Citations that name the document's key and have no target yet. For the system, not for eyes."""
    if document.act_key is None:
        return []
    wanted = select(Citation).where(Citation.act_key == document.act_key, Citation.target_id.is_(None))
    wanted = wanted.where(Citation.dismissed_at.is_(None)).options(joinedload(Citation.document))
    return list(db.session.scalars(wanted.order_by(Citation.id)))


def acts_with_key(key: str | None) -> list[Document]:
    """Filed documents with this key, whoever may read them. For the system, not for eyes."""
    if key is None:
        return []
    wanted = select(Document).where(Document.act_key == key, Document.filing == Filing.FILED)
    return list(db.session.scalars(_whole_acts(wanted)))


def likely_twins(
    document: Document, *, seen_by: User, kind: DocumentKind, number: str | None, date: object, authority: str
) -> list[Document]:
    """Filed documents that with these requisites would be the same act as `document`: kind, date and number
    agree and the authority does not contradict. Also those whose file is the same, byte for byte."""
    key = act_key(kind, date, number)  # type: ignore[arg-type]
    alike = or_(Document.act_key == key, Document.id.in_(_same_bytes(document))) if key else None
    wanted = (
        select(Document).join(Document.dossier).where(is_readable_by(seen_by), Document.id != document.id)
    )
    wanted = wanted.where(alike if alike is not None else Document.id.in_(_same_bytes(document)))
    found = db.session.scalars(_whole_acts(wanted.where(Document.filing == Filing.FILED)))
    own = document.latest.sha256 if document.latest else ""
    return [twin for twin in found if _is_twin(twin, authority, own)]


def _same_bytes(document: Document) -> Select[int]:
    own = document.latest.sha256 if document.latest else ""
    return select(FileVersion.document_id).where(FileVersion.sha256 == own)


def _is_twin(twin: Document, authority: str, sha256: str) -> bool:
    has_same_file = bool(twin.latest and twin.latest.sha256 == sha256)
    return has_same_file or is_same_authority(twin.authority, authority) is not False


def _whole_acts(wanted: Select[Document]) -> Select[Document]:
    standing = wanted.where(Document.removed_at.is_(None), Document.edition_of_id.is_(None))
    return standing.order_by(Document.id).limit(MOST_CITATIONS)


def _edges(condition: object) -> list[Citation]:
    wanted = select(Citation).where(condition, Citation.dismissed_at.is_(None))  # type: ignore[arg-type]
    return list(db.session.scalars(wanted.order_by(Citation.id).limit(MOST_CITATIONS)))


def _candidates(unresolved: list[Citation], seen_by: User) -> dict[int, tuple[Document, ...]]:
    """Readable acts with the key of a citation, or with its number and date when its kind is unknown."""
    keys = {citation.act_key for citation in unresolved if citation.act_key}
    if not keys:
        return {}
    wanted = (
        select(Document).join(Document.dossier).where(Document.act_key.in_(keys), is_readable_by(seen_by))
    )
    acts = list(db.session.scalars(_whole_acts(wanted.where(Document.filing == Filing.FILED))))
    return {c.id: tuple(act for act in acts if act.act_key == c.act_key) for c in unresolved}


def neighbourhood(document: Document, *, seen_by: User, steps: int = 2) -> Neighbourhood:
    """What stands within `steps` citations of the document, both ways, as far as `seen_by` may read."""
    known, distance, edges = {document.id: document}, {document.id: 0}, dict[int, Edge]()
    has_more = False
    for step in range(1, steps + 1):
        border = [number for number, far in distance.items() if abs(far) == step - 1]
        touching = _touching(border)
        fresh = {end for edge in touching for end in (edge.citing_id, edge.cited_id)} - known.keys()
        readable = readable_documents(fresh, seen_by=seen_by)
        added = {number: d for number, d in readable.items() if not d.is_draft}
        room = MOST_NODES - len(known)
        has_more = has_more or len(added) > room
        known |= dict(sorted(added.items())[:room])
        _place(touching, known, distance, edges)
    return Neighbourhood(known, distance, tuple(edges.values()), has_more)


def _touching(border: list[int]) -> list[Edge]:
    ends = or_(Citation.document_id.in_(border), Citation.target_id.in_(border))
    wanted = select(Citation).where(ends, Citation.target_id.is_not(None), Citation.dismissed_at.is_(None))
    found = db.session.scalars(wanted.order_by(Citation.id).limit(MOST_CITATIONS))
    return [Edge(c.document_id, c.target_id or 0, c) for c in found]


def _place(
    touching: list[Edge], known: dict[int, Document], distance: dict[int, int], edges: dict[int, Edge]
) -> None:
    """Give every document of `known` that an edge reaches its distance: cited to the left, citing to the
    right of where it was reached from."""
    for edge in touching:
        if edge.citing_id not in known or edge.cited_id not in known:
            continue
        edges[edge.citation.id] = edge
        for here, there, side in ((edge.citing_id, edge.cited_id, -1), (edge.cited_id, edge.citing_id, 1)):
            if here in distance and there not in distance:
                far = abs(distance[here]) + 1
                distance[there] = far * ((1 if distance[here] > 0 else -1) if distance[here] else side)


def linked_to(document: Document) -> list[Citation]:
    """Citations whose target the document is. For the system, not for eyes."""
    wanted = select(Citation).where(Citation.target_id == document.id)
    return list(db.session.scalars(wanted.order_by(Citation.id)))
