"""Checking the journal: the chain inside the database and its anchors outside.

An anchor is a line in a file: how long the chain was, how it ended, when, sealed with the journal's
key. A chain that was cut off or rewritten no longer fits an anchor (reliability.md E10).
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import Entry, Head, seal
from core.clock import now
from core.db import db


def anchor_file() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "journal.anchor"


def anchor_head() -> str:
    """Write the present head of the chain to the anchor file, if it has grown; the line written or «»."""
    head, file = db.session.get(Head, 1), anchor_file()
    known = _lines(file)
    if head is None or (known and known[-1].split()[0] == str(head.length)):
        return ""
    facts = f"{head.length} {head.mac} {now().isoformat()}"
    line = f"{facts} {_sign(facts)}"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as lines:
        lines.write(line + "\n")
    return line


def faults(session: Session | None = None) -> Iterator[str]:
    """What is wrong with the journal, one sentence each; nothing when it is whole. `session` looks into
    another database than ours."""
    read: Session = session or db.session()
    mac, number, macs = "", 0, {}
    anchors = _lines(anchor_file())
    wanted = {int(line.split()[0]) for line in anchors}
    for entry in read.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=1000)):
        number += 1
        if entry.id != number:
            yield f"entry {number} is missing or out of place"
            number = entry.id
        if not hmac.compare_digest(seal(entry, after=mac), entry.mac):
            yield f"entry {entry.id} does not fit its seal"
        mac = entry.mac
        if number in wanted:
            macs[number] = mac
    head = read.get(Head, 1)
    if (head.length, head.mac) != (number, mac) if head else number:
        yield f"the chain ends at {number}, its head says {head.length if head else 0}"
    yield from _anchor_faults(anchors, macs)


def _anchor_faults(anchors: list[str], macs: dict[int, str]) -> Iterator[str]:
    for line in anchors:
        length, mac, moment, signature = line.split()
        if not hmac.compare_digest(_sign(f"{length} {mac} {moment}"), signature):
            yield f"the anchor of entry {length} was changed"
        elif macs.get(int(length)) != mac:
            yield f"the chain no longer holds entry {length} as it was anchored at {moment}"


def _lines(file: Path) -> list[str]:
    return file.read_text("ascii").splitlines() if file.exists() else []


def _sign(facts: str) -> str:
    key = current_app.config["JOURNAL_KEY"]
    return hmac.new(key, f"anchor {facts}".encode(), hashlib.sha256).hexdigest()
