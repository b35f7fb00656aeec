"""What speaks against relying on an act that a text names, or on the proofs beside it."""

from collections.abc import Sequence
from datetime import date as Day
from typing import NamedTuple

from sqlalchemy import select

from accounts.models import User
from core.clock import today
from core.db import db
from core.words import gettext
from documents.acts import act_key, is_same_authority
from documents.kinds import LABELS
from documents.models import Citation, Document, Filing, Relation
from documents.queries.access import is_readable_by
from documents.queries.citations import MOST_CITATIONS
from documents.queries.standing import Caution, caution_about, standings
from documents.requisites.found import CitedAct
from documents.requisites.kinds import document_kind
from documents.requisites.recognition import cited_in

#: Longer grounds are read so far; they are a line or two.
LONGEST = 2000


class _Named(NamedTuple):
    """An act named in a text, and its key in the archive."""

    act: CitedAct
    key: str


def cautions_over(
    ground: str, proofs: Sequence[Document], *, seen_by: User, on: Day | None = None
) -> list[Caution]:
    """Why not to rely on the acts named in `ground` or on `proofs`: they, or acts that proofs rest on, are
    repealed, suspended or not in force yet; or an act of the ground is not in the archive. Three queries,
    however many proofs there are."""
    on = on or today()
    named = _named(ground)
    acts = _acts([each.key for each in named], seen_by)
    found = {each.key: [act for act in acts.get(each.key, ()) if _may_be(act, each.act)] for each in named}
    resting = _bases(proofs, seen_by)
    relied = {act.id: act for acts_found in found.values() for act in acts_found}
    relied |= {document.id: document for document in (*proofs, *resting)}
    known = standings(relied.values(), on=on, seen_by=seen_by)
    cautions = [
        each for number, act in relied.items() for each in caution_about(act, known[number], act.caption)
    ]
    return cautions + [_missing(each.act) for each in named if not found[each.key]]


def _named(ground: str) -> list[_Named]:
    keys: dict[str, CitedAct] = {}
    for act in cited_in(ground[:LONGEST]):
        key = act_key(document_kind(act.kind), act.date, act.number)
        if key:
            keys.setdefault(key, act)
    return [_Named(act, key) for key, act in keys.items()]


def _may_be(document: Document, act: CitedAct) -> bool:
    return is_same_authority(document.authority, act.authority or "") is not False


def _acts(keys: list[str], seen_by: User) -> dict[str, list[Document]]:
    """Filed acts that the asker may read, by their key."""
    if not keys:
        return {}
    wanted = (
        select(Document).join(Document.dossier).where(Document.act_key.in_(keys), is_readable_by(seen_by))
    )
    wanted = wanted.where(Document.filing == Filing.FILED, Document.removed_at.is_(None))
    wanted = wanted.where(Document.edition_of_id.is_(None)).order_by(Document.id).limit(MOST_CITATIONS)
    found: dict[str, list[Document]] = {}
    for document in db.session.scalars(wanted):
        found.setdefault(document.act_key or "", []).append(document)
    return found


def _bases(proofs: Sequence[Document], seen_by: User) -> list[Document]:
    """Acts of the archive that the proofs name as their basis."""
    if not proofs:
        return []
    wanted = select(Document).join(Citation, Citation.target_id == Document.id).join(Document.dossier)
    wanted = wanted.where(Citation.document_id.in_([proof.id for proof in proofs]), is_readable_by(seen_by))
    wanted = wanted.where(Citation.relation == Relation.BASIS, Citation.dismissed_at.is_(None))
    wanted = wanted.where(Document.removed_at.is_(None)).order_by(Document.id).limit(MOST_CITATIONS)
    return list(db.session.scalars(wanted).unique())


def _missing(act: CitedAct) -> Caution:
    kind = str(LABELS[document_kind(act.kind)]).lower()
    told = {"kind": kind, "day": f"{act.date:%d.%m.%Y}", "number": act.number}
    text = gettext("Основания нет в архиве: %(kind)s от %(day)s № %(number)s. Загрузите его.", **told)
    return Caution("missing", text, None)
