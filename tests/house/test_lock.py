"""The lock files hold what pyproject.toml asks for, with hashes, and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]
LOCKS = {"requirements.lock": RUNTIME, "requirements-dev.lock": [*RUNTIME, *DEVELOPMENT]}
LINE = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,]+\])?==(?P<version>[^\s;\\]+)")


def locked(text: str) -> dict[str, set[str]]:
    """Package → its locked versions; several when they differ by version of Python."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := LINE.match(line):
            found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


def disagreements(wanted: list[Requirement], text: str) -> list[str]:
    held = locked(text)
    return [
        f"{need} is locked at {held.get(canonicalize_name(need.name), 'nothing')}: run «make lock»"
        for need in wanted
        if not all(need.specifier.contains(v) for v in held.get(canonicalize_name(need.name), {"-1!0"}))
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(name):
    assert disagreements(LOCKS[name], (ROOT / name).read_text("utf-8")) == []


def test_both_locks_hold_the_same_versions():
    runtime, development = (locked((ROOT / name).read_text("utf-8")) for name in LOCKS)

    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name):
    packages = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()

    assert [line[:40] for line in packages if line and "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("text", ["flask==2.0.1 \\", "", "flask-wtf==1.3.0"])
def test_a_lock_that_is_behind_is_noticed(text):
    assert disagreements([Requirement("flask>=3.1.3,<3.2")], text)
