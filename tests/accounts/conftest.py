"""Who the tests of this room are about."""

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from accounts import passwords, services
from accounts.models import Role, User
from core.audit import SYSTEM
from tests import factories
from tests.accounts.browser import Browser


@pytest.fixture(autouse=True)
def _quick_hashing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; only tests marked `slow` measure that."""
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._nobodys.cache_clear()
        request.addfinalizer(passwords._nobodys.cache_clear)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    """A browser that nobody has signed in to."""
    return Browser(client)


@pytest.fixture
def another(app: Flask) -> Browser:
    """A second browser, on another machine."""
    return Browser(app.test_client())


@pytest.fixture
def user(session) -> User:
    """An executor with a password."""
    made = factories.person(Role.EXECUTOR, login="topoleva")
    services.set_password(made, factories.PASSWORD, by=SYSTEM)
    return made


@pytest.fixture
def region(session):
    return factories.region()


@pytest.fixture
def administrator(region) -> User:
    """Somebody who administers everything."""
    made = factories.person(Role.ADMINISTRATOR, organisation=region, login="glavny")
    services.set_password(made, factories.PASSWORD, by=SYSTEM)
    return made
