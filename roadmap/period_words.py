"""The words of due periods: every form that may be printed, with the kind of its token and its value."""

from collections.abc import Iterator

Value = str | int
Entry = tuple[str, Value]

_MONTHS = (
    ("январ", "ь я ю ем е и ей", "янв"),
    ("феврал", "ь я ю ем е и ей", "фев февр"),
    ("март", "_ а у ом е ы ов", "мар"),
    ("апрел", "ь я ю ем е и ей", "апр"),
    ("ма", "й я ю ем е", ""),
    ("июн", "ь я ю ем е и ей", "июн"),
    ("июл", "ь я ю ем е и ей", "июл"),
    ("август", "_ а у ом е ы ов", "авг"),
    ("сентябр", "ь я ю ем е и ей", "сен сент"),
    ("октябр", "ь я ю ем е и ей", "окт"),
    ("ноябр", "ь я ю ем е и ей", "ноя нояб"),
    ("декабр", "ь я ю ем е и ей", "дек"),
)
_ADJECTIVE = "ый ого ому ым ом ая ой ую ое ые ых ыми ий его ему им ем яя ей юю ее ие их ими"
_NOUN = "_ а у ом е ы ов ам ами ах"
_ORDINALS = (
    (1, "перв"), (2, "втор"), (4, "четверт"), (5, "пят"), (6, "шест"), (7, "седьм"),
    (8, "восьм"), (9, "девят"), (10, "десят"), (11, "одиннадцат"), (12, "двенадцат"), (13, "тринадцат"),
    (14, "четырнадцат"), (15, "пятнадцат"), (16, "шестнадцат"), (17, "семнадцат"), (18, "восемнадцат"),
    (19, "девятнадцат"), (20, "двадцат"), (30, "тридцат"),
)  # fmt: skip
_CARDINALS = (
    (1, "один одна одно одного одной одному одним одну"),
    (2, "два две двух двум двумя"),
    (3, "три трех трем тремя"),
    (4, "четыре четырех четырем"),
    (5, "пять пяти"), (6, "шесть шести"), (7, "семь семи"), (8, "восемь восьми"), (9, "девять девяти"),
    (10, "десять десяти"), (11, "одиннадцать"), (12, "двенадцать двенадцати"), (14, "четырнадцать"),
    (15, "пятнадцать пятнадцати"), (20, "двадцать двадцати"), (30, "тридцать тридцати"),
)  # fmt: skip
_WEEKDAYS = (
    ("понедельник", _NOUN), ("вторник", _NOUN), ("сред", "а у ы е ой ам"), ("четверг", "_ а у ом е и ам"),
    ("пятниц", "а у ы е ей ам"), ("суббот", "а у ы е ой ам"), ("воскресень", "е я ю ем ям"),
)  # fmt: skip

# (kind of token, value, stem, endings); "_" is the bare stem.
_STEMS: tuple[tuple[str, Value, str, str], ...] = (
    ("YEARWORD", "year", "год", "_ а у ом е ы ов ам ах ами"),
    ("SCHOOL", 1, "учебн", _ADJECTIVE),
    ("SCHOOL", 1, "школьн", _ADJECTIVE),
    ("UNIT", "quarter", "квартал", "_ а у ом е ы ов ах ам"),
    ("UNIT", "half_year", "полугоди", "е я ю ем и й ях ям"),
    ("UNIT", "month", "месяц", "_ а у ем е ы ев ах ам"),
    ("UNIT", "week", "недел", "я и е ю ей ь ях ям"),
    ("UNIT", "decade", "декад", "а ы е у ой _ ах"),
    ("UNIT", "term", "четверт", "ь и ью ей ям ях"),
    ("UNIT", "term", "триместр", _NOUN),
    ("UNIT", "term", "семестр", _NOUN),
    ("UNIT", "season", "сезон", _NOUN),
    ("STAGE", 1, "этап", _NOUN),
    ("EVERY", 1, "кажд", _ADJECTIVE),
    ("LAST", 1, "последн", _ADJECTIVE),
    ("REPORTING", 1, "отчетн", _ADJECTIVE),
    ("NEXT", 1, "следующ", _ADJECTIVE),
    ("NEXT", 1, "очередн", _ADJECTIVE),
    ("PAST", 1, "предыдущ", _ADJECTIVE),
    ("PAST", 1, "предшествующ", _ADJECTIVE),
    ("PAST", 1, "прошл", _ADJECTIVE),
    ("PAST", 1, "истекш", _ADJECTIVE),
    ("THIS", 1, "текущ", _ADJECTIVE),
    ("THIS", 1, "нынешн", _ADJECTIVE),
    ("CALENDAR", 1, "календарн", _ADJECTIVE),
    ("CALENDAR", 1, "финансов", _ADJECTIVE),
    ("WORKING", 1, "рабоч", _ADJECTIVE),
    ("SCHEDULE", 1, "график", _NOUN),
    ("SCHEDULE", 1, "план", _NOUN),
    ("SCHEDULE", 1, "расписани", "е ю ем и я"),
    ("PLURAL_HALF", 1, "половин", "а ы е у ой"),
    ("EDGE", "start", "начал", "о а у ом е"),
    ("EDGE", "middle", "середин", "а ы е у ой"),
    ("EDGE", "end", "кон", "ец ца цу цом це"),
    ("EDGE", "end", "окончани", "е я ю ем и"),
    ("EDGE", "end", "завершени", "е я ю ем и"),
    ("DURATION", 1, "дневн", _ADJECTIVE),
    ("DURATION", 1, "недельн", _ADJECTIVE),
    ("DURATION", 1, "месячн", _ADJECTIVE),
    ("AGE", 1, "возраст", _NOUN),
    ("ALWAYS", 1, "постоянн", _ADJECTIVE),
)
_RECURRENT = (
    ("yearly", "ежегод"),
    ("half_yearly", "ежеполугод"),
    ("quarterly", "ежекварталь"),
    ("monthly", "ежемесяч"),
    ("weekly", "еженедель"),
    ("daily", "ежеднев"),
    ("daily", "ежесуточ"),
)
_PLAIN: tuple[tuple[str, Value, str], ...] = (
    ("RECUR", "quarterly", "поквартально"),
    ("RECUR", "monthly", "помесячно"),
    ("RECUR", "weekly", "понедельно"),
    ("RECUR", "daily", "посуточно ежедн"),
    ("YEARWORD", "year", "г гг"),
    ("YEARS_OLD", 1, "лет"),
    ("SCHOOL", 1, "уч учеб учебн"),
    ("SCHOOLYEAR", 1, "учгод учгода учгоду"),
    ("UNIT", "quarter", "кв кварт"),
    ("UNIT", "half_year", "полуг полугод полгода полугода"),
    ("UNIT", "month", "мес"),
    ("UNIT", "week", "нед"),
    ("UNIT", "day", "день дня дню днем дне дни дней дням днями днях дн сутки суток"),
    ("DAYNO", 1, "число числа числу числом числе"),
    ("DAYNOS", 1, "числах"),
    ("TIMES", 1, "раз раза разу"),
    ("TIMES", 2, "дважды"),
    ("TIMES", 3, "трижды"),
    ("HOUR", 1, "час часа часов часам ч мин минут"),
    ("PREP", "from", "с со начиная"),
    ("PREP", "of", "от"),
    ("PREP", "to", "по"),
    ("PREP", "until", "до позднее позже"),
    ("PREP", "by", "к ко"),
    ("PREP", "in", "в во"),
    ("PREP", "on", "на"),
    ("PREP", "for", "за"),
    ("PREP", "after", "после ранее раньше"),
    ("NOT", 1, "не"),
    ("AND", 1, "и или либо"),
    ("DURING", 1, "течение течении течений протяжении протяжение"),
    ("WITHIN", 1, "период периода периоде периоду периодом срок срока сроки сроком сроков"),
    ("WHOLE", 1, "весь всего всей вся всю все"),
    ("THIS", 1, "этого этом этот сего данного"),
    ("NOW", 1, "настоящее"),
    ("ALWAYS", 1, "постоянно бессрочно круглосуточно непрерывно систематически регулярно"),
    ("YEARROUND", 1, "круглогодично круглогодичный круглый"),
    ("AT_ONCE", 1, "незамедлительно немедленно"),
    ("EVENT", 1, "момента даты накануне перед ходе окончании завершении результатам итогам процессе"),
    ("THEN", 1, "далее затем впоследствии последующем"),
    ("INCLUSIVE", 1, "включительно вкл"),
    ("SEASON", 12, "зима зимой зимы зимний зимнего зимнее"),
    ("SEASON", 3, "весна весной весны весенний весеннего весеннее"),
    ("SEASON", 6, "лето летом лета летний летнего летнее"),
    ("SEASON", 9, "осень осенью осени осенний осеннего осеннее"),
    ("HOLIDAYS", 1, "каникулы каникул каникулах каникулам каникулярный каникулярное каникулярного"),
    ("COUNTED", 1, "человек чел руб рублей тыс участников экземпляров экз шт классы класс класса классов"
                   " педагогов учителей учащихся обучающихся процентов часа"),
)  # fmt: skip


def _month_forms() -> Iterator[tuple[str, Entry]]:
    for number, (stem, endings, short) in enumerate(_MONTHS, start=1):
        yield from ((form, ("MONTH", number)) for form in _forms(stem, endings))
        yield from ((form, ("MONTH", number)) for form in short.split())


def _number_forms() -> Iterator[tuple[str, Entry]]:
    for number, stem in _ORDINALS:
        yield from ((form, ("ORD", number)) for form in _forms(stem, _ADJECTIVE))
    for form in _forms("трет", "ий ьего ьему ьим ьем ья ьей ью ье ьи ьих"):
        yield form, ("ORD", 3)
    for number, words in _CARDINALS:
        yield from ((form, ("NUM", number)) for form in words.split())


def _stem_forms() -> Iterator[tuple[str, Entry]]:
    for kind, value, stem, endings in _STEMS:
        yield from ((form, (kind, value)) for form in _forms(stem, endings))
    for number, (stem, endings) in enumerate(_WEEKDAYS):
        yield from ((form, ("WEEKDAY", number)) for form in _forms(stem, endings))
    for recurrence, stem in _RECURRENT:
        yield from ((form, ("RECUR", recurrence)) for form in _forms(stem + "н", _ADJECTIVE + " о"))


def _forms(stem: str, endings: str) -> list[str]:
    return [stem if ending == "_" else stem + ending for ending in endings.split()]


def _lexicon() -> dict[str, Entry]:
    words = dict(_stem_forms())
    words.update(_number_forms())
    words.update(_month_forms())
    words.update((form, (kind, value)) for kind, value, forms in _PLAIN for form in forms.split())
    return words


LEXICON: dict[str, Entry] = _lexicon()
MONTH_FORMS: dict[str, int] = {form: int(month) for form, (_, month) in _month_forms() if len(form) > 4}
WEEKLY_PLURALS: tuple[str, ...] = (
    "понедельникам",
    "вторникам",
    "средам",
    "четвергам",
    "пятницам",
    "субботам",
    "воскресеньям",
)
