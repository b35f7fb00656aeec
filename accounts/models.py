"""Organisations, people, the roles they hold, and their sessions."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment


class Role(StrEnum):
    """What a person may be in an organisation; one person may hold several."""

    EXECUTOR = "executor"
    COORDINATOR = "coordinator"
    CLERK = "clerk"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_SECRETARY = "council_secretary"
    READER = "reader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Level(StrEnum):
    """The place of an organisation in the tree."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    INSTITUTION = "institution"


def stored(kind: type[StrEnum], name: str) -> Enum:
    """A column type for a StrEnum: its values as text with a CHECK, the same on both databases."""
    return Enum(
        kind, native_enum=False, create_constraint=True, name=name, length=40,
        values_callable=lambda states: [state.value for state in states],
    )  # fmt: skip


class Organisation(Journalled, Base):
    """A body of the tree. `path` lists the ancestors and itself, «/1/4/»: a subtree is a prefix."""

    __tablename__ = "organisation"
    kind = "organisation"
    unjournalled = Journalled.unjournalled | {"path"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(500))
    short_name: Mapped[str] = mapped_column(String(120), default="")
    level: Mapped[Level] = mapped_column(stored(Level, "level"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    parent: Mapped["Organisation | None"] = relationship(remote_side=[id])

    @property
    def label(self) -> str:
        return self.short_name or self.name


class User(Journalled, Base):
    """A person with an account. Secrets are hashed and never journalled."""

    __tablename__ = "user_account"
    kind = "user"
    unjournalled = Journalled.unjournalled | {
        "password_hash", "totp_secret", "totp_last", "seen_at", "sought",
    }  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(120), unique=True)
    surname: Mapped[str] = mapped_column(String(120))
    given_name: Mapped[str] = mapped_column(String(120), default="")
    patronymic: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    totp_secret: Mapped[str] = mapped_column(String(64), default="")
    totp_last: Mapped[int] = mapped_column(default=0)
    blocked_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Days before a term on which a reminder is sent, «7,3,0»; empty for none.
    remind_days: Mapped[str] = mapped_column(String(40), default="7,3,0")
    gets_digest: Mapped[bool] = mapped_column(default=True)
    #: The name and the login as `searchable()` folds them: SQLite cannot lower Cyrillic by itself.
    sought: Mapped[str] = mapped_column(String(500), default="")
    organisation: Mapped[Organisation | None] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="user", order_by="Grant.id")

    # What Flask-Login asks of a person; it is used as the loader only.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.blocked_at is None

    def get_id(self) -> str:
        return str(self.id)

    @property
    def short_name(self) -> str:
        """«Тополева С. М.», as tables and letters write it."""
        initials = " ".join(f"{part[0]}." for part in (self.given_name, self.patronymic) if part)
        return f"{self.surname} {initials}".strip()

    @property
    def name(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in (self.given_name, self.surname) if part)

    @property
    def position_line(self) -> str:
        belongs = self.organisation.label if self.organisation else ""
        return ", ".join(part for part in (self.position, belongs) if part)

    def roles_over(self, path: str) -> frozenset[Role]:
        """Roles that reach the organisation at `path`: held there or, but for executors, above it."""
        return frozenset(g.role for g in self.grants if g.reaches(path))

    def has_role(self, *roles: Role) -> bool:
        """Whether any of `roles` is held anywhere."""
        return any(g.role in roles for g in self.grants)


def searchable(text: str) -> str:
    """Text as it is compared when people are looked for: one case, ё as е, single spaces."""
    return " ".join(text.casefold().replace("ё", "е").split())


@event.listens_for(User, "before_insert")
@event.listens_for(User, "before_update")
def _keep_sought(_mapper: Any, _connection: Any, user: User) -> None:
    parts = (user.surname, user.given_name, user.patronymic, user.login)
    user.sought = searchable(" ".join(part for part in parts if part))[:500]


class Grant(Journalled, Base):
    """One role of one person on one organisation."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "organisation_id"),)
    kind = "grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(stored(Role, "role"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    user: Mapped[User] = relationship(back_populates="grants")
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def journal_subject(self) -> Journalled:
        return self.user

    def reaches(self, path: str) -> bool:
        if self.role is Role.EXECUTOR:
            return path == self.organisation.path
        return path.startswith(self.organisation.path)


class SignIn(Base):
    """A session of one person on one device. Revoked, it opens nothing from the next request on."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "user_id", "revoked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    awaits_totp: Mapped[bool] = mapped_column(default=False)
    #: «Не выходить на этом компьютере»: only `expires_at` ends it, not idleness.
    is_kept: Mapped[bool] = mapped_column(default=False)
    #: The secret shown while the second factor is being set up; it becomes the person's once confirmed.
    totp_offer: Mapped[str] = mapped_column(String(64), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    device: Mapped[str] = mapped_column(String(200), default="")
    user: Mapped[User] = relationship()

    def is_open(self, at: datetime, *, idle: timedelta) -> bool:
        """Whether it still opens anything at the moment `at`, when left alone for at most `idle`."""
        rested = not self.is_kept and at - self.seen_at > idle
        return self.revoked_at is None and at < self.expires_at and not rested and self.user.is_active


class Attempt(Base):
    """A failed sign-in, counted per account and per address."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "login", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class RecoveryCode(Base):
    """A code that replaces the second factor once. Only its keyed hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Pass(Base):
    """A link that works once: an invitation or a password reset.

    The secret of the link is nowhere in the database: it is derived from `nonce` under the key of the
    instance when the letter is written, and compared by its hash when the link is opened.
    """

    __tablename__ = "one_time_pass"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    nonce: Mapped[str] = mapped_column(String(64), default="")
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship()


class Letter(Base):
    """A letter to a person: what it is about, where it went and when. Its text is made when it is sent."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    pass_id: Mapped[int | None] = mapped_column(ForeignKey("one_time_pass.id"))
    #: Which letter: the name of its template in templates/email/.
    template: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship()


class Setting(Journalled, Base):
    """One instance-wide choice an administrator made; absent means the default of config.py."""

    __tablename__ = "setting"
    kind = "setting"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(String(2000))


def person_or_none(person: Any) -> User | None:
    """The signed-in person, or None for anybody else."""
    return person if isinstance(person, User) else None
