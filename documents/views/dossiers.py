"""A dossier as a page of its own, and adding to it from any page of the owner's."""

import secrets
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for

from accounts.access import onward
from accounts.policy import signed_in
from core.errors import Refusal
from core.settings import settings
from core.web import wants_json
from core.words import _, gettext, plural
from documents.forms import AddingForm
from documents.intake.types import ACCEPTED
from documents.models import Dossier
from documents.queries import can_add, dossier_of, evidence_of, removed_from
from documents.services import Outcome, attach_each, attach_link
from documents.views.blueprint import bp
from documents.views.shown import file_rows


class LengthUnknown(Refusal):
    """A body whose length was not announced cannot be told from one that was cut off."""

    status = 411


@bp.before_request
def know_the_length() -> None:
    """Without a Content-Length nobody can tell whether a body is whole (reliability.md, design rule 10)."""
    if request.method == "POST" and request.content_length is None:
        raise LengthUnknown(_("Размер отправленного неизвестен. Обновите страницу и отправьте ещё раз."))


@bp.get("/dossiers/<int:dossier_id>")
@signed_in
def dossier(dossier_id: int) -> Any:
    found = dossier_of(dossier_id, seen_by=g.person)
    return page_of(found, AddingForm(data={"key": secrets.token_hex(16)}))


def page_of(found: Dossier, form: AddingForm) -> Any:
    page = render_template(
        "documents/dossier.html",
        dossier=found,
        form=form,
        files=file_rows(evidence_of(found, seen_by=g.person), seen_by=g.person),
        removed=removed_from(found, seen_by=g.person),
        may_add=can_add(found, g.person) and not found.is_locked,
        limit_mb=settings().upload_mb,
        accepted=ACCEPTED,
    )
    return page, form.status


@bp.post("/dossiers/<int:dossier_id>/documents")
@signed_in
def add(dossier_id: int) -> Any:
    """Take files or a link. Answers a program with what became of each, a person with the page they came
    from (`back`) or the dossier's."""
    found = dossier_of(dossier_id, seen_by=g.person)
    form = AddingForm()
    if not form.validate_on_submit() or not form.carry_out(lambda: _added(found, form)):
        return (_faults(form), form.status) if wants_json() else page_of(found, form)
    if wants_json():
        return _told(form.outcome)
    _say(form.outcome)
    here = url_for("documents.dossier", dossier_id=dossier_id)
    return redirect(onward(form.back.data) if form.back.data else here, 303)


def _added(found: Dossier, form: AddingForm) -> list[Outcome]:
    """The link first: when it is wrong the form comes back before any file was added."""
    outcomes = []
    if form.url.data and form.url.data.strip():
        document = attach_link(found, form.url.data, by=g.person, **form.requisites)
        outcomes.append(Outcome(document.title, document, None))
    return outcomes + attach_each(
        found, form.uploads, by=g.person, key=form.key.data or "", **form.requisites
    )


def _faults(form: AddingForm) -> Any:
    texts = [str(text) for texts in form.errors.values() for text in texts]
    return jsonify(status=form.status, title=" ".join(texts), results=[])


def _told(outcomes: list[Outcome]) -> Any:
    """201 when something was added, else the status of the first refusal."""
    added = [outcome for outcome in outcomes if outcome.document]
    refusals = [outcome.refusal for outcome in outcomes if outcome.refusal]
    return jsonify(results=[_result(o) for o in outcomes]), 201 if added else refusals[0].status


def _result(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"name": outcome.name}
    if document := outcome.document:
        return told | {
            "document_id": document.id,
            "title": document.title,
            "caption": document.caption,
            "url": url_for("documents.document", document_id=document.id),
        }
    return told | {"refused": str(outcome.refusal)}


def _say(outcomes: list[Outcome]) -> None:
    added = sum(1 for outcome in outcomes if outcome.document)
    for outcome in outcomes:
        if outcome.refusal:
            flash(str(outcome.refusal), "error")
    if added:
        files = plural(added, "документ", "документа", "документов")
        flash(gettext("Приложено: %(count)s %(files)s.", count=added, files=files))
