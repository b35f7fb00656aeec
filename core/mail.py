"""Letters: written as plain text and HTML from templates/email, sent by SMTP or put into a folder.

Without VEKHA_SMTP_URL letters become .eml files in <data>/outgoing, readable by the owner only. Nothing of
a letter's content is ever logged. Addresses in letters are built from VEKHA_BASE_URL, never from a request.
"""

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from core.clock import local, now
from core.settings import application, settings

TIMEOUT = 30


@dataclass(frozen=True)
class Attached:
    """A text that travels with a letter: «calendar» with its parameters, and the name it is saved under."""

    name: str
    text: str
    subtype: str = "plain"
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Post:
    """One letter, ready to go."""

    to: str
    subject: str
    text: str
    html: str = ""
    attached: tuple[Attached, ...] = ()


def is_mail_on() -> bool:
    """Whether letters really leave; otherwise they are put into a folder."""
    return bool(settings().smtp_url)


def link_to(endpoint: str, **values: Any) -> str:
    """The full address of a page, for letters."""
    base = urlsplit(settings().base_url)
    pages = application().url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)
    return pages.build(endpoint, values, force_external=True)


def compose(template: str, *, to: str, **context: Any) -> Post:
    """A letter from templates/email/<template>.txt and .html; the first line of the text is the subject."""
    templates = application().jinja_env
    plain = templates.get_template(f"email/{template}.txt").render(**context)
    subject, _line, text = plain.strip().partition("\n")
    html = templates.get_template(f"email/{template}.html").render(subject=subject, **context)
    return Post(to, subject.strip(), text.strip() + "\n", html)


def send(post: Post) -> None:
    """Send the letter; an exception when it did not leave, so that the task tries again."""
    message = _message(post)
    if is_mail_on():
        _by_smtp(message, urlsplit(settings().smtp_url))
    else:
        _into_folder(message, settings().data / "outgoing")


def _message(post: Post) -> EmailMessage:
    sender = settings().mail_from
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, post.to, post.subject
    message["Date"] = format_datetime(local(now()))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(post.text)
    if post.html:
        message.add_alternative(post.html, subtype="html")
    for each in post.attached:
        message.add_attachment(each.text, subtype=each.subtype, filename=each.name, params=dict(each.params))
    return message


def _by_smtp(message: EmailMessage, server: SplitResult) -> None:
    """smtps:// is encrypted from the start, smtp+tls:// must become so, smtp:// becomes so if it can."""
    secure, host = ssl.create_default_context(), server.hostname or "localhost"
    if server.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT, context=secure)
    else:
        opened = smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT)
    with opened as smtp:
        smtp.ehlo()
        if server.scheme == "smtp+tls" or (server.scheme == "smtp" and smtp.has_extn("starttls")):
            smtp.starttls(context=secure)
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(message)


def _into_folder(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now():%Y%m%d-%H%M%S-%f}.eml"
    descriptor = os.open(folder / f".{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
    (folder / f".{name}").rename(folder / name)
