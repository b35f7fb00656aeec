"""Slowing down whoever guesses passwords, without locking out whoever knows theirs.

Failures are counted in the database, so every web process counts together. Ten failures for one account
from one address make that pair wait, longer with each further one. One address that tries many accounts
waits as well; and an account under attack from many addresses stays open to addresses it was signed in
from before (design/reliability.md G14).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete

from accounts.models import Attempt
from accounts.queries import failures, was_seen_from
from core.clock import now
from core.db import db, transaction
from core.errors import TooOften
from core.filters import counted
from core.words import _

WINDOW = timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
#: Failures that are free: for one account from one address, from one address, for one account.
FREE_PAIR, FREE_ADDRESS, FREE_ACCOUNT = 10, 60, 100
#: An address from which the account was signed in to this recently is known.
KNOWN_FOR = timedelta(days=90)


def refuse_if_too_often(login: str, *, address: str) -> None:
    """TooOften while the account, the address or the two together have to wait."""
    until = max(_waits(login, address), default=None)
    if until is not None and until > now():
        raise TooOften(_("Слишком много попыток. Повторите через %(wait)s.", wait=_in_words(until - now())))


def _waits(login: str, address: str) -> Iterator[datetime]:
    since = now() - WINDOW
    yield from _wait(failures(since=since, login=login, address=address), FREE_PAIR)
    yield from _wait(failures(since=since, address=address), FREE_ADDRESS)
    if not was_seen_from(address, login=login, since=now() - KNOWN_FOR):
        yield from _wait(failures(since=since, login=login), FREE_ACCOUNT)


def _wait(failed: tuple[int, datetime | None], free: int) -> Iterator[datetime]:
    count, last = failed
    if count >= free and last is not None:
        yield last + min(FIRST_WAIT * 2 ** min(count - free, 10), LONGEST_WAIT)


def _in_words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    if seconds < 60:
        return counted(seconds, "секунду", "секунды", "секунд")
    return counted(-(-seconds // 60), "минуту", "минуты", "минут")


def note_failure(login: str, *, address: str) -> None:
    """Count one failure."""
    with transaction() as session:
        session.add(Attempt(login=login[:120], address=address[:60]))


def forget_failures(login: str, *, address: str) -> None:
    """Count anew after a success."""
    with transaction() as session:
        session.execute(delete(Attempt).where(Attempt.login == login, Attempt.address == address))


def sweep_attempts() -> None:
    """Drop what no longer counts."""
    with transaction():
        db.session.execute(delete(Attempt).where(Attempt.at < now() - 24 * WINDOW))
