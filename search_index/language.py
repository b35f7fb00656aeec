"""What a word of a text is to the index: the one analysis for storing and for asking, on both engines.

Russian words become the Snowball stem of PyStemmer (equal to the `russian` dictionary of PostgreSQL on
60,000 of 60,000 words) joined with their family; «ё» is «е»; there are no stop words here, so «не» is a
word like any other. Words with hyphens become their parts side by side. Numbers and dates are words of
their own (numerals.py). Change ANALYSIS whenever the same text would become other words.
"""

import re
from collections.abc import Iterator

from core.stems import STEMS
from search_index.families import families, root
from search_index.numerals import (
    LATIN,
    date_terms,
    date_written,
    is_number,
    number_terms,
    tightened,
    worded_dates,
)

#: Grows with every change of the words that a text becomes: the index is then built anew.
ANALYSIS = 1
TOKEN = re.compile(r"\d+(?:\.\d+)+|[0-9a-zа-я]+(?:[-/][0-9a-zа-я]+)*")
#: Words that say nothing by themselves; left out of a question, never out of the index. «не» is not here.
_STOP_WORDS = (
    "а без бы в во для до же за и из или к ко как ли на над но о об обо от по под при про с со так также то"
    " у что это г год года году"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
_MONTHS = "январ феврал март апрел мая май мае июн июл август сентябр октябр ноябр декабр"
_MONTH_STEMS = tuple(_MONTHS.split())
_MAX_WORDS = 400_000
_FOREIGN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-я]")
_FAMILIES = families(STEMS)


def normal(text: str) -> str:
    """Text as it is compared: lower case, «ё» as «е», numbers without stray blanks."""
    return tightened(text.lower().replace("ё", "е"))


def stem(word: str) -> str:
    """The word of the index for one lower-case word without hyphens or digits."""
    cut = STEMS[word]
    known = _FAMILIES.get(cut)
    if known is not None:
        return known
    short = root(cut)
    return _FAMILIES.get(short, short)


def beginnings_of(word: str) -> set[str]:
    """With what the written words begin that become this word of the index: a stem only loses its end."""
    return {word, *(cut for cut, family in _FAMILIES.items() if family == word)}


class _Terms(dict[str, tuple[tuple[str, int], ...]]):
    """Token → its words, each with how many places after the first it stands."""

    def __missing__(self, token: str) -> tuple[tuple[str, int], ...]:
        if len(self) > _MAX_WORDS:
            self.clear()
            STEMS.clear()
        found = self[token] = tuple(_terms(token))
        return found


def _terms(token: str) -> Iterator[tuple[str, int]]:
    word = token if token.isalpha() else _unscanned(token)
    if not word.isalpha() and is_number(word):
        day = date_written(word)
        for term in (*(date_terms(day) if day else ()), *number_terms(word)):
            yield term, 0
    else:
        for place, part in enumerate(re.split(r"[-/]", word)):
            yield stem(_mended(part)), place


def _unscanned(token: str) -> str:
    """«пр0т0к0л» of a scan as «протокол»: zeros and threes among three Russian letters or more."""
    if not token.isalnum() or not set(re.findall(r"\d", token)) <= {"0", "3"} or token[0].isdigit():
        return token
    return token.replace("0", "о").replace("3", "з") if len(_CYRILLIC.findall(token)) > 2 else token


def _mended(word: str) -> str:
    """A Russian word with Latin letters that look the same."""
    return word.translate(LATIN) if _FOREIGN.search(word) and _CYRILLIC.search(word) else word


_TERMS = _Terms()


def terms_of(token: str) -> tuple[tuple[str, int], ...]:
    """The words of one token of normal text, each with its place after the first one."""
    return _TERMS[token]


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The tokens of normal text: where each begins and ends, and itself."""
    for found in TOKEN.finditer(text):
        yield found.start(), found.end(), found[0]


def positions(text: str) -> dict[str, list[int]]:
    """Every word of a text with the places where it stands, in order; places count words from 0."""
    found: dict[str, list[int]] = {}
    cleaned, place = normal(text), -1
    terms = _TERMS
    for token in TOKEN.findall(cleaned):
        place += 1
        for term, offset in terms[token]:
            if term in found:
                found[term].append(place + offset)
            else:
                found[term] = [place + offset]
        place += offset
    # Dates in words stand after the text, too far apart for any phrase.
    for number, words_of_date in enumerate(terms_of_dates(cleaned), 1):
        for term in words_of_date:
            found.setdefault(term, []).append(place + 10 * number)
    return found


def terms_of_dates(text: str) -> Iterator[tuple[str, ...]]:
    """The words of every date in words of a normal text."""
    if any(month in text for month in _MONTH_STEMS):
        yield from (terms for _start, _end, terms in worded_dates(text))


def words(text: str) -> list[str]:
    """The words of a text in order, one for each place; the first of those that share a place."""
    return [term for token in TOKEN.findall(normal(text)) for term, _place in _leading(token)]


def _leading(token: str) -> Iterator[tuple[str, int]]:
    seen = -1
    for term, place in _TERMS[token]:
        if place > seen:
            seen = place
            yield term, place


def forms(text: str) -> set[str]:
    """The words of a text as they are written, in normal form, without numbers."""
    return {part for token in set(TOKEN.findall(normal(text))) for part in forms_of(token)}


def forms_of(token: str) -> list[str]:
    """The written words of one token; a number has none."""
    return [] if token[0].isdigit() else re.split(r"[-/]", token)
