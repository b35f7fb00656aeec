"""One version of a report as the document shows it, its moves and its files."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for

from accounts.policy import allowed, signed_in
from core.errors import Invalid
from core.words import gettext
from documents.services import local_copy
from reports.assembly import gaps_from
from reports.findings.services import shown_of
from reports.forms import NoteForm
from reports.models import Report, ReportVersion
from reports.pdf import has_pdf, to_pdf
from reports.services import DOCX, may_make, move_version
from reports.services.comparing import base_of
from reports.services.deciding import head_block
from reports.services.moving import PLAIN
from reports.views.blueprint import MAKERS, asked, bp, me
from workflow.services import offers


@bp.get("/reports/<int:report_id>")
@signed_in
def report(report_id: int) -> Any:
    """The latest version, or the one asked for, as the document shows it."""
    found, shown = asked(report_id, request.args.get("version", type=int))
    context = _context(found, shown) | _links(found, shown) | _findings(shown)
    return render_template("reports/report.html", **context)


def _context(found: Report, shown: ReportVersion) -> dict[str, Any]:
    return {
        "report": found,
        "version": shown,
        "data": shown.data,
        "versions": [_row(found, version, shown) for version in reversed(found.versions)],
        "gaps": gaps_from(shown.gaps),
        "offers": [offer for offer in offers(shown, by=me()) if offer.move.name in PLAIN],
        "primary": "submit" if shown.is_newest else "",
        "head": head_block(shown) if shown.is_decided else {},
        "protocol_sha256": shown.manifest.get("decision", {}).get("protocol_sha256"),
        "can": {"assemble"} if may_make(found.plan, me()) else set(),
    }


def _row(found: Report, version: ReportVersion, shown: ReportVersion) -> dict[str, Any]:
    url = url_for(".report", report_id=found.id, version=version.number)
    return {"version": version, "url": url, "is_current": version is shown}


def _links(found: Report, shown: ReportVersion) -> dict[str, Any]:
    here: dict[str, Any] = {"report_id": found.id, "number": shown.number}
    again: dict[str, Any] = {"with": [plan.id for plan in found.others]}
    again |= {"shape": found.shape} if found.shape != "annual" else {}
    base = base_of(found)
    return {
        "docx_url": url_for(".download", **here),
        "pdf_url": url_for(".download_pdf", **here) if has_pdf() else "",
        "bundles_url": url_for("bundles.bundles", **here),
        "publication_url": url_for("publication.report", **here),
        "move_url": lambda name: url_for(".move", **here, name=name),
        "changes_url": url_for(".changes", report_id=found.id, since=base.number) if base else "",
        "assemble_url": url_for(".assemble", plan_id=found.plan_id, **again),
    }


def _findings(shown: ReportVersion) -> dict[str, Any]:
    found = shown_of(shown)
    check_url = url_for("findings.check", report_id=shown.report_id, number=shown.number)
    return {
        "findings": found,
        "open_findings": sum(each.state == "open" for each in found),
        "check_url": check_url if may_make(shown.report.plan, me()) else "",
    }


@bp.post("/reports/<int:report_id>/versions/<int:number>/moves/<name>")
@allowed(*MAKERS)
def move(report_id: int, number: int, name: str) -> Any:
    """Send a version to the council, take it back, take it up, return it with remarks."""
    version, form = asked(report_id, number)[1], NoteForm()
    if not form.validate():
        raise Invalid(next(iter(form.errors.values()))[0])
    move_version(version, name, by=me(), note=form.note.data or "", seen=form.seen)
    flash(gettext("Готово: %(state)s.", state=version.state_label))
    return redirect(url_for(".report", report_id=report_id, version=number), 303)


@bp.get("/reports/<int:report_id>/versions/<int:number>.docx")
@signed_in
def download(report_id: int, number: int) -> Response:
    """The file of a version, byte for byte as it was made or, after the decision, stamped."""
    found, version = asked(report_id, number)
    with local_copy(version.shown_sha256) as path:
        content = path.open("rb")
    return send_file(content, DOCX, as_attachment=True, download_name=_name(found, version, "docx"))


@bp.get("/reports/<int:report_id>/versions/<int:number>.pdf")
@signed_in
def download_pdf(report_id: int, number: int) -> Response:
    """The same as PDF, where LibreOffice is present."""
    found, version = asked(report_id, number)
    with tempfile.TemporaryDirectory(prefix="vekha-pdf-") as folder:
        out = Path(folder) / "report.pdf"
        with local_copy(version.shown_sha256, suffix=".docx") as path:
            to_pdf(path, out)
        content = out.open("rb")
    return send_file(
        content, "application/pdf", as_attachment=True, download_name=_name(found, version, "pdf")
    )


def _name(found: Report, version: ReportVersion, ending: str) -> str:
    word = gettext("Отчёт")
    return f"{word} {found.id}-{version.number}.{ending}"
