"""The review of a report by the keyboard alone, in a real browser; and without scripts, page by page."""

import pytest

from core.clock import now
from core.db import db
from council.models import Council, Remark
from council.queries.review_access import looked_at
from council.views.review_reading import PAGE
from reports.services import begin_report, make_version, move_version
from roadmap.models import Plan, Section
from tests import factories
from tests.browser.checking import NARROW, overflow, violations
from tests.council.review_scene import plan_sitting, put_on_agenda
from tests.site import COORDINATOR, Actor, users

MEMBER, SECRETARY = Actor("council_member"), Actor("council_secretary")
ROWS = PAGE + 20
CURRENT = "document.activeElement.closest('tr')?.querySelector('.see span').textContent"


@pytest.fixture
def long_report(site):
    """A report of more than a page of rows, at the council; its address and its number."""
    with site.app.app_context():
        people = users(site)
        plan = db.session.get_one(Plan, site.ids["plan_id"])
        section = db.session.query(Section).filter_by(plan_id=plan.id).first()
        for number in range(ROWS - 3):
            factories.measure(section, number=f"7.{number + 1}", title=f"Семинар {number + 1}")
        report = begin_report(plan, title="Отчёт", period="2024 год", by=people[COORDINATOR])
        version = make_version(report, as_of=now(), by=people[COORDINATOR])
        move_version(version, "submit", by=people[COORDINATOR])
        move_version(version, "take_up", by=people[SECRETARY])
        council = db.session.query(Council).order_by(Council.id).first()
        put_on_agenda(plan_sitting(council), version)
        return f"/reports/{report.id}/versions/1/review", report.id


def looked(site, report_id: int) -> int:
    with site.app.app_context():
        return len(looked_at(report_id, users(site)[MEMBER]))


def test_rows_are_walked_marked_and_remarked_by_keys(site, open_as, long_report):
    address, report_id = long_report
    page = open_as(MEMBER)
    page.goto(address)
    page.locator("[data-see]").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    third = page.locator("[data-row]").nth(2)
    assert page.evaluate(CURRENT) == third.locator(".see span").first.text_content()
    assert page.locator("tr.is-cur").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.type("58 или 63 человека?")
    page.keyboard.press("Escape")
    assert page.evaluate(CURRENT) == third.locator(".see span").first.text_content()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.locator("[data-row] .com").first.wait_for()
    page.wait_for_function("document.activeElement.matches('[data-see]')")

    assert page.evaluate(CURRENT) == third.locator(".see span").first.text_content()
    assert page.locator("[data-seen]").text_content() == "2"
    assert violations(page) == []
    page.reload()
    assert page.locator("[data-see]:checked").count() == looked(site, report_id) == 2
    with site.app.app_context():
        assert db.session.query(Remark).order_by(Remark.id.desc()).first().text == "58 или 63 человека?"
    assert page.complaints == []


def test_the_keys_work_before_a_row_was_stepped_into(open_as, long_report):
    page = open_as(MEMBER)
    page.goto(long_report[0])

    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    stepped = page.evaluate(CURRENT)
    fourth = page.locator("[data-row]").nth(3)
    fourth.locator("td").nth(3).click()

    assert stepped == page.locator("[data-row]").nth(1).locator(".see span").first.text_content()
    assert page.evaluate(CURRENT) == fourth.locator(".see span").first.text_content()
    assert page.complaints == []


def test_every_row_is_marked_by_one_key_each_across_the_pages_and_then_comes_the_way_out(
    site, open_as, long_report
):
    address, report_id = long_report
    page = open_as(MEMBER)
    page.goto(address)
    page.locator("[data-see]").first.focus()

    for _row in range(ROWS):
        page.keyboard.press("Space")

    assert page.locator("[data-seen]").text_content() == str(ROWS)
    for _try in range(300):
        if looked(site, report_id) == ROWS:
            break
        page.wait_for_timeout(200)
    assert looked(site, report_id) == ROWS


def test_a_mark_that_is_not_kept_is_taken_back_and_said(open_as, long_report):
    page = open_as(MEMBER)
    page.goto(long_report[0])
    page.route("**/marks", lambda route: route.abort())
    page.locator("[data-see]").first.focus()

    page.keyboard.press("Space")
    page.locator("[data-problem]:not([hidden])").wait_for()

    assert page.locator("[data-see]:checked").count() == 0
    assert page.locator("[data-seen]").text_content() == "0"


def test_without_scripts_rows_are_marked_page_by_page(site, open_as, long_report):
    address, report_id = long_report
    page = open_as(MEMBER, scripts="off")
    page.goto(address)

    page.locator("[data-see]").nth(0).check()
    page.locator("[data-see]").nth(5).check()
    page.get_by_role("button", name="Сохранить отметки").click()

    assert looked(site, report_id) == 2
    assert page.locator("[data-see]").count() == ROWS - PAGE
    page.get_by_role("link", name="Предыдущие").click()
    assert page.locator("[data-see]:checked").count() == 2
    page.locator("[data-row]").nth(1).locator("summary").last.click()
    page.locator("[data-row]").nth(1).get_by_role("textbox").fill("Сколько было людей?")
    page.locator("[data-row]").nth(1).get_by_role("button", name="Оставить замечание").click()
    assert "Сколько было людей?" in page.locator("[data-row]").nth(1).text_content()


@pytest.mark.parametrize("actor", [MEMBER, SECRETARY, COORDINATOR], ids=str)
def test_the_page_is_in_order_on_a_phone_with_a_remark_open(open_as, long_report, actor):
    page = open_as(actor, width=NARROW)
    page.goto(long_report[0])
    for note in page.locator("[data-note] > summary").all()[:1]:
        note.click()

    assert violations(page) == []
    assert overflow(page) == []
