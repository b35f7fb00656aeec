"""What a template may name: a table of fields with the words a help page shows for them."""

from dataclasses import dataclass
from typing import TypeAlias

from core.errors import sentence


@dataclass(frozen=True)
class Text:
    """One value that is printed: text or a number."""

    means: str


@dataclass(frozen=True)
class Listing:
    """Several things of one shape, in the order of the report."""

    means: str
    item: "Shape"


@dataclass(frozen=True)
class Group:
    """A thing with named parts."""

    means: str
    parts: "dict[str, Shape]"


Shape: TypeAlias = Text | Listing | Group


@dataclass(frozen=True)
class Contract:
    """All that templates of one use may print; a field, a loop and the lists are named in refusals, a list of
    texts and a field that may be empty in the help."""

    fields: Group
    field: str
    loop: str
    lists: str
    listed: str
    often_empty: str


FILTERS = {
    "upper": sentence("заглавными буквами"),
    "lower": sentence("строчными буквами"),
    "join": sentence("список через запятую или другой знак"),
    "length": sentence("сколько в списке"),
    "default": sentence("что напечатать вместо пустого"),
}

#: How a filter is written, where its name alone does not show it.
FILTER_EXAMPLES = {
    "join": "{{{{ {listed}|join('; ') }}}}",
    "length": "{{{{ {listed}|length }}}}",
    "default": "{{{{ {often_empty}|default('нет') }}}}",
}

LOOP_PARTS = {
    "index": "номер строки по порядку, с единицы",
    "first": "первая ли строка",
    "last": "последняя ли строка",
    "length": "сколько всего строк",
}

LOOP_NAMES = {
    "sections": "section",
    "measures": "measure",
    "executors": "executor",
    "columns": "title",
    "remarks": "remark",
    "preamble": "line",
    "items": "line",
    "points": "point",
    "annexes": "line",
}


def described(shape: Shape, path: str = "") -> list[tuple[str, str]]:
    """Every tag that may be printed with what it means, for the help page: («{{ measure.title }}», words)."""
    if isinstance(shape, Text):
        return [(f"{{{{ {path} }}}}", shape.means)]
    if isinstance(shape, Listing):
        name = LOOP_NAMES.get(path.rpartition(".")[2], path.rpartition(".")[2])
        kind = "p" if isinstance(shape.item, Text) else "tr"
        return [(f"{{%{kind} for {name} in {path} %}}", shape.means), *described(shape.item, name)]
    return [row for name, part in shape.parts.items() for row in described(part, f"{path}.{name}".strip("."))]


def filters_of(contract: Contract) -> dict[str, str]:
    """Every filter with what it does and how it is written, for the help page."""
    fields = {"listed": contract.listed, "often_empty": contract.often_empty}
    shown = {name: example.format(**fields) for name, example in FILTER_EXAMPLES.items()}
    return {name: ": ".join(filter(None, (words, shown.get(name)))) for name, words in FILTERS.items()}
