"""Two executors written one after the other without a sign, told apart by grammar.

A body or a post in the nominative starts a new name: «отдел кадров | учебный центр», «Управление
образования | руководители школ». Words in the genitive belong to the name before them.
"""

from __future__ import annotations

import re

_NOUN = re.compile(
    r"(руководител[ьи]|заведующ(ий|ая|ие)|специалисты?|методисты?|педагоги?|воспитател[ьи]|"
    r"наставники?|начальники?|"
    r"председател[ьи]|заместител[ьи]|работники|сотрудники|кураторы?|координаторы?|психологи?|"
    r"логопеды?|советники?|"
    r"участники|члены|директор|секретарь|глава|бухгалтер|юрист|библиотекар[ьи]|социальные педагоги|"
    r"отделы?|центры?|комитеты?|управление|департаменты?|министерство|администрация|комиссия|дирекция|"
    r"советы?|служба|школа|библиотека|группа|коллегия|пресс-служба)[.,;]?",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"[а-яё-]{4,}(ый|ий|ая|яя|ое|ее|ые|ие)", re.IGNORECASE)
_STATE_BODY = re.compile(r"О?ГИБДД|ОМВД|УМВД|КДН(иЗП)?|ЦРБ|МЧС|Роспотребнадзор")
_BODY = re.compile(
    r"(отдел|управлени|комитет|администраци|департамент|комисси|центр|совет|школ|министерств)", re.I
)
_LINK = re.compile(
    r"(и|или|также|по|при|в|во|на|с|со|для|за|от|к|о|об|под|над|через|из|до|как|–|—|-|им\.|зам\.)", re.I
)
_FORM = re.compile(r"[А-ЯЁ]{2,}|(?i:учреждени|предприяти|подразделени|обществ)[ея]")
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.\s?([А-ЯЁ]\.)?|[А-ЯЁ]\.\s?([А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё-]+")


def part_by_grammar(name: str) -> list[str]:
    """The executors in a text without signs between them; one name when grammar shows no second."""
    words = name.split()
    free = _outside(words)
    for place in range(1, len(words)):
        if free[place] and _starts_name(words, place):
            start = _with_adjectives(words, place)
            before = " ".join(words[:start])
            if _is_whole(before, words[start - 1] if start else ""):
                return [before, *part_by_grammar(" ".join(words[start:]))]
    return [name]


def _starts_name(words: list[str], place: int) -> bool:
    if _STATE_BODY.fullmatch(words[place]):
        return words[place - 1][-1].islower() and _BODY.match(" ".join(words)) is not None
    return _NOUN.fullmatch(words[place]) is not None


def _with_adjectives(words: list[str], place: int) -> int:
    """Where the name starts, with the adjectives in the nominative before its noun."""
    while place and _ADJECTIVE.fullmatch(words[place - 1]) and not _NOUN.fullmatch(words[place - 1]):
        place -= 1
    return place


def _is_whole(before: str, last: str) -> bool:
    """Whether a name may end here: not after a preposition, an organisation's form, a comma or a person."""
    if not before or last.endswith((",", "(", ":")) or _LINK.fullmatch(last):
        return False
    if all(_ADJECTIVE.fullmatch(word) or word.endswith("ой") for word in before.split()):
        return False
    return not _FORM.fullmatch(last) and not _PERSON.fullmatch(before)


def _outside(words: list[str]) -> list[bool]:
    """For each word, whether it stands outside brackets and quotes; one closing quote ends all open ones."""
    free, depth, quoted = [], 0, False
    for word in words:
        free.append(depth == 0 and not quoted and word[0] not in '(«"')
        depth = max(depth + word.count("(") - word.count(")"), 0)
        last_open, last_close = word.rfind("«"), word.rfind("»")
        quoted = last_open > last_close or quoted and last_close < 0
    return free
