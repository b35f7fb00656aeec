"""Which engine this instance uses: PostgreSQL's when that is the database, else Whoosh in the data folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.db import db
from core.settings import settings
from search_index.language import ANALYSIS
from search_index.postgresql_engine.engine import PostgresqlEngine
from search_index.protocol import Engine

if TYPE_CHECKING:
    from search_index.whoosh_engine.engine import WhooshEngine

#: Grows when papers get other fields or fields other content.
CONTENT = 5
_WHOOSH: dict[Path, "WhooshEngine"] = {}


def engine() -> Engine:
    """The engine of the running application. It keeps nothing that another process could make stale."""
    if db.engine.dialect.name == "postgresql":
        return PostgresqlEngine()
    from search_index.whoosh_engine.engine import WhooshEngine  # with NumPy, which is slow to read

    folder = settings().data / "search" / "index"
    return _WHOOSH.setdefault(folder, WhooshEngine(folder))


def wanted_stamp() -> str:
    """The version an index of this program has."""
    return f"content {CONTENT}, analysis {ANALYSIS}, russian"
