"""The calendar of sittings, one sitting, its planning and moves."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.clock import local
from core.errors import NotFound
from core.words import _, gettext
from council.calendar_file import calendar_entry
from council.forms.sittings import ReasonForm, SittingPageForm
from council.models import Council
from council.queries.councils import council_of, councils
from council.queries.sittings import PAGE, SHOWN, SittingFilter, sitting_counts, sitting_of, sittings
from council.services.rules import require_secretary
from council.services.sittings import PLAIN, REASONED, edit_sitting, plan_sitting
from council.views.blueprint import BOTH, back, bp, form_page, me
from council.views.month import month_of
from council.views.sitting_page import sitting_context
from orders.views.blueprint import tab
from workflow.sitting import SITTING

TABS = {
    "": _("Все"),
    "coming": _("Предстоят и идут"),
    "closed": _("Ждут подписания"),
    "signed": _("Протокол подписан"),
    "cancelled": _("Не состоялись"),
}


@bp.get("/council", endpoint="sittings")
@signed_in
def sittings_page() -> Any:
    """Sittings by tab, and the month with its days of sittings."""
    show, page = request.args.get("show", ""), max(request.args.get("page", 1, type=int), 1)
    show = show if show in SHOWN else ""
    counts = sitting_counts(seen_by=me())
    rows = sittings(SittingFilter(show), seen_by=me(), offset=(page - 1) * PAGE)
    return render_template(
        "council/sittings.html", rows=rows, tabs=_tabs(show, counts), month=month_of(me()),
        pages=_pages(show, page, counts[show]), councils=councils(seen_by=me()),
        can={"add"} if me().has_role(Role.COUNCIL_SECRETARY) else set(),
    )  # fmt: skip


def _tabs(show: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        tab(url_for(".sittings", show=name or None), words, counts[name], is_current=show == name)
        for name, words in TABS.items()
        if counts[name] or name in ("", show)
    ]


def _pages(show: str, page: int, total: int) -> dict[str, Any]:
    def link(number: int) -> str:
        return url_for(".sittings", show=show or None, page=number)

    return {
        "first": min((page - 1) * PAGE + 1, total), "last": min(page * PAGE, total), "total": total,
        "previous_url": link(page - 1) if page > 1 else None,
        "next_url": link(page + 1) if page * PAGE < total else None,
    }  # fmt: skip


@bp.get("/sittings/<int:sitting_id>")
@signed_in
def sitting(sitting_id: int) -> Any:
    """One sitting: agenda and materials; a member votes here, on a phone too."""
    found = sitting_of(sitting_id, seen_by=me())
    return render_template("council/sitting.html", **sitting_context(found))


@bp.get("/sittings/<int:sitting_id>/calendar.ics")
@signed_in
def calendar(sitting_id: int) -> Any:
    """The sitting as a calendar entry."""
    found = sitting_of(sitting_id, seen_by=me())
    url = url_for(".sitting", sitting_id=found.id, _external=True)
    is_cancelled = found.state.value == "cancelled"
    entry = calendar_entry(found, host=request.host, url=url, is_cancelled=is_cancelled)
    headers = {"Content-Disposition": f"attachment; filename=sitting-{found.id}.ics"}
    return Response(entry, mimetype="text/calendar", headers=headers)


@bp.route("/councils/<int:council_id>/sittings/new", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def sitting_new(council_id: int) -> Any:
    """Plan a sitting."""
    found, form = council_of(council_id, seen_by=me()), SittingPageForm()
    require_secretary(found, by=me())
    _offer(form, found)
    if not form.is_submitted():
        form.place.data = found.place
    if not form.validate_on_submit():
        return form_page("council/sitting_edit.html", form, council=found, sitting=None)
    return back(plan_sitting(found, form.facts(), by=me()))


@bp.route("/sittings/<int:sitting_id>/edit", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def sitting_edit(sitting_id: int) -> Any:
    """Another day, place or form."""
    found = sitting_of(sitting_id, seen_by=me())
    require_secretary(found, by=me())
    ends = local(found.deadline) if found.deadline else None
    known = {
        "form": found.form.value, "presiding": found.presiding_id or 0, "secretary": found.secretary_id or 0,
        "deadline_day": ends.date() if ends else None, "deadline_hour": f"{ends:%H:%M}" if ends else "",
    }  # fmt: skip
    form = SittingPageForm(data=vars(found) | known)
    _offer(form, found.council)
    if not form.validate_on_submit():
        return form_page("council/sitting_edit.html", form, council=found.council, sitting=found)
    edit_sitting(found, form.facts(), by=me(), version=form.seen)
    return back(found)


def _offer(form: SittingPageForm, council: Council) -> None:
    seats = council.memberships
    for field, wanted in ((form.presiding, ("chair", "deputy")), (form.secretary, ("secretary",))):
        known = [SelectChoice(seat.id, seat.name) for seat in seats if seat.seat.value in wanted]
        field.choices = [SelectChoice(0, _("по должности в совете")), *known]


@bp.post("/sittings/<int:sitting_id>/moves/<name>")
@allowed(Role.COUNCIL_SECRETARY)
def move(sitting_id: int, name: str) -> Any:
    """Make one move of the lifecycle."""
    found, form = sitting_of(sitting_id, seen_by=me()), ReasonForm()
    if name in PLAIN:
        PLAIN[name](found, by=me(), version=form.seen)
    elif name in REASONED:
        REASONED[name](found, reason=form.note.data or "", by=me(), version=form.seen)
    else:
        raise NotFound(_("Такого действия нет: «%(name)s».", name=name))
    flash(gettext("Готово: %(state)s.", state=SITTING.labels[found.state]))
    return redirect(url_for(".live", sitting_id=found.id), 303) if name == "open" else back(found)
