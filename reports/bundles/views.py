"""Bundles of a version: asking for one, and downloading it."""

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, send_file, url_for

from accounts.models import Role, User
from accounts.policy import allowed
from core.errors import NotFound
from core.words import _, gettext
from documents.services import local_copy
from reports.bundles.queries import bundle_of, bundles_of
from reports.bundles.services import ZIP, ask_bundle
from reports.queries import report_of, version_of

bp = Blueprint("bundles", __name__)
MAKERS = (Role.COORDINATOR, Role.COUNCIL_SECRETARY)


def me() -> User:
    person: User = g.person
    return person


@bp.route("/reports/<int:report_id>/versions/<int:number>/bundles", methods=["GET", "POST"])
@allowed(*MAKERS)
def bundles(report_id: int, number: int) -> Any:
    """The bundles one has asked for; posting asks for another."""
    version = version_of(report_of(report_id, seen_by=me()), number)
    here = url_for(".bundles", report_id=report_id, number=number)
    if request.method == "POST":
        bundle = ask_bundle(version, by=me())
        flash(gettext("Пакет собран.") if bundle.is_ready else gettext("Пакет большой: он появится здесь."))
        return redirect(here, 303)
    return render_template(
        "reports/bundles.html",
        report=version.report,
        version=version,
        bundles=bundles_of(version, seen_by=me()),
        report_url=url_for("reports.report", report_id=report_id, version=number),
        here=here,
    )


@bp.get("/reports/bundles/<int:bundle_id>.zip")
@allowed(*MAKERS)
def download(bundle_id: int) -> Response:
    """The archive, for whoever asked for it."""
    bundle = bundle_of(bundle_id, seen_by=me())
    if bundle.sha256 is None:
        raise NotFound(_("Пакет ещё собирается: обновите страницу через минуту."))
    with local_copy(bundle.sha256) as path:
        content = path.open("rb")
    return send_file(content, ZIP, as_attachment=True, download_name=f"vekha-bundle-{bundle.id}.zip")
