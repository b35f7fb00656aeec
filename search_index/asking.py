"""One question of one person, answered: results with passages, counts, and what they may have meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from accounts.models import User
from search_index.engines import engine
from search_index.keyboard import other_layout
from search_index.language import normal
from search_index.meaning import completion_of, need_of
from search_index.needs import Everything, Need, phrases_of, words_of
from search_index.passages import Passage, Piece, marked, passages
from search_index.protocol import FACETS, Filters, Found, Hit, Order, Sight, Wish
from search_index.queries.contents import shown_of
from search_index.queries.rights import sight_of
from search_index.queries.saved import synonyms
from search_index.query_language import Clause, ClauseKind, Question, parse
from search_index.spelling import is_correctable
from search_index.things import Shown

PAGE = 20


@dataclass(frozen=True)
class Ask:
    """What a person asks: the text, the facets that are switched on, the order, where to go on."""

    text: str = ""
    filters: Filters = Filters()
    order: Order = Order.FIT
    after: Hit | None = None
    limit: int = PAGE

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not any(self.filters.chosen.values()) and self.filters.keys is None


@dataclass(frozen=True)
class Line:
    """One result: the thing, its title with marks, passages with marks."""

    thing: Shown
    caption: tuple[Piece, ...]
    title: tuple[Piece, ...]
    passages: list[Passage]


@dataclass(frozen=True)
class Answer:
    """The results of one page. `instead` is the question that was answered when the typed one finds
    nothing; `proposals` are other questions that find something, for this person."""

    question: Question
    total: int
    lines: list[Line]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next: Hit | None = None
    instead: str = ""
    proposals: tuple[str, ...] = ()


def ask(asked: Ask, *, by: User) -> Answer:
    """The answer for `by`, as rights and index stand now."""
    sight = sight_of(by)
    question = parse(asked.text)
    need = need_of(question, synonyms())
    found = _find(asked, need, sight)
    if found.total or asked.after:
        return _answer(question, need, found, asked, by)
    proposals = tuple(_proposals(question, asked, sight))
    if not proposals:
        return Answer(question, 0, [], found.facets)
    meant = parse(proposals[0])
    need = need_of(meant, synonyms())
    answer = _answer(meant, need, _find(asked, need, sight), asked, by)
    return replace(answer, instead=proposals[0], proposals=proposals[1:])


def _find(asked: Ask, need: Need, sight: Sight) -> Found:
    wish = Wish(need, sight, asked.filters, asked.order, asked.after, asked.limit, FACETS)
    return engine().find(wish)


def _answer(question: Question, need: Need, found: Found, asked: Ask, by: User) -> Answer:
    things = shown_of([hit.key for hit in found.hits], seen_by=by)
    sought, phrases = words_of(need), phrases_of(need)
    lines = [_line(things[hit.key], sought, phrases) for hit in found.hits if hit.key in things]
    following = found.hits[-1] if len(found.hits) == asked.limit else None
    return Answer(question, found.total, lines, found.facets, following)


def _line(thing: Shown, sought: set[str], phrases: set[tuple[str, ...]]) -> Line:
    found = passages(thing.parts, sought, phrases)
    return Line(thing, marked(thing.caption, sought), marked(thing.title, sought), found)


# What may have been meant.


def _proposals(question: Question, asked: Ask, sight: Sight) -> Iterator[str]:
    """Other questions that find something within the sight, at most three, without those filters."""
    seen = {normal(question.text)}
    for text in _other_questions(question, sight):
        if normal(text) not in seen and _count(text, asked.filters, sight):
            seen.add(normal(text))
            yield text
        if len(seen) > 3:
            return


def _other_questions(question: Question, sight: Sight) -> Iterator[str]:
    if turned := other_layout(question.text):
        yield turned
    mended = question
    for clause in question.clauses:
        if clause.kind is not ClauseKind.WORD or clause.is_excluded or _is_known(clause, sight):
            continue
        if better := next(_better_words(clause, sight), ""):
            mended = parse(mended.with_word(clause.text, better))
    if mended.text != question.text:
        yield mended.text


def _is_known(clause: Clause, sight: Sight) -> bool:
    return bool(_count(clause.text, Filters(), sight))


def _better_words(clause: Clause, sight: Sight) -> Iterator[str]:
    word = normal(clause.text)
    turned = other_layout(word)
    if turned and _count(turned, Filters(), sight):
        yield turned
    if is_correctable(word):
        yield from (other for other in engine().near_words(word) if _count(other, Filters(), sight))


def _count(text: str, filters: Filters, sight: Sight) -> int:
    need = need_of(parse(text), {})
    if isinstance(need, Everything):
        return 0
    return engine().find(Wish(need, sight, filters, Order.NEWEST, limit=0)).total


# While it is being typed.


def complete(text: str, *, by: User, limit: int = 8) -> list[Shown]:
    """Things whose number or title goes on from what is typed so far."""
    question = parse(text)
    if not question.clauses:
        return []
    wish = Wish(completion_of(question, synonyms()), sight_of(by), limit=limit)
    found = [hit.key for hit in engine().find(wish).hits]
    things = shown_of(found, seen_by=by)
    return [things[key] for key in found if key in things]
