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

_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_SHORT_WORDS = (
    "а|б|в|и|к|о|с|у|я|во|до|за|из|на|не|ни|но|об|от|по|со|то|же|ли|бы|для|без|при|над|под|или|их|её|его"
)

#: Each pattern's plain space becomes a no-break space. Looking around keeps the letters out of the match.
_NO_BREAK = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=№) (?=\w)",
        rf"(?<=\d) (?=%|лет\b|г\.|гг\.|чел\b|руб|тыс|млн|мин\b|КБ|МБ|ГБ|{_MONTHS})",
        r"(?<=\bп\.|\bс\.|\bч\.|\bг\.|\bд\.) (?=[\dА-ЯЁA-Z])",
        r"(?<=\bпп\.|\bст\.|\bгл\.|\bул\.) (?=[\dА-ЯЁA-Z])",
        r"(?<=\bстр\.|\bпос\.) (?=[\dА-ЯЁA-Z])",
        r"(?<=[а-яё]) (?=[А-ЯЁ]\. ?[А-ЯЁ]\.)",
        r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ]\.)",
        r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])",
        r"(?<=СОШ|ООШ|сад) (?=№|\d)",
        r" (?=— )",
        r"(?<=\b[IVX]) (?=кв)",
        r"(?<=[IVX]{2}) (?=кв)",
    )
)
_SHORT = re.compile(rf"(?<![\w-])({_SHORT_WORDS}) (?=[\w«„№(])", re.IGNORECASE)
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
    text = _NUMBER_SIGN.sub("№" + NB, text)
    for pattern in _NO_BREAK:
        text = pattern.sub(NB, text)
    text = _NUMBERED.sub(lambda number: _HYPHEN_IN_NUMBER.sub(f"{JOINER}-{JOINER}", number[0]), text)
    return _SHORT.sub(rf"\1{NB}", _SHORT.sub(rf"\1{NB}", text))


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
