"""Things that are about the same as one: asked for by the words that are most its own."""

from collections import Counter

from accounts.models import User
from core.errors import NotFound
from core.words import _
from search_index.engines import engine
from search_index.language import STOP_WORDS, positions, words
from search_index.needs import TEXT, TITLE, Need, Prefer, Term, any_of
from search_index.protocol import Wish
from search_index.queries.contents import SHELVES, shown_of
from search_index.queries.rights import sight_of
from search_index.things import Shown

TITLE_WORDS, TEXT_WORDS, FOUND = 12, 12, 10


def things_like(key: str, *, by: User) -> tuple[Shown, list[Shown]]:
    """The thing and what is like it, for the eyes of `by`; NotFound when the thing is not."""
    sort = key.partition(":")[0]
    one = shown_of([key], seen_by=by).get(key) if sort in SHELVES else None
    if one is None:
        raise NotFound(_("Такого документа нет или он вам не виден."))
    need = _need(one)
    if need is None:
        return one, []
    found = engine().find(Wish(need, sight_of(by), limit=FOUND + 1))
    keys = [hit.key for hit in found.hits if hit.key != key][:FOUND]
    things = shown_of(keys, seen_by=by)
    return one, [things[other] for other in keys if other in things]


def _need(one: Shown) -> Need | None:
    title = [word for word in dict.fromkeys(words(one.title)) if _says_something(word)][:TITLE_WORDS]
    often = Counter(
        {
            word: len(places)
            for _place, text in one.parts
            for word, places in positions(text).items()
            if _says_something(word)
        }
    )
    said = [word for word, _times in often.most_common(TEXT_WORDS) if word not in title]
    needs: list[Need] = [Prefer(Term(TEXT, word), Term(TITLE, word, 2.0)) for word in title]
    needs += [Term(TEXT, word, 0.5) for word in said]
    return any_of(needs) if needs else None


def _says_something(word: str) -> bool:
    return word.isalpha() and len(word) > 3 and word not in STOP_WORDS
