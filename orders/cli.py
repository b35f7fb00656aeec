"""Commands of the room: what is proposed of a file, without any database."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from core.cli import read_apart
from orders.services.control import LIMITS

orders = AppGroup("orders", help="Orders: read what an act assigns.")


@orders.command("propose", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything that is proposed as JSON.")
def propose(file: Path, as_json: bool) -> None:
    """Print the assignments found in FILE: items of an order, decisions of minutes, rows of a schedule."""
    found = read_apart("orders.proposals.reading:read_proposals", LIMITS, file)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    for proposal in found["proposals"]:
        who, when = ", ".join(proposal["executors"]), proposal["due_text"]
        click.echo(
            f"{proposal['kind']:<10} {proposal['number']:<6} {proposal['title'][:80]}  [{who}]  [{when}]"
        )
    for doubt in found["doubts"]:
        click.echo(doubt)
