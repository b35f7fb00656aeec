"""A decided report with evidence, and its bundle."""

from datetime import date
from typing import Any

import pytest

from documents.services import local_copy
from reports.bundles.services import ask_bundle
from reports.models import Bundle
from roadmap.models import Claim
from roadmap.services.answers import Report, submit
from tests import factories
from tests.reports.scene import Scene, scene
from workflow.services import perform


@pytest.fixture
def told(session: Any) -> Scene:
    made = scene()
    for measure in made.measures[:2]:
        perform(measure, "start", by=made.executor)
        factories.document(measure.dossier, by=made.executor)
        done = Report("Семинар проведён", Claim.EXECUTED, date(2026, 5, 20), deviation_reason="Болезнь")
        submit(measure, done, by=made.executor)
        perform(measure, "accept", by=made.coordinator)
    return made


@pytest.fixture
def bundle(told: Scene) -> Bundle:
    return ask_bundle(told.decided(), by=told.coordinator)


@pytest.fixture
def archive(bundle: Bundle) -> bytes:
    with local_copy(bundle.sha256 or "") as path:
        return path.read_bytes()
