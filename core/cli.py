"""Commands of the floor: the journal, the worker, the move to another database."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config import ROOT
from core.anchor import anchor_file, anchor_head, faults
from core.db import db
from core.doctor import EXAMINATIONS, Finding
from core.errors import Refusal
from core.limited import Limits, run_limited
from core.mover import NotMoved, move_to
from core.worker import TIMERS, Worker, run_due


class Migrations(AppGroup):
    """Our own commands, and Flask-Migrate's beside them.

    Those and Alembic are read when somebody asks for them: every other start does without and is quicker.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_by_alembic().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _by_alembic().get_command(ctx, cmd_name)


def _by_alembic() -> click.Group:
    from flask_migrate import Migrate
    from flask_migrate.cli import db as commands

    Migrate(current_app, db, directory=str(ROOT / "migrations"))
    found: click.Group = commands
    return found


def bring_up_to_date() -> None:
    """Make the tables of the current application those of this release."""
    _by_alembic()
    from flask_migrate import upgrade

    upgrade()


migrations = Migrations("db", help="The tables: bring them up to date, move everything to another database.")
journal = AppGroup("journal", help="The journal of changes: check it, anchor its head.")


@journal.command("verify")
def verify() -> None:
    """Check every entry, the chain and its anchors; exit 1 and say what is wrong otherwise."""
    found = list(faults())
    for fault in found:
        click.echo(f"FAULT {fault}")
    if found:
        raise SystemExit(1)
    click.echo(f"the journal is whole (anchors: {anchor_file()})")


@journal.command("anchor")
def anchor() -> None:
    """Write the head of the chain to the anchor file now; the worker does it every minute."""
    click.echo(anchor_head() or "nothing new to anchor")


@click.command("worker")
@click.option("--once", is_flag=True, help="Run what is due and stop.")
def worker(once: bool) -> None:
    """Run the tasks of the outbox until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        click.echo(f"{run_due()} tasks run")
    else:
        Worker(app).loop()


@click.command("doctor")
@click.option("--repair", "mends", is_flag=True, help="Put right what can be put right.")
@click.option("--json", "as_one_object", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(mends: bool, as_one_object: bool) -> None:
    """Examine files, tasks, the journal and the search; exit 1 while something stays wrong."""
    found = [
        (room, finding)
        for room, examination in EXAMINATIONS.items()
        for finding in (examination.mend() if mends else examination.look())
    ]
    click.echo(_as_object(found) if as_one_object else _as_lines(found))
    if any(not finding.is_repaired for _, finding in found):
        raise SystemExit(1)


def _as_object(found: list[tuple[str, Finding]]) -> str:
    faults = [{"room": room} | asdict(finding) for room, finding in found]
    return json.dumps({"examined": list(EXAMINATIONS), "faults": faults}, ensure_ascii=False)


def _as_lines(found: list[tuple[str, Finding]]) -> str:
    if not found:
        return f"all is well: {', '.join(EXAMINATIONS)}"
    return "\n".join(_line(room, finding) for room, finding in found)


def _line(room: str, finding: Finding) -> str:
    word = "REPAIRED" if finding.is_repaired else "FAULT"
    about = f" ({finding.about})" if finding.about else ""
    return f"{word} {room}: {finding.kind} {finding.key}{about}"


def read_apart(function: str, limits: Limits, file: Path) -> Any:
    """What a limited process reads in FILE; a refusal becomes the command's error."""
    try:
        return run_limited(function, limits, path=str(file.resolve()))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.reason)) from None


@migrations.command("move")
@click.option("--to", "url", required=True, help="The address of an empty database.")
def move(url: str) -> None:
    """Copy everything to another database and prove it: rows, values, the chain of the journal."""
    try:
        for line in move_to(url):
            click.echo(line)
    except NotMoved as error:
        raise click.ClickException(str(error)) from None


def init_app(app: Flask) -> None:
    app.cli.add_command(doctor)
    app.cli.add_command(journal)
    app.cli.add_command(migrations)
    app.cli.add_command(worker)
    if _anchor not in TIMERS:
        TIMERS.append(_anchor)


def _anchor() -> None:
    anchor_head()
