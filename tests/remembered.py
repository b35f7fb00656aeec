"""Builders that build once: what they left in a database and its files is put back the next time.

Most tests begin with the same district, and to build it through the services takes longer than many a test.
"""

import functools
import io
import pickle
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
import time_machine
from flask import Flask, current_app

from core.clock import now, today
from core.db import db
from tests import databases
from tests.watching import WRITES

P, R = ParamSpec("P"), TypeVar("R")
MANY = 500
EMPTY = "empty"


def begin_empty(app: Flask) -> None:
    """The database of `app` has just been emptied: builders may remember what they make of it."""
    if "built" not in app.extensions:
        with app.app_context():
            sa.event.listen(db.engine, "before_cursor_execute", functools.partial(_note, app))
    app.extensions["built"] = EMPTY


def _note(app: Flask, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    """Somebody writes: nobody has seen this database before."""
    if WRITES.match(statement):
        app.extensions["built"] = None


def remembered(build: Callable[P, R]) -> Callable[P, R]:
    """A builder of tests that builds once in a process for each database, time and arguments.

    What is built on an empty database is remembered, and what is built on what a remembered builder left and
    nobody has written to since. The result may hold rows anywhere within; they are read anew.
    """

    @functools.wraps(build)
    def built(*args: P.args, **facts: P.kwargs) -> R:
        before = current_app.extensions.get("built")
        if before is None or db.session().info.get("open") or _is_past():
            return build(*args, **facts)
        backend = db.engine.url.get_backend_name()
        key = (backend, before, _time(), build.__module__, build.__qualname__, _dumped((args, facts)))
        kept = _KEPT.pop(key, None)
        if kept is None:
            current_app.extensions["built"] = None  # builders inside are a part of this one
            result = build(*args, **facts)
            kept = Kept.of(result)
        else:
            result = kept.put_back()
        current_app.extensions["built"] = kept
        _keep(key, kept)
        return result

    return built


@dataclass(frozen=True, eq=False)
class Kept:
    """What a builder left behind."""

    rows: Callable[[], None]
    files: Path
    result: bytes
    at: datetime

    @classmethod
    def of(cls, result: Any) -> "Kept":
        db.session.commit()  # nothing is being read while the file is copied
        files = Path(tempfile.mkdtemp(dir=_folder().name)) / "files"
        shutil.copytree(_data(), files, ignore=shutil.ignore_patterns("*.sqlite*"))
        return cls(databases.keep(db.engine), files, _dumped(result), now())

    def put_back(self) -> Any:
        db.session.rollback()
        _go_on_to(self.at)
        self.rows()
        shutil.copytree(self.files, _data(), dirs_exist_ok=True)
        db.session.expire_all()
        result = _Loading(io.BytesIO(self.result)).load()
        db.session.commit()  # so it is after building, too
        return result


_KEPT: dict[tuple[object, ...], Kept] = {}


def _keep(key: tuple[object, ...], kept: Kept) -> None:
    """Keep it as the last to go; where there are too many, what was not used for longest goes."""
    _KEPT[key] = kept
    if len(_KEPT) > MANY:
        shutil.rmtree(_KEPT.pop(next(iter(_KEPT))).files.parent)


def _time() -> str:
    """The day; to the minute where a test has set the clock."""
    return f"{now():%d.%m.%Y %H:%M}" if time_machine.escape_hatch.is_travelling() else str(today())


def _is_past() -> bool:
    """Whether `core.clock.at` shows another time, which begins anew whenever it is asked."""
    return now() < datetime.now(UTC) - timedelta(seconds=1)


def _go_on_to(moment: datetime) -> None:
    """A clock that a test has set goes on at least to when the builder had ended."""
    if moment > now():
        time_machine.traveller_stack[-1].shift(moment - now())


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="vekha-kept-")


def _data() -> Path:
    return Path(current_app.config["SETTINGS"].data)


def _dumped(value: Any) -> bytes:
    to = io.BytesIO()
    _Dumping(to).dump(value)
    return to.getvalue()


class _Dumping(pickle.Pickler):
    """Writes a row as its table and key."""

    def persistent_id(self, value: Any) -> Any:
        state = sa.inspect(value, raiseerr=False)
        return (type(value), state.identity) if isinstance(state, sa.orm.InstanceState) else None


class _Loading(pickle.Unpickler):
    """Reads a row by its table and key."""

    def persistent_load(self, key: Any) -> Any:
        return db.session.get_one(*key)
