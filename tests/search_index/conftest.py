"""Both engines behind one fixture."""

import pytest

from search_index.engines import engine as engine_of_app


@pytest.fixture
def engine(session):
    """The engine of the application: Whoosh on SQLite, full text on PostgreSQL."""
    return engine_of_app()
