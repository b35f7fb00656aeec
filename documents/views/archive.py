"""The list of documents with its filters, uploading scans, and the inbox."""

import secrets
from datetime import date
from typing import Any

from flask import flash, g, render_template, request, url_for

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.clock import today
from core.settings import settings
from core.web import back_to
from core.words import _, gettext, plural
from documents.forms import DraftsForm
from documents.intake.types import ACCEPTED
from documents.kinds import LABELS, DocumentKind
from documents.queries import (
    PAGE,
    Listed,
    Place,
    Wanted,
    archive_organisations,
    extractions_of,
    filing_organisations,
    inbox,
    listed,
    recognitions_of,
    standings,
)
from documents.services import Outcome, add_drafts
from documents.views.blueprint import BOTH, bp
from documents.views.shown import draft_rows

clerks = allowed(Role.CLERK)
STATES: tuple[tuple[str, Any], ...] = (
    ("", _("Все")),
    ("filed", _("В архиве")),
    ("attached", _("Подтверждения")),
    ("repealed", _("Отменённые")),
)
FIRST_YEAR = 1900


@bp.get("/documents")
@signed_in
def archive() -> Any:
    wanted = wanted_of(request.args)
    page = listed(wanted, seen_by=g.person, after=_place("after"), before=_place("before"))
    return render_template(
        "documents/archive.html",
        rows=page.rows,
        standings=standings(page.rows, on=today(), seen_by=g.person),
        wanted=wanted,
        choices=_choices(wanted),
        tabs=_tabs(wanted),
        pages=_around(page, wanted),
        may_file=g.person.has_role(Role.CLERK),
    )


def wanted_of(arguments: Any) -> Wanted:
    """What the address asks for; what it asks for wrongly is left out."""
    kind, state = arguments.get("kind", ""), arguments.get("state", "")
    year = arguments.get("year", 0, type=int)
    return Wanted(
        text=arguments.get("text", "").strip()[:200],
        kind=DocumentKind(kind) if kind in set(DocumentKind) else None,
        year=year if FIRST_YEAR <= year <= today().year + 1 else None,
        organisation_id=arguments.get("organisation", type=int),
        authority=arguments.get("authority", "").strip()[:200],
        state=state if state in dict(STATES) else "",
    )


def _place(name: str) -> Place | None:
    """«2021-07-30.15»: the row beside the page."""
    day, _dot, number = request.args.get(name, "").partition(".")
    try:
        return Place(date.fromisoformat(day), int(number))
    except ValueError:
        return None


def _arguments(wanted: Wanted) -> dict[str, Any]:
    values = {
        "text": wanted.text,
        "kind": wanted.kind.value if wanted.kind else "",
        "year": wanted.year,
        "organisation": wanted.organisation_id,
        "authority": wanted.authority,
        "state": wanted.state,
    }
    return {name: value for name, value in values.items() if value}


def _around(page: Listed, wanted: Wanted) -> dict[str, str]:
    def address(name: str, place: Place | None) -> str:
        asked = _arguments(wanted) | {name: f"{place.day.isoformat()}.{place.number}"} if place else {}
        return url_for("documents.archive", **asked) if place else ""

    return {"before": address("before", page.newer), "after": address("after", page.older)}


def _tabs(wanted: Wanted) -> list[dict[str, Any]]:
    others = {name: value for name, value in _arguments(wanted).items() if name != "state"}
    return [
        {
            "href": url_for("documents.archive", **others | ({"state": code} if code else {})),
            "text": label,
            "count": None,
            "is_current": wanted.state == code,
            "tone": "",
        }
        for code, label in STATES
    ]


def _choices(wanted: Wanted) -> dict[str, Any]:
    this_year = today().year
    years = sorted({*range(this_year, this_year - 35, -1), wanted.year or this_year}, reverse=True)
    found = archive_organisations(g.person)
    return {
        "kinds": [(kind.value, label) for kind, label in LABELS.items()],
        "years": years,
        "organisations": [(organisation.id, organisation.label) for organisation in found],
    }


@bp.route("/documents/upload", methods=BOTH)
@clerks
def upload() -> Any:
    form = DraftsForm(organisations=filing_organisations(g.person), data={"key": secrets.token_hex(16)})
    if form.validate_on_submit() and form.carry_out(
        lambda: add_drafts(form.chosen, form.uploads, by=g.person, key=form.key.data or "")
    ):
        _say(form.outcome)
        return back_to("documents.inbox_page")
    limits = {"limit_mb": settings().upload_mb, "request_mb": settings().request_mb}
    accepted = f"{ACCEPTED},.zip"
    return render_template("documents/upload.html", form=form, accepted=accepted, **limits), form.status


def _say(outcomes: list[Outcome]) -> None:
    added = sum(1 for outcome in outcomes if outcome.document)
    for outcome in [outcome for outcome in outcomes if outcome.refusal][:20]:
        flash(f"{outcome.name}: {outcome.refusal}", "error")
    if added:
        files = plural(added, "документ", "документа", "документов")
        flash(gettext("Загружено: %(count)s %(files)s. Разберите их.", count=added, files=files))


@bp.get("/documents/inbox")
@clerks
def inbox_page() -> Any:
    rows = inbox(seen_by=g.person, after=request.args.get("after", 0, type=int))
    shown = rows[:PAGE]
    following = url_for("documents.inbox_page", after=shown[-1].id) if len(rows) > PAGE else ""
    return render_template(
        "documents/inbox.html",
        rows=draft_rows(shown, extractions_of(shown), recognitions_of(shown)),
        pages={"before": "", "after": following},
    )
