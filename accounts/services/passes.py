"""Invitations and password resets: links that work once, and the letters that carry them.

The secret of a link is in no row and no task: it is derived from the row's nonce under the key of the
instance when the letter is written (or shown, when there is no mail). Whoever reads the database or the
outbox cannot open an account with it.
"""

import base64
import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from accounts.models import Letter, Pass, SignIn, User
from accounts.passwords import check_password, hash_password
from accounts.queries import person_by_login, token_hash, usable_pass, was_pass_made
from accounts.services.attempts import note_failure, refuse_if_too_often
from accounts.services.authority import By, require_charge_of
from accounts.services.people import folded_login
from accounts.services.sessions import end_all_sessions
from core.audit import SYSTEM, record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, NotFound
from core.outbox import publish
from core.settings import keyed_hash
from core.words import _

INVITATION, RESET = "invitation", "reset"
LASTS = {INVITATION: timedelta(days=7), RESET: timedelta(hours=2)}
#: No more than one reset letter in this time, however often it is asked for.
BETWEEN = timedelta(minutes=5)
#: Requests for a reset are counted under this name, which nobody's login can be.
ASKED = " reset"


def secret_of(link: Pass) -> str:
    """The secret of a link, which only this instance can derive."""
    digest = keyed_hash(f"pass {link.purpose}", link.nonce)
    return base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def invite(user: User, *, by: By) -> Pass:
    """Make an invitation link, valid for seven days, and post it to the person's address if there is one.

    Earlier links of the person stop working. Blocked for a blocked account.
    """
    return _make(user, INVITATION, by=by, action="person.invited")


def send_reset(user: User, *, by: By) -> Pass:
    """Make a link to set a new password, valid for two hours, and post it. Earlier links stop working."""
    return _make(user, RESET, by=by, action="password.reset_sent")


def _make(user: User, purpose: str, *, by: By, action: str) -> Pass:
    with transaction() as session:
        require_charge_of(by, user)
        if not user.is_active:
            raise Blocked(_("Учётная запись заблокирована. Сначала разблокируйте её."))
        _spend(user)
        made = Pass(user=user, purpose=purpose, expires_at=now() + LASTS[purpose])
        made.nonce = secrets.token_urlsafe(32)
        made.token_hash = token_hash(secret_of(made))
        session.add(made)
        session.flush()  # the letter names the link
        _post(made)
        record(user, action, by=by)
    return made


def _spend(user: User) -> None:
    unused = update(Pass).where(Pass.user_id == user.id, Pass.used_at.is_(None))
    db.session.execute(unused.values(used_at=now()))


def _post(link: Pass) -> None:
    if not link.user.email:
        return
    letter = Letter(user=link.user, pass_id=link.id, template=link.purpose, address=link.user.email)
    db.session.add(letter)
    db.session.flush()  # the task names the letter
    publish("letter.written", letter_id=letter.id)


def ask_reset(login: str, *, address: str = "") -> None:
    """Somebody says they forgot the password of `login`. What follows is left to the worker, so that
    neither the answer nor its time tells whether there is such an account."""
    asker = f"{ASKED} {address}"
    refuse_if_too_often(asker, address=address)
    note_failure(asker, address=address)
    with transaction():
        publish("password.forgotten", login=folded_login(login))


def answer_reset(login: str) -> None:
    """Send the reset letter that was asked for, if there is such an account with an address, and none
    went to it just now."""
    user = person_by_login(login)
    if user is None or not (user.is_active and user.email and user.password_hash):
        return
    if not was_pass_made(user, purpose=RESET, since=now() - BETWEEN):
        send_reset(user, by=SYSTEM)


def use_pass(token: str, password: str, *, purpose: str) -> User:
    """Set the password that came with a link; the link is used up and every session ends.

    NotFound for a link that does not work any more, Invalid for a password easy to guess.
    """
    found = opened_pass(token, purpose=purpose)
    check_password(password, login=found.user.login)
    kept = hash_password(password)
    with transaction() as session:
        session.refresh(found, ["used_at"], with_for_update=True)
        user = opened_pass(token, purpose=purpose).user
        user.password_hash = kept
        _spend(user)
        end_all_sessions(user)
        record(user, f"password.set_by_{purpose}", by=user)
    return user


def opened_pass(token: str, *, purpose: str) -> Pass:
    """The link of this secret while it works; NotFound says what to do otherwise."""
    found = usable_pass(token, purpose=purpose)
    if found is None:
        raise NotFound(_("Ссылка уже не действует. Попросите новую у администратора или на странице входа."))
    return found


def note_sent(letter: Letter) -> None:
    """The letter has left."""
    with transaction():
        letter.sent_at = now()


def sweep_passes() -> None:
    """Drop links and sessions that ended more than a month ago."""
    month_ago = now() - timedelta(days=30)
    with transaction():
        old = Pass.expires_at < month_ago
        db.session.execute(update(Letter).where(Letter.created_at < month_ago).values(pass_id=None))
        db.session.execute(delete(Pass).where(old, Pass.created_at < month_ago))
        db.session.execute(delete(SignIn).where(SignIn.expires_at < month_ago))
