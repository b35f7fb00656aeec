"""Councils, their rules and members."""

from typing import Any

from flask import flash, render_template
from wtforms.fields.choices import SelectChoice

from accounts.models import Organisation, Role
from accounts.policy import allowed, signed_in
from core.clock import today
from core.words import _, gettext
from council.forms.councils import CouncilForm, MemberForm
from council.forms.sittings import ReasonForm
from council.models import Council
from council.queries.councils import (
    council_of,
    councils,
    kept_organisations,
    people_for,
    registers_for,
    seat_in,
)
from council.queries.sittings import SittingFilter, sittings
from council.rules import BASE_LABELS, MARK_LABELS, SHARE_LABELS, TIE_LABELS
from council.services.councils import close_council, create_council, edit_council, edit_member, name_member
from council.services.rules import is_secretary, require_secretary
from council.views.blueprint import BOTH, back_council, bp, form_page, me
from orders.models import Register

SECRETARY = Role.COUNCIL_SECRETARY


@bp.get("/councils")
@signed_in
def council_list() -> Any:
    """Councils a person may see."""
    can = {"add"} if me().has_role(SECRETARY) else set()
    return render_template("council/councils.html", rows=councils(seen_by=me()), can=can)


@bp.get("/councils/<int:council_id>")
@signed_in
def council(council_id: int) -> Any:
    """One council: rules with the norm, members, latest sittings."""
    found = council_of(council_id, seen_by=me())
    return render_template(
        "council/council.html", council=found, rules=told_rules(found), day=today(),
        sittings=sittings(SittingFilter(council_id=found.id), seen_by=me(), limit=10),
        can={"keep"} if is_secretary(found, me()) else set(),
    )  # fmt: skip


def told_rules(found: Council) -> list[tuple[Any, Any]]:
    """The rules as terms and words."""
    rules = found.rule_set
    return [
        (_("Кворум"), SHARE_LABELS[rules.quorum]),
        (_("Решение принимают"), f"{SHARE_LABELS[rules.majority]} {BASE_LABELS[rules.base]}"),
        (_("При равенстве голосов"), TIE_LABELS[rules.tie]),
        (_("Голосование"), gettext("тайное") if rules.is_secret else gettext("открытое")),
        (_("Повестка"), gettext("за %(days)s дн.", days=rules.notice_days)),
        (_("Отметка на отчёте"), MARK_LABELS[rules.mark]),
        (_("Журнал протоколов"), found.register.title if found.register else ""),
    ]


@bp.route("/councils/new", methods=BOTH)
@allowed(SECRETARY)
def council_new() -> Any:
    """Found a council."""
    places, form = kept_organisations(me()), CouncilForm()
    form.organisation.choices = [SelectChoice(place.id, place.name) for place in places]
    _offer_registers(form, places)
    if not form.validate_on_submit():
        return form_page("council/council_edit.html", form, council=None)
    place = next(place for place in places if place.id == form.organisation.data)
    made = create_council(place, form.facts(), register=_register(form, places), by=me())
    flash(gettext("Совет создан. Назовите его членов."))
    return back_council(made)


@bp.route("/councils/<int:council_id>/edit", methods=BOTH)
@allowed(SECRETARY)
def council_edit(council_id: int) -> Any:
    """Change what is known of a council, its rules too."""
    found = council_of(council_id, seen_by=me())
    require_secretary(found, by=me())
    form = CouncilForm(obj=found, data=vars(found.rule_set) | {"kind": found.council_kind.value})
    del form.organisation
    _offer_registers(form, [found.organisation])
    if not form.is_submitted():
        form.register.data = found.register_id or 0
    if not form.validate_on_submit():
        return form_page("council/council_edit.html", form, council=found)
    edit_council(
        found, form.facts(), register=_register(form, [found.organisation]), by=me(), version=form.seen
    )
    return back_council(found)


def _offer_registers(form: CouncilForm, places: list[Organisation]) -> None:
    known = [SelectChoice(register.id, register.title) for register in _registers(places)]
    form.register.choices = [SelectChoice(0, _("пока нет")), *known]


def _register(form: CouncilForm, places: list[Organisation]) -> Register | None:
    return next((r for r in _registers(places) if r.id == form.register.data), None)


def _registers(places: list[Organisation]) -> list[Register]:
    return [register for place in places for register in registers_for(place)]


@bp.route("/councils/<int:council_id>/close", methods=BOTH)
@allowed(SECRETARY)
def council_close(council_id: int) -> Any:
    """Abolish a council."""
    found, form = council_of(council_id, seen_by=me()), ReasonForm()
    require_secretary(found, by=me())
    if not form.validate_on_submit():
        return form_page("council/council_close.html", form, council=found)
    close_council(found, reason=form.note.data or "", by=me())
    return back_council(found)


@bp.route("/councils/<int:council_id>/members/new", methods=BOTH)
@allowed(SECRETARY)
def member_new(council_id: int) -> Any:
    """Name a member."""
    found, form = council_of(council_id, seen_by=me()), MemberForm()
    require_secretary(found, by=me())
    people = people_for(found.organisation)
    form.offer(people)
    if not form.validate_on_submit():
        return form_page("council/member.html", form, council=found, seat=None)
    name_member(found, form.facts(people), by=me())
    return back_council(found)


@bp.route("/councils/<int:council_id>/members/<int:membership_id>", methods=BOTH)
@allowed(SECRETARY)
def member(council_id: int, membership_id: int) -> Any:
    """Correct a member; the last day ends the term."""
    found = council_of(council_id, seen_by=me())
    require_secretary(found, by=me())
    seat, people = seat_in(found, membership_id), people_for(found.organisation)
    form = MemberForm(obj=seat, data={"person": seat.user_id or 0, "seat": seat.seat.value})
    form.offer([*people, *([seat.user] if seat.user and seat.user not in people else [])])
    if not form.validate_on_submit():
        return form_page("council/member.html", form, council=found, seat=seat)
    edit_member(seat, form.facts([*people, *([seat.user] if seat.user else [])]), by=me())
    return back_council(found)
