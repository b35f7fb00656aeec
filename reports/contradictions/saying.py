"""The status against the text of the row."""

from collections.abc import Iterator

from reports.contradictions import saying_words as words
from reports.contradictions.clauses import clauses, quote, sentences
from reports.contradictions.facts import Contradiction, Frame, Row


def status_against_text(row: Row, _frame: Frame) -> Iterator[Contradiction]:
    """«Исполнено» over a text that says otherwise, and «не исполнено» over one that tells of the deed."""
    clause = ""
    if row.claims_execution:
        clause = undone_clause(row.text)
    elif row.state == "not_executed" and not undone_clause(row.text):
        clause = completed_clause(row.text)
    if clause:
        told = (("status", row.status), ("quote", quote(row.text, clause)))
        yield Contradiction("status_against_text", row.measure_id, row.number, row.title, told)


def undone_clause(text: str) -> str:
    """The first words by which the text denies that all was done; nothing when it does not."""
    parts = sentences(text)
    for sentence in parts:
        if found := _denied(sentence):
            return found
    if any(has_deed(sentence) for sentence in parts):
        return ""
    return next((part for part in parts if _is_open(part)), "")


def _is_open(sentence: str) -> bool:
    """Still to be done: running, but not as what is done over and over, or ahead."""
    is_running = words.RUNNING.search(sentence) and not words.REGULAR.search(sentence)
    return bool(is_running or words.AHEAD.search(sentence))


def _denied(sentence: str) -> str:
    """The clause that says «not done», unless the same sentence goes on to say that it was done after all."""
    found = clauses(sentence)
    for place, clause in enumerate(found):
        if _is_denial(clause):
            return clause
        was_moved = words.MOVED.search(clause) and not _is_good(clause)
        if was_moved and not any(has_deed(later) for later in found[place + 1 :]):
            return clause
    return ""


def _is_denial(clause: str) -> bool:
    plain = words.NEXT.sub(" ", words.GOOD_NEGATION.sub(" ", clause))
    if words.UNFINISHED.search(plain) or words.PARTLY.search(plain) or words.NOT_DONE.search(plain):
        return True
    return bool(words.CANCELLED.search(plain)) and not words.ENDS_AN_ACT.search(plain)


def _is_good(clause: str) -> bool:
    return bool(words.GOOD_NEGATION.search(clause))


def has_deed(sentence: str) -> bool:
    """Whether the sentence tells of something that was done."""
    return bool(words.DEED.search(words.UNDONE.sub(" ", sentence)))


def completed_clause(text: str) -> str:
    """The sentence that says plainly that all was done, when nothing in the text takes it back."""
    parts = sentences(text)
    if any(_is_open(part) for part in parts):
        return ""
    return next((part for part in parts if words.COMPLETED.search(words.UNDONE.sub(" ", part))), "")
