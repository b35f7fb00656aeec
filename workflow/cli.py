"""Commands of the room: write the documentation of the lifecycles."""

import click
from flask import current_app
from flask.cli import AppGroup

from workflow.documentation import pages

workflow = AppGroup("workflow", help="Lifecycles.")


@workflow.command("docs")
def docs() -> None:
    """Write docs/lifecycle/*.md from the tables."""
    with current_app.test_request_context():
        for file, text in pages().items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            click.echo(file.name)
