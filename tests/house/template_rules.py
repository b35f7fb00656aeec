"""Rules of the house for templates, styles and every other file."""

import re
from collections.abc import Iterator

from tests.house.sources import Finding, Rule, Source


def lines_matching(source: Source, pattern: str, what: str) -> Iterator[Finding]:
    for number, line in enumerate(source.lines, 1):
        if re.search(pattern, line):
            yield number, what


def inline_styles(source: Source) -> Iterator[Finding]:
    if not source.path.startswith("templates/email/"):
        yield from lines_matching(
            source, r"<style|\sstyle\s*=", "styles live in the stylesheet: the CSP forbids them"
        )


def inline_scripts(source: Source) -> Iterator[Finding]:
    yield from lines_matching(
        source, r"<script(?![^>]*\ssrc=)|\son\w+\s*=\s*[\"']|javascript:", "scripts live in static/"
    )


def foreign_addresses(source: Source) -> Iterator[Finding]:
    if not source.path.startswith("templates/email/"):
        yield from lines_matching(
            source, r"(src|href|action)=\"(https?:)?//", "a page loads nothing from elsewhere"
        )


def orphans(source: Source) -> Iterator[Finding]:
    """A page extends the base; other files are macros, parts (named _so), letters or the base itself."""
    parts = source.path.split("/")
    is_part = parts[1] in {"macros", "email", "docx"} or parts[-1].startswith(("_", "base."))
    if not is_part and not re.search(r"{%-?\s*extends\b", source.text):
        yield 1, "a page extends base.html"


def computations(source: Source) -> Iterator[Finding]:
    pattern = r"namespace\(|\|\s*(sum|sort|groupby|tojson)\b|{%-?\s*set [^%]*[^=!<>]=[^=%]*\s[*/]\s"
    yield from lines_matching(source, pattern, "templates compute nothing: the view prepares it")


def unsafe_markup(source: Source) -> Iterator[Finding]:
    yield from lines_matching(
        source, r"\|\s*safe\b|autoescape\s+false", "markup is made safe in Python, by name"
    )


TEMPLATE_RULES = [
    Rule("no inline styles", inline_styles, ("templates/a.html", '<p style="color: red">')),
    Rule("no inline scripts", inline_scripts, ("templates/a.html", "<button onclick='go()'>")),
    Rule(
        "nothing is loaded from elsewhere",
        foreign_addresses,
        ("templates/a.html", '<img src="//a.example/i">'),
    ),
    Rule("pages extend the base", orphans, ("templates/roadmap/plan.html", "<h1>План</h1>")),
    Rule("templates compute nothing", computations, ("templates/a.html", "{% set x = namespace(n=0) %}")),
    Rule("markup is not declared safe", unsafe_markup, ("templates/a.html", "{{ text | safe }}")),
]

REGISTRIES = [".".join(name) for name in (
    ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("npmjs", "com"), ("npmjs", "org"),
    ("crates", "io"), ("rubygems", "org"), ("conda", "anaconda"),
)]  # fmt: skip
MACHINE_PATHS = r"(?<![\w.])/(work/(main|shared)|root/|home/\w|tmp/\w|Users/\w)"


def registry_hosts(source: Source) -> Iterator[Finding]:
    pattern = "|".join(re.escape(host) for host in REGISTRIES)
    yield from lines_matching(source, pattern, "names the host of a package registry")


def machine_paths(source: Source) -> Iterator[Finding]:
    if source.path != "tests/house/template_rules.py":
        yield from lines_matching(source, MACHINE_PATHS, "a path of one machine")


FILE_RULES = [
    Rule("no file names a registry", registry_hosts, ("a.lock", f"index = https://{REGISTRIES[0]}/simple")),
    Rule("no file names a machine's folders", machine_paths, ("a.md", "see /" + "home/ivan/vekha")),
]
