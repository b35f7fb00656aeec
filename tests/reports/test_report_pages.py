"""The pages on which a report is chosen, made, sent to the council and read."""

from typing import Any

from flask.testing import FlaskClient

from reports.models import Report, ReportVersion
from roadmap.services.measures import MeasureFacts, add_measure
from tests import factories
from tests.pages import faults, form_to, parse, post, text_of
from tests.reports.scene import scene


def made(session: Any) -> list[Report]:
    session.rollback()
    return list(session.query(Report).order_by(Report.id))


def test_a_quarter_is_chosen_and_names_itself(client: FlaskClient, session: Any, signed_in: Any) -> None:
    told = scene()
    add_measure(
        told.measures[0].section, MeasureFacts("9", "Смотр", due_text="до 15.02.2027"), by=told.coordinator
    )
    browser = signed_in(told.coordinator)
    address = f"/roadmaps/{told.plan.id}/report"
    page = browser.get(address)
    fields = dict(form_to(page.text, address).form_values())

    answer = post(browser, address, fields | {"shape": "quarter-2027-1"})

    assert answer.status_code == 303 and faults(page.text) == []
    report = made(session)[0]
    assert (report.shape, report.period) == ("quarter-2027-1", "I квартал 2027 года")
    assert report.title.endswith("за I квартал 2027 года")
    shown = browser.get(f"/reports/{report.id}").text
    assert "Смотр" in shown and "shape=quarter-2027-1" in shown and faults(shown) == []


def test_gaps_of_another_choice_are_shown_and_nothing_is_made(session: Any, signed_in: Any) -> None:
    told = scene()
    browser = signed_in(told.coordinator)
    address = f"/roadmaps/{told.plan.id}/report"
    fields = dict(form_to(browser.get(address).text, address).form_values())

    answer = post(browser, address, fields | {"shape": "overdue", "do": "preview"})

    assert answer.status_code == 200 and made(session) == []
    assert "Таких мероприятий нет" in answer.text


def test_two_plans_are_put_together_by_a_box_to_tick(session: Any, signed_in: Any) -> None:
    told = scene(1)
    school = factories.institution(told.plan.organisation, name="Лицей")
    other = factories.plan(by=factories.coordinator(school))
    factories.measure(factories.section(other), number=told.measures[0].number)
    browser = signed_in(told.coordinator)
    address = f"/roadmaps/{told.plan.id}/report"
    fields = dict(form_to(browser.get(address).text, address).form_values())

    post(browser, address, fields | {"others": str(other.id)})

    report = made(session)[0]
    page = browser.get(f"/reports/{report.id}").text
    assert [source.plan_id for source in report.sources] == [other.id]
    assert "Лицей: ответа нет" in text_of(parse(page)) and f"with={other.id}" in page


def test_the_report_goes_to_the_council_by_buttons(session: Any, signed_in: Any) -> None:
    told = scene()
    version = told.version()
    here = f"/reports/{version.report_id}"
    coordinator = signed_in(told.coordinator)

    sent = post(coordinator, f"{here}/versions/1/moves/submit", page=here)
    secretary = signed_in(told.secretary)
    page = secretary.get(here).text
    post(secretary, f"{here}/versions/1/moves/take_up", page=here)
    back = post(secretary, f"{here}/versions/1/moves/send_back", {"note": "Нет приказа"}, page=here)

    assert (sent.status_code, back.status_code) == (303, 303)
    assert "Принять к рассмотрению" in page and "Утвердить" not in page
    session.rollback()
    session.refresh(version)
    assert version.state == "returned"


def test_a_decided_report_shows_its_decision_and_gives_the_stamped_file(session: Any, signed_in: Any) -> None:
    told = scene()
    version: ReportVersion = told.decided()
    browser = signed_in(told.coordinator)

    page = browser.get(f"/reports/{version.report_id}").text
    file = browser.get(f"/reports/{version.report_id}/versions/1.docx")

    assert "Рассмотрен на Совете руководителей" in page and str(version.stamped_sha256) in page
    assert len(file.data) == version.stamped_size and faults(page) == []
    listed = browser.get("/reports").text
    assert "Рассмотрен" in listed and "Исполнительская дисциплина" in listed
