"""A real server of the application in processes of its own, and browsers that talk to it over the network."""

import contextlib
import faulthandler
import http.client
import re
import socket
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import gunicorn.app.wsgiapp

from tests.processes import started

SECRET = "a secret of the races, 32 characters and more"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, database_url: str) -> dict[str, str]:
    """Settings of the server, the same that the instance was filled with."""
    return {
        "VEKHA_ENV": "test", "VEKHA_DATA": str(data), "VEKHA_DATABASE_URL": database_url,
        "VEKHA_SECRET_KEY": SECRET, "VEKHA_BASE_URL": "http://127.0.0.1",
        "VEKHA_TOTP_FOR_ADMINISTRATORS": "no",
    }  # fmt: skip


@contextlib.contextmanager
def serving(data: Path, database_url: str = "", *, factory: str = "app:create_app()") -> Iterator[int]:
    """Gunicorn with two processes of eight threads; yields its port."""
    port, log = free_port(), data / "server.log"
    server = started(_serve, factory, port, environ=environment(data, database_url), log=log)
    try:
        _await(port, server, log)
        yield port
    finally:
        server.terminate()
        server.join(20)
        _tell_of_a_crash(log)


def _tell_of_a_crash(log: Path) -> None:
    """Where a process ended inside a library; the log goes with the data of the test."""
    told = log.read_text("utf-8", "replace")
    if (begins := told.find("Fatal Python error")) >= 0:
        sys.stderr.write(told[begins : begins + 8_000])


def _serve(factory: str, port: int) -> None:
    faulthandler.enable()  # the processes of gunicorn inherit it
    sys.argv = [
        "gunicorn", factory, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "8",
        "--timeout", "120", "--no-control-socket", "--log-level", "error", "--preload",
    ]  # fmt: skip
    gunicorn.app.wsgiapp.run()


def _await(port: int, server: BaseProcess, log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if not server.is_alive():
            break
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text('utf-8')[-2000:]}")


@dataclass
class Answer:
    """What the server said."""

    status: int
    text: str
    location: str = ""


class Browser:
    """Somebody's cookies and the token of their last form."""

    def __init__(self, port: int, session: tuple[str, str]) -> None:
        self.port, self.cookies, self.token = port, dict([session]), ""

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, **form: object) -> Answer:
        """Send a form with the token of the last page that had one."""
        return self._ask("POST", address, urllib.parse.urlencode({"csrf_token": self.token, **form}))

    def _ask(self, method: str, address: str, body: str = "") -> Answer:
        # A connection for each request: an idle one may be closed by the server at any moment.
        headers = {"Accept": "text/html", "Connection": "close"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        ) as connection:
            connection.request(method, address, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text):
            self.token = found[1]
        return Answer(response.status, text, response.getheader("Location") or "")
