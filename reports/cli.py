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
from reports.assembly import assemble, end_of
from reports.publication.cli import export_site_command
from reports.services import rendered
from roadmap.models import Plan

reports = AppGroup("reports", help="Execution reports.")
reports.add_command(export_site_command)


@reports.command("assemble")
@click.argument("plan_id", metavar="PLAN", type=int)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d", "%d.%m.%Y"]), help="The day of the data; today if absent."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the .docx.")
@click.option("--json", "as_json", is_flag=True, help="Print the data and the gaps as JSON.")
def assemble_command(plan_id: int, as_of: datetime | None, out: Path | None, as_json: bool) -> None:
    """Assemble the report on PLAN as of a day, as .docx, as JSON, or both."""
    plan = db.session.get(Plan, plan_id)
    if plan is None:
        raise click.ClickException(f"there is no plan {plan_id}")
    day: date = as_of.date() if as_of else today()
    made = assemble(plan, as_of=end_of(day))
    if out:
        try:
            with rendered(made) as path:
                shutil.copyfile(path, out)
        except Refusal as refusal:
            raise click.ClickException(str(refusal.reason)) from None
    if as_json:
        gaps = [{**vars(gap), "sentence": str(gap.sentence)} for gap in made.gaps]
        click.echo(json.dumps({**made.data, "gaps": gaps}, ensure_ascii=False, indent=1))
    elif out:
        click.echo(f"{out}: {made.data['totals']['measures']} measures, {len(made.gaps)} gaps")
