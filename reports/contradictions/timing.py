"""Dates of the evidence, acts that ended, turns that are missing."""

from collections.abc import Iterator
from datetime import date

from reports.contradictions.clauses import sentences
from reports.contradictions.denial_words import OF_AN_ACT
from reports.contradictions.facts import Contradiction, Evidence, Frame, Row
from reports.contradictions.figures import dates_told, events_told


def evidence_dates(row: Row, frame: Frame) -> Iterator[Contradiction]:
    """Evidence after the day of the report, and evidence of other years than the plan's."""
    late = [paper for paper in row.evidence if paper.day and paper.day > frame.day]
    if late:
        words = (("day", _dmy(frame.day)), ("papers", _captions(late)))
        yield Contradiction("evidence_after_report", row.measure_id, row.number, row.title, words)
    first = min(frame.first, row.due_start or frame.first)
    last = max(frame.last, row.due_end or frame.last)
    outside = [p for p in row.evidence if p.day and not first <= p.day <= max(last, frame.day)]
    if outside := [paper for paper in outside if paper not in late]:
        told = (("first", _dmy(first)), ("last", _dmy(last)), ("papers", _captions(outside)))
        yield Contradiction("evidence_outside_period", row.measure_id, row.number, row.title, told)


def _captions(papers: list[Evidence]) -> str:
    return "; ".join(
        f"{p.caption} ({_dmy(p.day)})" if p.day and _dmy(p.day) not in p.caption else p.caption
        for p in papers
    )


def _dmy(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def repealed_act(row: Row, frame: Frame) -> Iterator[Contradiction]:
    """Executed on an act that was no longer in force on that day, and the text does not say so itself."""
    if not row.claims_execution or _tells_of_the_end(row.text):
        return
    day = min(row.actual or frame.day, frame.day)
    for act in row.acts:
        if act.ended and act.ended <= day:
            told = (("day", _dmy(day)), ("ended", _dmy(act.ended)), ("act", act.name))
            yield Contradiction("repealed_act", row.measure_id, row.number, row.title, told)


def _tells_of_the_end(text: str) -> bool:
    ends = ("утрат", "отмен", "признан недейств", "прекра", "взамен", "вместо")
    return any(
        OF_AN_ACT.search(sentence) and any(end in sentence for end in ends) for sentence in sentences(text)
    )


def too_few_occurrences(row: Row, _frame: Frame) -> Iterator[Contradiction]:
    """A recurring measure closed with fewer turns than were due. Turns count when they were marked, when
    the text names them by number or by date, or when evidence of different days stands for them."""
    if not row.claims_execution or row.turns is None:
        return
    papers = len({paper.day for paper in row.evidence if paper.day})
    done = max(row.turns.done, events_told(row.text), len(dates_told(row.text)), papers)
    if done < row.turns.due:
        told = (("due", str(row.turns.due)), ("done", str(done)))
        yield Contradiction("too_few_occurrences", row.measure_id, row.number, row.title, told)
