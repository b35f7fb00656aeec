"""Russian typography of what people read: no-break spaces and soft hyphens.

Only spaces and invisible signs are touched, never a letter, and only on the screen: what is stored and what
is printed into documents stays as it was written.
"""

import re
from functools import lru_cache

import pyphen
from markupsafe import Markup, escape

NB = "\u00a0"
SHY = "\u00ad"
#: Invisible; keeps «6-р» on one line without changing its hyphen.
JOINER = "\u2060"

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
#: They do not stay at the end of a line.
_SHORT = frozenset({
    "а", "б", "в", "и", "к", "о", "с", "у", "я", "во", "до", "за", "из", "на", "не", "ни", "но", "об", "от",
    "по", "со", "то", "же", "ли", "бы", "для", "без", "при", "над", "под", "или", "их", "её", "его",
})  # fmt: skip
#: They do not part from the number before them.
_UNITS = frozenset(["%", "лет", "г.", "гг.", "чел.", "чел", "мин", "мин.", "КБ", "МБ", "ГБ", *_MONTHS])
_UNIT_STARTS = ("%", "руб", "тыс", "млн", "млрд")
#: They do not part from the number or the name after them.
_MARKS = frozenset({"п.", "пп.", "ст.", "с.", "ч.", "г.", "д.", "гл.", "ул.", "стр.", "пос."})
_SCHOOLS = ("СОШ", "ООШ", "сад", "школа")
_INITIAL = re.compile(r"[А-ЯЁ]\.,?")
_INITIALS = re.compile(r"[А-ЯЁ]\. ?[А-ЯЁ]\.")
_ROMAN = re.compile(r"[IVX]+")
_NUMBER_SIGN = re.compile(r"№(?=\d)")
_HYPHEN_IN_NUMBER = re.compile(r"(?<=\d)-(?=[а-яёА-ЯЁ\d])")
_NUMBERED = re.compile(rf"№{NB}[\w/.-]+")
_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = re.compile(r"<(/?)(?:textarea|style|script|pre|code|option)\b")
_LONG_WORD = re.compile(r"[А-Яа-яЁё]{11,}")
_HYPHENATOR = pyphen.Pyphen(lang="ru_RU", left=3, right=3)


@lru_cache(maxsize=16384)
def spaced(text: str) -> str:
    """The text with the breaking spaces that must not break turned into no-break ones."""
    words = text.split(" ")
    parts = [words[0]]
    for place in range(1, len(words)):
        parts.append(NB if _binds(words, place) else " ")
        parts.append(words[place])
    joined = _NUMBER_SIGN.sub("№" + NB, "".join(parts))
    return _NUMBERED.sub(lambda number: _HYPHEN_IN_NUMBER.sub(f"{JOINER}-{JOINER}", number[0]), joined)


def _binds(words: list[str], place: int) -> bool:
    """Whether the space before the word at `place` must not break."""
    left, right = words[place - 1], words[place]
    if not left or not right:
        return False
    return (
        right == "—"
        or (left.lstrip("«„(").lower() in _SHORT and (right[0].isalnum() or right[0] in "«„№("))
        or _binds_number(left, right)
        or _binds_name(left, right, words[place + 1] if place + 1 < len(words) else "")
    )


def _binds_number(left: str, right: str) -> bool:
    """№ and its number, a number and its unit, «п.» and its number, «III квартал»."""
    if left.endswith("№"):
        return right[0].isalnum()
    if left[-1].isdigit():
        return right.rstrip(",;:)»") in _UNITS or right.startswith(_UNIT_STARTS)
    if left.lstrip("(«") in _MARKS:
        return right[0].isdigit() or right[0].isupper()
    if right[0] == "№" or right[0].isdigit():
        return left.endswith(_SCHOOLS)
    return right.startswith("кв") and bool(_ROMAN.fullmatch(left.rpartition("–")[2]))


def _binds_name(left: str, right: str, after: str) -> bool:
    """«Тополева С. М.» and «С. М. Тополева»."""
    if _INITIAL.fullmatch(left):
        return right[0].isupper()
    if not left[-1].islower():
        return False
    return bool(_INITIALS.match(f"{right} {after}"))


def typo(text: object) -> str:
    """`spaced` for a template: plain text stays plain; of markup only the text between tags is touched."""
    if text is None:
        return ""
    if not hasattr(text, "__html__"):
        return spaced(str(text))
    return Markup("".join(_pieces(str(escape(text)))))


def _pieces(markup: str) -> list[str]:
    verbatim, pieces = 0, []
    for piece in _TAG.split(markup):
        if piece.startswith("<"):
            if opening := _VERBATIM.match(piece):
                verbatim += -1 if opening[1] else 1
        elif not verbatim:
            piece = spaced(piece)
        pieces.append(piece)
    return pieces


@lru_cache(maxsize=16384)
def _hyphenated(word: str) -> str:
    return str(_HYPHENATOR.inserted(word, SHY))


def shy(text: object) -> str:
    """The text with soft hyphens inside words of 11 letters and more, for narrow cells."""
    if text is None:
        return ""
    hyphenated = _LONG_WORD.sub(lambda word: _hyphenated(word[0]), str(text))
    return Markup(hyphenated) if hasattr(text, "__html__") else hyphenated
