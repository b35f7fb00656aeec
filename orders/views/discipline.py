"""Execution discipline: the report on the page, as .xlsx and as .docx."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, render_template, request, send_file, url_for

from accounts.policy import signed_in
from core.clock import today
from core.forms import read_day
from core.words import _, gettext
from orders.queries.discipline import Discipline, Span, discipline, drilled
from orders.services.exports import discipline_docx, discipline_xlsx
from orders.views.blueprint import bp, me

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKS = {
    "in_time": _("В срок"), "late": _("С опозданием"), "overdue": _("Просрочено"),
    "extended": _("С продлением"),
    "open": _("Срок не наступил"), "not_done": _("Закрыто без исполнения"),
}  # fmt: skip


@bp.get("/orders/discipline")
@signed_in
def discipline_page() -> Any:
    """Per organisation and person; every figure opens its list."""
    span = _span()
    by = "person" if request.args.get("by") == "person" else "organisation"
    who, mark = request.args.get("who", ""), request.args.get("mark", "")
    found = discipline(span, by=by, seen_by=me())
    chosen = drilled(span, by=by, who=who, mark=mark, seen_by=me()) if who or mark else []
    links = {name: _link(name, by) for name in ("discipline_xlsx_file", "discipline_docx_file")}
    context = {"span": span, "by": by, "who": who, "mark": mark, "marks": MARKS, "links": links}
    return render_template(
        "orders/discipline.html", rows=found.rows, total=found.total, chosen=chosen, **context
    )


def _span() -> Span:
    """The days whose terms are counted: this year unless said otherwise."""
    day = today()
    since = read_day(request.args.get("since", "")) or day.replace(month=1, day=1)
    until = read_day(request.args.get("until", "")) or day.replace(month=12, day=31)
    return Span(min(since, until), max(since, until))


def _link(endpoint: str, by: str) -> str:
    kept: dict[str, Any] = {name: request.args[name] for name in ("since", "until") if request.args.get(name)}
    return url_for(f".{endpoint}", by=by, **kept)


def _report() -> tuple[Discipline, Span]:
    by = "person" if request.args.get("by") == "person" else "organisation"
    return discipline(_span(), by=by, seen_by=me()), _span()


@bp.get("/orders/discipline.xlsx")
@signed_in
def discipline_xlsx_file() -> Response:
    """The report as a workbook."""
    found, span = _report()
    return _sent(discipline_xlsx(found, span, MARKS), XLSX, "xlsx")


@bp.get("/orders/discipline.docx")
@signed_in
def discipline_docx_file() -> Response:
    """The report as a Word file."""
    found, span = _report()
    with tempfile.TemporaryDirectory(prefix="vekha-discipline-") as folder:
        out = Path(folder) / "report.docx"
        discipline_docx(found, span, MARKS, out=out)
        content = out.open("rb")
    return _sent(content, DOCX, "docx")


def _sent(content: Any, media_type: str, ending: str) -> Response:
    name = gettext("Исполнительская дисциплина")
    return send_file(content, media_type, as_attachment=True, download_name=f"{name}.{ending}")
