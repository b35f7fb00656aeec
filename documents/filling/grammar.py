"""What tags may say: an allow-list over the syntax tree, checked against a contract.

Nothing is evaluated. Everything that is not named here is refused, whatever it is; loops run only over
the lists of the contract, so the cost of a template is bounded by the data.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from documents.filling.contract import FILTERS, LOOP_PARTS, Contract, Group, Listing, Shape, Text
from documents.filling.slots import ATTRIBUTE, NOWHERE, Tracker

DEEPEST = 8
LONGEST_CONSTANT = 200
STATEMENTS = ("for", "endfor", "if", "elif", "else", "endif", "vm", "cellbg", "colspan")
_LOOP = Group("строка цикла", {name: Text(means) for name, means in LOOP_PARTS.items()})
_SCALAR = Text("значение")
_COMPARISONS = ("eq", "ne")


@dataclass(frozen=True)
class Finding:
    """What is wrong, and with which tag of the source (from 1)."""

    tag: int
    why: str


class Grammar:
    """Reads one part's tree; `findings` is what is wrong in it."""

    def __init__(self, contract: Contract, *, in_text: bool) -> None:
        self._contract = contract
        self.is_in_text = in_text
        self._tracker = Tracker() if in_text else None
        self._scopes: list[dict[str, Shape]] = [contract.fields.parts]
        self._targets: list[str] = []
        self._depth = 0
        self.findings: list[Finding] = []

    def read(self, tree: nodes.Template) -> list[Finding]:
        """The findings of the whole part, in the order of its tags."""
        self._block(tree.body)
        return self.findings

    def _wrong(self, node: nodes.Node, why: str) -> Shape | None:
        self.findings.append(Finding(node.lineno - 1, why))
        return None

    def _block(self, body: list[nodes.Node]) -> None:
        self._depth += 1
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node)
            elif isinstance(node, nodes.For):
                self._loop(node)
            elif isinstance(node, nodes.If):
                self._condition(node)
            else:
                self._wrong(node, "такой тег не разрешён")
        self._depth -= 1

    def _output(self, node: nodes.Output) -> None:
        for each in node.nodes:
            if not isinstance(each, nodes.TemplateData):
                self._printed(each)
            elif self._tracker:
                self._tracker.feed(each.data)

    def _printed(self, node: nodes.Expr) -> None:
        shape = self._shape(node)
        if isinstance(shape, Group):
            self._wrong(node, f"это {shape.means}, укажите, что напечатать: {', '.join(shape.parts)}")
        if isinstance(shape, Listing) and isinstance(shape.item, Group):
            self._wrong(node, f"это список ({shape.means}), для него нужен цикл {{% for … %}}")
        if self._tracker and self._tracker.place in (ATTRIBUTE, NOWHERE) and not self._is_for_attribute(node):
            self._wrong(node, "тег стоит не в тексте; напишите его обычным текстом в абзаце или ячейке")

    def _is_for_attribute(self, node: nodes.Expr) -> bool:
        """docxtpl makes {% colspan … %} and {% cellbg … %} attributes; only numbers and colours go there."""
        attribute = self._tracker.attribute if self._tracker else ""
        if attribute == "w:gridSpan w:val":
            is_number = isinstance(node, nodes.Const) and isinstance(node.value, int)
            return is_number or isinstance(node, nodes.Filter) and node.name == "length"
        colour = isinstance(node, nodes.Const) and bool(re.fullmatch("[0-9A-Fa-f]{6}", str(node.value)))
        return attribute == "w:shd w:fill" and colour

    def _condition(self, node: nodes.If) -> None:
        if self._depth > DEEPEST:
            self._wrong(node, "слишком много условий друг в друге")
            return
        self._shape(node.test)
        self._block(node.body)
        for each in node.elif_:
            self._condition(each)
        self._block(node.else_)

    def _loop(self, node: nodes.For) -> None:
        shape = self._listing(node)
        name = node.target.name if isinstance(node.target, nodes.Name) else None
        if name is None or node.recursive or name in self._contract.fields.parts or name == "loop":
            self._wrong(node, f"цикл записывается так: {self._contract.loop}")
        if shape is None or name is None or self._depth > DEEPEST:
            return
        self._scopes.append({name: shape.item, "loop": _LOOP})
        self._targets.append(name)
        if node.test:
            self._shape(node.test)
        self._block(node.body)
        self._scopes.pop()
        self._targets.pop()
        self._block(node.else_)

    def _listing(self, node: nodes.For) -> Listing | None:
        shape = self._shape(node.iter) if isinstance(node.iter, nodes.Name | nodes.Getattr) else None
        if not isinstance(shape, Listing):
            found = bool(self.findings and self.findings[-1].tag == node.iter.lineno - 1)
            if not found:
                self._wrong(node, f"цикл идёт только по спискам: {self._contract.lists}")
            return None
        owner = node.iter.node.name if isinstance(node.iter, nodes.Getattr) else None  # type: ignore[attr-defined]
        if self._targets and owner != self._targets[-1] and not isinstance(shape.item, Text):
            self._wrong(node, f"внутренний цикл идёт по списку внешнего: {self._contract.loop}")
            return None
        return shape

    def _shape(self, node: nodes.Node) -> Shape | None:
        """What an expression yields, or None when it is refused."""
        kind = type(node).__name__.lower()
        reader = getattr(self, f"_{kind}", None) if type(node) in _EXPRESSIONS else None
        if reader is None:
            return self._wrong(node, _why(node, self._contract))
        shape: Shape | None = reader(node)
        return shape

    def _name(self, node: nodes.Name) -> Shape | None:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        known = [name for scope in self._scopes for name in scope]
        return self._wrong(node, f"такого поля нет{_perhaps(node.name, known)}")

    def _getattr(self, node: nodes.Getattr) -> Shape | None:
        owner = self._shape(node.node)
        if owner is None:
            return None
        if isinstance(owner, Group) and node.attr in owner.parts:
            return owner.parts[node.attr]
        if isinstance(owner, Listing):
            return self._wrong(node, f"это список ({owner.means}), для него нужен цикл {{% for … %}}")
        known: Mapping[str, Shape] = owner.parts if isinstance(owner, Group) else {}
        return self._wrong(node, f"такого поля нет{_perhaps(node.attr, known)}")

    def _const(self, node: nodes.Const) -> Shape | None:
        if isinstance(node.value, str | int) and len(str(node.value)) <= LONGEST_CONSTANT:
            return _SCALAR
        return self._wrong(node, "такое значение не разрешено")

    def _filter(self, node: nodes.Filter) -> Shape | None:
        if node.name not in FILTERS or node.node is None:
            return self._wrong(node, f"такого преобразования нет{_perhaps(node.name, FILTERS)}")
        named = node.dyn_args or node.dyn_kwargs or node.kwargs
        if named or not all(isinstance(each, nodes.Const) for each in node.args):
            return self._wrong(node, "в скобках преобразования может быть только текст в кавычках")
        shapes = [self._shape(each) for each in (node.node, *node.args)]
        return None if None in shapes else _SCALAR

    def _compare(self, node: nodes.Compare) -> Shape | None:
        if any(each.op not in _COMPARISONS for each in node.ops):
            return self._wrong(node, "сравнивать можно только знаками == и !=")
        return self._all(node.expr, *(each.expr for each in node.ops))

    def _and(self, node: nodes.And) -> Shape | None:
        return self._all(node.left, node.right)

    def _or(self, node: nodes.Or) -> Shape | None:
        return self._all(node.left, node.right)

    def _not(self, node: nodes.Not) -> Shape | None:
        return self._all(node.node)

    def _condexpr(self, node: nodes.CondExpr) -> Shape | None:
        return self._all(node.test, node.expr1, *([node.expr2] if node.expr2 else []))

    def _all(self, *expressions: nodes.Expr) -> Shape | None:
        shapes = [self._shape(each) for each in expressions]
        return None if None in shapes else _SCALAR


_EXPRESSIONS = (
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.Compare,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
)


def _why(node: nodes.Node, contract: Contract) -> str:
    if isinstance(node, nodes.Call):
        return "вызывать в шаблоне ничего нельзя"
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
        return "вычисления в шаблоне не разрешены"
    return f"такая запись не разрешена; назовите поле: {contract.field}"


def _perhaps(name: str, known: Mapping[str, object] | list[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return f"; может быть, {close[0]}?" if close else ""


def allowed_tags(contract: Contract) -> list[dict[str, str]]:
    """Each tag that is allowed, as it is typed, and what it stands for."""
    return [{"tag": tag, "means": means} for tag, means in _described("", contract.fields)]


def _described(prefix: str, group: Group) -> Iterator[tuple[str, str]]:
    for name, shape in group.parts.items():
        path = f"{prefix}{name}"
        if isinstance(shape, Text) or isinstance(shape, Listing) and isinstance(shape.item, Text):
            yield f"{{{{ {path} }}}}", shape.means
        elif isinstance(shape, Group):
            yield from _described(f"{path}.", shape)
        elif isinstance(shape, Listing) and isinstance(shape.item, Group):
            variable = name.removesuffix("s")
            yield f"{{%tr for {variable} in {path} %}} … {{%tr endfor %}}", f"строки таблицы: {shape.means}"
            yield from _described(f"{variable}.", shape.item)
