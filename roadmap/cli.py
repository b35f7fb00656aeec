"""Commands of the room: what is recognised in files and phrases, without any database."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from core.cli import read_apart
from roadmap.phrase_files import periods_of, statuses_of
from roadmap.services.imports import LIMITS
from roadmap.services.recounting import recount_control_dates

roadmap = AppGroup("roadmap", help="Roadmaps: read files, periods and statuses.")


def _print(found: Any) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@roadmap.command("read", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything recognised as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Print what is recognised in FILE (.docx, .xlsx, .odt, .ods, .doc, .pdf)."""
    found = read_apart("roadmap.reading.recognise:read_plan", LIMITS, file)
    if as_json:
        _print(found)
    else:
        _print_outline(found)


def _print_outline(found: dict[str, Any]) -> None:
    click.echo(f"{found.get('title', '')}\n{found.get('period', '')}")
    for section in found.get("sections") or []:
        click.echo(f"\n{section['number']} {section['title']}")
        for measure in section["measures"]:
            click.echo(f"  {measure['number']:<8} {measure['title'][:70]}  [{measure['due_period']}]")
    for row in found.get("schedule") or []:
        click.echo(f"  {row['event'][:70]}  [{row['period']}]")
    for row in found.get("indicators") or []:
        click.echo(f"  {row['number']:<4} {row['name'][:70]}  {row['plan_text']} → {row['actual_text']}")


@roadmap.command("periods", with_appcontext=False)
@click.argument("file", type=click.File(encoding="utf-8"))
def periods(file: Any) -> None:
    """Read a list of {text, context_year, context_kind} and print what each due period means."""
    _print(periods_of(json.load(file)))


@roadmap.command("statuses", with_appcontext=False)
@click.argument("file", type=click.File(encoding="utf-8"))
def statuses(file: Any) -> None:
    """Read a list of {text} and print the state each status phrase names."""
    _print(statuses_of(json.load(file)))


@roadmap.command("recount")
def recount() -> None:
    """Count the control dates of all open measures anew by the rules in force."""
    click.echo(f"control dates moved: {recount_control_dates()}")
