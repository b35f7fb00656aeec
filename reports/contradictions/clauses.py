"""A report's text cut into clauses that can be judged one by one, without what only looks like judging."""

import re

from reports.contradictions.shapes import NOUN, SHORT
from roadmap.period_text import fold
from roadmap.status_words import PAST

_QUOTED = re.compile(r"«[^»]{0,300}»|\"[^\"]{0,300}\"|“[^”]{0,300}”")
#: Abbreviations whose point ends no sentence.
POINTS = re.compile(r"\b(г|гг|п|пп|им|ул|тыс|руб|чел|ст|др|т\.\s?д|т\.\s?п|стр|см)\.", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r"\s*(?:[,:]\s+|\s-\s|\bоднако\b|\bно\b|\s(?=взамен\b))")
#: «, которые не были опрошены в мае,», «несмотря на то что …», «причин, по которым ранее не были …».
#: What was found out says nothing of the deed: «выявлено, что не все школы обновили сайты».
_FOUND_OUT = re.compile(r"\b(?:показал|выяви|выявлен|установ|отмече|свидетельств)\w*,? что [^,.;:]*")
_ASIDE = re.compile(
    r",\s*(?:(?:по|в|во|о|об|от|с|со|для|из|к|на|при|у|за)\s+)?котор\w+[^,.;:]*"
    r"|,?\s*\bесли\b[^,.;:]*"
    r"|\bнесмотря на (?:то,? что )?[^,.;:]*"
    r"|,\s*(?:\w+ ){0,2}(?!(?:настоящ|следующ|текущ|будущ|предыдущ)\w+\b)\w+(?:ющ|ущ|ящ|ащ|вш|нн)"
    r"(?:ий|ие|их|ая|ей|ую|ее|его|ого|ему|им|ими|ем|ый|ые|ых|ым|ыми|ой|ое)(?:ся)?\b"
    rf"(?![^,.;:]*\b(?:(?!{NOUN})(?:{SHORT}|{PAST})|нет\b|отсутств))[^,.;:]*"
)


def sentences(text: str) -> list[str]:
    """Folded sentences without quotations and asides."""
    plain = POINTS.sub(r"\1", _QUOTED.sub(" ", text))
    return [cleaned for part in _SENTENCE.split(plain) if (cleaned := _cleaned(part))]


def _cleaned(part: str) -> str:
    return _ASIDE.sub(" ", _FOUND_OUT.sub(" ", fold(part))).strip(" .,;:!?-")


def clauses(sentence: str) -> list[str]:
    """The clauses of a folded sentence in their order."""
    return [part.strip(" .,;") for part in _CLAUSE.split(sentence) if part and part.strip(" .,;")]


def quote(text: str, clause: str) -> str:
    """The words of the original in which a folded clause was found, not longer than a line or two."""
    for part in _SENTENCE.split(POINTS.sub(r"\1", text)):
        if clause[:24] in fold(part):
            return _short(part.strip())
    return _short(clause)


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
