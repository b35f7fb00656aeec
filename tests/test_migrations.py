"""The tables of the database are those of the models, whichever way a database got there."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask

from app import create_app
from core.db import db
from tests import databases
from tests.conftest import DATABASES, close, make_settings

MEASURES, EVIDENCE = 50, 500


@pytest.fixture(params=DATABASES)
def bare_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database has no tables yet."""
    databases.know_all_tables()
    with contextlib.ExitStack() as stack:
        is_file = request.param == "sqlite"
        url = "" if is_file else stack.enter_context(databases.postgresql_database("migrations"))
        app = create_app(make_settings(tmp_path, url), TESTING=True)
        yield app
        close(app)


def checks(engine: sa.Engine) -> set[tuple[str, str, str]]:
    """Every CHECK of the database: autogenerate does not compare them."""
    inspector = sa.inspect(engine)
    return {
        (table, str(check["name"]), "".join(str(check["sqltext"]).split()))
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_there_is_one_newest_revision():
    assert len(ScriptDirectory.from_config(databases.alembic_config()).get_heads()) == 1


def test_the_newest_revision_equals_the_models(bare_app):
    databases.migrate(bare_app)

    with bare_app.app_context():
        assert databases.differences(db.engine) == []


def test_the_checks_equal_those_of_the_models(bare_app):
    databases.migrate(bare_app)

    with bare_app.app_context():
        migrated = checks(db.engine)
        databases.drop_everything(db.engine)
        db.metadata.create_all(db.engine)

        assert migrated == checks(db.engine) != set()


def test_the_head_of_the_journal_stands_from_the_beginning(bare_app):
    """Two first writers at once would otherwise both make it."""
    databases.migrate(bare_app)

    with bare_app.app_context(), db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT * FROM journal_head")).all() == [(1, 0, "")]


def test_a_missing_column_is_noticed(bare_app):
    databases.migrate(bare_app)

    with bare_app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE organisation DROP COLUMN short_name")

        assert "short_name" in str(databases.differences(db.engine))


def test_every_revision_goes_down_and_up_again(bare_app):
    databases.migrate(bare_app)

    with bare_app.app_context():
        command.downgrade(databases.alembic_config(), "base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        command.upgrade(databases.alembic_config(), "head")
        assert databases.differences(db.engine) == []


BLANKS: list[tuple[type[sa.types.TypeEngine[Any]], Any]] = [
    (sa.Boolean, False), (sa.DateTime, datetime(2026, 11, 21)), (sa.JSON, {}), (sa.Integer, 0),
    (sa.String, ""),
]  # fmt: skip
SMALL_INSTANCE: list[tuple[str, dict[str, Any]]] = [
    ("organisation", {"id": 1, "name": "Приозёрный район", "level": "municipality", "path": "/1/"}),
    ("user_account", {"id": 1, "login": "topoleva", "organisation_id": 1}),
    ("blob", {"sha256": "0" * 64}),
    *[("dossier", {"id": n, "organisation_id": 1}) for n in (1, 2)],
    ("dossier_reader", {"dossier_id": 2, "user_id": 1}),
    *[("document", {"id": n, "dossier_id": n, "document_kind": "order", "title": "Приказ"}) for n in (1, 2)],
    *[("file_version", {"document_id": n, "number": 1, "sha256": "0" * 64}) for n in (1, 2)],
    ("plan", {"id": 1, "plan_kind": "roadmap", "title": "Учитель", "organisation_id": 1}),
    ("section", {"id": 1, "plan_id": 1, "title": "Кадры"}),
    *[
        ("measure", {"id": n, "plan_id": 1, "section_id": 1, "state": "planned", "dossier_id": n})
        for n in (1, 2)
    ],
    *[("participation", {"measure_id": n, "name": "Школа № 1", "part": "responsible"}) for n in (1, 2)],
]


def fill_small_instance(connection: sa.Connection) -> None:
    """A plan with two measures and their documents, whatever columns the tables have at this revision."""
    if connection.scalar(sa.text("SELECT count(*) FROM organisation")):
        return
    tables = sa.MetaData()
    tables.reflect(connection)
    for name, values in SMALL_INSTANCE:
        connection.execute(sa.insert(tables.tables[name]).values(_blanks(tables.tables[name]) | values))
    connection.commit()


def _blanks(table: sa.Table) -> dict[str, Any]:
    """Something for every column that must have a value and makes none itself."""
    wanted = [c for c in table.columns if not (c.nullable or c.primary_key or c.server_default)]
    return {c.name: next(blank for kind, blank in BLANKS if isinstance(c.type, kind)) for c in wanted}


def revisions_after_the_first() -> list[Any]:
    script = ScriptDirectory.from_config(databases.alembic_config())
    return [r for r in reversed(list(script.walk_revisions())) if r.down_revision]


def rows(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {n: connection.scalar(sa.text(f'SELECT count(*) FROM "{n}"')) or 0 for n in names}


def test_every_later_revision_keeps_the_rows_it_finds(bare_app):
    for revision in revisions_after_the_first():
        databases.migrate(bare_app, to=revision.down_revision)
        with bare_app.app_context(), db.engine.connect() as connection:
            fill_small_instance(connection)
            before = rows(connection)

        databases.migrate(bare_app, to=revision.revision)

        with bare_app.app_context(), db.engine.connect() as connection:
            after = rows(connection)
        assert {n: after.get(n) for n in before if n in after} == {
            n: c for n, c in before.items() if n in after
        }


# A history of revisions made up for the test: parents and children, then a change of the parents' table.

CHILDREN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "a", None, None, None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("title", sa.Text()))
    op.create_table(
        "child", sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
    for n in range(PARENTS):
        op.execute(f"INSERT INTO parent (id) VALUES ({n + 1})")
    for n in range(ROWS):
        op.execute(f"INSERT INTO child (parent_id) VALUES ({n % PARENTS + 1})")
"""
CHANGE = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "b", "a", None, None

def upgrade():
    with op.batch_alter_table("parent") as parent:
        parent.alter_column("title", existing_type=sa.Text(), type_=sa.String(200))
        parent.add_column(sa.Column("position", sa.Integer()))
    {then}
"""
WITHOUT_THE_SWITCH = ('driver.execute("PRAGMA foreign_keys=OFF")', "pass")


@pytest.fixture
def made_up_history(tmp_path: Path) -> Callable[..., Config]:
    """Writes a migrations folder with our env.py and two revisions of its own."""

    def write(*, then: str = "", replaced: tuple[str, str] = ("", "")) -> Config:
        folder = tmp_path / "history"
        (folder / "versions").mkdir(parents=True)
        env = (databases.ROOT / "migrations" / "env.py").read_text("utf-8")
        assert replaced[0] in env
        (folder / "env.py").write_text(env.replace(*replaced) if replaced[0] else env, "utf-8")
        figures = f"PARENTS, ROWS = {MEASURES}, {EVIDENCE}\n"
        (folder / "versions" / "a.py").write_text(figures + CHILDREN, "utf-8")
        (folder / "versions" / "b.py").write_text(CHANGE.format(then=then), "utf-8")
        config = databases.alembic_config()
        config.set_main_option("script_location", str(folder))
        return config

    return write


def count(table: str) -> int:
    with db.engine.connect() as connection:
        return connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0


def test_children_survive_a_change_of_their_parents_table(bare_app, made_up_history):
    with bare_app.app_context():
        command.upgrade(made_up_history(), "head")

        assert (count("parent"), count("child")) == (MEASURES, EVIDENCE)


def test_without_the_switch_sqlite_deletes_them_all(bare_sqlite, made_up_history):
    """The planted fault: what the switch in env.py is there for."""
    with bare_sqlite.app_context():
        command.upgrade(made_up_history(replaced=WITHOUT_THE_SWITCH), "head")

        assert count("child") == 0


@pytest.fixture
def bare_sqlite(tmp_path: Path) -> Iterator[Flask]:
    databases.know_all_tables()
    app = create_app(make_settings(tmp_path), TESTING=True)
    yield app
    close(app)


def test_a_revision_that_fails_leaves_nothing_behind(bare_app, made_up_history):
    config = made_up_history(then='raise ValueError("half way")')

    with bare_app.app_context():
        with pytest.raises(ValueError, match="half way"):
            command.upgrade(config, "head")

        columns = {c["name"] for c in sa.inspect(db.engine).get_columns("parent")}
        assert (columns, count("child")) == ({"id", "title"}, EVIDENCE)


def test_a_revision_that_orphans_rows_is_refused(bare_sqlite, made_up_history):
    config = made_up_history(then='op.execute("DELETE FROM parent WHERE id = 1")')

    with bare_sqlite.app_context():
        with pytest.raises(RuntimeError, match="10 rows lost their parents"):
            command.upgrade(config, "head")

        assert (count("parent"), count("child")) == (MEASURES, EVIDENCE)


def test_foreign_keys_are_on_again_after_a_migration(bare_sqlite, made_up_history):
    with bare_sqlite.app_context():
        command.upgrade(made_up_history(), "head")

        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO child (parent_id) VALUES (999)")
