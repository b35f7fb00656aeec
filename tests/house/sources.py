"""The files that the house rules look at."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("core", "accounts", "workflow", "documents", "roadmap", "indicators", "orders", "reports",
    "council", "search_index")  # fmt: skip

Finding = tuple[int, str]


@dataclass(frozen=True)
class Source:
    """One file: its path from the root of the project, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All of the tree, walked once for all rules."""
        return list(ast.walk(self.tree))

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def room(self) -> str:
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def layers(self) -> set[str]:
        """The words of the path after the room: {"services"} for roadmap/services.py."""
        return {part.removesuffix(".py") for part in self.path.split("/")[1:]}

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def comments(self) -> list[Finding]:
        """Comments and docstrings, each with its line."""
        return list(self._comments())

    def _comments(self) -> Iterator[Finding]:
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
        for node in self.nodes:
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
                yield node.body[0].lineno, ast.get_docstring(node) or ""


@dataclass(frozen=True)
class Rule:
    """A rule of the house: what it says, how a breach is found, and one breach to find."""

    says: str
    breaches: Callable[[Source], Iterator[Finding]]
    planted: tuple[str, str]

    def __str__(self) -> str:
        return self.says

    def found_in(self, sources: list[Source]) -> list[str]:
        return [f"{s.path}:{line}: {what}" for s in sources for line, what in self.breaches(s)]

    def finds_its_planted_fault(self) -> bool:
        return bool(self.found_in([Source(*self.planted)]))


@cache
def tracked() -> list[str]:
    """Every file that is, or could be, committed."""
    listing = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(name for name in names if name and (ROOT / name).is_file())


@cache
def sources(pattern: str) -> list[Source]:
    """Tracked text files whose whole path matches the regular expression."""
    matching = [name for name in tracked() if re.fullmatch(pattern, name)]
    return [_source(name) for name in matching]


@cache
def _source(name: str) -> Source:
    return Source(name, (ROOT / name).read_text("utf-8"))


def product() -> list[Source]:
    """The Python files that people run."""
    return sources(rf"(app|config)\.py|({'|'.join(ROOMS)})/.*\.py")


def trials() -> list[Source]:
    return sources(r"tests/.*\.py")


def templates() -> list[Source]:
    return sources(r"templates/.*\.(html|txt)")
