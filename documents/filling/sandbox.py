"""The Jinja environment in which templates run: plain data, a handful of filters, nothing else.

The template check refuses far more than this stops; this is what holds if the check is ever wrong.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeGuard

from jinja2 import DictLoader, StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from documents.filling.contract import LOOP_PARTS
from documents.filling.texts import printed

# A blank in the name: no template can ask for these filters itself.
WRITTEN, WORDED, ROWS_HERE = "written here", "worded here", "rows here"
ARITHMETIC = frozenset(["+", "-", "*", "/", "//", "%", "**"])


class PlainSandbox(ImmutableSandboxedEnvironment):
    """Autoescaping, strict about undefined names, blind to every attribute that is not data.

    `trace` collects what was printed, in order: the output check looks for it in the document.
    """

    intercepted_binops = ARITHMETIC
    intercepted_unops = frozenset(["+", "-"])

    def __init__(self) -> None:
        super().__init__(
            loader=DictLoader({}),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
            optimized=False,
        )
        self.globals.clear()
        self.tests = {}
        own = {WRITTEN: self.written, WORDED: self.worded, ROWS_HERE: self.rows_here}
        self.filters = {**FILTERS, **own}
        self.trace: list[str | int] = []

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP_PARTS:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined(obj=obj, name="?")

    def call(self, *_: Any, **__: Any) -> Any:
        raise SecurityError("templates call nothing")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"templates do not calculate: {operator}")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        raise SecurityError(f"templates do not calculate: {operator}")

    def written(self, value: object, line_break: str, tab: str) -> Markup:
        """The value as XML; `line_break` and `tab` are what its line feeds and tabs become at this place."""
        text = _wording(value)
        self.trace.append(text)
        return Markup(as_xml(text, line_break, tab))

    def worded(self, value: object) -> Markup:
        """The value as it is, for a place that takes text and not XML."""
        text = _wording(value)
        self.trace.append(text)
        return Markup(text)

    def rows_here(self, loop: int) -> Markup:
        """The mark at which the rows of a streamed loop are written while zipping."""
        self.trace.append(loop)
        return Markup(f"<?vekha-rows {loop}?>")

    def compiled(self, tree: nodes.Template, source_name: str) -> Callable[[dict[str, Any]], Iterator[str]]:
        """A function from a context to the pieces of the rendered text."""
        template = self.template_class.from_code(self, self.compile(tree, source_name, source_name), {}, None)
        return template.generate


def is_text(printed: str | int) -> TypeGuard[str]:
    """Whether a piece of a trace is a value; the others are numbers of streamed loops."""
    return isinstance(printed, str)


def as_xml(text: str, line_break: str, tab: str) -> str:
    """`text` escaped for an element's content, with line feeds and tabs in the form given."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in escaped or "\t" in escaped:
        return escaped.replace("\n", line_break).replace("\t", tab)
    return escaped


def _wording(value: object) -> str:
    if isinstance(value, Undefined):
        return str(value)  # which raises and names the field
    try:
        return printed(value)
    except TypeError as error:
        raise TemplateRuntimeError(str(error)) from None


def _default(value: object, instead: str) -> object:
    return instead if isinstance(value, Undefined) or not printed(value) else value


def _join(value: list[str], separator: str = ", ") -> str:
    return separator.join(map(printed, value))


FILTERS: dict[str, Callable[..., object]] = {
    "upper": lambda value: printed(value).upper(),
    "lower": lambda value: printed(value).lower(),
    "join": _join,
    "length": len,
    "default": _default,
}
