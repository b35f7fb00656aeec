"""Putting the agenda together: items, their order, materials."""

from typing import Any

from flask import flash, request
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.errors import Invalid
from core.words import _, gettext
from council.forms.sittings import ItemForm, UploadForm
from council.queries.sittings import material_in, sitting_of, versions_for
from council.services.agenda import (
    ItemFacts,
    add_item,
    add_material,
    drop_item,
    drop_material,
    edit_item,
    place_item,
)
from council.services.rules import require_secretary
from council.views.blueprint import BOTH, back, bp, form_page, found_item, me
from documents.services import Upload
from reports.models import ReportVersion


@bp.route("/sittings/<int:sitting_id>/items/new", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def item_new(sitting_id: int) -> Any:
    """Put an item on the agenda."""
    found, form = sitting_of(sitting_id, seen_by=me()), ItemForm()
    require_secretary(found, by=me())
    versions = versions_for(found, seen_by=me())
    _offer(form, versions)
    if not form.validate_on_submit():
        return form_page("council/item.html", form, sitting=found, item=None)
    add_item(found, _facts(form, versions), by=me())
    return back(found, "agenda")


@bp.route("/sittings/<int:sitting_id>/items/<int:item_id>", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def item(sitting_id: int, item_id: int) -> Any:
    """Say an item otherwise."""
    found = found_item(sitting_id, item_id)
    require_secretary(found.sitting, by=me())
    own = [found.report_version] if found.report_version else []
    versions = [*own, *versions_for(found.sitting, seen_by=me())]
    form = ItemForm(obj=found, data={"report": found.report_version_id or 0})
    _offer(form, versions)
    if not form.validate_on_submit():
        return form_page("council/item.html", form, sitting=found.sitting, item=found)
    edit_item(found, _facts(form, versions), by=me())
    return back(found.sitting, "agenda")


def _offer(form: ItemForm, versions: list[ReportVersion]) -> None:
    known = [
        SelectChoice(
            v.id, gettext("%(title)s, версия %(number)s", title=v.report.title[:80], number=v.number)
        )
        for v in versions
    ]
    form.report.choices = [SelectChoice(0, _("вопрос без отчёта")), *known]


def _named(version: ReportVersion) -> str:
    title = version.report.title[:80]
    return str(gettext("%(title)s, версия %(number)s", title=title, number=version.number))


def _facts(form: ItemForm, versions: list[ReportVersion]) -> ItemFacts:
    return ItemFacts(
        form.title.data or "", form.speaker.data or "", form.proposal.data or "",
        next((version for version in versions if version.id == form.report.data), None),
    )  # fmt: skip


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/place")
@allowed(Role.COUNCIL_SECRETARY)
def item_place(sitting_id: int, item_id: int) -> Any:
    """One place up or down, to the place it was dragged to, or off the agenda."""
    found = found_item(sitting_id, item_id)
    do, place = request.form.get("do", ""), request.form.get("position", type=int)
    places = {"up": found.position - 1, "down": found.position + 1, "to": place}
    if do == "drop":
        drop_item(found, by=me())
    elif (position := places.get(do)) is not None:
        place_item(found, position=position, by=me())
    else:
        raise Invalid(_("Нажмите «Выше», «Ниже» или «Убрать»."))
    return back(sitting_of(sitting_id, seen_by=me()), "agenda" if do == "drop" else f"item-{item_id}")


@bp.route("/sittings/<int:sitting_id>/items/<int:item_id>/materials", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def materials(sitting_id: int, item_id: int) -> Any:
    """Lay files before the members with an item."""
    found, form = found_item(sitting_id, item_id), UploadForm()
    require_secretary(found.sitting, by=me())
    if not form.validate_on_submit():
        return form_page("council/materials.html", form, sitting=found.sitting, item=found)
    add_material(found, Upload(form.file.data.filename or "", form.file.data.stream), by=me())
    flash(gettext("Материал приложен."))
    return back(found.sitting, "agenda")


@bp.post("/sittings/<int:sitting_id>/items/<int:item_id>/materials/<int:material_id>/drop")
@allowed(Role.COUNCIL_SECRETARY)
def material_drop(sitting_id: int, item_id: int, material_id: int) -> Any:
    """Lay a file before the members no more."""
    found = found_item(sitting_id, item_id)
    drop_material(material_in(found, material_id), by=me())
    return back(found.sitting, "agenda")
