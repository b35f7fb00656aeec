"""Sessions, failed attempts and one-time links."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Attempt, Pass, RecoveryCode, SignIn, User
from core.clock import now
from core.db import db
from core.settings import settings


def token_hash(token: str) -> str:
    """What is kept of a secret token. The token is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_by_token(token: str) -> SignIn | None:
    """The open session that the token belongs to, with its person and the person's roles; one query.

    It may still wait for the second factor: `awaits_totp`.
    """
    held = (
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token))
        .options(joinedload(SignIn.user, innerjoin=True).joinedload(User.grants))
        .options(joinedload(SignIn.user, innerjoin=True).joinedload(User.organisation))
    )
    found = db.session.scalars(held).unique().one_or_none()
    return found if found and found.is_open(now(), idle=_idle()) else None


def person_by_session(token: str) -> User | None:
    """The person who is fully signed in with this token, or None."""
    found = sign_in_by_token(token)
    return found.user if found and not found.awaits_totp else None


def _idle() -> timedelta:
    return timedelta(minutes=settings().session_idle_minutes)


def sign_ins_of(user: User) -> list[SignIn]:
    """The person's open sessions, the one seen last first."""
    mine = (
        select(SignIn)
        .join(SignIn.user)
        .options(contains_eager(SignIn.user))
        .where(SignIn.user_id == user.id, SignIn.revoked_at.is_(None), SignIn.awaits_totp.is_(False))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return [found for found in db.session.scalars(mine) if found.is_open(now(), idle=_idle())]


def was_seen_from(address: str, *, login: str, since: datetime) -> bool:
    """Whether the account was signed in to from this address since then."""
    known = select(SignIn.id).join(SignIn.user).where(User.login == login, SignIn.address == address)
    return db.session.scalar(known.where(SignIn.created_at >= since).limit(1)) is not None


def failures(
    *, since: datetime, login: str | None = None, address: str | None = None
) -> tuple[int, datetime | None]:
    """How many attempts failed since then (for the account, from the address) and when the last did."""
    found = select(func.count(), func.max(Attempt.at)).where(Attempt.at >= since)
    if login is not None:
        found = found.where(Attempt.login == login)
    if address is not None:
        found = found.where(Attempt.address == address)
    count, last = db.session.execute(found).one()
    return count, last


def usable_pass(token: str, *, purpose: str) -> Pass | None:
    """The one-time link with this secret, if it was made for `purpose` and still works."""
    found = db.session.scalar(
        select(Pass)
        .options(joinedload(Pass.user, innerjoin=True))
        .where(Pass.token_hash == token_hash(token), Pass.purpose == purpose)
    )
    works = found and found.used_at is None and now() < found.expires_at and found.user.is_active
    return found if works else None


def was_pass_made(user: User, *, purpose: str, since: datetime) -> bool:
    """Whether a link for `purpose` was made for the person since then."""
    made = select(Pass.id).where(Pass.user_id == user.id, Pass.purpose == purpose, Pass.created_at >= since)
    return db.session.scalar(made.limit(1)) is not None


def recovery_codes_left(user: User) -> int:
    """How many one-time codes the person still has."""
    unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0
