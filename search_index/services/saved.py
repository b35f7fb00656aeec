"""What people keep: saved searches with letters about news, recent questions, the synonyms of the house."""

from accounts.models import Role, User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Invalid, NotYours
from core.mail import compose, link_to, send
from core.words import _
from search_index.asking import Ask, Line, ask
from search_index.models import RecentSearch, SavedSearch, SeenHit, Synonym
from search_index.protocol import Order
from search_index.queries.saved import recent_rows, saved_at, seen_keys
from search_index.reading_addresses import ask_of

KEPT_RECENT, NEWEST = 20, 50


def save_search(name: str, address: str, *, by: User) -> SavedSearch:
    """Keep a question with its filters; what it finds now is no news. A second time keeps the first."""
    if not address.strip("&"):
        raise Invalid(_("Сначала введите запрос или отметьте условие, потом сохраните."))
    with transaction() as session:
        saved = saved_at(address, seen_by=by) or SavedSearch(user_id=by.id, address=address)
        saved.name = (name.strip() or address)[:200]
        session.add(saved)
        session.flush()  # what was seen names the search
        _note(saved, _newest(saved, by))
    return saved


def choose_news(saved: SavedSearch, *, wanted: bool) -> None:
    """Whether letters are wanted."""
    with transaction():
        saved.tells_news = wanted


def forget_search(saved: SavedSearch) -> None:
    """Delete a saved search with what it has seen."""
    with transaction() as session:
        for row in session.query(SeenHit).filter_by(saved_search_id=saved.id):
            session.delete(row)
        session.delete(saved)


def tell_news(saved_search_id: int) -> None:
    """One letter about everything that the search finds and has not found before."""
    saved = db.session.get(SavedSearch, saved_search_id)
    if saved is None or not saved.tells_news or not saved.user.is_active or not saved.user.email:
        return
    known = seen_keys(saved)
    lines = [line for line in _newest(saved, saved.user) if line.thing.key not in known]
    if not lines:
        return
    found = [(line.thing, link_to(line.thing.endpoint, **line.thing.values)) for line in lines]
    all_of_them = f"{link_to('search_index.results')}?{saved.address}"
    letter = compose(
        "search_news", to=saved.user.email, person=saved.user, saved=saved, found=found, all=all_of_them
    )
    with transaction():
        _note(saved, lines)
    send(letter)


def _newest(saved: SavedSearch, person: User) -> list[Line]:
    wanted = ask_of(saved.address)
    return ask(Ask(wanted.text, wanted.filters, Order.NEWEST, limit=NEWEST), by=person).lines


def _note(saved: SavedSearch, lines: list[Line]) -> None:
    known = seen_keys(saved)
    for key in {line.thing.key for line in lines} - known:
        db.session.add(SeenHit(saved_search_id=saved.id, key=key))


def remember(text: str, *, by: User) -> None:
    """Put a question on top of the person's recent ones; the oldest are forgotten."""
    if not text.strip():
        return
    with transaction() as session:
        rows = recent_rows(by.id)
        row = next((row for row in rows if row.text == text[:300]), None)
        row = row or RecentSearch(user_id=by.id, text=text[:300])
        row.asked_at = now()
        session.add(row)
        for old in rows[KEPT_RECENT:]:
            session.delete(old)


def add_synonyms(words: str, *, by: User) -> Synonym:
    """A line of words that mean one thing: «ЦО, Центр образования»."""
    _require_administrator(by)
    names = [name.strip() for name in words.split(",") if name.strip()]
    if len(names) < 2:
        raise Invalid(_("Назовите через запятую хотя бы два слова или выражения."))
    with transaction() as session:
        line = Synonym(words=", ".join(names)[:500])
        session.add(line)
        session.flush()  # the journal names the line by its number
        record(line, "synonym.add", by=by)
    return line


def remove_synonyms(line: Synonym, *, by: User) -> None:
    """Take a line away."""
    _require_administrator(by)
    with transaction() as session:
        session.delete(line)
        record(line, "synonym.remove", by=by)


def _require_administrator(by: User) -> None:
    if not by.has_role(Role.ADMINISTRATOR):
        raise NotYours(_("Синонимы меняет администратор."))
