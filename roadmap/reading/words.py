"""Texts as people typed them, freed from what conversions left behind; and folded for comparison."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(
    r"</?(?:p|i|b|u|em|strong|span|div|sup|sub|font|li|ul|ol|s|a|td|tr|nobr|small|h\d)(?:\s[^<>]*)?/?>", re.I
)
_BREAK = re.compile(r"<br\s*/?>|</p>\s*(?=<p)|</li>|</div>", re.I)
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-f]{2,4}|[a-z]{2,8});", re.I)
_MARKDOWN = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_\n]+?)(?<=\S)__(?!\w)")
_FOOTNOTE = re.compile(r"<\d{1,2}>|(?<=[\w»\")])\*{1,3}(?![\w*])|(?<=[\w»\")])[¹⁰⁴-⁹]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[^\S\n]+")
_PLACEHOLDER = re.compile(r"[xх*\-–—−_.…\s]+|н/д|нет данных", re.I)
_ALIKE = str.maketrans(
    {"ё": "е", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "’": "'", "‘": "'"}
    | dict.fromkeys("‐‑‒–—−", "-")
)


def clean(text: str) -> str:
    """`text` without tags, markdown, footnote marks and invisible signs; lines are stripped, none empty."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if "*" in text or "__" in text:
        text = _MARKDOWN.sub(lambda match: match.group(1) or match.group(2), text)
    text = _FOOTNOTE.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def is_placeholder(text: str) -> bool:
    """Whether the cell is filled only to show that it is empty («х», «-», «…»)."""
    return _PLACEHOLDER.fullmatch(text) is not None and "___" not in text


def flat(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """For comparison only: one line, lower case, ё as е, one kind of quotes and dashes."""
    return flat(text).lower().translate(_ALIKE)


def unhyphenated(text: str) -> str:
    """`text` with words that a line end parted made whole; only for titles, where ranges do not occur."""
    return re.sub(r"(?<=[а-яё])[-‐]\s+(?=[а-яё])|(?<=[А-ЯЁ])[-‐]\s+(?=[А-ЯЁ])", "", text)


@lru_cache(maxsize=4096)
def fold_title(text: str) -> str:
    """A column title for comparison: words broken at line ends are joined, quotes dropped."""
    bare = re.sub(r'["\':;]+', "", fold(unhyphenated(text))).strip(" .,")
    return re.sub(r"^\d{1,2}[.)] (?=[а-я№])", "", bare)


def is_unfinished(text: str) -> bool:
    """Whether the text plainly breaks off: after a comma, a hyphen or a word that cannot end a phrase."""
    return _UNFINISHED.search(text) is not None


def starts_low(text: str) -> bool:
    """Whether the text starts as the middle of a sentence: a small letter or a closing sign."""
    start = text.lstrip(" \n")
    return bool(start) and (start[0].islower() or start[0] in ",.;:)(»…")


def is_scrap(first: str, second: str) -> bool:
    """Whether a text is but the end of a word that a narrow column cut where the page ended."""
    return first[-1:].isalpha() and _SCRAP.match(second) is not None


def joined(first: str, second: str) -> str:
    """Two parts of a text that a page parted."""
    if not first or not second:
        return first or second
    if is_scrap(first, second):
        return first + second
    return first + (" " if starts_low(second) or is_unfinished(first) else "\n") + second


# No word of the language looks so.
_SCRAP = re.compile(
    r"(?:[бгдзйлмнпртфхцчшщъыьэюё]|[иы]й|[аи]я|[оеыи]е|ию|ии|ых|ов|[ая]м|[ая]х|ть|ся|го|му)(?![\w.])"
)
_UNFINISHED = re.compile(
    r"(?:[,(«–—]|(?<=\w)-|(?:^|\s)(?:и|в|во|на|по|с|со|для|о|об|от|до|из|за|к|у|при|или|а|не|под|над|между|"
    r"через|без|том числе|в рамках|участие в|том|его|их|г|гг|№))\s*$",
    re.I,
)
