"""`flask db move`: everything arrives in the other database, and the proof notices what did not."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from core import mover
from core.anchor import faults
from core.audit import Entry
from core.db import Base, db
from core.mover import NotMoved, move_to
from tests import databases, factories
from tests.conftest import bare_app, close, make_settings
from tests.site import build


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The full figures move to another database of the same kind as well."""
    if "target" in metafunc.fixturenames:
        is_full = metafunc.config.getoption("--full")
        metafunc.parametrize("target", ["another kind", "the same kind"][: 1 + is_full], indirect=True)


@pytest.fixture
def target(request: pytest.FixtureRequest, app: Flask, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    with contextlib.ExitStack() as stack, app.app_context():
        is_file = (db.engine.dialect.name == "sqlite") == (request.param == "the same kind")
        yield (
            f"sqlite:///{tmp_path / 'target.sqlite'}"
            if is_file
            else stack.enter_context(databases.postgresql_database("moved"))
        )


def opened(app: Flask, url: str) -> Flask:
    """An application on the moved database, with the same data folder and keys."""
    return bare_app(make_settings(app.config["SETTINGS"].data, url))


def counts(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if not table.info.get("derived")
        }


def test_everything_arrives_and_life_goes_on(app: Flask, target: str) -> None:
    build(app)
    with app.app_context():
        before = counts(db.engine)

        told = list(move_to(target))

    moved = opened(app, target)
    with moved.app_context():
        assert counts(db.engine) == before
        assert databases.differences(db.engine) == []
        assert list(faults()) == []
        factories.measure()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) > before["journal_entry"]
    close(moved)
    assert told[-1] == f"proved: the journal is whole, {before['journal_entry']} entries"
    assert min(before["measure"], before["document"], before["order_act"], before["report_version"]) > 0


def test_rows_that_name_later_rows_of_their_table_arrive(app: Flask, target: str) -> None:
    with app.app_context():
        first, second = factories.measure(), factories.municipality()
        with db.engine.begin() as connection:
            table = Base.metadata.tables["organisation"]
            change = sa.update(table).where(table.c.id == first.plan.organisation_id)
            connection.execute(change.values(parent_id=second.id))

        list(move_to(target))

        engine = mover._engine(target)
        with engine.connect() as connection:
            found = sa.select(table.c.parent_id).where(table.c.id == first.plan.organisation_id)
            assert connection.scalar(found) == second.id
        engine.dispose()


def test_a_target_that_holds_something_is_refused(app: Flask, target: str) -> None:
    with app.app_context():
        factories.measure()
        list(move_to(target))

        with pytest.raises(NotMoved, match="not empty"):
            list(move_to(target))


def test_a_row_lost_on_the_way_is_noticed_and_nothing_is_kept(
    app: Flask, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        factories.measure()
        real = mover._rows
        monkeypatch.setattr(
            mover,
            "_rows",
            lambda table, c: real(table, c) if table.name != "setting" else _changed(real, table, c),
        )
        with db.engine.begin() as connection:
            setting = Base.metadata.tables["setting"]
            connection.execute(sa.insert(setting).values(name="term_shift", value="next"))

        with pytest.raises(NotMoved, match="setting differs"):
            list(move_to(target))

        engine = mover._engine(target)
        assert sa.inspect(engine).get_table_names() == []
        engine.dispose()


def _changed(real: Any, table: sa.Table, connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    """Another value each time it is read."""
    for lot in real(table, connection):
        yield [{**row, "value": f"{row['value']}{id(connection)}"} for row in lot]


def test_a_broken_chain_is_not_moved(app: Flask, target: str) -> None:
    with app.app_context():
        factories.measure()
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE journal_entry SET note = 'forged' WHERE id = 2"))

        with pytest.raises(NotMoved, match="entry 2 does not fit its seal"):
            list(move_to(target))


def test_the_command_says_what_it_proved(app: Flask, target: str) -> None:
    with app.app_context():
        factories.measure()

    result = app.test_cli_runner().invoke(args=["db", "move", "--to", target])

    assert result.exit_code == 0, result.output
    assert "measure: 1" in result.output and "the journal is whole" in result.output


def test_its_own_database_is_no_target(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotMoved, match="uses already"):
        list(move_to(db.engine.url.render_as_string(hide_password=False)))
