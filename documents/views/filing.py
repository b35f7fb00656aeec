"""One draft after the other: the page beside what was recognised on it, to be corrected and accepted."""

from typing import Any

from flask import flash, g, render_template, request

from core.errors import OutOfTurn
from core.web import back_to
from core.words import _, gettext
from documents.forms import FilingForm
from documents.models import Document, Extraction, Recognition
from documents.queries import citations_of, document_of, extraction_of, next_draft, recognition_of
from documents.services import LikelyDuplicate, file_document
from documents.views.archive import clerks
from documents.views.blueprint import BOTH, bp
from documents.views.leaf import field_places, leaf_of


@bp.route("/documents/inbox/<int:document_id>", methods=BOTH)
@clerks
def sorting(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    if not found.is_draft:
        raise OutOfTurn(_("Этот документ уже разобран: откройте его карточку."))
    recognition, reading = recognition_of(found), extraction_of(found.latest)
    form = _form_of(found, recognition, reading)
    if form.validate_on_submit() and form.carry_out(lambda: _filed(found, form)):
        flash(gettext("Принято в архив: %(caption)s.", caption=found.caption))
        return _onward(found)
    return _page(found, form, recognition, reading)


def _form_of(found: Document, recognition: Recognition | None, reading: Extraction | None) -> FilingForm:
    proposals = [line.citation for line in citations_of(found, seen_by=g.person)]
    pages = reading.pages_total if reading else None
    return FilingForm.beside(found, recognition, proposals=proposals, pages=pages)


def _filed(found: Document, form: FilingForm) -> bool:
    try:
        file_document(
            found,
            by=g.person,
            version=form.version.data,
            access=form.chosen_access,
            readers=form.reader_ids,
            citations=form.citations.data or (),
            despite=form.compared_with,
            **form.requisites,
        )
    except LikelyDuplicate as refusal:
        form.twins = refusal.twins
        form.despite.data = ",".join(str(twin.id) for twin in refusal.twins)
        raise
    return True


def _onward(found: Document) -> Any:
    following = next_draft(found, seen_by=g.person)
    if following:
        return back_to("documents.sorting", document_id=following)
    return back_to("documents.document", document_id=found.id)


def _page(
    found: Document, form: FilingForm, recognition: Recognition | None, reading: Extraction | None
) -> Any:
    places = field_places(found, recognition)
    shown = render_template(
        "documents/sorting.html",
        document=found,
        form=form,
        places=places,
        has_recognised=bool(recognition and recognition.found),
        leaf=leaf_of(found, request.args.get("page", 1, type=int), places),
        extraction=reading,
        following=next_draft(found, seen_by=g.person),
    )
    return shown, form.status
