"""Passwords: what is accepted, how it is hashed, and checking that takes the same time for everybody.

argon2id with the parameters OWASP gives for small machines (design/stack.md §4): 19 MiB, two passes.
Hashing takes tens of milliseconds on purpose: it is never done inside transaction().
"""

import re
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import Invalid
from core.words import _

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
SHORTEST, LONGEST = 12, 200
FEWEST_DIFFERENT = 5


def check_password(password: str, *, login: str) -> None:
    """Invalid, with the reason, for a password that is too easy to guess."""
    if len(password) < SHORTEST:
        raise Invalid(_("Пароль короче %(count)s знаков. Возьмите несколько слов подряд.", count=SHORTEST))
    if len(password) > LONGEST:
        raise Invalid(_("Пароль длиннее %(count)s знаков. Возьмите короче.", count=LONGEST))
    folded = password.casefold()
    if len(login) > 2 and login.casefold() in folded:
        raise Invalid(_("В пароле есть ваш логин. Возьмите другой."))
    if len(set(folded)) < FEWEST_DIFFERENT or _is_common(folded):
        raise Invalid(_("Такой пароль подбирают первым. Возьмите несколько не связанных слов."))


def _is_common(folded: str) -> bool:
    """Whether it is a well-known password, bare or with digits and signs around it."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    return folded in _common() or bare in _common() or folded in _run(folded[0])


def _run(start: str) -> str:
    """A run of the alphabets and digits, long enough to hold any password of consecutive signs."""
    runs = ("0123456789" * 20, "abcdefghijklmnopqrstuvwxyz" * 8, "абвгдежзийклмнопрстуфхцчшщъыьэюя" * 7)
    return next((run for run in runs if start in run), "")


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines() if line.strip())


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


def is_right(password: str, *, kept: str) -> bool:
    """Whether the password is the one of which `kept` was kept.

    With nothing kept it takes the same time and is never right, so that nobody learns from the clock
    who has an account.
    """
    try:
        return HASHER.verify(kept or _nobodys(), password[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than are used now."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")


def make_ready() -> None:
    """Prepare what the first check would otherwise have to wait for."""
    _nobodys()
