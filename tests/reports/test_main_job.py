"""The main job on a real file: a plan out of Word, answers through the services, the report cell by cell."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Role
from core.clock import now
from core.words import gettext
from reports.assembly import assemble
from reports.services import begin_report, digest_of, make_version, rendered
from roadmap.models import Claim
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report, report, submit
from tests import factories
from tests.reports.real_year import INPUTS, import_plan, needs_inputs, tell
from workflow.services import perform


@pytest.fixture
def town(session: Any) -> Any:
    return factories.municipality()


@needs_inputs
def test_the_real_report_comes_out_cell_by_cell(town: Any, tmp_path: Path) -> None:
    golden = INPUTS / "002_roadmap_report.golden.json"
    rows = [m for s in json.loads(golden.read_text("utf-8"))["sections"] for m in s["measures"]]
    coordinator, executor = factories.coordinator(town), factories.executor(town)
    plan = import_plan(town, coordinator)

    for measure, said in zip(measures_of(plan), rows, strict=True):
        tell(measure, said, executor, coordinator)
    out = tmp_path / "report.docx"
    with rendered(assemble(plan, as_of=now())) as path:
        out.write_bytes(path.read_bytes())

    scored = subprocess.run(
        [sys.executable, INPUTS / "score_report_docx.py", golden, out, "--threshold", "100"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert scored.returncode == 0, scored.stdout[-2000:]


@needs_inputs
def test_a_report_as_of_a_day_shows_what_was_known_then(town: Any) -> None:
    coordinator, executor = factories.coordinator(town), factories.executor(town)
    plan = import_plan(town, coordinator)
    before = now()
    measure = measures_of(plan)[0]
    report(measure, Report("Совещание готовится"), by=executor)

    then, today = assemble(plan, as_of=before), assemble(plan, as_of=now())

    assert first_row(then)["status"] == "" and first_row(then)["report"] == ""
    assert (first_row(today)["status"], first_row(today)["report"]) == ("в реализации", "Совещание готовится")


def first_row(made: Any) -> dict[str, Any]:
    row: dict[str, Any] = made.data["sections"][0]["measures"][0]
    return row


@needs_inputs
def test_the_same_data_and_template_give_the_same_bytes(town: Any) -> None:
    coordinator = factories.coordinator(town)
    plan = import_plan(town, coordinator)
    begun = begin_report(plan, title="Отчет", period="2020 год", by=coordinator)
    moment = now()

    versions = [make_version(begun, as_of=moment, by=coordinator) for _ in range(2)]

    assert versions[0].file_sha256 == versions[1].file_sha256
    assert versions[0].data_sha256 == versions[1].data_sha256 == digest_of(versions[1].data)
    assert [version.number for version in versions] == [1, 2]


@needs_inputs
def test_gaps_are_listed_before_the_report_is_made(town: Any) -> None:
    coordinator, executor = factories.coordinator(town), factories.executor(town)
    plan = import_plan(town, coordinator)
    done, working = measures_of(plan)[:2]
    said = Report("Проведено", Claim.EXECUTED, date(2019, 9, 20), evidence_exception="Протокол утрачен")
    submit(done, said, by=executor)
    perform(done, "accept", by=coordinator)
    report(working, Report(""), by=executor)

    gaps = {(gap.measure_id, gap.kind) for gap in assemble(plan, as_of=now()).gaps}

    assert (done.id, "no_evidence") in gaps
    assert {(working.id, "no_text"), (working.id, "overdue")} <= gaps
    assert (measures_of(plan)[2].id, "no_status") in gaps


def test_a_stranger_makes_no_report(session: Any) -> None:
    plan = factories.plan()
    reader = factories.person(Role.READER, organisation=plan.organisation)

    with pytest.raises(Exception, match=gettext("Отчёт собирает координатор")):
        begin_report(plan, title="Отчет", period="2026", by=reader)
