"""Mend words that a PDF or a typist has cut, glued or misspelt: «Сентябр ьдекабр ь», «сентебря»."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap.period_text import as_russian
from roadmap.period_words import LEXICON, MONTH_FORMS

if TYPE_CHECKING:
    from roadmap.period_tokens import Token

_COMPOUND = re.compile(r"\w{2,}(?:дневн|(?<!по)недельн|месячн)\w+")
_WINDOW = 6
_SPACED = frozenset(["до", "по", "на", "за", "кв", "уч", "не", "со", "во"])
_SHORT = frozenset(["в", "с", "до", "по", "на", "за", "к", "и", "не"])
# Words that are real, though they can be cut into words of the lexicon.
_WHOLE_WORDS = frozenset(["смарт", "декады", "месяцам", "погода", "дома"])


def repaired(tokens: list[Token]) -> list[Token]:
    """The same tokens with unknown words joined, split or corrected when the result is in the lexicon."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        taken, words = _mend(tokens, at)
        if words:
            out += [replace(tokens[at], text=word, value=word, kind="WORD", mended=True) for word in words]
        else:
            out.append(tokens[at])
        at += taken
    return out


def _mend(tokens: list[Token], at: int) -> tuple[int, tuple[str, ...]]:
    for size in range(min(_WINDOW, _run_length(tokens, at)), 0, -1):
        window = tokens[at : at + size]
        words = _known_words(window)
        if words:
            return size, words
    return 1, ()


def _run_length(tokens: list[Token], at: int) -> int:
    length = 0
    for token in tokens[at:]:
        # A dash may stand for a line break inside a word: «сен-тябрь».
        if not (token.kind == "WORD" or (token.kind == "-" and length)) or length > _WINDOW:
            break
        length += 1
    return length


def _known_words(window: list[Token]) -> tuple[str, ...]:
    letters = [token.text for token in window if token.kind == "WORD"]
    joined = "".join(letters)
    if len(letters) > 1 and all(len(word) == 1 for word in letters):
        return (joined,) if joined in _SPACED else ()
    if not _is_worth_mending(window, letters) or joined in _WHOLE_WORDS or len(joined) < 3:
        return ()
    if joined in LEXICON:
        return (joined,)
    if len(letters) < len(window):
        return ()
    return segmented(joined) or (corrected(joined) if len(letters) == 1 else ())


def _is_worth_mending(window: list[Token], letters: list[str]) -> bool:
    """Whether an unknown word is inside and the window has no edge that a shorter one would do without."""
    if window[-1].kind == "-" or all(_is_known(word) for word in letters):
        return False
    if len(letters) == 1:
        return not _COMPOUND.fullmatch(letters[0])
    is_whole_end = _is_known(letters[-1]) and len(letters[-1]) > 2
    return not is_whole_end and letters[0] not in MONTH_FORMS


def _is_known(word: str) -> bool:
    return word in LEXICON or (word.isascii() and as_russian(word) in LEXICON) or set(word) <= set("ivxl")


@lru_cache(maxsize=4096)
def segmented(letters: str) -> tuple[str, ...]:
    """The fewest words of the lexicon that make up all the letters; () if there is no such cut.

    A short preposition counts only before a longer word, so that real words are not cut to pieces."""
    if len(letters) > 60:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 16), end):
            head, word = best[start], letters[start:end]
            if head is None or not _is_piece(word, head, last=end == len(letters)):
                continue
            if best[end] is None or len(head) + 1 < len(best[end] or ()):
                best[end] = (*head, word)
    return best[-1] or ()


def _is_piece(word: str, head: tuple[str, ...], *, last: bool) -> bool:
    if len(word) > 2:
        return word in LEXICON
    if not last:
        return word in _SHORT
    # «ежегоднодо 1 марта», «разв год»: a preposition may be glued to the end of a long word.
    after_long = bool(head) and (len(head[-1]) > 4 or head[-1] in ("раз", "раза", "май", "мая"))
    return word in ("г", "гг") or (word in _SHORT and after_long)


@lru_cache(maxsize=4096)
def corrected(word: str) -> tuple[str, ...]:
    """A misspelt long word, when exactly one meaning is one slip away: «сентебря» → «сентября»."""
    if len(word) < 5:
        return ()
    near = [form for form in _LONG_FORMS.get(len(word), ()) if _one_slip(form, word)]
    near = [form for form in near if form in MONTH_FORMS or form[0] == word[0]]
    return (near[0],) if near and len({LEXICON[form] for form in near}) == 1 else ()


def resembles_month(word: str) -> bool:
    """Whether an unknown word is one slip away from a short name of a month: «манте», «Марс»."""
    short = (form for form in ("март", "марта", "марте", "май", "мая", "мае", "июнь", "июня", "июне", "июль",
                               "июля", "июле") if abs(len(form) - len(word)) < 2)  # fmt: skip
    return any(_one_slip(form, word) for form in short)


def _by_length() -> dict[int, tuple[str, ...]]:
    """Long words of the lexicon, by the length of a word that may be a slip of them."""
    long = [form for form in LEXICON if len(form) > 6 or (len(form) > 5 and form in MONTH_FORMS)]
    lengths = range(5, 20)
    return {size: tuple(form for form in long if abs(len(form) - size) < 2) for size in lengths}


_LONG_FORMS = _by_length()


def _one_slip(left: str, right: str) -> bool:
    if len(left) > len(right):
        left, right = right, left
    at = next((n for n, letter in enumerate(left) if right[n] != letter), len(left))
    swapped = left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
    if len(left) == len(right):
        return swapped or left[at + 1 :] == right[at + 1 :]
    return left[at:] == right[at + 1 :]
