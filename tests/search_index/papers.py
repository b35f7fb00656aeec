"""Papers for the engines' tests, in which every word is chosen for a reason."""

from datetime import date

from search_index.meaning import label_word, number_marks
from search_index.numerals import date_terms
from search_index.protocol import Paper, Sight

EVERYBODY = Sight(frozenset(range(1, 100)))


def paper(key="document:1", title="", text="", number="", day=None, **more):
    """A paper with the marks that its requisites give."""
    marks = [*number_marks(number), *(date_terms(day) if day else ())]
    marks += [f"г:{day.year}"] if day else []
    marks += [f"в:{label_word(more.pop('label'))}"] if "label" in more else []
    whole = "\n".join(part for part in (title, number, f"{day:%d.%m.%Y}" if day else "", text) if part)
    defaults = {
        "kind": "order",
        "organisation": 1,
        "scope": int(key.split(":")[1]) * 4,
        "marks": tuple(marks),
    }
    return Paper(key=key, title=title, text=whole, day=day, **(defaults | more))


ARCHIVE = [
    paper(
        "document:1",
        "О создании рабочей группы",
        "Создать рабочую группу по наставничеству.",
        "602-ОД",
        date(2021, 1, 27),
        label="Приказ",
    ),
    paper(
        "document:2",
        "Протокол заседания совета",
        "Решили: утвердить план мероприятий. Не исполнено ничего.",
        "2",
        date(2021, 1, 27),
        kind="minutes",
        label="Протокол",
    ),
    paper(
        "document:3",
        "Об исполнении приказа",
        "Мероприятия исполнены, план мероприятий исполнено.",
        "60/1",
        date(2020, 3, 5),
        organisation=2,
        label="Приказ",
    ),
    paper(
        "document:4",
        "Положение о ФГОС",
        "Федеральный государственный образовательный стандарт, ёлка.",
        "р-33",
        date(2019, 9, 1),
        organisation=2,
        kind="regulation",
        label="Положение",
    ),
    paper(
        "measure:5",
        "Провести семинар наставников",
        "мероприятий план на год; учебно-методический совет",
        "3.5",
        None,
        kind="measure",
        organisation=3,
        state="executed",
    ),
    paper(
        "document:6",
        "Письмо о сроках",
        "Просим сообщить о сроках до 27 января 2021 г. и номере 614.",
        "614-ОД",
        date(2022, 5, 6),
        kind="letter",
        organisation=3,
        label="Письмо",
    ),
]
