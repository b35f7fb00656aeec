"""Mend words that a PDF or a typist has cut, glued or misspelt: «Сентябр ьдекабр ь», «сентебря»."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from roadmap.period_text import as_russian
from roadmap.period_words import LEXICON, MONTH_FORMS

if TYPE_CHECKING:
    from roadmap.period_tokens import Token

_WINDOW = 6
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
    if window[-1].kind == "-" or window[0].kind == "-" or all(_is_known(word) for word in letters):
        return ()
    if len(window) > 1 and (_is_known(letters[0]) and len(letters[0]) > 2 and _is_month(letters[0])):
        return ()
    joined = "".join(letters)
    if joined in _WHOLE_WORDS or len(joined) < 3:
        return ()
    has_dash = any(token.kind == "-" for token in window)
    words = (joined,) if joined in LEXICON else () if has_dash else segmented(joined)
    if not words and len(letters) == 1:
        return corrected(joined)
    return words


def _is_known(word: str) -> bool:
    return word in LEXICON or (word.isascii() and as_russian(word) in LEXICON) or set(word) <= set("ivxl")


def _is_month(word: str) -> bool:
    return word in MONTH_FORMS


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
            if head is None or not _is_piece(word, last=end == len(letters)):
                continue
            if best[end] is None or len(head) + 1 < len(best[end] or ()):
                best[end] = (*head, word)
    return best[-1] or ()


def _is_piece(word: str, *, last: bool) -> bool:
    return (
        (len(word) > 2 and word in LEXICON) or (word in _SHORT and not last) or (last and word in ("г", "гг"))
    )


@lru_cache(maxsize=4096)
def corrected(word: str) -> tuple[str, ...]:
    """A misspelt name of a month, when exactly one month is one slip away: «сентебря» → «сентября»."""
    if len(word) < 5:
        return ()
    long = (form for form in MONTH_FORMS if len(form) > 5 and abs(len(form) - len(word)) < 2)
    near = [form for form in long if _one_slip(form, word)]
    return (near[0],) if near and len({MONTH_FORMS[form] for form in near}) == 1 else ()


def _one_slip(left: str, right: str) -> bool:
    if len(left) > len(right):
        left, right = right, left
    at = next((n for n, letter in enumerate(left) if right[n] != letter), len(left))
    swapped = left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
    if len(left) == len(right):
        return swapped or left[at + 1 :] == right[at + 1 :]
    return left[at:] == right[at + 1 :]
