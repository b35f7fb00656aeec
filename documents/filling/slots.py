"""Where in the XML each tag of a template stands, and what a line break and a tab become there.

A value of several lines is several paragraphs, each with the properties of the paragraph and the run
in which the tag stands. The pass runs over the parsed template in the order of the text, so that it
sees exactly the XML that will surround the value.
"""

import re
from dataclasses import dataclass, field

from jinja2 import Environment, nodes

from documents.filling.sandbox import ROWS_HERE, WRITTEN

_TAG = re.compile(r"<(/?)([\w:.-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>|<[?!][^>]*>")
_SECTION_BREAK = re.compile(r"<w:sectPr\b.*?</w:sectPr>|<w:sectPr\b[^>]*/>", re.DOTALL)
_NEW_TEXT = '<w:t xml:space="preserve">'
TEXT, PLAIN_TEXT, ATTRIBUTE, NOWHERE = "text", "plain text", "attribute", "nowhere"


@dataclass
class _Open:
    name: str
    start: int
    properties: str = ""


@dataclass
class Tracker:
    """Follows XML as it is fed in pieces and knows what is open at the end of the last one."""

    _stack: list[_Open] = field(default_factory=list)
    _text: str = ""
    _read: int = 0

    def feed(self, piece: str) -> None:
        """One more piece of the source, exactly as it will be written."""
        self._text += piece
        for found in _TAG.finditer(self._text, self._read):
            self._read = found.end()
            if found[2] and not found[4]:
                self._step(found)

    def _step(self, found: re.Match[str]) -> None:
        if not found[1]:
            self._stack.append(_Open(found[2], found.start()))
        elif self._stack:
            closed = self._stack.pop()
            if closed.name in ("w:pPr", "w:rPr") and self._stack:
                self._stack[-1].properties = self._text[closed.start : found.end()]

    @property
    def place(self) -> str:
        """What kind of place a tag here would stand in."""
        if "<" in self._text[self._read :]:
            return ATTRIBUTE
        names = [each.name for each in self._stack[-3:]]
        if names == ["w:p", "w:r", "w:t"]:
            return TEXT
        return PLAIN_TEXT if names[-1:] == ["w:t"] and "w:r" in names else NOWHERE

    @property
    def attribute(self) -> str:
        """The attribute a tag here would stand in, as `w:gridSpan w:val`."""
        found = re.search(r"<([\w:]+)[^<>]*?([\w:]+)=[\"'][^\"']*$", self._text[self._read :])
        return f"{found[1]} {found[2]}" if found else ""

    def breaks(self) -> tuple[str, str]:
        """What a line feed and a tab of a value printed here become."""
        if self.place == TEXT:
            return self._paragraph_break(), f"</w:t><w:tab/>{_NEW_TEXT}"
        if self.place == PLAIN_TEXT:
            return f"</w:t><w:br/>{_NEW_TEXT}", f"</w:t><w:tab/>{_NEW_TEXT}"
        return " ", " "

    def _paragraph_break(self) -> str:
        paragraph, run = self._stack[-3].properties, self._stack[-2].properties
        paragraph = _SECTION_BREAK.sub("", paragraph)
        return f"</w:t></w:r></w:p><w:p>{paragraph}<w:r>{run}{_NEW_TEXT}"


class Mounter:
    """Puts the writing filter around every printed expression.

    Loops over the list named by `streamed` are taken out to be streamed.
    """

    def __init__(self, environment: Environment, *, streamed: str = "") -> None:
        self._environment = environment
        self._streamed = streamed
        self._tracker = Tracker()
        self._depth = 0
        self.loops: list[nodes.For] = []

    def mount(self, tree: nodes.Template) -> nodes.Template:
        """The tree, ready to compile; `loops` then holds the streamed loops in the order of their marks."""
        tree.body = self._block(tree.body)
        return tree

    def _block(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [self._mounted(node) for node in body]

    def _mounted(self, node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Output):
            node.nodes = [self._slot(each) for each in node.nodes]
        elif isinstance(node, nodes.For):
            return self._loop(node)
        elif isinstance(node, nodes.If):
            node.body = self._block(node.body)
            node.elif_ = [self._mounted(each) for each in node.elif_]  # type: ignore[misc]
            node.else_ = self._block(node.else_)
        return node

    def _loop(self, node: nodes.For) -> nodes.Node:
        self._depth += 1
        node.body = self._block(node.body)
        node.else_ = self._block(node.else_)
        self._depth -= 1
        if self._depth or not self._streamed or not _is_over(node, self._streamed):
            return node
        self.loops.append(node)
        return self._mark(len(self.loops) - 1)

    def _slot(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            self._tracker.feed(node.data)
            return node
        return self._filter(node, WRITTEN, *self._tracker.breaks())

    def _mark(self, loop: int) -> nodes.Node:
        mark = self._filter(nodes.Const(loop), ROWS_HERE)
        return nodes.Output([mark], lineno=1).set_environment(self._environment)

    def _filter(self, node: nodes.Expr, name: str, *arguments: str) -> nodes.Filter:
        constants = [nodes.Const(each) for each in arguments]
        made = nodes.Filter(node, name, constants, [], None, None, lineno=node.lineno or 1)
        made.set_environment(self._environment)
        return made


def _is_over(node: nodes.For, name: str) -> bool:
    return isinstance(node.iter, nodes.Name) and node.iter.name == name and not node.recursive
