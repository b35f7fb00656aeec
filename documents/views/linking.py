"""What a document cites: confirming, correcting and adding citations, and the graph around it."""

from typing import Any

from flask import flash, g, render_template

from accounts.policy import signed_in
from core.web import back_to
from core.words import gettext
from documents.drawing import graph_of
from documents.forms import CitationForm, DecisionForm
from documents.queries import citation_of, citations_of, citing, document_of, neighbourhood
from documents.services import add_citation, confirm_citation, dismiss_citation
from documents.views.archive import clerks
from documents.views.blueprint import BOTH, bp


@bp.route("/documents/<int:document_id>/citations", methods=BOTH)
@clerks
def citations(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    form = CitationForm(data={"version": found.version})
    if form.validate_on_submit() and form.carry_out(
        lambda: add_citation(found, form.cited, by=g.person, version=form.version.data)
    ):
        flash(gettext("Ссылка добавлена."))
        return back_to("documents.citations", document_id=document_id)
    lines = citations_of(found, seen_by=g.person)
    around = citing(found, seen_by=g.person)
    shown = render_template("documents/citations.html", document=found, form=form, lines=lines, citing=around)
    return shown, form.status


@bp.post("/documents/<int:document_id>/citations/<int:citation_id>")
@clerks
def citation_decide(document_id: int, citation_id: int) -> Any:
    found, form = document_of(document_id, seen_by=g.person), DecisionForm()
    citation_of(found, citation_id)
    if form.do.data == "dismiss":
        dismiss_citation(found, citation_id, by=g.person, version=form.version.data)
        flash(gettext("Ссылка убрана."))
    else:
        confirm_citation(
            found, citation_id, by=g.person, target_id=form.target.data, version=form.version.data
        )
        flash(gettext("Ссылка подтверждена."))
    return back_to("documents.citations", document_id=document_id)


@bp.get("/documents/<int:document_id>/graph")
@signed_in
def graph(document_id: int) -> Any:
    found = document_of(document_id, seen_by=g.person)
    around = neighbourhood(found, seen_by=g.person)
    return render_template("documents/graph.html", document=found, around=around, graph=graph_of(around))
