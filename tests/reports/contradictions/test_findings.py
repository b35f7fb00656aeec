"""What the checks found in a version: kept with it, answered and dismissed with a name, in the journal."""

from datetime import date

import pytest

from accounts.models import Role
from core.audit import history_of
from core.errors import Invalid, NotFound, NotYours
from documents.services import edit_requisites
from reports.findings.queries import finding_of, findings_of
from reports.findings.services import answer_finding, check_again, shown_of
from reports.models import Outcome
from roadmap.models import Claim, Measure
from roadmap.services.answers import Report, report, submit
from tests import factories
from tests.pages import post
from tests.reports.scene import Scene, scene
from workflow.services import perform

MOVED = "Семинар перенесён на март 2027 года."


def execute(measure: Measure, text: str, *, by: Scene) -> None:
    """Carry the measure through to «исполнено», whatever its text says."""
    perform(measure, "start", by=by.executor)
    factories.document(measure.dossier, by=by.executor)
    done = Report(text, Claim.EXECUTED, actual_date=date(2026, 5, 20), deviation_reason="Болезнь лектора")
    submit(measure, done, by=by.executor)
    perform(measure, "accept", by=by.coordinator)


@pytest.fixture
def told(session) -> Scene:
    """A plan one row of which says «исполнено» over «перенесён»."""
    made = scene()
    execute(made.measures[0], MOVED, by=made)
    return made


def test_a_version_keeps_what_contradicts_in_it(told):
    version = told.version()

    found = shown_of(version)

    assert [(each.finding.measure_id, each.finding.finding_kind, each.state) for each in found] == [
        (told.measures[0].id, "status_against_text", "open")
    ]
    assert "перенесён на март" in found[0].sentence


def test_evidence_of_other_years_is_found_as_the_journal_tells_it(told):
    perform(told.measures[1], "start", by=told.executor)
    document = factories.document(told.measures[1].dossier, by=told.executor)
    report(told.measures[1], Report("Готовим семинар"), by=told.executor)
    before = told.version()
    edit_requisites(document, by=told.executor, evidence_date=date(2020, 3, 1))

    after = told.version()

    assert {f.finding_kind for f in findings_of(before)} == {"status_against_text"}
    assert {f.finding_kind for f in findings_of(after)} == {"status_against_text", "evidence_outside_period"}


def test_an_answer_holds_for_the_next_version_while_the_same_is_wrong(told):
    finding = findings_of(told.version())[0]
    answer_finding(finding, outcome=Outcome.EXPLAINED, text="Второй день семинара", by=told.executor)

    again = shown_of(told.version())[0]

    assert (again.state, again.answers[0].author, again.answers[0].text) == (
        "explained", told.executor, "Второй день семинара",
    )  # fmt: skip


def test_an_answer_stands_in_the_journal_of_the_measure_with_a_name(told):
    finding = findings_of(told.version())[0]
    answer_finding(finding, outcome=Outcome.DISMISSED, text="Речь о другом семинаре", by=told.coordinator)

    entry = history_of(told.measures[0])[0]

    assert (entry.action, entry.actor_name) == ("measure.dismiss", told.coordinator.name)
    assert entry.changes["outcome"] == [None, "dismissed"]


def test_the_executor_explains_and_does_not_dismiss(told):
    finding = findings_of(told.version())[0]

    with pytest.raises(NotYours):
        answer_finding(finding, outcome=Outcome.DISMISSED, text="Нет противоречия", by=told.executor)
    with pytest.raises(Invalid):
        answer_finding(finding, outcome=Outcome.EXPLAINED, text=" ", by=told.executor)


def test_a_reader_answers_nothing_and_a_stranger_sees_nothing(told):
    finding = findings_of(told.version())[0]
    reader = factories.person(Role.READER, organisation=told.plan.organisation)

    with pytest.raises(NotYours):
        answer_finding(finding, outcome=Outcome.EXPLAINED, text="Так и есть", by=reader)
    with pytest.raises(NotFound):
        finding_of(finding.id, seen_by=factories.coordinator())


def test_checking_again_finds_the_same_and_keeps_the_answers(told):
    version = told.version()
    finding = findings_of(version)[0]
    answer_finding(finding, outcome=Outcome.EXPLAINED, text="Второй день", by=told.executor)

    assert check_again(version, by=told.secretary) == 1
    assert [each.state for each in shown_of(version)] == ["explained"]


def test_the_page_of_the_report_shows_the_reason_and_leads_to_the_answer(told, signed_in):
    version = told.version()
    browser = signed_in(told.coordinator)
    page = browser.get(f"/reports/{version.report_id}").get_data(as_text=True)
    finding = findings_of(version)[0]

    sent = post(browser, f"/reports/findings/{finding.id}", {"outcome": "dismissed", "text": "Это цитата"})

    assert "Противоречия: 1" in page
    assert "перенесён" in page
    assert sent.status_code == 303
    assert [each.state for each in shown_of(version)] == ["dismissed"]


def test_an_act_repealed_before_the_deed_is_named(told):
    from documents.models import Relation
    from tests.documents import archive

    clerk = factories.person(Role.CLERK, organisation=told.plan.organisation)
    ground = archive.filed(clerk, number="7-ОД", date=date(2020, 1, 10))
    repealing = archive.filed(clerk, number="90", date=date(2026, 2, 1))
    archive.cite(repealing, ground, by=clerk, relation=Relation.REPEALS)
    execute(told.measures[1], "Исполнено на основании приказа от 10.01.2020 № 7-ОД.", by=told)

    found = {f.finding_kind: f for f in findings_of(told.version()) if f.measure_id == told.measures[1].id}

    assert "№ 7-ОД" in found["repealed_act"].words["act"]
