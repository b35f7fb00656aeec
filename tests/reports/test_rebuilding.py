"""A version is made again byte for byte, whatever became of the plan, the templates and the database."""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update

from core.db import db
from core.errors import NotFound
from core.mover import move_to
from documents.storage import store
from reports.default_template import build as build_template
from reports.models import ReportTemplate, ReportVersion
from reports.queries import decided_versions
from reports.services import add_template, decide_version, make_version, move_version, remove_template
from reports.services.rebuilding import rebuilt
from roadmap.services.measures import withdraw_measure
from tests import databases
from tests.conftest import bare_app, close, make_settings
from tests.reports.histories import History, district, quick
from tests.reports.scene import DECISION, Scene, scene
from tests.uploads import docx_bytes

SEED, ORDINARY, FULL = 20270127, 4, 500


def judged(version: ReportVersion) -> list[str]:
    with rebuilt(version) as made:
        assert made.is_same is (made.faults == [])
        return made.faults


def other_template(folder: Path) -> Path:
    """Another template of the organisation: its own paper with one line of tags."""
    path = folder / "own.docx"
    head = "{{ approval.mark }} {{ approval.document }}"
    path.write_bytes(docx_bytes(head, "{{ title }}", "Всего: {{ totals.measures }}"))
    return path


@contextlib.contextmanager
def newer_default_template(folder: Path) -> Iterator[None]:
    """A release came with another default template."""
    changed = folder / "new_default.docx"
    build_template(changed)
    changed.write_bytes(changed.read_bytes() + b" ")
    with pytest.MonkeyPatch.context() as patch:
        for module in ("reports.services.printing", "reports.render"):
            patch.setattr(f"{module}.DEFAULT_TEMPLATE", changed)
        yield


def spoil_everything_live(told: Scene) -> None:
    """The plan goes on: rows are taken out, titles change."""
    withdraw_measure(told.measures[0], by=told.coordinator, ground="приказ от 01.02.2027 № 9")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE organisation SET name = 'Другое имя'"))
        connection.execute(text("UPDATE measure SET title = 'Другое', report_text = 'Другое'"))


def test_a_decided_version_is_made_again_after_the_plan_went_on(session: Any, tmp_path: Path) -> None:
    told = scene()
    version = told.decided()
    spoil_everything_live(told)

    with rebuilt(version) as made:
        assert made.is_same and made.got == version.stamped_sha256


def test_and_after_its_template_was_replaced_and_the_default_one_changed(
    session: Any, tmp_path: Path
) -> None:
    told = scene()
    by_default = told.decided()
    by, as_of = told.coordinator, by_default.as_of
    own = add_template(told.plan.organisation, other_template(tmp_path), name="Свой.docx", by=by)
    second = make_version(by_default.report, as_of=as_of, by=by, note="Свой шаблон", template=own)

    remove_template(own, by=told.coordinator)

    with newer_default_template(tmp_path):
        assert judged(by_default) == judged(second) == []


def test_a_draft_is_made_again_too(session: Any) -> None:
    assert judged(scene().version()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"data": {"title": "Другой", "sections": []}}, "data are not those"),
        ({"protocol_number": "3"}, "differs in its content"),
        ({"manifest": {"file_sha256": "0" * 64}}, "another file_sha256"),
    ],
)
def test_a_changed_version_is_noticed(session: Any, change: dict[str, Any], said: str) -> None:
    version = scene().decided()
    with db.engine.begin() as connection:
        connection.execute(update(ReportVersion.__table__).values(change))  # type: ignore[arg-type]
    session.refresh(version)

    assert said in "; ".join(judged(version))


def test_a_lost_template_is_said_to_be_lost(
    session: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    version = scene().version()
    monkeypatch.setattr("reports.services.printing.DEFAULT_TEMPLATE", other_template(tmp_path))
    store().delete(version.template_sha256)

    with pytest.raises(NotFound, match="шаблона"), rebuilt(version):
        pass


def test_the_command_writes_the_file_and_proves_it(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        version = scene().decided()
        number, wanted = version.id, version.stamped_sha256
    out = tmp_path / "again.docx"

    result = app.test_cli_runner().invoke(args=["reports", "rebuild", str(number), "--out", str(out)])

    assert result.exit_code == 0, result.output
    assert f"{wanted}: the same, byte for byte" in result.output
    assert out.stat().st_size > 5_000
    assert app.test_cli_runner().invoke(args=["reports", "rebuild", "999"]).exit_code == 1


def test_a_recompressed_file_is_told_from_a_changed_one(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = scene().version()
    monkeypatch.setattr("documents.filling.packing.LEVEL", 9)

    with quick(), rebuilt(version) as made:
        assert made.is_repacked and not made.is_same
        assert "the content is the same" in made.faults[0]


def test_every_decided_version_of_random_histories_survives_a_move_to_postgresql(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = FULL if request.config.getoption("--full") else ORDINARY
    source = bare_app(make_settings(tmp_path))
    databases.build(source)
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(databases.postgresql_database("rebuilt"))
        with source.app_context(), quick():
            own = other_template(tmp_path)
            for number in range(count):
                live_and_decide(random.Random(SEED + number), own=own)
            sums = {version.id: version.stamped_sha256 for version in decided_versions()}
            list(move_to(url))
        close(source)

        moved = bare_app(make_settings(tmp_path, url))
        with moved.app_context(), quick(), newer_default_template(tmp_path):
            versions = decided_versions()
            assert {version.id: version.stamped_sha256 for version in versions} == sums
            assert len({version.template_sha256 for version in versions}) == 2
            assert [fault for version in versions for fault in judged(version)] == []
        close(moved)
    assert len(sums) == count * 2


def live_and_decide(dice: random.Random, *, own: Path) -> None:
    """A life in which the council decides twice, each time before the plan goes on; the second report is
    filled into a template of the organisation that is put away afterwards."""
    history = History(district(), dice)
    history.begin()
    secretary, executor = history.district.secretary, history.district.people[0]
    people = Scene(history.plan, [], history.coordinator, secretary, executor)
    by = history.coordinator
    template = add_template(history.plan.organisation, own, name="Свой.docx", by=by)
    report = None
    for number, paper in enumerate((None, template), 1):
        for _ in range(8):
            history.step()
        history.ensure_measure()
        version = _decided(history, people, report, number, paper)
        report = version.report
    remove_template(template, by=by)
    for _ in range(8):
        history.step()


def _decided(
    history: History, people: Scene, report: Any, number: int, template: ReportTemplate | None
) -> ReportVersion:
    report, note = report or people.report(), f"Редакция {number}"
    version = make_version(report, as_of=history.clock, by=people.coordinator, note=note, template=template)
    move_version(version, "submit", by=people.coordinator)
    move_version(version, "take_up", by=people.secretary)
    decide_version(version, replace(DECISION, protocol_number=str(number)), by=people.secretary)
    return version
