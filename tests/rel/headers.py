"""What protects the reader of an answer."""

import re
from typing import Any

WANTED = {
    "X-Content-Type-Options": r"nosniff",
    "X-Frame-Options": r"DENY",
    "Referrer-Policy": r"same-origin|no-referrer|strict-origin(-when-cross-origin)?",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
    "Permissions-Policy": r".*camera=\(\).*",
    "Content-Security-Policy": r".*default-src 'none'.*",
}
FRAME = re.compile(r"frame-ancestors 'none'|sandbox")


def faults_of(answer: Any) -> list[str]:
    """Headers that are missing or weaker than promised, and cookies open to scripts or other sites."""
    found = []
    for name, pattern in WANTED.items():
        if not re.fullmatch(pattern, answer.headers.get(name, "")):
            found.append(f"{name}: {answer.headers.get(name)}")
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe-" in policy or "*" in policy or not FRAME.search(policy):
        found.append(f"a weak policy: {policy}")
    for cookie in answer.headers.getlist("Set-Cookie"):
        if "display=" not in cookie and "language=" not in cookie and "HttpOnly" not in cookie:
            found.append(f"a cookie open to scripts: {cookie}")
        if "SameSite=" not in cookie:
            found.append(f"a cookie for other sites: {cookie}")
    return found
