"""Minutes to read and to sign, extracts, the signed scan."""

from io import BytesIO
from typing import Any

from flask import flash, request, send_file

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.errors import NotFound, OutOfTurn
from core.words import _, gettext
from council.forms.sittings import ReasonForm, UploadForm
from council.models import AgendaItem, Sitting
from council.printed import MinutesForm
from council.queries.sittings import item_in, sitting_of
from council.services.minutes import keep_scan, minutes_file, print_minutes, sign_minutes
from council.services.rules import require_secretary
from council.views.blueprint import BOTH, back, bp, form_page, me
from documents.services import Upload

NAMES = {MinutesForm.FULL: "protokol", MinutesForm.SHORT: "protokol-kratko", MinutesForm.EXTRACT: "vypiska"}


@bp.get("/sittings/<int:sitting_id>/minutes.docx")
@signed_in
def minutes_docx(sitting_id: int) -> Any:
    """The minutes in full or in short, or an extract for one item, as a Word file made now."""
    found = sitting_of(sitting_id, seen_by=me())
    _require_held(found)
    form, item = _asked(found)
    with minutes_file(found, form, item) as path, path.open("rb") as stream:
        data = stream.read()

    return send_file(BytesIO(data), as_attachment=True, download_name=f"{NAMES[form]}-{found.id}.docx")


def _require_held(found: Sitting) -> None:
    if found.opened_at is None:
        raise OutOfTurn(_("Заседание ещё не открывали: протокола пока нет."))


def _asked(found: Sitting) -> tuple[MinutesForm, AgendaItem | None]:
    wanted, item_id = request.args.get("form", "full"), request.args.get("item", type=int)
    if wanted not in set(MinutesForm) or (wanted == MinutesForm.EXTRACT) != (item_id is not None):
        raise NotFound(_("Протокол бывает полный, краткий и выпиской по вопросу."))
    return MinutesForm(wanted), item_in(found, item_id) if item_id is not None else None


@bp.post("/sittings/<int:sitting_id>/minutes")
@allowed(Role.COUNCIL_SECRETARY)
def minutes(sitting_id: int) -> Any:
    """Draw the minutes up, again when something changed since."""
    found = sitting_of(sitting_id, seen_by=me())
    require_secretary(found, by=me())
    made = print_minutes(found, by=me())
    flash(
        gettext("Протокол составлен.") if made else gettext("Протокол уже составлен, ничего не изменилось.")
    )
    return back(found, "minutes")


@bp.post("/sittings/<int:sitting_id>/sign")
@allowed(Role.COUNCIL_SECRETARY)
def sign(sitting_id: int) -> Any:
    """Note that the minutes were signed."""
    found, form = sitting_of(sitting_id, seen_by=me()), ReasonForm()
    sign_minutes(found, by=me(), version=form.seen)
    flash(gettext("Протокол № %(number)s зарегистрирован.", number=found.number))
    return back(found, "minutes")


@bp.route("/sittings/<int:sitting_id>/scan", methods=BOTH)
@allowed(Role.COUNCIL_SECRETARY)
def scan(sitting_id: int) -> Any:
    """Keep the signed minutes as they were scanned."""
    found, form = sitting_of(sitting_id, seen_by=me()), UploadForm()
    require_secretary(found, by=me())
    if not form.validate_on_submit():
        return form_page("council/scan.html", form, sitting=found)
    keep_scan(found, Upload(form.file.data.filename or "", form.file.data.stream), by=me())
    flash(gettext("Скан протокола сохранён."))
    return back(found, "minutes")
