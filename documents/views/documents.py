"""The page of a document and what may be done to it."""

from typing import Any

from flask import flash, g, render_template, request

from accounts.policy import signed_in
from core.audit import history_of
from core.settings import settings
from core.web import back_to
from core.words import gettext
from documents.forms import RemovalForm, RequisitesForm, VersionForm, uploads
from documents.intake.types import ACCEPTED
from documents.models import Document
from documents.queries import can_change, document_of, extraction_of, surroundings_of
from documents.services import edit_requisites, remove, supersede
from documents.views.blueprint import bp
from documents.views.leaf import leaf_of
from documents.views.shown import events, progress_of, requisites_of, version_rows


@bp.get("/documents/<int:document_id>")
@signed_in
def document(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    reading, page = extraction_of(found.latest), request.args.get("page", 1, type=int)
    return render_template(
        "documents/document.html",
        document=found,
        requisites=requisites_of(found),
        versions=version_rows(found),
        events=events(history_of(found)),
        may_change=may_change(found),
        around=surroundings_of(found, seen_by=g.person),
        leaf=leaf_of(found, page),
        reading=reading,
        progress=progress_of(reading),
    )


def may_change(found: Document) -> bool:
    return not (found.is_removed or found.dossier.is_locked) and can_change(found, g.person)


def page(template: str, found: Document, form: Any) -> Any:
    shown = render_template(
        f"documents/{template}.html",
        document=found,
        form=form,
        limit_mb=settings().upload_mb,
        accepted=ACCEPTED,
    )
    return shown, form.status


@bp.route("/documents/<int:document_id>/requisites", methods=["GET", "POST"])
@signed_in
def requisites(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    form = RequisitesForm.about(found)
    if form.validate_on_submit() and form.carry_out(
        lambda: edit_requisites(found, by=g.person, version=form.version.data, **form.requisites)
    ):
        flash(gettext("Реквизиты исправлены."))
        return back_to("documents.document", document_id=document_id)
    return page("requisites", found, form)


@bp.route("/documents/<int:document_id>/versions", methods=["GET", "POST"])
@signed_in
def new_version(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    form = VersionForm(data={"version": found.version})
    if form.validate_on_submit() and form.carry_out(lambda: _superseded(found, form)):
        flash(gettext("Новая версия загружена, прежняя сохранена."))
        return back_to("documents.document", document_id=document_id)
    return page("version", found, form)


def _superseded(found: Document, form: VersionForm) -> None:
    for upload in uploads("file")[:1]:
        supersede(found, upload, by=g.person, reason=form.reason.data, version=form.version.data)


@bp.route("/documents/<int:document_id>/removal", methods=["GET", "POST"])
@signed_in
def removal(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    form = RemovalForm(data={"version": found.version})
    if form.validate_on_submit() and form.carry_out(
        lambda: remove(found, by=g.person, reason=form.reason.data, version=form.version.data)
    ):
        flash(gettext("Документ убран."))
        return _after_removal(found)
    return page("removal", found, form)


def _after_removal(found: Document) -> Any:
    if found.is_archived:
        return back_to("documents.inbox_page" if found.is_draft else "documents.archive")
    return back_to("documents.dossier", dossier_id=found.dossier_id)
