"""The second factor: setting it up, checking codes, recovery codes. TOTP as in RFC 6238.

A code works once: the number of the last used half-minute is kept and only later ones are taken.
"""

import io
import secrets
from typing import Any, cast

import pyotp
import segno
from sqlalchemy import CursorResult, delete, update

from accounts.models import RecoveryCode, SignIn, User
from accounts.queries import sign_in_by_token
from accounts.services.attempts import note_failure, refuse_if_too_often
from accounts.services.authority import By, require_charge_of
from accounts.services.sessions import end_all_sessions, end_other_sessions
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Invalid, NotSignedIn
from core.settings import keyed_hash
from core.words import _

STEP = 30
#: Clocks of phones may be this many steps off.
DRIFT = 1
CODES = 10
#: Letters and digits that nobody takes for one another.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def offer_second_factor(token: str) -> None:
    """Make a secret for the session's person to put into an application; it counts once confirmed."""
    with transaction():
        _session_of(token).totp_offer = pyotp.random_base32()


def _session_of(token: str) -> SignIn:
    held = sign_in_by_token(token)
    if held is None or held.awaits_totp:
        raise NotSignedIn(_("Войдите, чтобы продолжить."))
    return held


def confirm_second_factor(token: str, code: str) -> list[str]:
    """Turn the offered secret on, given a code made with it; the recovery codes, shown this once.

    Other sessions of the person end.
    """
    with transaction():
        held = _session_of(token)
        step = _matching_step(held.totp_offer, code, after=0) if held.totp_offer else None
        if step is None:
            raise Invalid(_("Код не подошёл. Проверьте время на телефоне и введите новый код."))
        user = held.user
        user.totp_secret, user.totp_last, held.totp_offer = held.totp_offer, step, ""
        record(user, "second_factor.turned_on", by=user)
        end_other_sessions(user, than=token)
        return _new_codes(user)


def turn_off_second_factor(user: User, *, code: str) -> None:
    """Turn one's own second factor off; it takes a code."""
    spend_code(user, code)
    with transaction():
        _forget(user)
        record(user, "second_factor.turned_off", by=user)


def reset_second_factor(user: User, *, by: By, reason: str = "") -> None:
    """Turn a person's second factor off because the device is lost; all sessions end."""
    with transaction():
        require_charge_of(by, user)
        _forget(user)
        end_all_sessions(user)
        record(user, "second_factor.reset", by=by, note=reason)


def _forget(user: User) -> None:
    user.totp_secret, user.totp_last = "", 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def renew_recovery_codes(user: User, *, code: str) -> list[str]:
    """Ten new recovery codes in place of the old ones; it takes a code."""
    spend_code(user, code)
    with transaction():
        record(user, "second_factor.codes_renewed", by=user)
        return _new_codes(user)


def _new_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(SIGNS) for _sign in range(10)) for _code in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=_hash(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _hash(code: str) -> str:
    return keyed_hash("recovery code", code)


def spend_code(user: User, code: str, *, address: str = "") -> None:
    """Use a code of the person's device, or a recovery code, up; Invalid when it is wrong or was used.

    Wrong codes count as wrong passwords: TooOften after too many.
    """
    refuse_if_too_often(user.login, address=address)
    with transaction() as session:
        session.refresh(user, ["totp_secret", "totp_last"], with_for_update=True)
        if _use(user, code):
            return
    note_failure(user.login, address=address)
    raise Invalid(_("Код не подошёл. Введите новый код из приложения или запасной код."))


def _use(user: User, code: str) -> bool:
    if not user.totp_secret:
        return False
    typed = "".join(code.split()).replace("-", "").lower()
    if len(typed) != 6:
        return _use_recovery_code(user, typed)
    step = _matching_step(user.totp_secret, typed, after=user.totp_last)
    if step is not None:
        user.totp_last = step
    return step is not None


def _matching_step(secret: str, code: str, *, after: int) -> int | None:
    """The half-minute near now, later than `after`, whose code this is."""
    present = int(now().timestamp()) // STEP
    totp, typed = pyotp.TOTP(secret), "".join(code.split())
    near = range(max(present - DRIFT, after + 1), present + DRIFT + 1)
    return next((s for s in near if pyotp.utils.strings_equal(totp.at(s * STEP), typed)), None)


def _use_recovery_code(user: User, typed: str) -> bool:
    mine = update(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.code_hash == _hash(typed))
    found = db.session.execute(mine.where(RecoveryCode.used_at.is_(None)).values(used_at=now()))
    return bool(cast("CursorResult[Any]", found).rowcount)


def picture_of(secret: str, *, login: str, issuer: str) -> str:
    """The secret as a QR code for an application: SVG text without styles."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, svgclass=None, lineclass=None, scale=5, light="#fff"
    )
    return out.getvalue().decode("utf-8")
