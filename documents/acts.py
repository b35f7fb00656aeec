"""By what an act is known: kind, authority, date and number, compared as clerks compare them.

A number alone is not unique (273-ФЗ of 2008 and of 2012), so the key holds the kind and the date as well;
the authority stands beside it, because the same body is written in full, in short and in every case.
"""

import re
from datetime import date as Day

from documents.kinds import DocumentKind

#: Latin letters that look like Cyrillic ones; scans and typists mix them within one number.
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_DASHES = re.compile(r"[‐‑‒–—−]")
_WORD = re.compile(r"[а-яa-z0-9]+")
#: Words that stand in the names of all bodies and tell none of them from another.
_EMPTY = {"и", "по", "в", "на", "о", "об", "от", "за"}
STEM = 5
#: Below this share of common words two spellings name two bodies; between it and all, nobody can tell.
ALIKE = 0.75


def number_key(number: str | None) -> str:
    """A number as it is compared: «N 12-p», «№ 12-Р» and «12–р» are one."""
    text = _DASHES.sub("-", (number or "").casefold()).translate(_LOOKALIKES)
    return re.sub(r"^[n№]|\s|[«»\"_]", "", text.replace("№", "").strip())


def act_key(kind: DocumentKind | None, day: Day | None, number: str | None) -> str | None:
    """«order|2021-07-30|60/1»: the part of the key that is compared by the letter; None when incomplete."""
    known = number_key(number)
    if kind is None or day is None or not known:
        return None
    return f"{kind.value}|{day.isoformat()}|{known}"[:200]


def is_same_authority(one: str, other: str) -> bool | None:
    """Whether two spellings name one body; None when nobody can tell, as when one of them is not given.

    The words are compared without their endings: «комитета образования» is the «Комитет образования», and
    a short name whose words all stand in the long one is the same body. One word alone («Администрация»)
    says too little, and one differing word may be a misprint or the name of another region.
    """
    first, second = _stems(one), _stems(other)
    if not first or not second:
        return None
    if first == second:
        return True
    smaller = min(len(first), len(second))
    share = len(first & second) / smaller
    if share < ALIKE:
        return False
    return True if share == 1 and smaller > 1 else None


def _stems(text: str) -> set[str]:
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return {word[:STEM] for word in words if word not in _EMPTY}
