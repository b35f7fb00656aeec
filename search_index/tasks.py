"""The index listens: whatever the journal tells of a thing is a task for the worker in the same commit.

Nothing has to remember to tell the search. Pages that were read in a file are told by their own event.
"""

from typing import Any

from sqlalchemy.orm import Session

from core.audit import Entry
from core.clock import local, now
from core.db import before_commit
from core.outbox import SUBSCRIPTIONS, publish, publish_once
from core.worker import TIMERS
from search_index.engines import engine
from search_index.queries import documents, orders
from search_index.queries.contents import FOLLOWERS, SHELVES, with_followers
from search_index.queries.saved import saved_searches_with_news
from search_index.services.indexing import follow, is_up_to_date, rebuild, things_of
from search_index.services.saved import tell_news

CHANGED, PAGES_READ, OUTDATED, NEWS, TIDY = (
    "search.changed",
    "document.pages_read",
    "search.outdated",
    "search.news",
    "search.tidy",
)
QUIET_HOUR = 3
RENAMED = "organisation.renamed"
#: Of a person only the name is told: what else the journal says of people stands in nothing that is found.
PERSON, NAMES = "user", frozenset({"surname", "given_name", "patronymic"})
#: Kinds of things that are found as parts of what their journal's scope names.
PARTS = frozenset({"section", "report_version"})


def note_changes(session: Session) -> None:
    """Before every commit: what the journal has just told of becomes a task."""
    told = {key for row in session.new if isinstance(row, Entry) for key in _keys(row)}
    if told:
        publish(CHANGED, keys=sorted(told))


def _keys(entry: Entry) -> list[str]:
    is_told = entry.subject_kind in SHELVES or entry.subject_kind in FOLLOWERS or entry.action == RENAMED
    if entry.subject_kind == PERSON:
        is_told = bool(NAMES & entry.changes.keys())
    keys = [f"{entry.subject_kind}:{entry.subject_id}"] if is_told else []
    scope, _, number = entry.scope.partition(":")
    if entry.subject_kind in PARTS and scope in SHELVES:
        keys.append(f"{scope}:{number}")
    return keys


def index_changed(keys: list[str]) -> None:
    """Follow what has changed, and what says its name."""
    renamed = [int(key.partition(":")[2]) for key in keys if key.startswith("organisation:")]
    follow(with_followers(keys) + [key for number in renamed for key in things_of(number)])


def index_pages(sha256: str, **_more: Any) -> None:
    """A file was read: its documents, or the orders that they are the papers of, have a text now."""
    found = [f"{documents.SORT}:{number}" for number in documents.with_content(sha256)]
    follow(found + [f"{orders.SORT}:{number}" for number in orders.with_content(sha256)])


def build_anew() -> None:
    """Build the index unless somebody has done so meanwhile."""
    if not is_up_to_date():
        rebuild()


def look_for_news(saved_search_id: int) -> None:
    """Write to whoever saved a search that finds something new."""
    tell_news(saved_search_id)


def every_minute() -> None:
    """Merge what is lying about; build the index when it is another version's or was never built."""
    if not is_up_to_date():
        publish_once(f"search-outdated:{now():%Y%m%d%H}", OUTDATED)
        return
    index = engine()
    with index.writing():
        index.tidy()


def tidy_up() -> None:
    """Merge the large segments too."""
    index = engine()
    with index.writing():
        index.tidy_up()


def every_night() -> None:
    """Have the index put in order when nobody waits for it."""
    moment = local(now())
    if moment.hour == QUIET_HOUR:
        publish_once(f"search-tidy:{moment:%Y%m%d}", TIDY)


def every_hour() -> None:
    """Look for news of saved searches, once an hour."""
    for number in saved_searches_with_news():
        publish_once(f"search-news:{number}:{now():%Y%m%d%H}", NEWS, saved_search_id=number)


def subscribe() -> None:
    """Listen to the journal, the outbox and the clock; app.py calls it."""
    if note_changes not in before_commit:
        before_commit.append(note_changes)
    for event, handler in (
        (CHANGED, index_changed), (PAGES_READ, index_pages), (OUTDATED, build_anew), (NEWS, look_for_news),
        (TIDY, tidy_up),
    ):  # fmt: skip
        SUBSCRIPTIONS[event] = [*[h for h in SUBSCRIPTIONS.get(event, []) if h is not handler], handler]
    TIMERS.extend(timer for timer in (every_minute, every_hour, every_night) if timer not in TIMERS)
