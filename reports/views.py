"""Pages of the room: the list, what is missing before a report is made, one report, its files, templates."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, send_file, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role, User
from accounts.policy import allowed, signed_in
from core.clock import today
from core.errors import Invalid, NotFound
from core.forms import read_day
from core.words import _, gettext
from documents.services import local_copy
from reports.assembly import Assembled, assemble, end_of, gaps_from, report_title
from reports.fields import FILTERS, REPORT, described
from reports.findings.services import shown_of
from reports.forms import AssembleForm, NoteForm, TemplateForm
from reports.models import Report, ReportVersion
from reports.pdf import has_pdf, to_pdf
from reports.queries import report_of, template_of, templates_for, version_of
from reports.queries import reports as reports_seen
from reports.services import (
    DOCX,
    add_template,
    begin_report,
    make_version,
    may_make,
    move_version,
    remove_template,
    send_back,
)
from reports.services.deciding import head_block
from reports.services.moving import PLAIN
from roadmap.models import Plan
from roadmap.queries.plans import coordinated_organisations, plan_of, plans
from workflow.services import offers

bp = Blueprint("reports", __name__)
MAKERS = (Role.COORDINATOR, Role.COUNCIL_SECRETARY)


def me() -> User:
    person: User = g.person
    return person


@bp.get("/reports")
@signed_in
def reports() -> Any:
    """Reports a person may see, and the plans on which one may be made."""
    makeable = [line.plan for line in plans(seen_by=me()) if may_make(line.plan, me())]
    rows = [{"report": r, "version": r.latest} for r in reports_seen(seen_by=me())]
    return render_template("reports/reports.html", rows=rows, plans=makeable, pages=None)


@bp.route("/roadmaps/<int:plan_id>/report", methods=["GET", "POST"], endpoint="assemble")
@allowed(*MAKERS)
def assemble_plan(plan_id: int) -> Any:
    """What the report lacks as of a day; posting makes a version."""
    plan = plan_of(plan_id, seen_by=me())
    form = _assemble_form(plan)
    if not form.validate_on_submit():
        day = form.as_of.data or read_day(request.args.get("as_of", "")) or today()
        return _assemble_page(plan, form, assemble(plan, as_of=end_of(min(day, today()))))
    report = begin_report(plan, title=form.title.data.strip(), period=form.period.data.strip(), by=me())
    template = template_of(form.template.data, plan.organisation) if form.template.data else None
    as_of = end_of(min(form.as_of.data or today(), today()))
    version = make_version(report, as_of=as_of, by=me(), note=form.note.data or "", template=template)
    flash(gettext("Собрана версия %(number)s.", number=version.number))
    return redirect(url_for(".report", report_id=report.id), 303)


def _assemble_form(plan: Plan) -> AssembleForm:
    form = AssembleForm(as_of=today(), title=report_title(plan.title), period=plan.period_text or plan.years)
    known = templates_for(plan.organisation)
    form.template.choices = [SelectChoice(0, gettext("обычный, девять столбцов"))]
    form.template.choices += [SelectChoice(t.id, t.name) for t in known]
    return form


def _assemble_page(plan: Plan, form: AssembleForm, made: Assembled) -> Any:
    context = {
        "plan": plan,
        "form": form,
        "totals": made.data["totals"],
        "gaps": made.gaps,
        "can_send": Role.COORDINATOR in plan.roles_of(me()),
    }
    return render_template("reports/assemble.html", **context), 422 if form.is_submitted() else 200


@bp.post("/roadmaps/<int:plan_id>/report/gaps")
@allowed(*MAKERS)
def send_gaps(plan_id: int) -> Any:
    """Send what the report lacks back to the executors, with one click."""
    plan = plan_of(plan_id, seen_by=me())
    ids = {int(text) for text in request.form.getlist("measure") if text.isdigit()}
    made = assemble(plan, as_of=end_of(today()))
    reasons: dict[int, str] = {}
    for gap in made.gaps:
        if gap.measure_id in ids:
            reasons[gap.measure_id] = f"{reasons.get(gap.measure_id, '')} {gap.sentence}.".strip()
    count = send_back(plan, reasons, by=me())
    flash(gettext("Отправлено исполнителям: %(count)s.", count=count))
    return redirect(url_for(".assemble", plan_id=plan_id), 303)


@bp.get("/reports/<int:report_id>")
@signed_in
def report(report_id: int) -> Any:
    """The latest version, or the one asked for, as the document shows it."""
    found = report_of(report_id, seen_by=me())
    return _page(found, _asked(found, request.args.get("version", type=int)))


def _asked(found: Report, number: int | None) -> ReportVersion:
    version = version_of(found, number) if number else found.latest
    if version is None:
        raise NotFound(_("У этого отчёта ещё нет версий."))
    return version


def _page(found: Report, shown: ReportVersion) -> Any:
    def link(endpoint: str) -> str:
        return url_for(endpoint, report_id=found.id, number=shown.number)

    rows = [
        {
            "version": v,
            "url": url_for(".report", report_id=found.id, version=v.number),
            "is_current": v is shown,
        }
        for v in reversed(found.versions)
    ]
    return render_template(
        "reports/report.html",
        report=found,
        version=shown,
        data=shown.data,
        versions=rows,
        offers=[offer for offer in offers(shown, by=me()) if offer.move.name in PLAIN],
        primary="submit" if shown.is_newest else "",
        head=head_block(shown) if shown.is_decided else {},
        protocol_sha256=shown.manifest.get("decision", {}).get("protocol_sha256"),
        move_url=lambda name: url_for(".move", report_id=found.id, number=shown.number, name=name),
        gaps=gaps_from(shown.gaps),
        **_findings(shown),
        docx_url=link(".download"),
        pdf_url=link(".download_pdf") if has_pdf() else "",
        bundles_url=url_for("bundles.bundles", report_id=found.id, number=shown.number),
        publication_url=url_for("publication.report", report_id=found.id, number=shown.number),
        can={"assemble"} if may_make(found.plan, me()) else set(),
    )


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
    version, form = version_of(report_of(report_id, seen_by=me()), number), NoteForm()
    if not form.validate():
        raise Invalid(next(iter(form.errors.values()))[0])
    move_version(version, name, by=me(), note=form.note.data or "", seen=form.seen)
    flash(gettext("Готово: %(state)s.", state=version.state_label))
    return redirect(url_for(".report", report_id=report_id, version=number), 303)


@bp.get("/reports/<int:report_id>/versions/<int:number>.docx")
@signed_in
def download(report_id: int, number: int) -> Response:
    """The file of a version, byte for byte as it was made or, after the decision, stamped."""
    found = report_of(report_id, seen_by=me())
    version = version_of(found, number)
    with local_copy(version.shown_sha256) as path:
        content = path.open("rb")
    return send_file(content, DOCX, as_attachment=True, download_name=_name(found, version, "docx"))


@bp.get("/reports/<int:report_id>/versions/<int:number>.pdf")
@signed_in
def download_pdf(report_id: int, number: int) -> Response:
    """The same as PDF, where LibreOffice is present."""
    found = report_of(report_id, seen_by=me())
    version = version_of(found, number)
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


def _tags() -> dict[str, Any]:
    """What a template may name, with words for the reader."""
    fields = [(tag, _meaning(words)) for tag, words in described(REPORT)]
    return {"fields": fields, "filters": {name: _meaning(words) for name, words in FILTERS.items()}}


def _meaning(words: str) -> str:
    """The words about a tag, translated half by half: «название столбца: статус исполнения»."""
    return ": ".join(gettext(half) for half in words.split(": "))


@bp.route("/reports/templates", methods=["GET", "POST"])
@allowed(Role.COORDINATOR)
def templates() -> Any:
    """Templates of one's organisations, what they may name, and uploading one."""
    bodies = coordinated_organisations(me())
    form = TemplateForm()
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    if not form.validate_on_submit():
        known = list({t.id: t for body in bodies for t in templates_for(body)}.values())
        context = {"form": form, "templates": known, **_tags()}
        return render_template("reports/templates.html", **context), 422 if form.is_submitted() else 200
    chosen = next(body for body in bodies if body.id == form.organisation.data)
    with tempfile.NamedTemporaryFile(prefix="vekha-", suffix=".docx") as file:
        form.file.data.save(file)
        file.flush()
        add_template(chosen, Path(file.name), name=form.file.data.filename, by=me())
    flash(gettext("Шаблон проверен и сохранён."))
    return redirect(url_for(".templates"), 303)


@bp.post("/reports/templates/<int:template_id>/remove")
@allowed(Role.COORDINATOR)
def template_remove(template_id: int) -> Any:
    """Offer a template no more."""
    bodies = coordinated_organisations(me())
    known = {t.id: t for body in bodies for t in templates_for(body)}
    if template_id not in known:
        raise NotFound(_("Такого шаблона нет."))
    remove_template(known[template_id], by=me())
    return redirect(url_for(".templates"), 303)


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation."""
    return [(url_for("reports.reports"), _("Отчёты"), "reports", 0)]
