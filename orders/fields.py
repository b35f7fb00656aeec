"""What a template of an order may name, with the words its help page shows."""

from documents.filling.contract import Contract, Group, Listing, Text

POINT = Group(
    "пункт",
    {
        "number": Text("номер пункта"),
        "text": Text("что сделать"),
        "executor": Text("ответственный"),
        "due": Text("срок"),
    },
)

ORDER = Group(
    "приказ",
    {
        "authority": Text("организация, заглавными буквами"),
        "kind": Text("вид документа, заглавными буквами"),
        "date": Text("дата подписания; до неё — место для даты"),
        "number": Text("номер; до регистрации — место для номера"),
        "place": Text("место издания"),
        "title": Text("заголовок"),
        "preamble": Listing("преамбула по абзацам", Text("абзац")),
        "order_word": Text("«ПРИКАЗЫВАЮ:» или другое слово вида"),
        "items": Listing("пункты по абзацам, с номером, ответственным и сроком", Text("абзац")),
        "points": Listing("те же пункты по частям, для таблицы", POINT),
        "control": Text("пункт о контроле, без номера"),
        "annexes": Listing("строки о приложениях", Text("строка")),
        "signatory_position": Text("должность подписывающего"),
        "signatory_name": Text("кто подписывает"),
    },
)

#: What an order's template may name, and how its tags are written.
CONTRACT = Contract(
    ORDER,
    field="{{ title }}",
    loop="{%p for line in items %}",
    lists="preamble, items, points, annexes",
    listed="annexes",
    often_empty="place",
)
