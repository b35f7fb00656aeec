"""The list of reports."""

from typing import Any

from flask import render_template

from accounts.policy import signed_in
from reports.queries import reports as reports_seen
from reports.services import may_make
from reports.views.blueprint import bp, me
from roadmap.queries.plans import plans


@bp.get("/reports")
@signed_in
def reports() -> Any:
    """Reports a person may see, and the plans on which one may be made."""
    makeable = [line.plan for line in plans(seen_by=me()) if may_make(line.plan, me())]
    rows = [{"report": r, "version": r.latest} for r in reports_seen(seen_by=me())]
    return render_template("reports/reports.html", rows=rows, plans=makeable, pages=None)
