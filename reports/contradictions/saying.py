"""The status against the text of the row."""

from collections.abc import Iterator

from reports.contradictions import denial_words as denial
from reports.contradictions import saying_words as words
from reports.contradictions.clauses import clauses, quote, sentences
from reports.contradictions.facts import Contradiction, Frame, Row
from reports.contradictions.numerals import value_of
from roadmap.period_text import fold


def status_against_text(row: Row, _frame: Frame) -> Iterator[Contradiction]:
    """«Исполнено» over a text that says otherwise, and «не исполнено» over one that tells of the deed."""
    clause = ""
    if row.claims_execution:
        clause = "" if _was_taken_off(row) else undone_clause(row.text)
    elif row.state == "not_executed" and not undone_clause(row.text):
        clause = completed_clause(row.text)
    if clause:
        told = (("status", row.status), ("quote", quote(row.text, clause)))
        yield Contradiction("status_against_text", row.measure_id, row.number, row.title, told)


def _was_taken_off(row: Row) -> bool:
    """«Снято с контроля» and «отменено приказом» say the same."""
    return "снят" in fold(row.status) and bool(denial.CANCELLED.search(fold(row.text)))


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
    if denial.READY_IN_PART.search(sentence):
        return sentence
    found = clauses(sentence)
    for place, clause in enumerate(found):
        if _is_denial(clause) and not _lacks_the_bad(found[:place], clause):
            return clause
        was_moved = denial.MOVED.search(clause) and not _is_good(clause)
        if was_moved and not any(has_deed(later) for later in found[place + 1 :]):
            return clause
    return ""


def _is_denial(clause: str) -> bool:
    plain = denial.NEXT.sub(" ", denial.GOOD_NEGATION.sub(" ", clause))
    if denial.UNFINISHED.search(plain) or denial.PARTLY.search(plain) or denial.NOT_DONE.search(plain):
        return True
    if _is_a_share(plain):
        return True
    return bool(denial.CANCELLED.search(plain)) and not denial.ENDS_AN_ACT.search(plain)


def _is_a_share(clause: str) -> bool:
    """«17 объектов из 40», when nobody had to choose among them."""
    share = denial.SHARE.search(clause) or denial.SHARE_BEHIND.search(clause)
    if not share or denial.CHOSEN.search(clause):
        return False
    return value_of(share["done"]) < value_of(share["due"])


def _lacks_the_bad(before: list[str], clause: str) -> bool:
    """«Обращений, …, не поступило»: the noun of the negation stands before what was left out."""
    return bool(before and denial.BAD_THINGS.search(before[-1])) and _is_good(f"{before[-1]} {clause}")


def _is_good(clause: str) -> bool:
    return bool(denial.GOOD_NEGATION.search(clause))


def has_deed(sentence: str) -> bool:
    """Whether the sentence tells of something that was done."""
    return bool(words.DEED.search(words.UNDONE.sub(" ", sentence)))


def completed_clause(text: str) -> str:
    """The sentence that says plainly that all was done, when nothing in the text takes it back."""
    parts = sentences(text)
    if any(_is_open(part) for part in parts):
        return ""
    return next((part for part in parts if words.COMPLETED.search(words.UNDONE.sub(" ", part))), "")
