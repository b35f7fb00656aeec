"""Cut a folded due period into tokens: numbers, dates, words of the lexicon, separators."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from roadmap.period_repair import repaired
from roadmap.period_text import as_russian
from roadmap.period_words import LEXICON, WEEKLY_PLURALS, Value


@dataclass(frozen=True)
class Token:
    """kind: DATE, DM (day.month), MY (month.year), NUM, ORD, YEAR, a kind of the lexicon, WORD, or a sign.

    value: a number, a word of the grammar, or (day, month, year) for DATE. depth counts brackets."""

    kind: str
    value: Value | tuple[int, ...]
    text: str
    glued: bool = False
    depth: int = 0
    mended: bool = False

    @property
    def number(self) -> int:
        """The value as a number; 0 when it is not one."""
        return self.value if isinstance(self.value, int) else 0


_SHAPES = re.compile(
    r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d(?!\d))"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?|\b\d{1,2}-00\b(?!-))"
    r"|(?P<full>(?<!\d)\d{1,2} ?[./,] ?\d{1,2} ?[./,] ?(?:(?:19|20)\d\d|\d\d)(?![\d.]\d)"
    r"|(?<!\d)\d{1,2}-\d{1,2}-(?:19|20)\d\d(?!\d)|(?<!\d)\d\d\.?\d\d\.?(?:19|20)\d\d(?!\d))"
    r"|(?P<my>(?<!\d)\d{1,2}\.(?:19|20)\d\d(?!\d))"
    r"|(?P<dm>(?<!\d)\d{1,2}\.\d{1,2}(?!\d))"
    r"|(?P<num>\d+)"
    r"|(?P<word>[a-zа-я]+)"
    r"|(?P<sign>[-/\\,;()\[\]#%+_:.])"
)
_SIGNS = {"\\": "/", ";": ",", "[": "(", "]": ")", ":": ","}
_ORDINAL_ENDINGS = frozenset(
    ("й", "ый", "ой", "го", "ого", "му", "ому", "я", "ая", "е", "ое", "ее", "ом", "м", "х", "ых", "ми")
    + ("ую", "ю", "ья", "ье", "ьего")
)
_LATIN_ROMAN = re.compile(r"[ivxl]{1,5}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
          "xi": 11, "xii": 12}  # fmt: skip


def tokenise(folded: str) -> list[Token]:
    """Tokens of a folded text; broken words are mended first, and say so."""
    tokens = _with_ordinals(list(_raw(folded)))
    return _with_depth(_with_tens([_from_lexicon(token) for token in repaired(tokens)]))


def _raw(folded: str) -> Iterator[Token]:
    end = 0
    for found in _SHAPES.finditer(folded):
        kind, text, glued = str(found.lastgroup), found.group(), found.start() == end and end > 0
        end = found.end()
        token = _READERS[kind](text)
        if token:
            yield replace(token, glued=glued)


def _read_iso(text: str) -> Token:
    year, month, day = (int(part) for part in text.split("-"))
    return Token("DATE", (day, month, year), text)


def _read_full(text: str) -> Token:
    parts = re.findall(r"\d+", text)
    if len(parts) < 3:
        digits = "".join(parts)
        parts = [digits[:2], digits[2:4], digits[4:]]
    day, month, year = (int(part) for part in parts)
    odd = "," in text or text.count(".") == 1 or text.isdigit()
    return Token("DATE", (day, month, year if year > 99 else 2000 + year), text, mended=odd)


def _read_my(text: str) -> Token:
    month, year = (int(part) for part in text.split("."))
    return Token("MY", (month, year), text) if 1 <= month <= 12 else Token("WORD", text, text)


def _read_dm(text: str) -> Token:
    day, month = (int(part) for part in text.split("."))
    if 1 <= month <= 12 and 1 <= day <= 31:
        return Token("DM", (day, month), text)
    return Token("CLOCK" if day < 25 and month < 60 and len(text) > 3 else "WORD", text, text)


def _read_num(text: str) -> Token:
    number = int(text[:9])
    return Token("YEAR" if len(text) == 4 and 1900 <= number < 2100 else "NUM", number, text)


def _read_sign(text: str) -> Token | None:
    sign = _SIGNS.get(text, text)
    return None if sign == "." else Token("BLANK" if sign == "_" else sign, sign, text)


def _read_word(text: str) -> Token:
    return Token("WORD", text, text)


def _read_clock(text: str) -> Token:
    return Token("CLOCK", text, text)


_READERS: dict[str, Callable[[str], Token | None]] = {
    "iso": _read_iso,
    "full": _read_full,
    "my": _read_my,
    "dm": _read_dm,
    "num": _read_num,
    "word": _read_word,
    "sign": _read_sign,
    "clock": _read_clock,
}


def _with_tens(tokens: list[Token]) -> list[Token]:
    """«двадцать пятого» becomes one number."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1] if out else None
        tens = before and before.kind == "NUM" and before.number in (20, 30) and before.text.isalpha()
        if before and tens and token.kind == "ORD" and token.number < 10:
            out[-1] = replace(token, value=before.number + token.number)
        else:
            out.append(token)
    return out


def _with_ordinals(tokens: list[Token]) -> list[Token]:
    """«1-й», «5го», «2 -ая» become one ORD token."""
    out: list[Token] = []
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        is_roman = token.kind == "WORD" and _LATIN_ROMAN.fullmatch(token.text) is not None
        skip = _ordinal_tail(tokens, at) if token.kind == "NUM" or is_roman else 0
        out.append(replace(token, kind="ORD") if skip and not is_roman else token)
    return out


def _ordinal_tail(tokens: list[Token], at: int) -> int:
    after = tokens[at + 1 : at + 3]
    if after and after[0].glued and after[0].text in _ORDINAL_ENDINGS:
        return 1
    if len(after) == 2 and after[0].kind == "-" and after[1].text in _ORDINAL_ENDINGS:
        return 2 if after[1].glued or after[0].glued else 0
    return 0


def _from_lexicon(token: Token) -> Token:
    if token.kind != "WORD" or not isinstance(token.value, str):
        return token
    word = token.text
    if word in WEEKLY_PLURALS:
        return replace(token, kind="RECUR", value="weekly")
    if _LATIN_ROMAN.fullmatch(word) and word.replace("l", "i") in _ROMAN:
        return replace(token, kind="ROMAN", value=_ROMAN[word.replace("l", "i")])
    entry = LEXICON.get(word) or (LEXICON.get(as_russian(word)) if word.isascii() else None)
    return replace(token, kind=entry[0], value=entry[1]) if entry else token


def _with_depth(tokens: list[Token]) -> list[Token]:
    out, depth = [], 0
    for token in tokens:
        depth += (token.kind == "(") - (token.kind == ")" and depth > 0)
        out.append(replace(token, depth=depth))
    return out
