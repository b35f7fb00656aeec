"""What a question means to the index: number before title before text, synonyms beside their words."""

from collections.abc import Iterable, Mapping

from search_index.families import root
from search_index.language import normal, stem, terms_of, words
from search_index.needs import (
    FORMS,
    MARKS,
    TEXT,
    TITLE,
    AllOf,
    Except,
    Near,
    Need,
    Prefer,
    Starting,
    Term,
    all_of,
    any_of,
)
from search_index.numerals import (
    date_terms,
    date_written,
    folded,
    is_number,
    number_terms,
    worded_dates,
)
from search_index.query_language import Clause, ClauseKind, Field, Question

#: How much more a requisite says than a word of the text.
WHOLE_NUMBER, PART_OF_NUMBER, DATE, TITLE_WORD, REQUISITE = 60.0, 20.0, 30.0, 2.5, 4.0

#: The signs before the words of the field `marks`.
NUMBER_MARK, PART_MARK, KIND_MARK, STATE_MARK, YEAR_MARK = "№", "№~", "в:", "с:", "г:"
AUTHORITY_MARK, EXECUTOR_MARK = "о:", "и:"
Synonyms = Mapping[str, tuple[str, ...]]


def need_of(question: Question, synonyms: Synonyms) -> Need:
    """The question as engines understand it; `synonyms` gives, for a word of the index, phrases beside it."""
    wanted: list[Need] = []
    unwanted: list[Need] = []
    for group in question.groups:
        means = any_of([_clause(clause, synonyms) for clause in group])
        (unwanted if group[0].is_excluded else wanted).append(means)
    need = all_of(wanted)
    return Except(need, any_of(unwanted)) if unwanted else need


def completion_of(question: Question, synonyms: Synonyms) -> Need:
    """The same while it is being typed: the last word may be only begun."""
    if not question.clauses or question.clauses[-1].kind not in (ClauseKind.WORD, ClauseKind.NUMBER):
        return need_of(question, synonyms)
    last = question.clauses[-1]
    earlier = Question(question.text, question.clauses[:-1])
    begun = any_of([_clause(last, synonyms), Starting(_beginning(last.text), 0.2)])
    return AllOf((need_of(earlier, synonyms), begun)) if earlier.clauses else begun


def _beginning(text: str) -> str:
    token = normal(text)
    return folded(token) if is_number(token) else root(token)


def _clause(clause: Clause, synonyms: Synonyms) -> Need:
    if clause.kind is ClauseKind.FIELD:
        return _field(clause)
    if clause.kind is ClauseKind.FORM:
        return Prefer(Term(FORMS, normal(clause.text)), _word(stem(normal(clause.text))))
    if clause.kind is ClauseKind.DATE:
        return _date(clause.text)
    if clause.kind is ClauseKind.NUMBER:
        return _number(normal(clause.text))
    return _spoken(words(clause.text), synonyms)


def _spoken(said: list[str], synonyms: Synonyms) -> Need:
    if len(said) > 1:
        near = Near(tuple(said))
        return Prefer(near, any_of([Term(TITLE, word, TITLE_WORD) for word in said]))
    others: list[Need] = [_phrase(words(text)) for text in synonyms.get(said[0], ())]
    return any_of([_word(said[0]), *others])


def _phrase(said: list[str]) -> Need:
    return Near(tuple(said)) if len(said) > 1 else _word(said[0])


def _word(word: str) -> Need:
    return Prefer(Term(TEXT, word), Term(TITLE, word, TITLE_WORD))


def _number(token: str) -> Need:
    whole = terms_of(token)[0][0]
    return Prefer(Term(TEXT, whole), _numbered(whole))


def _numbered(whole: str) -> Need:
    own, part = NUMBER_MARK + whole, PART_MARK + whole
    return any_of([Term(MARKS, own, WHOLE_NUMBER), Term(MARKS, part, PART_OF_NUMBER)])


def _date(text: str) -> Need:
    found = date_words(text)
    if not found:
        return _spoken(words(text), {})
    return Prefer(Term(TEXT, found[0]), Term(MARKS, found[0], DATE))


def date_words(text: str) -> tuple[str, ...]:
    """The words of the index for a date or a month as typed, the narrowest first; none when it is neither."""
    token = normal(text).strip(". ")
    if day := date_written(token):
        return date_terms(day)
    return next((terms for _start, _end, terms in worded_dates(token)), ())


def _field(clause: Clause) -> Need:
    text = normal(clause.text)
    if clause.field is Field.NUMBER:
        return _numbered(number_terms(text.strip("№ "))[0])
    if clause.field is Field.DATE:
        return _dated(text)
    if clause.field is Field.YEAR:
        return Term(MARKS, YEAR_MARK + text)
    if clause.field in (Field.KIND, Field.STATE):
        sign = KIND_MARK if clause.field is Field.KIND else STATE_MARK
        return Term(MARKS, sign + label_word(text))
    sign = AUTHORITY_MARK if clause.field is Field.AUTHORITY else EXECUTOR_MARK
    return all_of([Term(MARKS, sign + word, REQUISITE) for word in words(text)])


def _dated(text: str) -> Need:
    if found := date_words(text):
        return Term(MARKS, found[0], DATE)
    return Term(MARKS, YEAR_MARK + text)


def label_word(label: str) -> str:
    """The label of a kind or a state as one word: «Не исполнено» is not a kind of «Исполнено»."""
    return " ".join(words(label))


def number_marks(number: str) -> Iterable[str]:
    """The marks of a registered number: itself and its parts."""
    text = normal(number).strip("№ ")
    if not text:
        return []
    whole, *parts = number_terms("".join(text.split()))
    return [NUMBER_MARK + whole, *(PART_MARK + part for part in parts)]
