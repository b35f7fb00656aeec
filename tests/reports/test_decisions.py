"""A version goes to the council, is decided on once, stamped and frozen."""

import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.audit import history_of
from core.db import transaction
from core.errors import Blocked, NotYours, OutOfTurn, Stale
from documents.services import attach, local_copy
from documents.storage import store
from reports.models import Mark, ReportVersion
from reports.services import decide_version, link_protocol, move_version, stamp_of
from reports.services.deciding import stamped_data
from tests import factories, uploads
from tests.reports.scene import DECISION, scene
from workflow.report import REPORT, ReportState


def text_of(sha256: str) -> str:
    with local_copy(sha256) as path, zipfile.ZipFile(path) as members:
        return members.read("word/document.xml").decode()


def test_a_version_goes_to_the_council_and_back(session: Any) -> None:
    told = scene()
    version = told.version()

    move_version(version, "submit", by=told.coordinator)
    move_version(version, "take_up", by=told.secretary)
    move_version(version, "send_back", by=told.secretary, note="Пункт 1.2: нет приказа")
    move_version(version, "submit", by=told.coordinator)

    assert version.state is ReportState.SUBMITTED
    actions = [entry.action for entry in reversed(history_of(version))]
    assert actions == [
        f"report_version.{did}" for did in ("make", "submit", "take_up", "send_back", "submit")
    ]


def test_the_decision_stands_in_the_head_of_the_file_and_nothing_else_differs(session: Any) -> None:
    told = scene()
    version = told.decided()

    before, after = text_of(version.file_sha256), text_of(version.stamped_sha256 or "")
    assert "Рассмотрен на Совете руководителей" in after and "Протокол от 27.01.2027 №2" in after
    assert "Рассмотрен на ____" in before
    tail = "Отчет за 2026 год"
    assert before[before.index(tail) :] == after[after.index(tail) :]


@pytest.mark.parametrize(
    ("mark", "state", "words", "label"),
    [
        (Mark.CONSIDERED, ReportState.CONSIDERED, "Рассмотрен на Совете", "Рассмотрен"),
        (Mark.ACCEPTED, ReportState.APPROVED, "Принят на Совете", "Принят"),
        (Mark.APPROVED, ReportState.APPROVED, "УТВЕРЖДЁН на Совете", "Утверждён"),
    ],
)
def test_three_marks_are_three_things(
    session: Any, mark: Mark, state: ReportState, words: str, label: str
) -> None:
    version = scene().decided(mark=mark)

    assert (version.state, str(version.state_label)) == (state, label)
    assert words in text_of(version.stamped_sha256 or "")


def test_whoever_comes_second_is_told_so(session: Any) -> None:
    told = scene()
    version = told.decided()
    stamped = version.stamped_sha256

    with pytest.raises(OutOfTurn, match="протокол № 2"):
        decide_version(version, replace(DECISION, mark=Mark.APPROVED), by=told.secretary)

    assert (version.mark, version.stamped_sha256) == (Mark.CONSIDERED, stamped)


def test_an_open_remark_blocks_the_decision(session: Any) -> None:
    told = scene()
    version = told.under_review()
    with transaction():
        version.open_blockers = 1

    with pytest.raises(Blocked, match="ещё не ответили"):
        decide_version(version, DECISION, by=told.secretary)

    session.refresh(version)
    assert (version.state, version.mark) == (ReportState.UNDER_REVIEW, None)


def test_the_coordinator_does_not_decide(session: Any) -> None:
    told = scene()

    with pytest.raises(NotYours):
        decide_version(told.under_review(), DECISION, by=told.coordinator)


def test_a_decision_without_a_protocol_is_no_decision(session: Any) -> None:
    told = scene()

    with pytest.raises(Blocked, match="номер и дату протокола"):
        decide_version(told.under_review(), replace(DECISION, protocol_number=" "), by=told.secretary)


def test_a_failed_decision_of_the_council_takes_the_stamp_back(session: Any) -> None:
    told = scene()
    version = told.under_review()

    with pytest.raises(ZeroDivisionError), transaction():
        decide_version(version, DECISION, by=told.secretary)
        _ = 1 / 0

    session.refresh(version)
    assert (version.state, version.stamped_sha256) == (ReportState.UNDER_REVIEW, None)


def test_a_file_stamped_for_another_decision_is_not_taken(session: Any) -> None:
    told = scene()
    version = told.under_review()
    other = stamp_of(version, replace(DECISION, protocol_number="7"))

    decide_version(version, DECISION, by=told.secretary, stamp=other)

    assert version.stamped_sha256 != other.kept.blob.sha256
    assert "№2" in text_of(version.stamped_sha256 or "")


def test_protocol_and_report_carry_each_others_sums(session: Any) -> None:
    told = scene()
    dossier = factories.dossier(told.plan.organisation)
    file = uploads.upload(uploads.docx_bytes("Протокол № 2"), "Протокол.docx")
    protocol = attach(dossier, file, by=told.coordinator)
    version = told.decided()

    link_protocol(version, protocol, by=told.secretary)

    assert protocol.latest is not None
    assert version.manifest["decision"]["protocol_sha256"] == protocol.latest.sha256
    assert version.manifest["decision"]["stamped_sha256"] == version.stamped_sha256
    with pytest.raises(OutOfTurn):
        link_protocol(told.version(note="Уточнили"), protocol, by=told.secretary)


def test_two_versions_are_not_at_the_council_at_once(session: Any) -> None:
    told = scene()
    first, second = told.version(), told.version()
    with pytest.raises(Blocked, match="более новая"):
        move_version(first, "submit", by=told.coordinator)
    move_version(second, "submit", by=told.coordinator)
    third = told.version()

    with pytest.raises(Blocked, match="отзовите"):
        move_version(third, "submit", by=told.coordinator)


def test_a_correction_is_a_new_edition_with_its_reason(session: Any) -> None:
    told = scene()
    first = told.decided()

    with pytest.raises(Blocked, match="новая редакция"):
        told.version()
    second = told.decided(note="Исправлена дата в пункте 1.2", protocol_number="5")

    assert [(v.number, v.edition) for v in first.report.versions] == [(1, 1), (2, 2)]
    assert (first.protocol_number, second.protocol_number) == ("2", "5")
    assert first.state is second.state is ReportState.CONSIDERED


def test_a_stale_button_is_refused(session: Any) -> None:
    told = scene()
    version = told.version()
    seen = version.version
    move_version(version, "submit", by=told.coordinator)

    with pytest.raises(Stale):
        move_version(version, "recall", by=told.coordinator, seen=seen)


def test_what_was_decided_is_not_rewritten_even_by_a_bug(session: Any) -> None:
    version = scene().decided()

    for name, value in (("data", {}), ("protocol_date", date(2020, 1, 1)), ("mark", Mark.APPROVED)):
        with pytest.raises(AssertionError, match="never change"), transaction():
            setattr(version, name, value)


def test_the_default_template_is_kept_with_the_version(session: Any) -> None:
    version = scene().version()

    assert store().stat(version.template_sha256) is not None
    assert version.manifest["template_sha256"] == version.template_sha256


def test_only_the_head_differs_in_the_stamped_data(session: Any) -> None:
    version: ReportVersion = scene().decided()

    data = stamped_data(version)

    assert {name for name in data if data[name] != version.data[name]} == {"approval"}


def test_every_move_is_in_the_table_of_rights() -> None:
    assert set(REPORT.moves) == {"submit", "recall", "take_up", "send_back", "approve", "consider", "publish"}
