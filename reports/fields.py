"""What a report template may name: every field with the words the help page shows for it.

This table is the contract between assembly, the template check and the help page; nothing that is
not in it can be printed by a template.
"""

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

MEASURE = Group(
    "мероприятие",
    {
        "number": Text("номер мероприятия, как в плане"),
        "title": Text("мероприятие"),
        "preparation_period": Text("срок подготовки"),
        "condition": Text("созданные условия (ожидаемый результат)"),
        "due_period": Text("срок реализации, как в плане"),
        "executors": Listing("исполнители, каждый с новой строки", Text("исполнитель")),
        "form_of_execution": Text("форма исполнения"),
        "status": Text("статус исполнения"),
        "report": Text("отчёт об исполнении"),
        "note": Text("примечание"),
    },
)

SECTION = Group(
    "раздел",
    {
        "number": Text("номер раздела"),
        "title": Text("название раздела"),
        "heading": Text("номер и название раздела, «1. Название»"),
        "measures": Listing("мероприятия раздела", MEASURE),
    },
)

COLUMN = Group(
    "название столбца с этим полем мероприятия",
    {name: Text(f"название столбца: {part.means}") for name, part in MEASURE.parts.items()},
)

TOTALS = Group(
    "итоги",
    {
        "measures": Text("всего мероприятий"),
        "executed": Text("исполнено"),
        "partially_executed": Text("исполнено частично"),
        "not_executed": Text("не исполнено"),
        "in_progress": Text("в реализации"),
        "planned": Text("запланировано"),
        "cancelled": Text("снято с контроля"),
        "overdue": Text("просрочено"),
    },
)

REMARK = Group(
    "замечание",
    {
        "number": Text("номер строки, к которой относится замечание"),
        "author": Text("кто сделал замечание"),
        "text": Text("замечание"),
        "answer": Text("ответ на замечание"),
    },
)

REPORT = Group(
    "отчёт",
    {
        "title": Text("заголовок отчёта"),
        "organisation": Text("организация"),
        "period": Text("отчётный период"),
        "as_of": Text("дата, на которую собраны сведения"),
        "approval": Group(
            "гриф рассмотрения",
            {
                "mark": Text("«Рассмотрен на …»"),
                "document": Text("«Протокол от … № …»"),
            },
        ),
        "signature": Group(
            "подпись",
            {"position": Text("должность подписавшего"), "name": Text("расшифровка подписи")},
        ),
        "column": COLUMN,
        "columns": Listing("названия столбцов таблицы", Text("название столбца")),
        "totals": TOTALS,
        "remarks": Listing("замечания Совета", REMARK),
        "sections": Listing("разделы с мероприятиями", SECTION),
    },
)

FILTERS = {
    "upper": sentence("заглавными буквами"),
    "lower": sentence("строчными буквами"),
    "join": sentence("список через запятую или другой знак") + ": {{ measure.executors|join('; ') }}",
    "length": sentence("сколько в списке") + ": {{ columns|length }}",
    "default": sentence("что напечатать вместо пустого") + ": {{ measure.note|default('нет') }}",
}

LOOP_PARTS = {
    "index": "номер строки по порядку, с единицы",
    "first": "первая ли строка",
    "last": "последняя ли строка",
    "length": "сколько всего строк",
}


def described(shape: Shape = REPORT, path: str = "") -> list[tuple[str, str]]:
    """Every tag that may be printed with what it means, for the help page: («{{ measure.title }}», words)."""
    if isinstance(shape, Text):
        return [(f"{{{{ {path} }}}}", shape.means)]
    if isinstance(shape, Listing):
        name = LOOP_NAMES.get(path.rpartition(".")[2], path.rpartition(".")[2])
        return [(f"{{%tr for {name} in {path} %}}", shape.means), *described(shape.item, name)]
    return [row for name, part in shape.parts.items() for row in described(part, f"{path}.{name}".strip("."))]


LOOP_NAMES = {
    "sections": "section",
    "measures": "measure",
    "executors": "executor",
    "columns": "title",
    "remarks": "remark",
}
