"""What every test may ask for: an application on each database, somebody signed in, a clock to set."""

import contextlib
import contextvars
import gc
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from accounts import access
from accounts.models import User
from accounts.services import start_session
from app import create_app
from config import Settings
from core.db import db
from tests import databases
from tests import site as sites
from tests.remembered import begin_empty

DATABASES = ["sqlite", "postgresql"]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


class FreshClient(FlaskClient):
    """A client whose requests know nothing of the test around them, as a server's would not.

    Without this a request would share the test's application context, and with it `g` and the database
    session: it would find people signed in and rows loaded that a real request has to look for.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        _let_go()
        kwargs.setdefault("buffered", True)  # the body is read and its file closed, as by a browser
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        _let_go()
        return answer


def _let_go() -> None:
    """End what the test has been reading, so that it sees what requests write."""
    if has_app_context():
        db.session.rollback()


def make_settings(data: Path, database_url: str = "", **more: Any) -> Settings:
    """Settings of a test: nothing is sent anywhere, everything is kept in `data`."""
    defaults: dict[str, Any] = {
        "env": "test",
        "base_url": "http://localhost",
        "secret_key": "a secret of the tests, 32 characters and more",
        "organisation_name": "Муниципальный район «Приозёрный»",
        "totp_for_administrators": False,
    }
    return Settings(data=data, database_url=database_url, **(defaults | more))


def bare_app(settings: Settings) -> Flask:
    """An application for tests, whatever is in its database."""
    settings.data.mkdir(parents=True, exist_ok=True)
    databases.know_all_tables()
    app = create_app(settings, TESTING=True)
    app.test_client_class = FreshClient
    return app


def new_app(settings: Settings) -> Flask:
    """An application for tests, its tables made."""
    app = bare_app(settings)
    databases.build(app)
    return app


def close(app: Flask) -> None:
    """Close the connections of an application that is needed no more."""
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = new_app(make_settings(tmp_path_factory.mktemp("sqlite")))
    yield app
    close(app)


@pytest.fixture(scope="session")
def _sqlite_template(_sqlite_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    close(_sqlite_app)
    with _sqlite_app.app_context():
        source = Path(str(db.engine.url.database))
    return Path(shutil.copyfile(source, tmp_path_factory.mktemp("template") / "empty.sqlite"))


@pytest.fixture(scope="session")
def _postgresql_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with databases.postgresql_database("vekha") as url:
        app = new_app(make_settings(tmp_path_factory.mktemp("postgresql"), url))
        yield app
        close(app)


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, empty: Callable[[Flask], None]) -> Iterator[Flask]:
    """An application with empty tables and an empty data folder, once on each database."""
    found: Flask = request.getfixturevalue(f"_{request.param}_app")
    empty(found)
    kept = dict(found.config)
    yield found
    found.config.clear()
    found.config.update(kept)


@pytest.fixture(scope="session")
def empty(_sqlite_template: Path) -> Callable[[Flask], None]:
    """Empties the tables and the data folder of an application that lives as long as the process."""

    def empty(app: Flask) -> None:
        _empty_folder(app.config["SETTINGS"].data)
        with app.app_context():
            if db.engine.dialect.name == "sqlite":
                databases.put_back(app, _sqlite_template)
            else:
                databases.empty(db.engine)
        begin_empty(app)

    return empty


def _empty_folder(folder: Path) -> None:
    """Remove what earlier tests left in a data folder, but for the database file."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif ".sqlite" not in entry.name:
            entry.unlink()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database session, in an application context that lasts as long as the test."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in to."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask) -> Callable[[User], FlaskClient]:
    """Makes browsers that somebody is signed in to: `signed_in(user).get("/")`."""
    return lambda user: sign_in(app, user)


def sign_in(app: Flask, user: User) -> FlaskClient:
    """A browser with a session of the person, as after signing in: a real row and its cookie."""
    inside = contextlib.nullcontext() if has_app_context() else app.app_context()
    with inside:
        name, token = access.cookie_name(), start_session(user, address="127.0.0.1", device="test")
    client = app.test_client()
    client.set_cookie(name, token)
    return client


@pytest.fixture
def make_app(tmp_path: Path, _sqlite_template: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications on SQLite with settings of their own: `make_app(upload_mb=1)`."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(bare_app(make_settings(tmp_path / f"data{len(made)}", **settings)))
        databases.put_back(made[-1], _sqlite_template)
        return made[-1]

    yield make
    for app in made:
        close(app)


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sites.Site, Path]]:
    folder = tmp_path_factory.mktemp("site")
    app = new_app(make_settings(folder / "data"))
    site = sites.build(app)
    close(app)
    with app.app_context():
        source = str(db.engine.url.database)
    yield site, Path(shutil.copyfile(source, folder / "filled.sqlite"))
    close(app)


@pytest.fixture
def site(_filled: tuple[sites.Site, Path]) -> Iterator[sites.Site]:
    """A filled instance on SQLite, as it was right after it was filled."""
    found, template = _filled
    databases.put_back(found.app, template)
    kept = dict(found.app.config)
    yield found
    found.app.config.clear()
    found.app.config.update(kept)


@pytest.fixture
def put_site_back(_filled: tuple[sites.Site, Path]):
    """Puts the instance back as it was, in the middle of a test."""
    found, template = _filled
    return lambda: databases.put_back(found.app, template)


def pytest_configure() -> None:
    """Let a run that is told to end clean up behind it: PostgreSQL would otherwise go on alone."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the full figures of the goals; takes long")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud what was not tested: a skipped back end is never a pass."""
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"SKIP {report.nodeid}: {str(reason).removeprefix('Skipped: ')}")
