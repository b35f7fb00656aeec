"""Is an act in force on a day? Computed from confirmed citations, never typed in.

An act ends with the act that repeals it, on the day that one is dated (or comes into force), or with the
one it names itself as repealing it («утратил силу приказом …»). Only citations that the asker may read
count: the existence of a restricted act must not show through the standing of an open one.
"""

from collections.abc import Iterable
from datetime import date as Day
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from accounts.models import User
from core.db import db
from core.filters import dmy
from core.words import gettext
from documents.models import Citation, Document, Relation
from documents.queries.access import is_readable_by

ENDS = {Relation.REPEALS: "repealed", Relation.SUSPENDS: "suspended"}
ENDS_ITSELF = {Relation.REPEALED_BY: "repealed", Relation.SUSPENDED_BY: "suspended"}


class Standing(NamedTuple):
    """`code`: "in_force", "repealed", "suspended", "not_yet", or "" for what is never in force. `since` is
    the day from which that holds, `by` names the act that brought it about, `by_id` is that act when it
    stands in the archive and may be read."""

    code: str
    since: Day | None = None
    by: str = ""
    by_id: int | None = None


class Caution(NamedTuple):
    """Why a document should not be relied on: "repealed", "suspended", "not_yet" or "missing"."""

    code: str
    text: str
    document_id: int | None


def standing_of(document: Document, *, on: Day, seen_by: User) -> Standing:
    """How the act stands on a day."""
    return standings([document], on=on, seen_by=seen_by)[document.id]


def standings(documents: Iterable[Document], *, on: Day, seen_by: User) -> dict[int, Standing]:
    """How each of the documents stands on a day, by its number: one query, however many there are."""
    found = {document.id: document for document in documents}
    ends = _ends([number for number, document in found.items() if document.is_act], seen_by)
    return {number: _standing(document, ends.get(number, []), on) for number, document in found.items()}


def _standing(document: Document, ends: list[Standing], on: Day) -> Standing:
    if not document.is_act:
        return Standing("")
    begins = document.in_force_from or document.date
    if begins and begins > on:
        return Standing("not_yet", begins)
    over = sorted((end for end in ends if end.since and end.since <= on), key=lambda end: end.since or on)
    last = next((end for end in over if end.code == "repealed"), over[-1] if over else None)
    return last or Standing("in_force", begins)


def _ends(ids: list[int], seen_by: User) -> dict[int, list[Standing]]:
    if not ids:
        return {}
    by_others = and_(Citation.target_id.in_(ids), Citation.relation.in_(ENDS))
    by_itself = and_(Citation.document_id.in_(ids), Citation.relation.in_(ENDS_ITSELF))
    wanted = select(Citation, Document).join(Document, Document.id == Citation.document_id)
    wanted = wanted.join(Document.dossier).where(or_(by_others, by_itself), is_readable_by(seen_by))
    wanted = wanted.where(Citation.confirmed_at.is_not(None), Document.listed_on.is_not(None))
    ends: dict[int, list[Standing]] = {}
    for citation, citing in db.session.execute(wanted.order_by(Citation.id)):
        number, end = _end(citation, citing)
        ends.setdefault(number, []).append(end)
    return ends


def _end(citation: Citation, citing: Document) -> tuple[int, Standing]:
    """Which document ends by a citation, and how."""
    if citation.relation in ENDS_ITSELF:
        return citing.id, Standing(ENDS_ITSELF[citation.relation], citation.date, citation.caption)
    since = citing.in_force_from or citing.date
    return citation.target_id or 0, Standing(ENDS[citation.relation], since, citing.caption, citing.id)


def caution_about(document: Document, standing: Standing, name: str) -> list[Caution]:
    """What the standing of a document says against relying on it; nothing while it is in force."""
    if standing.code in ("", "in_force"):
        return []
    told: dict[str, Any] = {"name": name, "day": dmy(standing.since), "by": standing.by}
    text = {
        "repealed": gettext("%(name)s: утратил силу %(day)s (%(by)s).", **told),
        "suspended": gettext("%(name)s: действие приостановлено %(day)s (%(by)s).", **told),
        "not_yet": gettext("%(name)s: вступает в силу только %(day)s.", **told),
    }[standing.code]
    return [Caution(standing.code, text, document.id)]
