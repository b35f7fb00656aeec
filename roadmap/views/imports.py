"""Importing a table: the file, the review, the writing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.clock import today
from core.words import _, gettext, plural
from documents.services import Upload
from roadmap.forms import FileForm, GroundForm, PlanForm
from roadmap.imported import FIELDS, headings, rows
from roadmap.models import ImportDraft, Plan
from roadmap.queries.plans import coordinated_organisations, earlier_plans, plan_of
from roadmap.queries.work import import_draft, open_import_drafts
from roadmap.services.amendments import apply_edition, compared, name_of
from roadmap.services.due import years_in
from roadmap.services.imports import (
    confirm_import,
    correct,
    drop_draft,
    remap_columns,
    start_import,
)
from roadmap.views.blueprint import bp, me
from roadmap.views.building import coordinators_for, organisation_choices

ROLES = {
    "": _("не брать"), "number": _("номер"), "title": _("мероприятие"), "preparation_period": _("срок подготовки"),
    "condition": _("ожидаемый результат"), "due_period": _("срок"), "executors": _("исполнитель"),
    "form_of_execution": _("форма исполнения"), "status": _("статус"), "report": _("отчёт"),
}  # fmt: skip
KINDS = {
    "new": _("новое"), "withdrawn": _("исключено"), "moved": _("перенесено в другой раздел"),
    "reworded": _("изменена формулировка"), "renumbered": _("другой номер"), "changed": _("изменено"),
}  # fmt: skip
SHORT = {"number", "preparation_period", "due_period", "status"}
PAGE = 60


@bp.route("/roadmaps/import", methods=["GET", "POST"])
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
    draft = start_import(chosen, Upload(form.file.data.filename, form.file.data.stream), by=me(), plan=edition)
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


def review_page(draft: ImportDraft, form: Any = None, status: int = 200) -> Any:
    """The review, with the form of the whole as typed when it came back with errors."""
    found = headings(draft.recognised, draft.mapping.get("cells") or {})
    every = list(rows(found))
    doubtful = [row for row in every if row.problems]
    only = request.args.get("only") == "doubts"
    shown = doubtful if only else every
    page = max(request.args.get("page", 1, type=int), 1)
    part = {row.key for row in shown[(page - 1) * PAGE : page * PAGE]}
    for heading in found:
        heading.rows = [row for row in heading.rows if row.key in part]
    context = {
        "draft": draft,
        "form": form or _whole_form(draft),
        "found": _found(draft, len(every), len(doubtful)),
        "file_doubts": [_sentence(d) for d in draft.recognised.get("doubts") or []][:12],
        "tables": tables_of(draft),
        "roles": list(ROLES.items()),
        "headings": found,
        "fields": [(n, ROLES[n], "short" if n in SHORT else "long") for n in _filled(every)],
        "dropped": set(draft.mapping.get("dropped") or []),
        "only_doubts": only,
        "toggle_url": url_for(".import_review", draft_id=draft.id, **({} if only else {"only": "doubts"})),
        "doubt_count": len(doubtful),
        "differences": _differences(draft) if draft.plan else None,
        "pages": _pages(draft, page, len(shown)),
    }
    return render_template("roadmap/import_review.html", **context), status


def _sentence(doubt: Any) -> str:
    return str(doubt.get("text", "")) if isinstance(doubt, dict) else str(doubt)


def _filled(every: list[Any]) -> list[str]:
    """Columns with anything in them; the four that every plan needs are always there."""
    always = {"number", "title", "due_period", "executors"}
    return [name for name in FIELDS if name in always or any(row.values[name] for row in every)]


def _found(draft: ImportDraft, total: int, doubtful: int) -> str:
    sections = sum(1 for heading in headings(draft.recognised) if heading.title)
    words = [f"{total} {plural(total, 'мероприятие', 'мероприятия', 'мероприятий')}"]
    if sections:
        words.append(f"{sections} {plural(sections, 'раздел', 'раздела', 'разделов')}")
    if doubtful:
        words.append(f"{doubtful} {plural(doubtful, 'строка', 'строки', 'строк')} {gettext('для проверки')}")
    return ", ".join(words)


def _pages(draft: ImportDraft, page: int, total: int) -> dict[str, Any] | None:
    if total <= PAGE:
        return None
    only = {"only": request.args["only"]} if request.args.get("only") else {}

    def link(number: int) -> str:
        return url_for(".import_review", draft_id=draft.id, page=number, **only)

    last = min(page * PAGE, total)
    return {
        "first": (page - 1) * PAGE + 1,
        "last": last,
        "total": total,
        "previous_url": link(page - 1) if page > 1 else None,
        "next_url": link(page + 1) if last < total else None,
    }


def tables_of(draft: ImportDraft) -> list[dict[str, Any]]:
    """The columns of each table of the file, with what they were taken for."""
    tables: dict[str, dict[str, Any]] = {}
    for column in draft.recognised.get("columns") or []:
        key = str(column.get("table", 0))
        table = tables.setdefault(key, {"key": key, "place": column.get("place") or _place(key), "columns": []})
        table["columns"].append(
            {
                "key": str(column["index"]),
                "printed": column.get("title") or "",
                "role": column.get("meaning") or "",
                "sample": str(column.get("sample") or ""),
            }
        )
    return list(tables.values())


def _place(key: str) -> str:
    return gettext("Таблица %(number)s", number=int(key) + 1 if key.isdigit() else key)


def _whole_form(draft: ImportDraft) -> Any:
    if draft.plan:
        form = GroundForm(formdata=None)
        return form
    period = str(draft.recognised.get("period") or "")
    first, last = years_in(f"{period} {draft.recognised.get('title') or ''}") or (today().year, today().year)
    form = _plan_form(formdata=None, title=draft.recognised.get("title") or "", year_from=first, year_to=last)
    form.ground.data = approval_text(draft.recognised.get("approval"))
    return form


def approval_text(approval: Any) -> str:
    """The act named above the table, as the ground of the plan."""
    if not isinstance(approval, dict) or not (approval.get("number") or approval.get("date")):
        return ""
    words = [approval.get("kind") or gettext("документ")]
    words += [gettext("от %(day)s", day=approval["date"])] if approval.get("date") else []
    words += [f"№ {approval['number']}"] if approval.get("number") else []
    return " ".join(str(word) for word in words)


def _plan_form(**kwargs: Any) -> PlanForm:
    form = PlanForm(coordinator=me().id, **kwargs)
    del form.organisation, form.plan_kind
    form.coordinator.choices = coordinators_for(None)
    return form


def _differences(draft: ImportDraft) -> list[dict[str, Any]]:
    assert draft.plan
    return [
        {
            "name": name_of(d),
            "kinds": [str(KINDS[kind]) for kind in d.kinds],
            "number": (d.new or d.old).fields["number"],  # type: ignore[union-attr]
            "title": (d.new or d.old).fields["title"],  # type: ignore[union-attr]
            "changes": [(ROLES[n], before, after) for n, (before, after) in d.changes.items() if n in ROLES],
            "is_chosen": "withdrawn" not in d.kinds,
        }
        for d in compared(draft, draft.plan)
        if not d.is_same
    ]


@bp.post("/roadmaps/import/<int:draft_id>/columns")
@allowed(Role.COORDINATOR)
def import_remap(draft_id: int) -> Any:
    """Read the file again with columns as the coordinator says."""
    draft = import_draft(draft_id, seen_by=me())
    columns: dict[str, dict[str, str]] = {}
    for name, role in request.form.items():
        if name.startswith("column.") and name.count(".") == 2 and role in ROLES:
            _column, table, index = name.split(".")
            columns.setdefault(table, {})[index] = role
    remap_columns(draft, columns, by=me())
    flash(gettext("Файл прочитан заново."))
    return redirect(url_for(".import_review", draft_id=draft_id), 303)


@bp.post("/roadmaps/import/<int:draft_id>/cells")
@allowed(Role.COORDINATOR)
def import_correct(draft_id: int) -> Any:
    """Keep cells put right by hand and rows not to be taken."""
    draft = import_draft(draft_id, seen_by=me())
    cells = {n.removeprefix("cell."): text for n, text in request.form.items() if n.startswith("cell.")}
    shown, taken = set(request.form.getlist("shown")), set(request.form.getlist("take"))
    dropped = (set(draft.mapping.get("dropped") or []) - shown) | (shown - taken)
    correct(draft, cells, dropped=sorted(dropped), by=me())
    flash(gettext("Исправления сохранены."))
    return redirect(url_for(".import_review", draft_id=draft_id), 303)


@bp.post("/roadmaps/import/<int:draft_id>/confirm")
@allowed(Role.COORDINATOR)
def import_confirm(draft_id: int) -> Any:
    """Step 3: write the plan, or the chosen differences of an edition."""
    draft = import_draft(draft_id, seen_by=me())
    form: Any = GroundForm() if draft.plan else _plan_form()
    if not form.validate():
        return review_page(draft, form, 422)
    if draft.plan:
        count = apply_edition(draft, set(request.form.getlist("chosen")), ground=form.ground.data, by=me())
        flash(gettext("Применено изменений: %(count)s.", count=count))
        return redirect(url_for(".plan", plan_id=draft.plan_id), 303)
    plan = confirm_import(draft, form.facts(), by=me())
    flash(gettext("Готово: дорожная карта записана."))
    return redirect(url_for(".plan", plan_id=plan.id), 303)


@bp.post("/roadmaps/import/<int:draft_id>/drop")
@allowed(Role.COORDINATOR)
def import_drop(draft_id: int) -> Any:
    """Give the draft up; nothing of it was written."""
    drop_draft(import_draft(draft_id, seen_by=me()), by=me())
    return redirect(url_for(".import_file"), 303)
