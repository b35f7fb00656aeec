"""The real plan 002 and its year, entered through the services as its people would have done it."""

import io
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from config import ROOT
from core.db import db
from documents.kinds import DocumentKind
from documents.services import Upload, attach
from roadmap.models import Claim, Measure, Plan
from roadmap.services.answers import Report, report, submit
from roadmap.services.imports import confirm_import, start_import
from roadmap.services.plans import PlanFacts
from roadmap.statuses import state_of
from tests.uploads import docx_bytes
from workflow.services import perform

INPUTS = ROOT.parent / "shared" / "inputs"
needs_inputs = pytest.mark.skipif(not INPUTS.exists(), reason="the real files are not beside the project")


def import_plan(town: Any, by: User) -> Plan:
    file = INPUTS / "002_roadmap_plan.docx"
    with file.open("rb") as stream:
        draft = start_import(town, Upload(file.name, stream), by=by)
    facts = PlanFacts("План мероприятий «Учитель будущего» на 2020 год", 2020, 2020, "2020 год")
    return confirm_import(draft, facts, by=by)


def tell(measure: Measure, said: dict[str, Any], executor: User, checker: User) -> None:
    """Enter one row of the old report as its people would have."""
    status, text = said["status"], said["report"]
    state = state_of(status).state
    if state == "in_progress":
        report(measure, Report(text, status_text=status), by=executor)
    elif state == "executed":
        prove(measure, executor)
        done = measure.control_date or date(2020, 12, 25)
        submit(
            measure, Report(text, Claim.EXECUTED, done - timedelta(days=1), status_text=status), by=executor
        )
        perform(measure, "accept", by=checker)
    else:
        assert not status and not text


def prove(measure: Measure, by: User) -> None:
    for number, need in enumerate(n for n in measure.required_evidence for _ in range(n.count)):
        upload = Upload(
            f"{need.text[:40]}.docx", io.BytesIO(docx_bytes(f"{measure.number} {need.text} {number}"))
        )
        attach(measure.dossier, upload, by=by, kind=DocumentKind(need.kind))
    db.session.refresh(measure)
