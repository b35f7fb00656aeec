"""`flask documents …`: is every file where its row says, and the other way round."""

import json
from dataclasses import asdict
from datetime import timedelta

import click
from flask import Flask
from flask.cli import AppGroup

from documents.doctor import GRACE, Fault, faults, repair
from documents.storage import store

group = AppGroup("documents", help="Files of documents: check the store against the database.")


@group.command("doctor")
@click.option("--repair", "mends", is_flag=True, help="Remove bytes that no row speaks of.")
@click.option("--grace-hours", type=float, default=GRACE.total_seconds() / 3600, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(mends: bool, grace_hours: float, as_json: bool) -> None:
    """Compare rows and bytes in both directions; exit 1 while something stays wrong."""
    look = repair if mends else faults
    found = list(look(store(), grace=timedelta(hours=grace_hours)))
    click.echo(_as_json(found) if as_json else _as_lines(found))
    if any(not fault.is_repaired for fault in found):
        raise SystemExit(1)


def _as_json(found: list[Fault]) -> str:
    return json.dumps({"faults": [asdict(fault) for fault in found]}, ensure_ascii=False)


def _as_lines(found: list[Fault]) -> str:
    if not found:
        return "every row has its file and every file its row"
    return "\n".join(_line(fault) for fault in found)


def _line(fault: Fault) -> str:
    word = "REPAIRED" if fault.is_repaired else "FAULT"
    of = f" (documents {', '.join(map(str, fault.documents))})" if fault.documents else ""
    return f"{word} {fault.kind} {fault.key}{of}"


def init_app(app: Flask) -> None:
    app.cli.add_command(group)
