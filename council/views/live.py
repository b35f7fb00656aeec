"""The sitting as it goes on: attendance and quorum, votes, what was said and decided."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.errors import Invalid
from core.words import _
from council.forms.sittings import BallotsForm, NotesForm, ReasonForm, UploadForm, VoteForm
from council.models import AgendaItem, Choice, Presence
from council.queries.sittings import sitting_of
from council.services.attendance import check_in, mark_attendance
from council.services.deciding import (
    DecisionFacts,
    decide_item,
    decide_without_silent,
    note_item,
    withdraw_item,
)
from council.services.rules import is_secretary, require_secretary
from council.services.voting import (
    attach_dissent,
    cast_vote,
    enter_ballots,
    enter_unanimous,
    enter_votes,
    open_voting,
)
from council.views.blueprint import BOTH, back, back_live, bp, form_page, found_item, me
from council.views.sitting_page import live_context, quorum_of, sitting_context, votes_line
from documents.services import Upload

SECRETARY = Role.COUNCIL_SECRETARY
SPARE = 2


@bp.get("/sittings/<int:sitting_id>/live")
@allowed(SECRETARY)
def live(sitting_id: int) -> Any:
    """The page on which the secretary runs the sitting."""
    found = sitting_of(sitting_id, seen_by=me())
    require_secretary(found, by=me())
    return render_template("council/live.html", **live_context(found))


@bp.get("/sittings/<int:sitting_id>/figures")
@signed_in
def figures(sitting_id: int) -> Any:
    """What changes by itself while the sitting goes on, for the script that keeps the page fresh."""
    found = sitting_of(sitting_id, seen_by=me())
    votes = {str(item.id): str(votes_line(item)) for item in found.items}
    return jsonify(state=found.state.value, quorum=str(quorum_of(found)["text"]), votes=votes)


@bp.post("/sittings/<int:sitting_id>/attendance")
@allowed(SECRETARY)
def attendance(sitting_id: int) -> Any:
    """Mark who takes part."""
    found = sitting_of(sitting_id, seen_by=me())
    marks, reasons = {}, {}
    for seat in found.members:
        if (said := request.form.get(f"presence-{seat.id}", "")) in set(Presence):
            marks[seat.id] = Presence(said)
            reasons[seat.id] = request.form.get(f"reason-{seat.id}", "")
    mark_attendance(found, marks, reasons=reasons, by=me())
    return redirect(url_for(".live", sitting_id=found.id, _anchor="attendance"), 303)


@bp.post("/sittings/<int:sitting_id>/check-in")
@signed_in
def checked_in(sitting_id: int) -> Any:
    """«Я здесь»"""
    found = sitting_of(sitting_id, seen_by=me())
    said = request.form.get("presence", "")
    check_in(found, Presence.REMOTE if said == "remote" else Presence.PRESENT, by=me())
    return back(found)


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/voting")
@allowed(SECRETARY)
def voting(sitting_id: int, item_id: int) -> Any:
    """Let the members vote."""
    found = found_item(sitting_id, item_id)
    open_voting(found, by=me())
    return back_live(found)


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/vote")
@signed_in
def vote(sitting_id: int, item_id: int) -> Any:
    """One's own vote."""
    found, form = found_item(sitting_id, item_id), VoteForm(prefix=f"v{item_id}")
    if not form.validate_on_submit():
        return render_template("council/sitting.html", **sitting_context(found.sitting, form, found)), 422
    cast_vote(found, Choice(form.choice.data), remark=form.remark.data or "", by=me())
    return back(found.sitting, f"item-{item_id}")


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/votes")
@allowed(SECRETARY)
def votes(sitting_id: int, item_id: int) -> Any:
    """Put down votes given by hand or on paper."""
    found = found_item(sitting_id, item_id)
    if request.form.get("do") == "unanimous":
        enter_unanimous(found, by=me())
    else:
        enter_votes(found, _typed(found), remarks=_remarks(found), by=me())
    return back_live(found)


def _typed(found: AgendaItem) -> dict[int, Choice]:
    said = {seat.id: request.form.get(f"choice-{seat.id}", "") for seat in found.sitting.voters}
    return {number: Choice(choice) for number, choice in said.items() if choice in set(Choice)}


def _remarks(found: AgendaItem) -> dict[int, str]:
    return {seat.id: request.form.get(f"remark-{seat.id}", "") for seat in found.sitting.voters}


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/ballots")
@allowed(SECRETARY)
def ballots(sitting_id: int, item_id: int) -> Any:
    """Put down the paper ballots of a secret vote."""
    found, form = found_item(sitting_id, item_id), BallotsForm()
    if not form.validate():
        raise Invalid(_("Впишите числа бюллетеней: 0 или больше."))
    enter_ballots(found, form.counts(), by=me())
    return back_live(found)


@bp.route("/sittings/<int:sitting_id>/items/<int:item_id>/notes", methods=BOTH)
@allowed(SECRETARY)
def notes(sitting_id: int, item_id: int) -> Any:
    """What was heard and said, what is decided."""
    found = found_item(sitting_id, item_id)
    require_secretary(found.sitting, by=me())
    form = NotesForm(obj=found)
    rows = _typed_decisions() if form.is_submitted() else _known_decisions(found)
    if not form.validate_on_submit() or request.form.get("do") == "rows":
        spare = [DecisionFacts("")] * SPARE
        return form_page("council/notes.html", form, item=found, sitting=found.sitting, rows=[*rows, *spare])
    said = {"heard": form.heard.data or "", "spoke": form.spoke.data or ""}
    note_item(found, **said, decisions=rows, by=me(), version=form.seen)
    return back_live(found)


def _typed_decisions() -> list[DecisionFacts]:
    columns = [request.form.getlist(f"decision.{name}") for name in ("text", "responsible", "due_text")]
    return [DecisionFacts(*values) for values in zip(*columns, strict=False)]


def _known_decisions(found: AgendaItem) -> list[DecisionFacts]:
    """What is decided, or what was proposed: the secretary need not type it again."""
    if not found.decisions and found.proposal:
        return [DecisionFacts(found.proposal)]
    return [DecisionFacts(row.text, row.responsible, row.due_text) for row in found.decisions]


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/decide")
@signed_in
def decide(sitting_id: int, item_id: int) -> Any:
    """End the vote: the result is counted and, for a report, stamped into it."""
    found, form = found_item(sitting_id, item_id), ReasonForm()
    end = decide_without_silent if request.form.get("do") == "without" else decide_item
    end(found, by=me(), version=form.seen)
    return back_live(found) if is_secretary(found.sitting, me()) else back(found.sitting, f"item-{item_id}")


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/withdraw")
@allowed(SECRETARY)
def item_withdraw(sitting_id: int, item_id: int) -> Any:
    """Take an item off during the sitting."""
    found, form = found_item(sitting_id, item_id), ReasonForm()
    withdraw_item(found, reason=form.note.data or "", by=me())
    return back_live(found)


@bp.route("/sittings/<int:sitting_id>/items/<int:item_id>/dissent", methods=BOTH)
@signed_in
def dissent(sitting_id: int, item_id: int) -> Any:
    """A dissenting opinion beside one's vote."""
    found, form = found_item(sitting_id, item_id), UploadForm()
    if not form.validate_on_submit():
        return form_page("council/dissent.html", form, sitting=found.sitting, item=found)
    attach_dissent(found, Upload(form.file.data.filename or "", form.file.data.stream), by=me())
    return back(found.sitting, f"item-{item_id}")
