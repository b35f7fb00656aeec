"""`flask documents …`: is every file where its row says, and the other way round."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from core.doctor import EXAMINATIONS, Examination, Finding
from core.errors import Refusal
from documents.doctor import GRACE, Fault, faults, repair
from documents.extraction import ExtractedPage, pages_of
from documents.queries import never_read
from documents.requisites_files import requisites_of_file, requisites_of_rows
from documents.services import begin_reading
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


@group.command("read")
def read() -> None:
    """Have the files read that came in before Vekha read files; the worker does it one after another."""
    found = never_read()
    for document in found:
        begin_reading(document)
    click.echo(f"{len(found)} documents to be read")


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


@group.command("text", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object per page, words with places.")
def text(file: Path, as_json: bool) -> None:
    """Print the text of FILE page by page as pages finish, recognising scans; needs no database."""
    try:
        for page in pages_of(file.resolve()):
            click.echo(json.dumps(page.as_plain(), ensure_ascii=False) if as_json else _as_page(page))
    except Refusal as refusal:
        raise click.ClickException(str(refusal.reason)) from None


def _as_page(page: ExtractedPage) -> str:
    sure = "" if page.confidence is None else f", confidence {page.confidence:.0%}"
    return f"--- page {page.number} ({page.way}{sure})\n{page.text or page.problem}"


@group.command("requisites", with_appcontext=False)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--batch", type=click.File(encoding="utf-8"), help="A JSON list of {id, text}, not files.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; the only form there is.")
def requisites(files: tuple[Path, ...], batch: Any, as_json: bool) -> None:
    """Print the requisites and the cited acts recognised in FILES or texts; needs no database."""
    if bool(files) == bool(batch):
        raise click.UsageError("Give files or --batch, one of the two.")
    try:
        found = requisites_of_rows(_rows(batch)) if batch else [requisites_of_file(one) for one in files]
    except Refusal as refusal:
        raise click.ClickException(str(refusal.reason)) from None
    click.echo(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))


def _rows(batch: Any) -> list[dict[str, Any]]:
    try:
        rows = json.load(batch)
    except ValueError as broken:
        raise click.UsageError(f"This is no JSON: {broken}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise click.UsageError("A batch is a list of {id, text}.")
    return rows


def _findings(found: Iterator[Fault]) -> Iterator[Finding]:
    for fault in found:
        of = f"documents {', '.join(map(str, fault.documents))}" if fault.documents else ""
        yield Finding(fault.kind, fault.key, of, is_repaired=fault.is_repaired)


def init_app(app: Flask) -> None:
    EXAMINATIONS["files"] = Examination(
        lambda: _findings(faults(store())), lambda: _findings(repair(store()))
    )
    app.cli.add_command(group)
