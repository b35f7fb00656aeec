"""What a report template may name: every field with the words the help page shows for it.

This table is the contract between assembly, the template check and the help page; nothing that is
not in it can be printed by a template.
"""

from documents.filling.contract import Contract, Group, Listing, Text

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

#: What a report's template may name, and how its tags are written.
CONTRACT = Contract(
    REPORT,
    field="{{ measure.title }}",
    loop="{% for measure in section.measures %}",
    lists="sections, section.measures, remarks, columns",
    listed="measure.executors",
    often_empty="measure.note",
)
