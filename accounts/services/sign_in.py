"""Proving who one is: password, then the second factor where there is one."""

from accounts.models import SignIn, User
from accounts.passwords import check_password, hash_password, is_outdated, is_right
from accounts.queries import person_by_login, sign_in_by_token
from accounts.services.attempts import forget_failures, note_failure, refuse_if_too_often
from accounts.services.authority import By
from accounts.services.people import folded_login
from accounts.services.second_factor import spend_code
from accounts.services.sessions import (
    await_second_step,
    end_all_sessions,
    keep_signed_in,
    start_session,
)
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, NotSignedIn
from core.words import _


class WrongPassword(NotSignedIn):
    """The same sentence whatever was wrong: nobody learns from it who has an account."""

    def __init__(self) -> None:
        super().__init__(_("Не подошли логин или пароль"))


def sign_in(login: str, password: str, *, address: str = "", device: str = "") -> str:
    """A new session for who knows the password: its token. It waits for the second factor if there is one.

    WrongPassword for a wrong password, an unknown login and a blocked account alike; TooOften after too
    many of them. Hashing is done before anything is locked.
    """
    login, address = folded_login(login), address[:60]
    refuse_if_too_often(login, address=address)
    user = person_by_login(login)
    kept = user.password_hash if user and user.is_active else ""
    right = is_right(password, kept=kept)
    if user is None or not right:
        note_failure(login, address=address)
        raise WrongPassword
    return _let_in(user, kept, password, address=address, device=device)


def _let_in(user: User, kept: str, password: str, *, address: str, device: str) -> str:
    renewed = hash_password(password) if is_outdated(kept) else kept
    with transaction() as session:
        session.refresh(user, ["password_hash", "blocked_at"], with_for_update=True)
        if user.password_hash != kept or not user.is_active:
            raise WrongPassword
        user.password_hash = renewed
        if user.totp_secret:
            return await_second_step(user, address=address, device=device)
        return _welcome(user, address=address, device=device)


def _welcome(user: User, *, address: str, device: str) -> str:
    forget_failures(user.login, address=address)
    user.seen_at = now()
    record(user, "session.began", by=user, note=address)
    return start_session(user, address=address, device=device)


def pass_second_step(token: str, code: str) -> str:
    """Trade a session that waits for the second factor, and a right code, for a full one; its new token.

    The code is one of the person's device or an unused recovery code. Wrong codes count as wrong passwords.
    """
    waiting = sign_in_by_token(token)
    if waiting is None or not waiting.awaits_totp:
        raise NotSignedIn(_("Вход не закончен вовремя. Войдите ещё раз."))
    spend_code(waiting.user, code, address=waiting.address)
    with transaction():
        return _trade(waiting)


def _trade(waiting: SignIn) -> str:
    full = _welcome(waiting.user, address=waiting.address, device=waiting.device)
    if waiting.is_kept:
        keep_signed_in(full)
    waiting.revoked_at = now()
    return full


def set_password(user: User, password: str, *, by: By) -> None:
    """Give the person a password; every session of the person ends. Invalid for one easy to guess."""
    check_password(password, login=user.login)
    kept = hash_password(password)
    with transaction():
        user.password_hash = kept
        end_all_sessions(user)
        record(user, "password.set", by=by)


def change_password(user: User, *, old: str, new: str, address: str = "", device: str = "") -> str:
    """Change one's own password: all sessions end, this device gets a new one; its token."""
    refuse_if_too_often(user.login, address=address)
    if not is_right(old, kept=user.password_hash):
        note_failure(user.login, address=address)
        raise Invalid(_("Нынешний пароль не подошёл."))
    if old == new:
        raise Invalid(_("Новый пароль такой же, как нынешний. Придумайте другой."))
    set_password(user, new, by=user)
    return start_session(user, address=address, device=device)
