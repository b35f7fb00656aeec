"""The worker is killed at any moment while it indexes: afterwards the index says what the database says."""

import random
import sys
import time
from datetime import timedelta

import flask.cli
import pytest
import time_machine

from core.clock import now
from core.db import db
from core.outbox import LEASE, Task
from core.worker import run_due
from roadmap.services.answers import comment
from search_index.asking import Ask, ask
from search_index.engines import engine
from search_index.services.indexing import drift, rebuild
from tests import factories
from tests.conftest import DATABASES, close, make_settings, new_app
from tests.processes import started
from tests.rel.server import SECRET, environment

KILLS = 2


@pytest.mark.parametrize("database", DATABASES)
def test_killing_the_indexing_worker_loses_nothing(tmp_path, database, pytestconfig):
    import contextlib

    from tests import databases

    kills = 20 if pytestconfig.getoption("--full") else KILLS
    opened = (
        databases.postgresql_database("killed") if database == "postgresql" else contextlib.nullcontext("")
    )
    with opened as url:
        app = new_app(make_settings(tmp_path, url, secret_key=SECRET, base_url="http://127.0.0.1"))
        with app.app_context():
            person = factories.coordinator()
            section = factories.section(by=person)
            measures = [factories.measure(section, title=f"Мероприятие {n}") for n in range(6)]
            rebuild()
            words = _written_under_fire(tmp_path, url, person, measures, kills)

            waiting = db.session.query(Task).filter(Task.done_at.is_(None), Task.dead_at.is_(None)).count()
            with time_machine.travel(now() + LEASE + timedelta(hours=2), tick=False):
                while run_due():
                    continue
            db.session.expire_all()
            found = {word: ask(Ask(word), by=person).total for word in words}
            keys = [one.key for one in engine().standing()]
            faults = drift()
        close(app)

    print(f"{kills} kills, {len(words)} comments, {waiting} tasks were left")
    assert {word: total for word, total in found.items() if total != 1} == {}
    assert (faults, len(keys)) == ([], len(set(keys)))


def _written_under_fire(folder, url, person, measures, kills):
    """Comments with a word each, written while a worker is started and killed again and again."""
    chance, words = random.Random(5), []
    for kill in range(kills):
        worker = started(_work, environ=environment(folder, url))
        end = time.monotonic() + 0.5 + chance.random() * 2
        while time.monotonic() < end:
            words.append(f"слово{'абвгдежзик'[kill % 10]}{len(words)}ъ")
            comment(measures[len(words) % len(measures)], f"Сообщаю: {words[-1]}", by=person)
            time.sleep(0.02)
        assert worker.is_alive(), "it ended by itself"
        worker.kill()
        worker.join()
    return words


def _work():
    sys.argv = ["flask", "worker"]
    flask.cli.main()
