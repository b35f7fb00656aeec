"""What is wrong with a page in a browser: axe's violations, broken policy, errors of scripts, overflow."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "axe.min.js"
AXE_ADDRESS = "/axe.min.js"
NARROW = 390
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Where axe never ends, as on a bare picture, the test says so instead of waiting for ever.
RUN_AXE = """
options => Promise.race([
  window.axe.run(document, options),
  new Promise((_, fail) => setTimeout(() => fail(new Error('axe has not ended within a minute')), 60000)),
])
"""
WATCH_POLICY = """
window.policyBroken = [];
document.addEventListener('securitypolicyviolation',
  e => window.policyBroken.push(e.violatedDirective + ' ' + (e.blockedURI || e.sample)));
"""


def listen(page: Page) -> None:
    """Remember what the browser complains about from now on."""
    page.complaints = []  # type: ignore[attr-defined]
    page.add_init_script(WATCH_POLICY)
    page.on("pageerror", lambda error: page.complaints.append(f"script: {error}"))  # type: ignore[attr-defined]
    page.on("console", lambda message: _note(page, message))


def _note(page: Page, message: Any) -> None:
    if message.type == "error" and "status of 4" not in message.text:
        page.complaints.append(f"console: {message.text}")  # type: ignore[attr-defined]


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.add_script_tag(url=AXE_ADDRESS)
    # Without `preload` axe does not fetch the style sheets once more to look for a locked orientation.
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = page.evaluate(RUN_AXE, options)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]


def overflow(page: Page) -> list[str]:
    """What sticks out of the window to the right."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.body.querySelectorAll('*')]
            .filter(e => e.getBoundingClientRect().right > wide + 1)
            .slice(0, 3)
            .map(e => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`);
        }"""
    )


def check_page(page: Page) -> list[str]:
    """Everything that is wrong with the page, at its width and in a narrow window."""
    width = page.viewport_size or {"width": 1280, "height": 900}
    found = violations(page)
    page.set_viewport_size({"width": NARROW, "height": 844})
    found += [f"at {NARROW} px {what}" for what in overflow(page)]
    page.set_viewport_size(width)
    broken = page.evaluate("window.policyBroken || []")
    return found + [f"policy: {what}" for what in broken] + page.complaints  # type: ignore[attr-defined,no-any-return]
