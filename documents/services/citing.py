"""What a document cites: proposals of the reading, a person's word, and links to the acts meant."""

from collections.abc import Iterable
from datetime import date as Day
from typing import NamedTuple

from accounts.models import User
from core.audit import SYSTEM, Actor, record
from core.clock import now
from core.db import db, transaction
from core.errors import Invalid, NotFound
from core.outbox import publish
from core.words import _
from documents.acts import is_same_authority
from documents.kinds import DocumentKind
from documents.models import Citation, Document, Relation
from documents.queries import (
    acts_with_key,
    citation_of,
    linked_to,
    named_in,
    readable_documents,
    waiting_for,
)
from documents.services.rules import hold_document, require_may_change, require_present


class Cited(NamedTuple):
    """An act as a document names it."""

    relation: Relation
    kind: DocumentKind
    number: str = ""
    date: Day | None = None
    authority: str = ""
    title: str = ""
    page: int | None = None
    quote: str = ""
    confidence: float = 1.0


def propose_citations(document: Document, found: Iterable[Cited]) -> None:
    """Keep what was read as proposals, each act once; what somebody has decided on stays decided.

    In the open transaction. Proposals of an earlier reading that were not read again are forgotten.
    """
    known = {_sameness(citation): citation for citation in named_in(document)}
    read: dict[tuple[object, ...], Citation] = {}
    for cited in found:
        citation = _as_row(cited)
        read.setdefault(_sameness(citation), citation)
    for key, citation in known.items():
        if citation.is_proposed and key not in read:
            db.session.delete(citation)
    for key, citation in read.items():
        if key not in known:
            citation.document_id = document.id
            db.session.add(citation)
    db.session.flush()  # their keys are made as they are written
    link_cited(document)


def _sameness(citation: Citation) -> tuple[object, ...]:
    return (citation.relation, citation.document_kind, citation.number.casefold(), citation.date)


def _as_row(cited: Cited) -> Citation:
    return Citation(
        relation=cited.relation,
        document_kind=cited.kind,
        number=cited.number[:120],
        date=cited.date,
        authority=cited.authority[:500],
        title=cited.title,
        page=cited.page,
        quote=cited.quote[:1000],
        confidence=cited.confidence,
    )


def link_cited(document: Document) -> None:
    """Link the document's citations to the acts they name by the full key. In the open transaction."""
    for citation in named_in(document):
        if citation.target_id is None and citation.dismissed_at is None:
            _link_if_sure(citation, document)


def _link_if_sure(citation: Citation, citing: Document) -> None:
    sure = [
        act
        for act in acts_with_key(citation.act_key)
        if act.id != citing.id and _is_meant(citation, act, citing)
    ]
    if len(sure) == 1:
        citation.target_id = sure[0].id


def _is_meant(citation: Citation, act: Document, citing: Document) -> bool:
    """Whether the authority agrees too. A federal law needs none; an act named without one is usually of the
    body that cites it («внести изменения в приказ от …»)."""
    if citation.document_kind is DocumentKind.LAW and citation.number.casefold().endswith("фз"):
        return True
    return is_same_authority(citation.authority or citing.authority, act.authority) is True


def link_arrived(document: Document) -> None:
    """Link what has waited for this act, let go of what its corrected requisites no longer fit, and link
    what it cites itself. In the open transaction."""
    db.session.flush()  # the key follows from the requisites as they are written
    for citation in linked_to(document):
        if not citation.is_chosen and citation.act_key != document.act_key:
            citation.target_id = None
    for citation in waiting_for(document):
        if citation.document_id != document.id:
            _link_if_sure(citation, citation.document)
    link_cited(document)


def relink(document_id: int) -> None:
    """Look again at the citations of and to a document whose requisites were corrected."""
    with transaction() as session:
        document = session.get(Document, document_id)
        if document and not document.is_draft and not document.is_removed:
            link_arrived(document)


def confirm_citations(document: Document, held: Iterable[int], *, by: Actor) -> None:
    """In the open transaction: of the proposals, those numbered in `held` hold, the others do not."""
    ids = set(held)
    for citation in named_in(document):
        if citation.is_proposed:
            _decide(citation, by) if citation.id in ids else _dismiss(citation)


def _decide(citation: Citation, by: Actor) -> None:
    citation.confirmed_at, citation.confirmed_by_id, citation.dismissed_at = now(), by.id, None


def _dismiss(citation: Citation) -> None:
    citation.dismissed_at, citation.confirmed_at, citation.confirmed_by_id = now(), None, None


def add_citation(document: Document, cited: Cited, *, by: User, version: int | None = None) -> Citation:
    """Say by hand that a document cites an act."""
    if not (cited.number.strip() or cited.title.strip()):
        raise Invalid(_("Назовите номер или название документа, на который ссылаются."))
    with transaction() as session:
        _hold(document, by, version)
        citation = _as_row(cited)
        citation.document_id = document.id
        _decide(citation, by)
        session.add(citation)
        session.flush()  # its key is made as it is written
        _link_if_sure(citation, document)
        _tell(document, "document.cite", citation, by)
    return citation


def confirm_citation(
    document: Document,
    citation_id: int,
    *,
    by: User,
    target_id: int | None = None,
    version: int | None = None,
) -> None:
    """Confirm a citation; with `target_id` it means this document of the archive."""
    with transaction():
        _hold(document, by, version)
        citation = citation_of(document, citation_id)
        if target_id is not None:
            if target_id == document.id or target_id not in readable_documents([target_id], seen_by=by):
                raise NotFound(
                    _(
                        "Такого документа нет или он вам не виден. Проверьте адрес или попросите доступ "
                        "у делопроизводителя."
                    )
                )
            citation.target_id, citation.is_chosen = target_id, True
        _decide(citation, by)
        _tell(document, "document.cite", citation, by)


def dismiss_citation(document: Document, citation_id: int, *, by: User, version: int | None = None) -> None:
    """Say that the document does not cite this act; reading it again will not propose it again."""
    with transaction():
        _hold(document, by, version)
        citation = citation_of(document, citation_id)
        _dismiss(citation)
        _tell(document, "document.uncite", citation, by)


def _hold(document: Document, by: Actor, version: int | None) -> None:
    hold_document(document, version=version)
    require_may_change(document, by)
    require_present(document)


def _tell(document: Document, action: str, citation: Citation, by: Actor) -> None:
    record(document, action, by=by or SYSTEM, note=f"{citation.relation.label}: {citation.caption}")
    publish("document.changed", document_id=document.id)
