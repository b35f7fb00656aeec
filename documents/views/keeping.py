"""What clerks do to a filed document: access, annexes, editions, reading it again."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, render_template

from core.settings import settings
from core.web import back_to
from core.words import gettext
from documents.forms import AccessForm, AnnexForm, EditionForm, uploads
from documents.intake.types import ACCEPTED
from documents.kinds import DocumentKind
from documents.models import Document
from documents.queries import document_of
from documents.services import Requisites, add_annex, add_edition, change_access, read_again
from documents.views.archive import clerks
from documents.views.blueprint import BOTH, bp


def _page(template: str, found: Document, form: Any) -> Any:
    limits = {"limit_mb": settings().upload_mb, "accepted": ACCEPTED}
    return render_template(f"documents/{template}.html", document=found, form=form, **limits), form.status


@bp.route("/documents/<int:document_id>/access", methods=BOTH)
@clerks
def access(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    form = AccessForm.about(found)
    if form.validate_on_submit() and form.carry_out(lambda: _changed(found, form)):
        flash(gettext("Доступ изменён."))
        return back_to("documents.document", document_id=document_id)
    return _page("access", found, form)


def _changed(found: Document, form: AccessForm) -> None:
    version = form.version.data
    change_access(found, by=g.person, access=form.chosen_access, readers=form.reader_ids, version=version)


@bp.route("/documents/<int:document_id>/annexes", methods=BOTH)
@clerks
def annex(document_id: int) -> Any:
    found, form = document_of(document_id, seen_by=g.person), AnnexForm()
    if form.validate_on_submit() and form.carry_out(lambda: _first(lambda u: _annexed(found, form, u))):
        flash(gettext("Приложение добавлено."))
        return back_to("documents.document", document_id=document_id)
    return _page("annex", found, form)


def _annexed(found: Document, form: AnnexForm, upload: Any) -> Document:
    given: Requisites = {"annex_number": form.number.data or "", "title": form.title.data or ""}
    if form.kind.data:
        given["kind"] = DocumentKind(form.kind.data)
    return add_annex(found, upload, by=g.person, **given)


@bp.route("/documents/<int:document_id>/editions", methods=BOTH)
@clerks
def edition(document_id: int) -> Any:
    found, form = document_of(document_id, seen_by=g.person), EditionForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: _first(lambda upload: add_edition(found, upload, by=g.person))
    ):
        flash(gettext("Редакция загружена. Проверьте, что распознано, и с какого дня она действует."))
        return back_to("documents.sorting", document_id=form.outcome.id)
    return _page("edition", found, form)


def _first(act: Callable[[Any], Any]) -> Any:
    return act(uploads("file")[0])


@bp.post("/documents/<int:document_id>/extraction")
@clerks
def extraction(document_id: int) -> Any:
    read_again(document_of(document_id, seen_by=g.person), by=g.person)
    flash(gettext("Файл поставлен в очередь на распознавание."))
    return back_to("documents.document", document_id=document_id)
