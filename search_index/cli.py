"""`flask search …`: ask from the command line, build the index, compare it with the database."""

import json
from collections.abc import Iterator
from typing import Any

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from accounts.models import User
from accounts.queries import person_by_login
from core.doctor import Examination, Finding
from search_index.asking import Answer, Ask, ask
from search_index.engines import engine
from search_index.plain_answer import as_json
from search_index.services.indexing import Drift, is_up_to_date
from search_index.services.indexing import drift as find_drift
from search_index.services.indexing import rebuild as rebuild_index
from search_index.services.indexing import repair as repair_index


class Search(AppGroup):
    """What is no command is a question: `flask search "602-ОД" --as login`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["find", *args]
        return super().parse_args(ctx, args)


search = Search("search", help="The search: ask, build the index, check it.")


@search.command("find")
@click.argument("text")
@click.option("--as", "login", required=True, help="For whose eyes: the login of a person.")
@click.option("--limit", default=20, show_default=True)
@click.option("--json", "as_one_object", is_flag=True, help="Print one JSON object instead of lines.")
def find(text: str, login: str, limit: int, as_one_object: bool) -> None:
    """Search as a person would."""
    person = _person(login)
    with current_app.test_request_context():
        answer = ask(Ask(text, limit=limit), by=person)
        click.echo(
            json.dumps(as_json(answer, address=url_for), ensure_ascii=False)
            if as_one_object
            else _lines(answer)
        )


def _person(login: str) -> User:
    found = person_by_login(login)
    if found is None:
        raise click.UsageError(f"there is nobody with the login {login}")
    return found


def _lines(answer: Answer) -> str:
    head = [f"instead: {answer.instead}"] if answer.instead else []
    found = [f"{line.thing.key}\t{line.thing.caption}\t{line.thing.title}" for line in answer.lines]
    return "\n".join([*head, f"total: {answer.total}", *found])


@search.command("rebuild")
@click.option("--if-needed", is_flag=True, help="Only when it was never built, or by another version.")
def rebuild(if_needed: bool) -> None:
    """Build the index anew from the database."""
    if if_needed and is_up_to_date():
        click.echo("the index is up to date")
        return
    click.echo(f"{rebuild_index()} things in the index")


def _looked() -> Iterator[Finding]:
    yield from (Finding(one.kind, one.key) for one in find_drift())


def _mended() -> Iterator[Finding]:
    found = find_drift()
    repair_index(found)
    yield from (Finding(one.kind, one.key, is_repaired=True) for one in found)


EXAMINATION = Examination(_looked, _mended)


@search.command("doctor")
@click.option("--repair", "mends", is_flag=True, help="Put right what is found.")
@click.option("--json", "as_one_object", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(mends: bool, as_one_object: bool) -> None:
    """Compare the index with the database; exit 1 while something stays wrong."""
    found = find_drift()
    if mends:
        repair_index(found)
    click.echo(_drift_as_json(found, mends) if as_one_object else _drift_lines(found, mends))
    if found and not mends:
        raise SystemExit(1)


def _drift_as_json(found: list[Drift], mends: bool) -> str:
    faults: list[dict[str, Any]] = [{"kind": one.kind, "key": one.key, "is_repaired": mends} for one in found]
    return json.dumps({"faults": faults, "is_up_to_date": is_up_to_date()}, ensure_ascii=False)


def _drift_lines(found: list[Drift], mends: bool) -> str:
    word = "REPAIRED" if mends else "FAULT"
    return (
        "\n".join(f"{word} {one.kind} {one.key}" for one in found) or "the index says what the database says"
    )


@search.command("tidy")
def tidy() -> None:
    """Merge what single changes have left behind; the worker does it, minute by minute and at night."""
    index = engine()
    with index.writing():
        index.tidy_up()
    click.echo("the index is in order")
