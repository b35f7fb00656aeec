"""Whether the text layer of a page can be believed. Pure; knows Russian letters and words, no files.

Scanners and old programs leave layers that look like text and are not: another encoding, Latin letters
that look like Cyrillic ones, the fruits of a recognition without Russian, letters shuffled by a font.
"""

from __future__ import annotations

import re

# A page with fewer letters than this under a picture of the whole page holds at most a stamp or a number.
FEW_LETTERS = 200
WHOLE_PICTURE = 0.6

_WORD = re.compile(r"[^\W\d_]+")
_ODD = re.compile("[\u00c0-\u00ff\u0080-\u009f\ufffd\ue000-\uf8ff\u2500-\u259f]")
_FOREIGN = re.compile("[ЂЃЉЊЌЋЏђѓљњќћџЈјЅѕ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_SHUFFLED_CASE = re.compile("[а-яёa-z][А-ЯЁA-Z]")
_VOWEL = re.compile("[аеёиоуыэюяіїєaeiouy]", re.IGNORECASE)
_FILLING = re.compile(r"[\s._\-–—…|]")
_INSIDE_DIGIT = re.compile(r"[^\W\d_]\d[^\W\d_]|[^\W\d_]{2}\d\b")


def fault_of(text: str, picture: float) -> str:
    """Why to recognise the page anew: "empty", "picture", "mojibake", "lookalikes", "garbage"; "" if good.

    `picture` is the share of the page that its largest picture covers.
    """
    letters = sum(letter.isalpha() for letter in text)
    if not any(letter.isalnum() for letter in text):
        return "empty"
    if picture >= WHOLE_PICTURE and letters < FEW_LETTERS:
        return "picture"
    if _is_mojibake(text, letters):
        return "mojibake"
    words = _WORD.findall(text)
    if _has_lookalikes(words):
        return "lookalikes"
    return "garbage" if _is_garbage(text, words) else ""


def _is_mojibake(text: str, letters: int) -> bool:
    """Signs that Russian has not: UTF-8 read as Latin-1, glyphs without a code, Serbian letters."""
    odd = len(_ODD.findall(text)) + len(_FOREIGN.findall(text))
    return odd > 4 and odd > 0.05 * max(letters, 1)


def _has_lookalikes(words: list[str]) -> bool:
    """Words half in Cyrillic and half in Latin letters; a few may stand in any honest text."""
    cyrillic = [word for word in words if len(word) > 2 and _CYRILLIC.search(word)]
    mixed = sum(1 for word in cyrillic if _LATIN.search(word))
    return mixed > 2 and mixed > 0.02 * len(cyrillic)


def _is_garbage(text: str, words: list[str]) -> bool:
    solid = _FILLING.sub("", text)
    if len(solid) > 50 and sum(sign.isalnum() for sign in solid) < 0.5 * len(solid):
        return True
    long = [word for word in words if len(word) > 3]
    if len(long) < 8:
        return False
    mute = sum(1 for word in long if not _VOWEL.search(word) and not word.isupper())
    shuffled = sum(1 for word in long if _SHUFFLED_CASE.search(word))
    pierced = len(_INSIDE_DIGIT.findall(text))
    return mute > 0.15 * len(long) or shuffled > 0.2 * len(long) or pierced > 0.2 * len(long)
