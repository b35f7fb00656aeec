"""Rules of the house that a look at one Python file can check (docs/architecture, «Rules of the house»)."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import Finding, Rule, Source

FILE_LINES, FUNCTION_LINES, VIEW_LINES = 300, 40, 15
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
CYRILLIC, QUOTED = (
    re.compile(r"[А-Яа-яЁё]"),
    re.compile(r"«[^»]*»|\"[^\"]*\"|`[^`]*`|'[^']*'|“[^”]*”|\([^)]*\)", re.S),
)
VERBS = {"get", "post", "put", "patch", "delete", "route"}


def long_files(source: Source) -> Iterator[Finding]:
    if len(source.lines) > FILE_LINES:
        yield len(source.lines), f"{len(source.lines)} lines; split it by noun"


def long_functions(source: Source) -> Iterator[Finding]:
    for function in source.functions:
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > FUNCTION_LINES:
            yield function.lineno, f"{function.name} has {lines} lines"


def long_views(source: Source) -> Iterator[Finding]:
    for function in filter(is_view, source.functions):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        lines = (function.end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > VIEW_LINES:
            yield function.lineno, f"the view {function.name} has {lines} lines"


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in VERBS for call in calls)


def empty_names(source: Source) -> Iterator[Finding]:
    if bad := NO_NAMES & set(source.path.removesuffix(".py").split("/")):
        yield 1, f"«{bad.pop()}» does not say what is inside"


def calls(source: Source) -> Iterator[tuple[int, str]]:
    """Every call as (line, dotted name as written)."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def selects_outside_queries(source: Source) -> Iterator[Finding]:
    if source.room == "core" or "queries" in source.layers:
        return
    for line, name in calls(source):
        if name.split(".")[-1] == "select":
            yield line, "select() belongs into queries"


def commits(source: Source) -> Iterator[Finding]:
    if source.room == "core":
        return
    for line, name in calls(source):
        if name.split(".")[-1] in {"commit", "rollback"}:
            yield line, f"{name}(): only core.db.transaction() ends a transaction"


def silent_flushes(source: Source) -> Iterator[Finding]:
    for line, name in calls(source):
        around = "".join(source.lines[max(line - 2, 0) : line])
        if name.endswith("session.flush") and "#" not in around:
            yield line, "say in a comment why the flush is needed"


def broad_excepts(source: Source) -> Iterator[Finding]:
    if source.path == "core/worker.py":
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node):
            yield node.lineno, "catches everything and goes on"


def _is_broad(handler: ast.ExceptHandler) -> bool:
    names = {ast.unparse(n) for n in ast.walk(handler.type)} if handler.type else {"Exception"}
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


def clocks(source: Source) -> Iterator[Finding]:
    if source.path == "core/clock.py":
        return
    for line, name in calls(source):
        if name in {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}:
            yield line, f"{name}(): ask core.clock"


def hidden_actors(source: Source) -> Iterator[Finding]:
    """Services, queries and models take the actor as `by=` and everything else as arguments."""
    if not source.layers & {"services", "queries", "models"} and source.room != "workflow":
        return
    for node in source.nodes:
        names = [a.name for a in node.names] if isinstance(node, ast.ImportFrom) else []
        for name in {"current_user", "request", "g", "session"} & set(names):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flask"):
                yield node.lineno, f"{name} is the web's; take it as an argument"


WEB = {"flask", "flask_wtf", "flask_login", "wtforms", "werkzeug"}
KNOW_THE_WEB = {"views", "forms", "cli", "access", "api"}
#: The floor carries the web and the settings to everybody else.
FLOOR = {"web", "forms", "cli", "audit", "anchor", "settings", "words", "worker", "filters", "pages"}


def web_knowledge(source: Source) -> Iterator[Finding]:
    """Who is not named above may be called from a task, a command and a test alike."""
    if source.room in {"app", "config"} or source.layers & (FLOOR if source.room == "core" else KNOW_THE_WEB):
        return
    for node in source.nodes:
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        for module in modules:
            if module.split(".")[0] in WEB:
                yield node.lineno, f"knows {module}; only views, forms and commands may"


def switches(source: Source) -> Iterator[Finding]:
    if "services" not in source.layers:
        return
    for function in source.functions:
        arguments = [*function.args.args, *function.args.kwonlyargs]
        defaults = {ast.unparse(d) for d in [*function.args.defaults, *function.args.kw_defaults] if d}
        if not function.name.startswith("_") and defaults & {"True", "False"}:
            named = [a.arg for a in arguments if a.annotation and ast.unparse(a.annotation) == "bool"]
            yield function.lineno, f"{function.name} has a switch ({', '.join(named)}); make two functions"


def positional_crowds(source: Source) -> Iterator[Finding]:
    if "services" not in source.layers:
        return
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and len(node.args.args) > 3:
            yield node.lineno, f"{node.name}: arguments after the subject are keyword-only"


def unfinished(source: Source) -> Iterator[Finding]:
    for line, text in source.comments:
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text):
            yield line, "what is to be done is an issue, not a comment"


def foreign_comments(source: Source) -> Iterator[Finding]:
    """Terms and quotations may be Russian; the sentence around them is English."""
    for line, text in source.comments:
        letters = re.sub(r"[\W\d_]", "", QUOTED.sub("", text))
        if len(letters) > 20 and len(CYRILLIC.findall(letters)) > len(letters) / 2:
            yield line, "comments and docstrings are English"


def nameless_modules(source: Source) -> Iterator[Finding]:
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield 1, "a module begins with what it is for"


def prints(source: Source) -> Iterator[Finding]:
    if source.path.endswith("__main__.py"):
        return
    for line, name in calls(source):
        if name == "print":
            yield line, "print(): commands speak through click, the rest through the log"


LONG = "\n".join(f"    a{n} = {n}" for n in range(41))
RULES = [
    Rule("files have at most 300 lines", long_files, ("roadmap/services.py", "a = 1\n" * 301)),
    Rule("functions have at most 40 lines", long_functions, ("roadmap/x.py", f"def f():\n{LONG}")),
    Rule("views have at most 15 lines", long_views, ("roadmap/views.py", f"@bp.get('/')\ndef f():\n{LONG}")),
    Rule("names say what is inside", empty_names, ("roadmap/utils.py", "")),
    Rule(
        "select() stands in queries only",
        selects_outside_queries,
        ("roadmap/services.py", "q = sa.select(A)"),
    ),
    Rule("only the floor ends transactions", commits, ("roadmap/services.py", "db.session.commit()")),
    Rule("every flush says why", silent_flushes, ("roadmap/services.py", "session.flush()")),
    Rule("nobody swallows exceptions", broad_excepts, ("a.py", "try:\n    f()\nexcept Exception:\n    pass")),
    Rule("one clock", clocks, ("roadmap/models.py", "now = datetime.now(UTC)")),
    Rule("the actor is an argument", hidden_actors, ("roadmap/services.py", "from flask import request")),
    Rule("only the doors know HTTP", web_knowledge, ("roadmap/x.py", "from flask import url_for")),
    Rule("services have no switches", switches, ("a/services.py", "def f(x, *, loud: bool = False): ...")),
    Rule("services take keywords", positional_crowds, ("a/services.py", "def f(a, b, c, d): ...")),
    Rule("nothing is left to do", unfinished, ("a.py", "f()  # " + "TO" + "DO: later")),
    Rule(
        "comments are English", foreign_comments, ("a.py", "# Здесь мы складываем два числа и радуемся\nf()")
    ),
    Rule("modules say what they are for", nameless_modules, ("roadmap/a.py", "a = 1")),
    Rule("nobody prints", prints, ("roadmap/a.py", "print(1)")),
]
