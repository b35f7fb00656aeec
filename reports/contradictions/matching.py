"""The text of a row against what its evidence says: numbers, days of the deed, requisites."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from documents.acts import number_key
from documents.kinds import DocumentKind, kind_named_in
from documents.requisites.citations import citations_in
from documents.requisites.dates import dates_in
from reports.contradictions.facts import Contradiction, Evidence, Frame, Row
from reports.contradictions.figures import MEASURES, STEM, Figure, figures_in
from roadmap.period_text import fold

_DEED = re.compile(
    r"\b(?:провед|провест|состоя|состои|прош[её]л|прошл|пройд|организова|открыт|заверш)\w*", re.IGNORECASE
)
#: Numbers of these people and plans are not the numbers of the deed.
_ASIDE = re.compile(r"\b(?:ответственн|жюри|комисси|эксперт|контрол|следующ|план(?:ируется|овый|у)|из них)")
_WORD = re.compile(r"[а-я]{4,}")
_NUMBER = re.compile(r"\d+(?:,\d+)?")
#: Beginnings of words that stand beside any measure.
_SAYING_LITTLE = {
    "проце",
    "соста",
    "рубле",
    "рубля",
    "тысяч",
    "милли",
    "общей",
    "общая",
    "сумму",
    "сумма",
    "сумме",
}
_MEETING = re.compile(r"\b(?:заседани|совещани|собрани|педсовет|сход|слушани)\w*", re.IGNORECASE)
NEAR = 45
Told = tuple[str, str, str]


def figure_against_evidence(row: Row, _frame: Frame) -> Iterator[Contradiction]:
    """One finding at most: the first number, day or requisite that the evidence tells otherwise."""
    told = next(chain(_requisites(row), _days(row), _numbers(row)), None)
    if told:
        words = tuple(zip(("mine", "paper", "theirs"), told, strict=True))
        yield Contradiction("figure_against_evidence", row.measure_id, row.number, row.title, words)


def _numbers(row: Row) -> Iterator[Told]:
    papers = [(paper, figures_in(paper.text)) for paper in row.evidence if paper.text]
    everything = {float(n.replace(",", ".")) for p, _f in papers for n in _NUMBER.findall(fold(p.text))}
    everything |= {figure.value for _paper, found in papers for figure in found}
    for mine in figures_in(row.text):
        if mine.is_about or {mine.value, mine.bare} & everything:
            continue
        theirs = [(paper, f) for paper, found in papers for f in found if _counts_the_same(mine, f)]
        values = [figure.value for _paper, figure in theirs]
        if len(set(values)) == 1 and mine.value not in (values[0], sum(values)):
            yield mine.printed, theirs[0][0].caption, theirs[0][1].printed


def _counts_the_same(mine: Figure, theirs: Figure) -> bool:
    if mine.thing != theirs.thing and (len(mine.thing) < STEM or mine.thing[:STEM] != theirs.thing[:STEM]):
        return False
    if (
        theirs.is_about
        or theirs.value == 1
        or (_ASIDE.search(theirs.sentence) and not _ASIDE.search(mine.sentence))
    ):
        return False
    return not MEASURES.match(mine.thing) or bool(_stems(mine.sentence) & _stems(theirs.sentence))


def _stems(sentence: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(sentence)} - _SAYING_LITTLE


def _days(row: Row) -> Iterator[Told]:
    """The day of the deed, when the evidence tells of another one and nowhere of this."""
    papers = [paper for paper in row.evidence if paper.text]
    known = {d for p in papers for d in (p.date, p.proves_on, *_all_dates(p.text)) if d}
    for mine in _deed_days(row.text):
        if mine in known:
            continue
        for paper in papers:
            if other := _day_of_the_deed(paper, row.text):
                yield mine.strftime("%d.%m.%Y"), paper.caption, other.strftime("%d.%m.%Y")


def _day_of_the_deed(paper: Evidence, text: str) -> date | None:
    """What the paper says; minutes are dated by the day of the meeting that they are of."""
    told = next(iter(_deed_days(paper.text)), None)
    if told or paper.kind is not DocumentKind.MINUTES:
        return told
    both = _MEETING.search(text) and _MEETING.search(paper.text)
    return paper.date if both else None


def _all_dates(text: str) -> list[date]:
    return [found.value for found in dates_in(text) if found.value]


def _deed_days(text: str) -> list[date]:
    """Dates beside a word of the deed; dates of requisites and of what comes next are none."""
    days = []
    for found in dates_in(text):
        before = text[max(0, found.start - NEAR) : found.start]
        before = re.split(r"[.;!?]\s", before)[-1]
        is_other = re.search(r"\b(?:от|следующ\w*|до|с)\s*$|следующ", before, re.IGNORECASE)
        if found.value and _DEED.search(before) and not is_other:
            days.append(found.value)
    return days


def _requisites(row: Row) -> Iterator[Told]:
    """«Приказ от 12.03.2026 № 45» in the text, and the order № 45 in the evidence is of another day."""
    for cited in citations_in(row.text):
        kind, day, number = kind_named_in(cited.kind.noun), cited.reference.date, cited.reference.number
        alike = [paper for paper in row.evidence if paper.kind is kind and kind is not DocumentKind.OTHER]
        if day and number and alike and not any(_is(paper, day, number) for paper in alike):
            printed = " ".join(row.text[cited.start : cited.end].split())
            for paper in alike:
                if _is_half(paper, day, number):
                    yield printed, paper.caption, _printed(paper)


def _is(paper: Evidence, day: date, number: str) -> bool:
    return paper.date == day and number_key(paper.number) == number_key(number)


def _is_half(paper: Evidence, day: date, number: str) -> bool:
    """Date or number agrees, and the other one is there and does not."""
    if not paper.date or not paper.number:
        return False
    return (paper.date == day) != (number_key(paper.number) == number_key(number))


def _printed(paper: Evidence) -> str:
    return f"{paper.date:%d.%m.%Y} № {paper.number}" if paper.date else paper.number
