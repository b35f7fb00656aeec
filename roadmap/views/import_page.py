"""What the review of an import shows: the rows with their doubts, the columns, the differences."""

from typing import Any

from flask import render_template, request

from core.clock import today
from core.filters import counted
from core.words import _, gettext
from roadmap.forms import GroundForm, PlanForm
from roadmap.imported import FIELDS, Row, headings, rows
from roadmap.models import ImportDraft
from roadmap.scans import pages_on_shelf
from roadmap.services.amendments import compared, name_of
from roadmap.services.due import years_in
from roadmap.views.blueprint import address, me
from roadmap.views.building import coordinators_for

ROLES = {
    "": _("не брать"), "number": _("номер"), "title": _("мероприятие"),
    "preparation_period": _("срок подготовки"),
    "condition": _("ожидаемый результат"), "due_period": _("срок"), "executors": _("исполнитель"),
    "form_of_execution": _("форма исполнения"), "status": _("статус"), "report": _("отчёт"),
}  # fmt: skip
#: Meanings that few tables have: offered only for columns that were taken for them.
RARE = {
    "co_executors": _("соисполнители"), "start": _("начало"), "end": _("окончание"),
    "actual_period": _("факт. срок"),
    "slot": _("отметка срока"), "task": _("задача"), "stage": _("этап"), "direction": _("направление"),
    "percent": _("процент"), "not_occurred": _("не наступило"), "comment": _("примечание"),
    "indicator": _("показатель"), "plan": _("план"), "actual": _("факт"), "min": _("не менее"),
    "unit": _("единица"), "base": _("базовое значение"),
}  # fmt: skip
KINDS = {
    "new": _("новое"), "withdrawn": _("исключено"), "moved": _("перенесено в другой раздел"),
    "reworded": _("изменена формулировка"), "renumbered": _("другой номер"), "changed": _("изменено"),
}  # fmt: skip
SHORT = {"number", "status"}
PAGE = 60


def review_page(draft: ImportDraft, form: Any = None, status: int = 200) -> Any:
    """The review, with the form of the whole as typed when it came back with errors."""
    if draft.is_unread:
        done = min(pages_on_shelf(draft.sha256), draft.pages_to_read)
        return render_template("roadmap/import_reading.html", draft=draft, pages_done=done), status
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
        "file_doubts": file_doubts(draft),
        "tables": tables_of(draft, every),
        "roles": roles_for(draft),
        "headings": found,
        "fields": [(n, ROLES[n], "short" if n in SHORT else "long") for n in _filled(every)],
        "dropped": set(draft.mapping.get("dropped") or []),
        "only_doubts": only,
        "toggle_url": address("import_review", draft_id=draft.id, only="" if only else "doubts"),
        "correct_url": address("import_correct", draft_id=draft.id, page=page, only="doubts" if only else ""),
        "doubt_count": len(doubtful),
        "differences": _differences(draft) if draft.plan else None,
        "pages": _pages(draft, page, len(shown)),
    }
    return render_template("roadmap/import_review.html", **context), status


def file_doubts(draft: ImportDraft) -> list[str]:
    """Doubts about the file, its columns and its numbering, each sentence once with its places.

    What is doubtful in one row is marked in that row and not repeated here.
    """
    places: dict[str, list[str]] = {}
    for doubt in draft.recognised.get("doubts") or []:
        if doubt["severity"] == "info" or doubt["where"].startswith(("Графа", "Файл")):
            places.setdefault(doubt["text"], []).append(doubt["where"])
    return [_placed(text, list(dict.fromkeys(where))) for text, where in places.items()]


def _placed(text: str, places: list[str]) -> str:
    return text if places == ["Файл"] else f"{text} — {', '.join(places)}"


def _filled(every: list[Any]) -> list[str]:
    """Columns with anything in them; the four that every plan needs are always there."""
    always = {"number", "title", "due_period", "executors"}
    return [name for name in FIELDS if name in always or any(row.values[name] for row in every)]


def _found(draft: ImportDraft, total: int, doubtful: int) -> str:
    sections = sum(1 for heading in headings(draft.recognised) if heading.title)
    words = [counted(total, "мероприятие", "мероприятия", "мероприятий")]
    if sections:
        words.append(counted(sections, "раздел", "раздела", "разделов"))
    if doubtful:
        words.append(counted(doubtful, "строка для проверки", "строки для проверки", "строк для проверки"))
    return ", ".join(words)


def _pages(draft: ImportDraft, page: int, total: int) -> dict[str, Any] | None:
    if total <= PAGE:
        return None
    last, only = min(page * PAGE, total), request.args.get("only", "")

    def link(number: int) -> str:
        return address("import_review", draft_id=draft.id, page=number, only=only)

    return {
        "first": (page - 1) * PAGE + 1,
        "last": last,
        "total": total,
        "previous_url": link(page - 1) if page > 1 else None,
        "next_url": link(page + 1) if last < total else None,
    }


def tables_of(draft: ImportDraft, every: list[Row]) -> list[dict[str, Any]]:
    """The columns of each table of the file, with what they were taken for."""
    tables: dict[str, dict[str, Any]] = {}
    for column in draft.recognised.get("columns") or []:
        key = str(column.get("table", 0))
        table = tables.setdefault(key, {"key": key, "place": _place(key), "columns": []})
        table["columns"].append(
            {
                "key": str(column["index"]),
                "printed": column.get("title") or "",
                "role": column.get("meaning") or "",
                "sample": _sample(key, column, every),
            }
        )
    return list(tables.values())


def roles_for(draft: ImportDraft) -> list[tuple[str, Any]]:
    """What a column may be taken for: the usual meanings, and those that columns of this file have."""
    present = {column.get("meaning") for column in draft.recognised.get("columns") or []}
    return [*ROLES.items(), *[(name, word) for name, word in RARE.items() if name in present]]


def _sample(table: str, column: dict[str, Any], every: list[Row]) -> str:
    """The first text that was read out of a column."""
    for row in every:
        for name, place in (row.source.get("cells") or {}).items():
            if str(place[0]) == table and place[2] == column["index"] and row.values.get(name):
                return row.values[name]
    return ""


def _place(key: str) -> str:
    return str(gettext("Таблица %(number)s", number=int(key) + 1 if key.isdigit() else key))


def _whole_form(draft: ImportDraft) -> Any:
    version, ground = str(draft.version), approval_text(draft.recognised.get("approval"))
    if draft.plan:
        return GroundForm(formdata=None, version=version)
    title, period = str(draft.recognised.get("title") or ""), str(draft.recognised.get("period") or "")
    first, last = years_in(f"{period} {title}") or (today().year, today().year)
    facts = {"title": title, "year_from": first, "year_to": last, "ground": ground, "version": version}
    return plan_form(formdata=None, is_school_year=is_school_year(period), **facts)


def is_school_year(period: str) -> bool:
    """«2026–2027 учебный год»: months are then read as those of a school year."""
    return "учебн" in period.lower()


def approval_text(approval: Any) -> str:
    """The act named above the table, as the ground of the plan. It is recorded, so it is always Russian."""
    if not isinstance(approval, dict) or not (approval.get("number") or approval.get("date")):
        return ""
    words: list[Any] = [approval.get("kind") or "документ"]
    words += [f"от {approval['date']}"] if approval.get("date") else []
    words += [f"№ {approval['number']}"] if approval.get("number") else []
    return " ".join(str(word) for word in words)


def plan_form(**kwargs: Any) -> PlanForm:
    form = PlanForm(coordinator=me().id, **kwargs)
    del form.organisation, form.plan_kind
    form.coordinator.choices = coordinators_for(None)
    return form


def _differences(draft: ImportDraft) -> list[dict[str, Any]]:
    assert draft.plan
    chosen = set(request.form.getlist("chosen")) if request.form else None
    return [
        {
            "name": name_of(d),
            "kinds": [str(KINDS[kind]) for kind in d.kinds],
            "number": d.line.fields["number"],
            "title": d.line.fields["title"],
            "changes": [(ROLES[n], before, after) for n, (before, after) in d.changes.items() if n in ROLES],
            "is_chosen": name_of(d) in chosen if chosen is not None else "withdrawn" not in d.kinds,
        }
        for d in compared(draft, draft.plan)
        if not d.is_same
    ]
