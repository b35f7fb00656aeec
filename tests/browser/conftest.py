"""A real Chromium before a real server, for tests of what only a browser knows."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from accounts import access
from tests.browser.checking import listen
from tests.site import ANONYMOUS, Actor, Site

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]


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
        pytest.skip("no Chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def server_address(site: Site) -> Iterator[str]:
    """Where the filled instance is served."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_as(chromium: Browser, server_address: str, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens windows of people who are signed in: `open_as(EXECUTOR, width=390)`."""
    contexts = []

    def open_window(
        actor: Actor = ANONYMOUS, *, width: int = 1280, scripts: str = "on", scheme: str = "light"
    ) -> Page:
        context = chromium.new_context(
            base_url=server_address, viewport={"width": width, "height": 900}, locale="ru-RU",
            timezone_id="Europe/Moscow", java_script_enabled=scripts == "on", color_scheme=scheme,  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        if actor in site.tokens:
            with site.app.app_context():
                name = access.cookie_name()
            context.add_cookies([{"name": name, "value": site.tokens[actor], "url": server_address}])
        page = context.new_page()
        listen(page)
        return page

    yield open_window
    for context in contexts:
        context.close()
