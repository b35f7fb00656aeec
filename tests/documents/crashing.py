"""Attaches a file again and again, killed one step later each time, and looks at what is left.

Run as a program: `python -m tests.documents.crashing DATABASE_URL FOLDER [sabotage]`; prints one JSON object.
Steps are every fsync and rename of the store, every insert and the commit. A child process does the work, so
that the kill is a real one. With `sabotage` the row comes before the file, which must show.
"""

import hashlib
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from accounts.models import Level, Organisation
from app import create_app
from core.audit import SYSTEM, record
from core.db import db, transaction
from documents.doctor import faults, repair
from documents.models import Dossier, FileVersion
from documents.services import attach
from documents.storage import StoredBlob, local, store
from tests.conftest import make_settings
from tests.uploads import docx_bytes, upload

NOW = timedelta(hours=-1)


def die_at(limit: int) -> None:
    """From now on the process kills itself at its step number `limit`."""
    step = 0

    def count(*_arguments: Any) -> None:  # a listener's arguments say nothing here
        nonlocal step
        step += 1
        if step == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments: (count(), function(*arguments))[1]

    for name in ("fsync", "replace"):
        setattr(local.os, name, before(getattr(os, name)))
    event.listen(Engine, "before_cursor_execute", lambda _c, _u, sql, *_r: "INSERT" in sql and count())
    event.listen(Engine, "commit", count)
    event.listen(Session, "after_commit", count)


def put_after_the_commit(pause: float = 0) -> None:
    """The planted fault: promise the bytes, write the row, keep them afterwards, `pause` seconds later."""
    honest, promised = local.LocalStore.put, []

    def promise(self: local.LocalStore, stream: BinaryIO) -> StoredBlob:
        data = stream.read()
        promised.append((self, data))
        return StoredBlob(hashlib.sha256(data).hexdigest(), len(data))

    def keep(_session: Session) -> None:
        while promised:
            time.sleep(pause)
            place, data = promised.pop()
            honest(place, io.BytesIO(data))

    local.LocalStore.put = promise  # type: ignore[method-assign]
    event.listen(Session, "after_commit", keep)


def attach_in_a_child(app: Flask, dossier_id: int, limit: int) -> bool:
    """Whether the child came to its end and acknowledged."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    with app.app_context():
        dossier = db.session.get_one(Dossier, dossier_id)
        die_at(limit)
        attach(dossier, upload(docx_bytes(f"try {limit}")), by=SYSTEM)
    os._exit(0)


def run(url: str, folder: Path, *options: str) -> dict[str, int]:
    if "sabotage" in options:
        put_after_the_commit()
    app = create_app(make_settings(folder, url), TESTING=True)
    told = {"steps": 0, "acknowledged": 0, "rows": 0, "lost": 0, "left": 0, "left_after_repair": 0}
    with app.app_context():
        dossier_id = _prepare()
        db.session.remove()
        db.engine.dispose()
    while not told["acknowledged"]:
        told["steps"] += 1
        told["acknowledged"] += attach_in_a_child(app, dossier_id, told["steps"])
        with app.app_context():
            kinds = [fault.kind for fault in faults(store(), grace=NOW)]
            told["lost"] += sum(kind in ("missing", "size", "damaged") for kind in kinds)
            told["left"] += sum(kind in ("orphan", "unfinished") for kind in kinds)
            db.session.rollback()
            list(repair(store(), grace=NOW))
            told["left_after_repair"] += len(list(faults(store(), grace=NOW)))
            told["rows"] = db.session.query(FileVersion).count()
            db.session.remove()
            db.engine.dispose()
    return told


def _prepare() -> int:
    db.metadata.create_all(db.engine)
    with transaction() as session:
        place = Organisation(name="Район", level=Level.MUNICIPALITY, path="/1/")
        dossier = Dossier(organisation=place, title="п. 1")
        session.add_all([place, dossier])
        record(place, "organisation.add", by=SYSTEM)
    return dossier.id


def run_as_told(url: str, folder: Path, *options: str) -> None:
    """Print what was found."""
    sys.stdout.write(json.dumps(run(url, folder, *options)))
    sys.stdout.flush()


if __name__ == "__main__":
    run_as_told(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
