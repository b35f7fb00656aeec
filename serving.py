"""Serving the embedded installation with one command: gunicorn and the worker, ended together."""

import os
import signal
import subprocess
import sys
import tempfile
from types import FrameType
from urllib.parse import urlsplit

import click
from flask import current_app

from core.cli import bring_up_to_date
from search_index.services.indexing import is_up_to_date, rebuild


@click.command("serve")
@click.option("--threads", default=8, show_default=True, help="Threads of the web process.")
@click.option("--workers", default=1, show_default=True, help="Web processes.")
def serve_command(threads: int, workers: int) -> None:
    """Bring the database and the index up to date, then serve the site and run the worker until stopped."""
    bring_up_to_date()
    if not is_up_to_date():
        rebuild()
    serve(threads=threads, workers=workers)


def serve(*, threads: int = 8, workers: int = 1) -> None:
    """Run the web server and the worker as two processes; when one ends, the other is ended too."""
    address = urlsplit(current_app.config["SETTINGS"].base_url)
    bind = f"{address.hostname or '127.0.0.1'}:{address.port or 8000}"
    if address.hostname not in ("127.0.0.1", "localhost", None):
        bind = "127.0.0.1:8000"  # behind a proxy that answers for the public name
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()
    web = [sys.executable, "-m", "gunicorn", "app:create_app()", "--bind", bind]
    web += ["--workers", str(workers), "--threads", str(threads), "--worker-tmp-dir", memory]
    web += ["--no-control-socket", "--access-logfile", "/dev/null"]
    told = os.environ | {"PYTHONFAULTHANDLER": "1"}  # a crash inside a library leaves its place in the log
    worker = [sys.executable, "-m", "flask", "worker"]
    children = [subprocess.Popen(web, env=told), subprocess.Popen(worker, env=told)]
    click.secho(f"\nVekha is served at http://{bind} (stop with Ctrl+C)", bold=True)
    _until_one_ends(children)


def _until_one_ends(children: "list[subprocess.Popen[bytes]]") -> None:
    def end(_signal: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    os.wait()
    end(signal.SIGTERM, None)
    for child in children:
        child.wait()
