"""One row of a review as its template draws it: texts, evidence, remarks, what it is compared with."""

from typing import Any, NamedTuple

from flask import url_for

from accounts.models import User
from core.filters import filesize
from core.words import _
from council.models import Addressee, Remark
from council.models.review import ADDRESSEES
from council.review_rows import Row
from council.word_changes import Piece, word_changes
from documents.models import Document
from documents.previews.ways import way_of
from workflow.measure import LABELS, MeasureState
from workflow.remark import LABELS as REMARK_LABELS
from workflow.remark import RemarkState
from workflow.services import Offer, offers

S = MeasureState
#: Under work; which of them it is, the printed report does not tell apart.
WORKING = (S.IN_PROGRESS, S.SUBMITTED, S.RETURNED)
#: How a remark is drawn: what needs somebody stands out.
TONES = {RemarkState.OPEN: "open", RemarkState.ANSWERED: "note", RemarkState.RESOLVED: "ok"}


class Proof(NamedTuple):
    """A document of the evidence: its card, and where its content is seen."""

    title: str
    caption: str
    kind: str
    meta: str
    url: str
    preview_url: str


class Beside(NamedTuple):
    """What the row said elsewhere, and how its text differs from it."""

    status: str
    is_same_status: bool
    is_same: bool
    due: str
    is_same_due: bool
    pieces: list[Piece]


class RemarkView(NamedTuple):
    """A remark with what the reader may do with it."""

    remark: Remark
    tone: str
    label: Any
    addressee: Any
    offers: dict[str, Offer]


class RowView(NamedTuple):
    """One row of the table."""

    row: Row
    place: int
    anchor: str
    is_seen: bool
    is_changed: bool
    is_new: bool
    now: str
    now_label: Any
    proofs: list[Proof]
    remarks: list[RemarkView]
    beside: Beside | None


def row_view(
    row: Row,
    *,
    place: int,
    is_seen: bool,
    is_changed: bool,
    now: MeasureState | None,
    documents: list[Document],
    remarks: list[RemarkView],
    beside: Row | None,
    is_compared: bool,
) -> RowView:
    """The row with everything that stands in it."""
    is_elsewhere = now is not None and not _is_as_printed(row, now)
    return RowView(
        row=row,
        place=place,
        anchor=f"r-{row.measure_id}" if row.measure_id else f"p-{place}",
        is_seen=is_seen,
        is_changed=is_changed,
        is_new=is_compared and beside is None,
        now=now.value if now and is_elsewhere else "",
        now_label=LABELS[now] if now and is_elsewhere else "",
        proofs=[_proof(document) for document in documents],
        remarks=remarks,
        beside=_beside(row, beside) if beside else None,
    )


def _is_as_printed(row: Row, now: MeasureState) -> bool:
    """Whether the measure still stands where the version says; what came back for rework always shows."""
    if now is S.RETURNED:
        return False
    printed = row.state or S.PLANNED.value
    return printed == now.value or (now in WORKING and printed == S.IN_PROGRESS.value)


def _proof(document: Document) -> Proof:
    latest = document.latest
    preview = ""
    if latest and way_of(latest.media_type):
        preview = url_for("documents.preview", document_id=document.id, number=latest.number)
    return Proof(
        title=document.title,
        caption=document.caption,
        kind=latest.name.rpartition(".")[2].upper()[:4] if latest else "WWW",
        meta=filesize(latest.size) if latest else document.url,
        url=url_for("documents.document", document_id=document.id),
        preview_url=preview,
    )


def _beside(row: Row, other: Row) -> Beside:
    def text(one: Row, name: str) -> str:
        return str(one.printed.get(name) or "")

    pieces = word_changes(text(other, "report"), text(row, "report"))
    is_same_status = text(row, "status") == text(other, "status")
    is_same_due = text(row, "due_period") == text(other, "due_period")
    is_same_text = text(row, "report") == text(other, "report")
    return Beside(
        status=text(other, "status"),
        is_same_status=is_same_status,
        is_same=is_same_status and is_same_due and is_same_text,
        due=text(other, "due_period"),
        is_same_due=is_same_due,
        pieces=pieces,
    )


def remark_view(remark: Remark, person: User) -> RemarkView:
    """The remark and the moves that the person may make with it now."""
    state = remark.state
    label = REMARK_LABELS[state]
    if remark.blocks:
        label = _("Нужен ответ до утверждения")
    return RemarkView(
        remark=remark,
        tone=TONES.get(state, "gone") if remark.needs_answer or state is not RemarkState.OPEN else "note",
        label=label,
        addressee=ADDRESSEES[Addressee(remark.addressee)],
        offers={offer.move.name: offer for offer in offers(remark, by=person)},
    )
