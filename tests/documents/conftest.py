"""Somebody signed in with a dossier to fill."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from accounts.models import User
from documents.models import Dossier
from tests import factories


@pytest.fixture
def executor(session: Session) -> User:
    return factories.executor()


@pytest.fixture
def dossier(executor: User) -> Dossier:
    assert executor.organisation
    return factories.dossier(executor.organisation)


@pytest.fixture
def browser_of(app: Flask, session: Session) -> Callable[[User], FlaskClient]:
    """A browser in which the given person is signed in; forms need no token here."""
    app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(user: User) -> FlaskClient:
        client = app.test_client()
        client.set_cookie("vekha_session", factories.session_of(user))
        return client

    return sign_in


@pytest.fixture
def browser(browser_of: Callable[[User], FlaskClient], executor: User) -> FlaskClient:
    """The executor's browser."""
    return browser_of(executor)
