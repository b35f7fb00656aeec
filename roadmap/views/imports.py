"""Importing a table: the file, the review, the writing."""

from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.filters import counted
from core.words import gettext
from documents.services import Upload
from documents.views.files import alone
from roadmap.forms import FileForm, GroundForm
from roadmap.models import Plan
from roadmap.queries.measures import marks_of
from roadmap.queries.plans import coordinated_organisations, earlier_plans, plan_of, sections_of
from roadmap.queries.work import import_draft, open_import_drafts
from roadmap.scans import crop_of
from roadmap.services.amendments import apply_edition
from roadmap.services.imports import confirm_import, correct, drop_draft, remap_columns, start_import
from roadmap.views.blueprint import BOTH, address, bp, me
from roadmap.views.building import organisation_choices
from roadmap.views.import_page import plan_form, review_page, roles_for


@bp.route("/roadmaps/import", methods=BOTH)
@allowed(Role.COORDINATOR)
def import_file() -> Any:
    """Step 1: choose the file; it is read at once."""
    plan_id = request.args.get("plan_id", type=int)
    plan = plan_of(plan_id, seen_by=me()) if plan_id else None
    form = _file_form(plan)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/import_file.html", form=form, drafts=_drafts()), status
    edition = plan_of(form.edition_of.data, seen_by=me()) if form.edition_of.data else None
    bodies = coordinated_organisations(me())
    chosen = edition.organisation if edition else next(o for o in bodies if o.id == form.organisation.data)
    draft = start_import(
        chosen, Upload(form.file.data.filename, form.file.data.stream), by=me(), plan=edition
    )
    return redirect(url_for(".import_review", draft_id=draft.id), 303)


def _file_form(plan: Plan | None) -> FileForm:
    form = FileForm(edition_of=plan.id if plan else 0)
    bodies = coordinated_organisations(me())
    form.organisation.choices = organisation_choices()
    known = [p for body in bodies for p in earlier_plans(body.id, seen_by=me())]
    new = SelectChoice(0, gettext("новая дорожная карта"))
    form.edition_of.choices = [new, *[SelectChoice(p.id, f"{p.title[:90]}, {p.years}") for p in known]]
    return form


def _drafts() -> list[dict[str, Any]]:
    return [
        {
            "url": url_for(".import_review", draft_id=d.id),
            "file_name": d.file_name,
            "at": d.created_at,
            "who": d.created_by.short_name,
        }
        for d in open_import_drafts(seen_by=me())
    ]


@bp.get("/roadmaps/import/<int:draft_id>")
@allowed(Role.COORDINATOR)
def import_review(draft_id: int) -> Any:
    """Step 2: what was recognised, with its doubts."""
    return review_page(import_draft(draft_id, seen_by=me()))


@bp.get("/roadmaps/import/<int:draft_id>/crop/<int:page>/<int:cell>.png")
@allowed(Role.COORDINATOR)
def import_crop(draft_id: int, page: int, cell: int) -> Any:
    """The piece of the scan from which a cell was read."""
    draft = import_draft(draft_id, seen_by=me())
    picture = crop_of(draft.sha256, page, cell)
    return alone(send_file(picture, "image/png", conditional=False, etag=False))


@bp.post("/roadmaps/import/<int:draft_id>/columns")
@allowed(Role.COORDINATOR)
def import_remap(draft_id: int) -> Any:
    """Read the file again with columns as the coordinator says."""
    draft, columns = import_draft(draft_id, seen_by=me()), dict[str, dict[str, str]]()
    known = {name for name, _word in roles_for(draft)}
    for name, role in request.form.items():
        parts = name.split(".")
        if parts[0] == "column" and len(parts) == 3 and role in known and (parts[1] + parts[2]).isdecimal():
            columns.setdefault(parts[1], {})[parts[2]] = role
    remap_columns(draft, columns, by=me(), version=request.form.get("version", type=int))
    flash(gettext("Файл прочитан заново. Исправления ячеек начаты с начала."))
    return redirect(url_for(".import_review", draft_id=draft_id), 303)


@bp.post("/roadmaps/import/<int:draft_id>/cells")
@allowed(Role.COORDINATOR)
def import_correct(draft_id: int) -> Any:
    """Keep cells put right by hand and rows not to be taken."""
    draft = import_draft(draft_id, seen_by=me())
    cells = {n.removeprefix("cell."): text for n, text in request.form.items() if n.startswith("cell.")}
    shown, taken = set(request.form.getlist("shown")), set(request.form.getlist("take"))
    dropped = (set(draft.mapping.get("dropped") or []) - shown) | (shown - taken)
    correct(draft, cells, dropped=sorted(dropped), by=me(), version=request.form.get("version", type=int))
    flash(gettext("Исправления сохранены."))
    where = {"page": request.args.get("page", ""), "only": request.args.get("only", "")}
    return redirect(address("import_review", draft_id=draft_id, **where), 303)


@bp.post("/roadmaps/import/<int:draft_id>/confirm")
@allowed(Role.COORDINATOR)
def import_confirm(draft_id: int) -> Any:
    """Step 3: write the plan, or the chosen differences of an edition."""
    draft = import_draft(draft_id, seen_by=me())
    form: Any = GroundForm() if draft.plan else plan_form()
    if not form.validate():
        return review_page(draft, form, 422)
    if draft.plan:
        chosen = set(request.form.getlist("chosen"))
        count = apply_edition(draft, chosen, ground=form.ground.data, by=me(), version=form.seen)
        flash(gettext("Применено изменений: %(count)s.", count=count))
        return redirect(url_for(".plan", plan_id=draft.plan_id), 303)
    facts = form.facts(str(draft.recognised.get("period") or ""))
    plan = confirm_import(draft, facts, by=me(), version=form.seen)
    flash(_written(plan))
    return redirect(url_for(".plan", plan_id=plan.id), 303)


def _written(plan: Plan) -> str:
    """«Готово: 40 мероприятий, 5 разделов.»"""
    measures = counted(len(marks_of(plan)), "мероприятие", "мероприятия", "мероприятий")
    sections = counted(len(sections_of(plan)), "раздел", "раздела", "разделов")
    return str(gettext("Готово: %(measures)s, %(sections)s.", measures=measures, sections=sections))


@bp.post("/roadmaps/import/<int:draft_id>/drop")
@allowed(Role.COORDINATOR)
def import_drop(draft_id: int) -> Any:
    """Give the draft up; nothing of it was written."""
    drop_draft(import_draft(draft_id, seen_by=me()), by=me())
    flash(gettext("Загрузка отменена, ничего не записано."))
    return redirect(url_for(".import_file"), 303)
