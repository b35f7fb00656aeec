"""A real Chromium before a real server, for tests of what only a browser knows."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from accounts import access
from tests.browser.checking import AXE, AXE_ADDRESS, listen
from tests.site import ANONYMOUS, Actor, Site

#: The first has no windows to draw: a page takes it two thirds of the others' time.
PROGRAMS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
)  # fmt: skip
#: The last keeps the scripts of a page, axe above all, in one thread; the others only cost on two cores.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb",
    "--js-flags=--single-threaded",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: install the package chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def with_axe(app: Flask) -> Callable[..., Any]:
    """The application and, at an address of its own, axe: so a window compiles it once, not on every page."""
    kind = ("Content-Type", "text/javascript; charset=utf-8"), ("Cache-Control", "max-age=86400")

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] != AXE_ADDRESS:
            return app(environ, start)
        start("200 OK", [*kind, ("Content-Length", str(AXE.stat().st_size))])
        return [AXE.read_bytes()]

    return serve


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Where the application is served, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, with_axe(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def windows(chromium: Browser, app: Flask) -> Iterator[Callable[..., Page]]:
    """Opens windows before the application, with the token of a session or without."""
    with serving(app) as address, ExitStack() as stack:

        def open_window(
            token: str = "", *, width: int = 1280, scripts: str = "on", scheme: str = "light"
        ) -> Page:
            context = chromium.new_context(
                base_url=address, viewport={"width": width, "height": 900}, locale="ru-RU",
                timezone_id="Europe/Moscow", java_script_enabled=scripts == "on", color_scheme=scheme,  # type: ignore[arg-type]
            )  # fmt: skip
            stack.callback(context.close)
            if token:
                with app.app_context():
                    name = access.cookie_name()
                context.add_cookies([{"name": name, "value": token, "url": address}])
            page = context.new_page()
            listen(page)
            return page

        yield open_window


@pytest.fixture
def open_as(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens windows of people who are signed in: `open_as(EXECUTOR, width=390)`."""
    with windows(chromium, site.app) as open_window:

        def open_for(actor: Actor = ANONYMOUS, **more: Any) -> Page:
            return open_window(site.tokens.get(actor, ""), **more)

        yield open_for
