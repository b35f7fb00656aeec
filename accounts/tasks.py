"""What the worker does for this room: letters, answers to forgotten passwords, sweeping."""

from accounts.queries import letter_with_pass
from accounts.services import answer_reset, secret_of, sweep_attempts, sweep_passes
from accounts.services.passes import note_sent
from core.mail import compose, link_to, send
from core.outbox import SUBSCRIPTIONS
from core.worker import TIMERS

PAGES = {"invitation": "accounts.accept_invitation", "reset": "accounts.set_new_password"}


def send_letter(letter_id: int) -> None:
    """Write a letter and send it; nothing happens for one that went already or whose link is spent."""
    letter, link = letter_with_pass(letter_id)
    if letter is None or letter.sent_at is not None or link is None or link.used_at is not None:
        return
    address = link_to(PAGES[letter.template], token=secret_of(link))
    send(compose(letter.template, to=letter.address, person=letter.user, link=address, until=link.expires_at))
    note_sent(letter)


def answer_forgotten(login: str) -> None:
    """Send the reset letter somebody asked for."""
    answer_reset(login)


def sweep() -> None:
    """Drop failed attempts, links and sessions that no longer mean anything."""
    sweep_attempts()
    sweep_passes()


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    SUBSCRIPTIONS["letter.written"] = [send_letter]
    SUBSCRIPTIONS["password.forgotten"] = [answer_forgotten]
    if sweep not in TIMERS:
        TIMERS.append(sweep)
