"""Sessions: beginning, keeping and ending them. A session is a row; its token is known to one browser.

`seen_at` is a log: it is the only thing a GET may write, in a transaction of its own and at most once in
five minutes (reliability.md G12 leaves log tables out of «GET never writes»).
"""

import contextlib
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import OperationalError

from accounts.models import SignIn, User
from accounts.queries import sign_in_by_token, token_hash
from accounts.services.authority import By, require_charge_of
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import NotFound
from core.settings import settings
from core.words import _

SEEN_EVERY = timedelta(minutes=5)
#: How long a session waits for the second factor.
SECOND_STEP = timedelta(minutes=10)


def start_session(user: User, *, address: str = "", device: str = "") -> str:
    """Begin a session of somebody who has proved who they are; the token for the cookie."""
    lasts = timedelta(days=settings().session_days)
    return _begin(SignIn(user=user, expires_at=now() + lasts), address, device)


def await_second_step(user: User, *, address: str = "", device: str = "") -> str:
    """Begin a session that opens nothing but the page of the second factor; its token."""
    return _begin(SignIn(user=user, awaits_totp=True, expires_at=now() + SECOND_STEP), address, device)


def _begin(sign_in: SignIn, address: str, device: str) -> str:
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        sign_in.token_hash = token_hash(token)
        sign_in.address, sign_in.device = address[:60], device[:200]
        session.add(sign_in)
    return token


def keep_signed_in(token: str) -> None:
    """Let the session end only by its date, not by idleness: «Не выходить на этом компьютере»."""
    with transaction():
        _change(SignIn.token_hash == token_hash(token), is_kept=True)


def see(sign_in: SignIn) -> None:
    """Note that the session is in use, if that was not noted lately. A busy database is left in peace."""
    if now() - sign_in.seen_at < SEEN_EVERY:
        return
    number = sign_in.id
    with contextlib.suppress(OperationalError), transaction():
        _change(SignIn.id == number, seen_at=now())


def sign_out(token: str) -> None:
    """End the session of this token, whatever its state; an unknown token is nobody's session."""
    with transaction():
        if held := sign_in_by_token(token):
            record(held.user, "session.ended", by=held.user)
        _change(SignIn.token_hash == token_hash(token), revoked_at=now())


def end_session(sign_in_id: int, *, by: User) -> None:
    """End one of one's own sessions; NotFound for anybody else's."""
    with transaction() as session:
        held = session.get(SignIn, sign_in_id)
        if held is None or held.user_id != by.id:
            raise NotFound(_("Такого сеанса нет. Обновите страницу."))
        held.revoked_at = held.revoked_at or now()
        record(by, "session.ended", by=by)


def end_other_sessions(user: User, *, than: str) -> None:
    """End all sessions of the person but the one of the token `than`."""
    with transaction():
        _change(SignIn.user_id == user.id, SignIn.token_hash != token_hash(than), revoked_at=now())
        record(user, "session.others_ended", by=user)


def end_all_sessions(user: User) -> None:
    """End every session of the person: part of another change, which says why in the journal."""
    with transaction():
        if user.id is not None:
            _change(SignIn.user_id == user.id, revoked_at=now())


def _change(*which: ColumnElement[bool], **values: object) -> None:
    """Change sessions that are not over yet."""
    db.session.execute(update(SignIn).where(SignIn.revoked_at.is_(None), *which).values(**values))


def end_sessions_of(user: User, *, by: By) -> None:
    """End every session of a person, at an administrator's wish."""
    with transaction():
        require_charge_of(by, user)
        end_all_sessions(user)
        record(user, "session.all_ended", by=by)
