"""Commands of the floor: the journal and the worker."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from core.anchor import anchor_file, anchor_head, faults
from core.worker import TIMERS, Worker, run_due

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


def init_app(app: Flask) -> None:
    app.cli.add_command(journal)
    app.cli.add_command(worker)
    if _anchor not in TIMERS:
        TIMERS.append(_anchor)


def _anchor() -> None:
    anchor_head()
