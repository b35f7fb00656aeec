"""What the search keeps in the database: what people saved and asked, synonyms, and the PostgreSQL index."""

from datetime import date as Day
from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment

#: Can be thrown away and built anew: a move to another database leaves it behind.
DERIVED: dict[str, Any] = {"info": {"derived": True}}


class SavedSearch(Base):
    """A question that a person wants to hear of: told by letter when something new answers it."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("user_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(200))
    #: The question with its filters as the address of the results has them: «q=наставник&kind=order».
    address: Mapped[str] = mapped_column(String(2000))
    tells_news: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    user: Mapped[User] = relationship()


class SeenHit(Base):
    """What a saved search has found already, so that it is news only once."""

    __tablename__ = "seen_hit"
    __table_args__ = (UniqueConstraint("saved_search_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id"))
    key: Mapped[str] = mapped_column(String(40))


class RecentSearch(Base):
    """A question that a person asked, seen by nobody else; the last ones are kept."""

    __tablename__ = "recent_search"
    __table_args__ = (Index(None, "user_id", "asked_at"), UniqueConstraint("user_id", "text"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[str] = mapped_column(String(300))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Synonym(Journalled, Base):
    """Words that mean one thing here: «ЦНППМ, центр непрерывного повышения профмастерства»."""

    __tablename__ = "synonym"
    kind = "synonym"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(500), unique=True)


class IndexState(Base):
    """One row: which version the PostgreSQL index was built with."""

    __tablename__ = "search_state"
    __table_args__ = DERIVED

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(200), default="")


class IndexedPaper(Base):
    """One thing of the PostgreSQL index; empty on SQLite, where Whoosh keeps the index in files."""

    __tablename__ = "search_paper"
    __table_args__ = (
        Index("ix_search_paper_vector", "vector", postgresql_using="gin"),
        Index(None, "day", "uid"),
        DERIVED,
    )

    uid: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[int]
    scope: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[Day | None]
    year: Mapped[int]
    author: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    length: Mapped[int]
    title_length: Mapped[int]
    digest: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    vector: Mapped[str] = mapped_column(TSVECTOR().with_variant(Text(), "sqlite"))


# Compressed, a vector is hardly smaller, and unpacking takes longer than all that is done with it.
STORED = "ALTER TABLE search_paper ALTER COLUMN vector SET STORAGE EXTERNAL"
_store = DDL(STORED).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
event.listen(IndexedPaper.__table__, "after_create", _store)


class IndexedWord(Base):
    """A word as it is written somewhere in the PostgreSQL index: for slips of the finger."""

    __tablename__ = "search_word"
    __table_args__ = DERIVED

    word: Mapped[str] = mapped_column(String(80), primary_key=True)
