"""Scans that come by e-mail: letters of an IMAP mailbox become drafts of the archive.

VEKHA_IMAP_URL names the mailbox: imaps://user:password@host/INBOX?organisation=7, with everything but
letters and digits percent-encoded. Drafts go to the archive of the organisation with that number, without
one to that of the only organisation that stands under no other.
"""

import hashlib
import imaplib
import logging
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from accounts.models import Organisation
from core.audit import SYSTEM
from core.db import db, transaction
from core.errors import Refusal
from core.limited import Limits, run_limited
from core.settings import settings
from core.words import gettext
from documents.models import MailMessage
from documents.queries import is_taken, roots
from documents.services.filing import add_drafts
from documents.services.intake import Upload

log = logging.getLogger("vekha.mailbox")
_LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=90)
SECONDS = 30
#: Letters of one go; the clock comes again.
MOST_LETTERS = 20


class Mailbox(NamedTuple):
    """Where letters are fetched."""

    is_secure: bool
    host: str
    port: int
    user: str
    password: str
    folder: str
    organisation_id: int | None


def mailbox_of(url: str) -> Mailbox | None:
    """The mailbox that an address names; None for an empty one. ValueError when it is no mailbox."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise ValueError("VEKHA_IMAP_URL must look like imaps://user:password@host/INBOX?organisation=7")
    chosen = parse_qs(parts.query).get("organisation", [""])[0]
    return Mailbox(
        is_secure=parts.scheme == "imaps",
        host=parts.hostname,
        port=parts.port or (993 if parts.scheme == "imaps" else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        organisation_id=int(chosen) if chosen.isdigit() else None,
    )


def take_mail() -> int:
    """Make drafts of the attachments of unread letters and mark these as read; how many drafts there are.

    A letter that was taken is not taken again, even when it could not be marked. A mailbox that does not
    answer is left for the next time.
    """
    mailbox = mailbox_of(settings().imap_url)
    organisation = _organisation(mailbox) if mailbox else None
    if mailbox is None or organisation is None:
        return 0
    try:
        with _opened(mailbox) as connection:
            return sum(_take(connection, uid, organisation) for uid in _unread(connection))
    except (imaplib.IMAP4.error, OSError) as trouble:
        log.warning("the mailbox %s does not answer: %r", mailbox.host, trouble)
        return 0


def _organisation(mailbox: Mailbox) -> Organisation | None:
    if mailbox.organisation_id is not None:
        return db.session.get(Organisation, mailbox.organisation_id)
    top = roots()
    if len(top) != 1:
        log.warning("say in VEKHA_IMAP_URL which organisation the letters are for: ?organisation=7")
        return None
    return top[0]


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    if mailbox.is_secure:
        context = ssl.create_default_context()
        connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            mailbox.host, mailbox.port, ssl_context=context, timeout=SECONDS
        )
    else:
        connection = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    with connection:
        connection.login(mailbox.user, mailbox.password)
        open_folder = connection.select
        open_folder(f'"{mailbox.folder}"')
        yield connection


def _unread(connection: imaplib.IMAP4) -> list[str]:
    _status, found = connection.uid("SEARCH", "UNSEEN")
    return [uid.decode() for uid in (found[0] or b"").split()[:MOST_LETTERS]]


def _take(connection: imaplib.IMAP4, uid: str, organisation: Organisation) -> int:
    """Read one letter, keep its files, mark it."""
    _status, found = connection.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((part[1] for part in found if isinstance(part, tuple)), b"")
    count = _drafts_of(raw, organisation) if 0 < len(raw) <= settings().request_mb << 20 else 0
    connection.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    return count


def _drafts_of(raw: bytes, organisation: Organisation) -> int:
    digest = hashlib.sha256(raw).hexdigest()
    with tempfile.TemporaryDirectory(prefix="vekha-") as folder:
        place = Path(folder, "letter")
        place.write_bytes(raw)
        letter = _opened_letter(place, folder)
        message_id = str(letter["message_id"]) or digest
        if is_taken(message_id):
            return 0
        names = [str(name) for name in letter["files"]]
        count = _add(organisation, folder, names, key=f"mail-{digest[:32]}", note=_note(letter))
    with transaction() as session:
        session.add(MailMessage(message_id=message_id))
    return count


def _opened_letter(place: Path, folder: str) -> dict[str, Any]:
    """What is in the letter; nothing in one that cannot be read within the limits."""
    try:
        found: dict[str, Any] = run_limited(
            "documents.intake.letters:taken_out", _LIMITS, path=str(place), folder=folder
        )
    except Refusal as refusal:
        log.warning("a letter could not be read: %s", refusal)
        return {"message_id": "", "subject": "", "sender": "", "files": []}
    return found


def _note(letter: dict[str, Any]) -> str:
    told = {"subject": letter["subject"], "sender": letter["sender"]}
    return str(gettext("Из письма: %(subject)s, %(sender)s", **told))


def _add(organisation: Organisation, folder: str, names: list[str], *, key: str, note: str) -> int:
    count = 0
    for number, name in enumerate(names):
        with Path(folder, str(number)).open("rb") as stream:
            outcomes = add_drafts(
                organisation, [Upload(name, stream)], by=SYSTEM, key=f"{key}-{number}", note=note
            )
        count += sum(1 for outcome in outcomes if outcome.document)
        for refused in (outcome for outcome in outcomes if outcome.refusal):
            log.warning("a file of a letter was refused: %s", refused.refusal)
    return count
