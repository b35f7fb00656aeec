"""What people saved and asked: searches, recent questions, synonyms."""

from sqlalchemy import select

from accounts.models import User
from core.db import db
from core.errors import NotFound
from core.words import _
from search_index.language import normal, words
from search_index.meaning import Synonyms
from search_index.models import RecentSearch, SavedSearch, SeenHit, Synonym

#: Abbreviations that every office of education knows; an administrator adds those of the house.
KNOWN = (
    "ФГОС, федеральный государственный образовательный стандарт",
    "ЦНППМ, центр непрерывного повышения профессионального мастерства",
    "ДПО, дополнительное профессиональное образование",
    "ДПП, дополнительная профессиональная программа",
    "ППК, программа повышения квалификации",
    "СОШ, средняя общеобразовательная школа",
    "ООШ, основная общеобразовательная школа",
    "ДОУ, дошкольное образовательное учреждение",
    "ГИА, государственная итоговая аттестация",
    "ЕГЭ, единый государственный экзамен",
    "ОГЭ, основной государственный экзамен",
    "ВПР, всероссийская проверочная работа",
    "РМО, районное методическое объединение",
    "ИРО, институт развития образования",
    "НПА, нормативный правовой акт",
    "ОВЗ, ограниченные возможности здоровья",
)
RECENT = 8


def synonyms() -> Synonyms:
    """For a word of the index the phrases that mean the same."""
    lines = [*KNOWN, *db.session.scalars(select(Synonym.words).order_by(Synonym.id))]
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        names = [name.strip() for name in line.split(",") if name.strip()]
        for name in names:
            said = words(normal(name))
            if len(said) == 1:
                others = tuple(other for other in names if other != name)
                found[said[0]] = found.get(said[0], ()) + others
    return found


def synonym_lines() -> list[Synonym]:
    """The synonyms of the house, by their words."""
    return list(db.session.scalars(select(Synonym).order_by(Synonym.words, Synonym.id)))


def synonym_of(number: int) -> Synonym:
    """One line, or NotFound."""
    if found := db.session.get(Synonym, number):
        return found
    raise NotFound(_("Такой строки синонимов нет."))


def saved_searches(*, seen_by: User) -> list[SavedSearch]:
    """The searches that the person saved, by name."""
    wanted = select(SavedSearch).where(SavedSearch.user_id == seen_by.id)
    return list(db.session.scalars(wanted.order_by(SavedSearch.name, SavedSearch.id)))


def saved_search_of(number: int, *, seen_by: User) -> SavedSearch:
    """One saved search; NotFound when it is somebody else's."""
    wanted = select(SavedSearch).where(SavedSearch.id == number, SavedSearch.user_id == seen_by.id)
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(_("Такого сохранённого запроса нет."))


def saved_at(address: str, *, seen_by: User) -> SavedSearch | None:
    """The person's saved search with this very question and filters."""
    wanted = select(SavedSearch).where(SavedSearch.user_id == seen_by.id, SavedSearch.address == address)
    return db.session.scalar(wanted)


def saved_searches_with_news() -> list[int]:
    """The numbers of all saved searches whose owners want letters."""
    wanted = select(SavedSearch.id).where(SavedSearch.tells_news).order_by(SavedSearch.id)
    return list(db.session.scalars(wanted))


def seen_keys(saved: SavedSearch) -> set[str]:
    """What the saved search has found before."""
    wanted = select(SeenHit.key).where(SeenHit.saved_search_id == saved.id)
    return set(db.session.scalars(wanted))


def recent_searches(*, seen_by: User, limit: int = RECENT) -> list[str]:
    """What the person asked last, the latest first."""
    wanted = select(RecentSearch.text).where(RecentSearch.user_id == seen_by.id)
    latest = wanted.order_by(RecentSearch.asked_at.desc(), RecentSearch.id.desc())
    return list(db.session.scalars(latest.limit(limit)))


def recent_rows(user_id: int) -> list[RecentSearch]:
    """The rows behind, the latest first."""
    wanted = select(RecentSearch).where(RecentSearch.user_id == user_id)
    return list(db.session.scalars(wanted.order_by(RecentSearch.asked_at.desc(), RecentSearch.id.desc())))
