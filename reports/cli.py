"""Commands of the room: assemble a report from the command line."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from core.clock import today
from core.db import db
from core.errors import Refusal
from reports.assembly import assemble, end_of, shape_of
from reports.models import ReportVersion
from reports.publication.cli import export_site_command
from reports.queries import decided_versions, version_by_id
from reports.services import rendered
from reports.services.rebuilding import rebuilt
from roadmap.models import Plan

reports = AppGroup("reports", help="Execution reports.")
reports.add_command(export_site_command)


@reports.command("assemble")
@click.argument("plan_id", metavar="PLAN", type=int)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y"]), help="The day of the data; today if absent."
)
@click.option("--kind", default="annual", help="quarter-2026-1, half-2026-1, executors, sections, overdue.")
@click.option("--with", "others", type=int, multiple=True, metavar="PLAN", help="Put together with it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the .docx.")
@click.option("--json", "as_json", is_flag=True, help="Print the data and the gaps as JSON.")
def assemble_command(
    plan_id: int, as_of: datetime | None, kind: str, others: tuple[int, ...], out: Path | None, as_json: bool
) -> None:
    """Assemble the report on PLAN as of a day, as .docx, as JSON, or both."""
    day: date = as_of.date() if as_of else today()
    plan, *more = (_plan(number) for number in (plan_id, *others))
    try:
        made = assemble(plan, as_of=end_of(day), shape=shape_of(kind), others=more)
        if out:
            with rendered(made) as path:
                shutil.copyfile(path, out)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.reason)) from None
    if as_json:
        gaps = [{**vars(gap), "sentence": str(gap.sentence)} for gap in made.gaps]
        click.echo(json.dumps({**made.data, "gaps": gaps}, ensure_ascii=False, indent=1))
    elif out:
        click.echo(f"{out}: {made.data['totals']['measures']} measures, {len(made.gaps)} gaps")


def _plan(number: int) -> Plan:
    if (plan := db.session.get(Plan, number)) is None:
        raise click.ClickException(f"there is no plan {number}")
    return plan


@reports.command("rebuild")
@click.argument("version_id", metavar="[VERSION]", type=int, required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the .docx.")
@click.option("--all", "all_decided", is_flag=True, help="Every version that a council decided on.")
def rebuild_command(version_id: int | None, out: Path | None, all_decided: bool) -> None:
    """Make the file of VERSION again from its manifest and compare byte by byte; exit 1 if not the same."""
    try:
        versions = decided_versions() if all_decided else [version_by_id(version_id or 0)]
        faults = [fault for version in versions for fault in _rebuild(version, out)]
    except Refusal as refusal:
        raise click.ClickException(str(refusal.reason)) from None
    if faults:
        raise SystemExit(1)


def _rebuild(version: ReportVersion, out: Path | None) -> list[str]:
    with rebuilt(version) as made:
        if out:
            shutil.copyfile(made.path, out)
        said = "; ".join(made.faults) or "the same, byte for byte"
        click.echo(f"version {version.id}: {made.got}: {said}")
        return made.faults
