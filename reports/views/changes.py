"""What changed since a version: a table, and a Word file in which the changes are marked."""

from typing import Any

from flask import Response, render_template, request, send_file, url_for

from accounts.policy import signed_in
from core.errors import NotFound
from core.words import _, gettext
from reports.models import Report
from reports.queries import report_of, version_of
from reports.services import DOCX
from reports.services.comparing import Comparison, base_of, compare, marked
from reports.views.blueprint import bp, me


@bp.get("/reports/<int:report_id>/changes")
@signed_in
def changes(report_id: int) -> Any:
    """From a version, the decided one unless asked otherwise, to a later one or to this moment."""
    found = report_of(report_id, seen_by=me())
    compared = _compared(found)
    until = compared.until.number if compared.until else None
    rows = compared.changes
    counts = {kind: sum(row.kind == kind for row in rows) for kind in ("added", "removed", "changed")}
    context = {
        "report": found,
        "compared": compared,
        "rows": rows,
        "counts": counts,
        "versions": found.versions,
    }
    docx_url = url_for(".changes_docx", report_id=found.id, since=compared.since.number, until=until)
    return render_template("reports/changes.html", **context, docx_url=docx_url)


@bp.get("/reports/<int:report_id>/changes.docx")
@signed_in
def changes_docx(report_id: int) -> Response:
    """The same as a Word file with insertions and deletions visible."""
    found = report_of(report_id, seen_by=me())
    with marked(_compared(found)) as path:
        content = path.open("rb")
    name = gettext("Изменения отчёта %(number)s", number=found.id)
    return send_file(content, DOCX, as_attachment=True, download_name=f"{name}.docx")


def _compared(found: Report) -> Comparison:
    since, until = (request.args.get(name, type=int) for name in ("since", "until"))
    base = version_of(found, since) if since else base_of(found)
    if base is None:
        raise NotFound(_("У этого отчёта ещё нет версий."))
    return compare(base, version_of(found, until) if until else None)
