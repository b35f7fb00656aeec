"""A person at a browser: cookies kept, forms sent with their token."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import User
from tests.factories import session_of

COOKIE = "vekha_session"


class Browser:
    """Fetches pages and sends their forms, as a browser without scripts does."""

    def __init__(self, client: FlaskClient, user: User | None = None) -> None:
        self.client = client
        if user is not None:
            self.carry(session_of(user))

    def carry(self, token: str) -> None:
        self.client.set_cookie(COOKIE, token)

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie(COOKIE)
        return cookie.value if cookie else ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, **form: Any) -> TestResponse:
        page = self.client.get("/login/forgotten").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token, "the page has a form"
        return self.client.post(path, data={"csrf_token": token[1], **form})

    def sign_in(self, login: str, password: str, **more: Any) -> TestResponse:
        return self.post("/login", login=login, password=password, **more)
