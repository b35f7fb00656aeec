"""The real year 002 in a browser: imported, told, reviewed by keys, voted on a phone, downloaded.

What people do by the dozen (most answers, the marks of eight members, one earlier sitting) is done by
services; every kind of page is driven once.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from core.clock import today
from core.db import db
from core.filters import dmy
from council.models import Council, Sitting
from reports.models import ReportVersion
from roadmap.models import Measure, Plan
from roadmap.queries.measures import measures_of
from tests import factories, uploads
from tests.browser.checking import NARROW, overflow, violations
from tests.browser.conftest import windows
from tests.council.town import (
    BEGINNING,
    REVIEW,
    SITTING,
    TITLE,
    VAGUE,
    Town,
    check_paper,
    look_at_everything,
    real_rows,
    returned_place,
    rows_left,
    tell_year,
    texts,
)
from tests.reports.real_year import INPUTS, needs_inputs

ROWS = 19


class Office:
    """The town with its windows: who sits before which page."""

    def __init__(self, town: Town, open_window: Callable[..., Page], clock: Any) -> None:
        self.town, self.open_window, self.clock = town, open_window, clock
        self.rows = real_rows()
        self.place = returned_place(self.rows)
        self.pages: dict[tuple[int, date], Page] = {}

    def at(self, person: User, address: str, *, width: int = 1280) -> Page:
        """The window of the person, signed in anew every day, at that page."""
        key = (person.id, today())
        if key not in self.pages:
            self.pages[key] = self.open_window(factories.session_of(person), width=width)
        self.pages[key].goto(address)
        return self.pages[key]

    @property
    def measure(self) -> Measure:
        """The one that the council returns."""
        db.session.rollback()
        return measures_of(db.session.query(Plan).one())[self.place]

    @property
    def version(self) -> ReportVersion:
        db.session.rollback()
        return db.session.query(ReportVersion).order_by(ReportVersion.id.desc()).first()

    @property
    def review(self) -> str:
        return f"/reports/{self.version.report_id}/versions/{self.version.number}/review"

    @property
    def sitting(self) -> str:
        db.session.rollback()
        return f"/sittings/{db.session.query(Sitting).order_by(Sitting.id.desc()).first().id}"

    def press(self, page: Page, name: str) -> None:
        """Press a button whose page comes back."""
        with page.expect_navigation():
            page.get_by_role("button", name=name).first.click()


@pytest.fixture
def office(chromium: Browser, make_app: Callable[..., Any]) -> Iterator[Office]:
    app = make_app()
    with (
        time_machine.travel(BEGINNING, tick=True) as clock,
        windows(chromium, app) as open_window,
        app.app_context(),
    ):
        yield Office(Town(), open_window, clock)


@needs_inputs
def test_the_real_year_is_carried_through_the_pages(office: Office, tmp_path: Path) -> None:
    the_council_is_founded(office)
    the_plan_is_imported(office)
    the_year_is_told(office)

    office.clock.move_to(REVIEW)
    the_report_is_sent(office)
    the_sitting_is_planned(office)
    rows_are_gone_through_by_keys(office)
    the_remark_is_answered(office)
    the_second_version_is_looked_at(office)

    office.clock.move_to(SITTING)
    the_sitting_is_opened_and_voted_on(office)
    the_decision_is_announced_and_signed(office)
    paper = downloaded(office, tmp_path)

    check_paper(paper)
    assert [complaint for page in office.pages.values() for complaint in page.complaints] == []


def the_council_is_founded(office: Office) -> None:
    town = office.town
    page = office.at(town.secretary, "/councils/new")
    page.get_by_label("Название").fill("Совет руководителей")
    page.get_by_label("На чём рассматривают отчёт").fill("Совете руководителей")
    page.get_by_label("Кворум").select_option("two_thirds")
    page.get_by_label("Норма, по которой действует").fill("п. 3.4 Положения о Совете")
    page.get_by_label("Журнал протоколов").select_option("Протоколы Совета руководителей")
    office.press(page, "Сохранить")
    page.get_by_role("link", name="Назвать члена совета").click()
    page.get_by_label("Учётная запись").select_option(str(town.chair.id))
    page.get_by_label("Кем является в совете").select_option("chair")
    page.get_by_label("С какого дня").fill("01.09.2019")
    office.press(page, "Сохранить")

    db.session.rollback()
    town.council = db.session.query(Council).one()
    assert town.council.rule_set.quorum == "two_thirds"
    town.name_members()
    assert town.hold_the_first_sitting().number == "1"


def the_plan_is_imported(office: Office) -> None:
    page = office.at(office.town.coordinator, "/roadmaps/import")
    page.locator("input[type=file]").set_input_files(INPUTS / "002_roadmap_plan.docx")
    office.press(page, "Прочитать файл")
    expect(page.get_by_role("heading", name="Сверка с файлом")).to_be_visible(timeout=30_000)
    office.press(page, "Создать дорожную карту")

    expect(page.get_by_text(f"Готово: {ROWS} мероприятий")).to_be_visible()


def the_year_is_told(office: Office) -> None:
    """One answer says too little; it is given and accepted on its pages."""
    measures = measures_of(db.session.query(Plan).one())
    told = list(zip(measures, office.rows, strict=True))
    tell_year(office.town, told[: office.place] + told[office.place + 1 :])
    answer(office, VAGUE, proof=uploads.docx_bytes("Протокол совещания"))


def answer(office: Office, text: str, *, proof: bytes = b"") -> None:
    number = office.measure.id
    page = office.at(office.town.executor, f"/measures/{number}")
    page.locator("#claim").get_by_text("Исполнено", exact=True).click()
    page.get_by_label("Что сделано").fill(text)
    page.get_by_label("Когда исполнено").fill(dmy(office.measure.control_date))
    if proof:
        file = {"name": "Протокол.docx", "mimeType": "application/msword", "buffer": proof}
        page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Отправить на проверку").click()
    until(page, lambda: office.measure.state == "submitted")

    check = office.at(office.town.coordinator, f"/measures/{number}/check")
    office.press(check, "Принять")
    assert office.measure.state == "executed"


def the_report_is_sent(office: Office, note: str = "") -> None:
    plan = db.session.query(Plan).one().id
    page = office.at(office.town.coordinator, f"/roadmaps/{plan}/report")
    page.get_by_label("Заголовок").fill(TITLE)
    page.get_by_label("Пометка к версии").fill(note)
    office.press(page, "Собрать отчёт")
    expect(page.get_by_text("Собрана версия")).to_be_visible(timeout=30_000)
    office.press(page, "Отправить Совету")
    assert office.version.state == "submitted" if not note else True


def the_sitting_is_planned(office: Office) -> None:
    page = office.at(office.town.secretary, f"/councils/{office.town.council.id}/sittings/new")
    page.get_by_label("День", exact=True).fill(dmy(SITTING.date()))
    page.get_by_label("Начало").fill("10:00")
    office.press(page, "Сохранить")
    page.get_by_role("link", name="Добавить вопрос").click()
    page.get_by_label("Отчёт", exact=True).select_option(str(office.version.id))
    page.get_by_label("Вопрос", exact=True).fill("Об отчёте за 2020 год")
    office.press(page, "Сохранить")
    office.press(page, "Разослать повестку")

    assert office.version.state == "under_review"
    expect(page.get_by_text("Повестка разослана").first).to_be_visible()


def rows_are_gone_through_by_keys(office: Office) -> None:
    """Every row is marked by Space; the vague one goes back to its executor with a remark."""
    careful, *others = office.town.members[3:4] + office.town.members[:3] + office.town.members[4:]
    look_at_everything(office.version, others)
    page = office.at(careful, office.review)
    page.locator("[data-see]").first.focus()
    for _row in range(ROWS):
        page.keyboard.press("Space")
    until(page, lambda: rows_left(office.version, careful) == [])

    page.locator("[data-see]").nth(office.place).focus()
    for key in ("Enter", *"Назовите документ", "Tab", "ArrowDown", "Tab", "Space", "Control+Enter"):
        page.keyboard.press(key) if len(key) > 1 else page.keyboard.type(key)
    expect(page.locator("[data-row] .com").first).to_contain_text("Назовите документ")
    expect(page.locator("[data-row] .com").first).to_contain_text("исполнителю")
    assert (office.version.open_blockers, office.measure.state) == (1, "in_progress")


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what the page sends in the background."""
    for _try in range(300):
        db.session.rollback()
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it has not come about within half a minute")


def the_remark_is_answered(office: Office) -> None:
    """The executor says what was asked, in the row and under the remark; the secretary accepts it."""
    page = office.at(office.town.executor, "/remarks")
    page.get_by_text("Ответить", exact=True).first.click()
    page.get_by_label("Ответ на замечание").fill("Документ назван")
    office.press(page, "Ответить")
    answer(office, office.rows[office.place]["report"])

    secretary = office.at(office.town.secretary, f"/reports/{office.version.report_id}")
    secretary.get_by_text("Вернуть с замечаниями").first.click()
    secretary.get_by_label("Причина").fill("Строку уточнил исполнитель")
    office.press(secretary, "Вернуть с замечаниями")
    assert office.version.state == "returned"


def the_second_version_is_looked_at(office: Office) -> None:
    """Only the changed row has to be looked at again."""
    the_report_is_sent(office, "Уточнено по замечанию Совета")
    town, careful = office.town, office.town.members[3]
    page = office.at(town.secretary, office.sitting)
    page.get_by_role("link", name="Изменить вопрос 1").click()
    page.get_by_label("Отчёт", exact=True).select_option(str(office.version.id))
    office.press(page, "Сохранить")
    page.goto(office.review)
    page.get_by_role("button", name="Ответ принят").click()
    until(page, lambda: office.version.open_blockers == 0)
    assert office.version.number == 2

    assert rows_left(office.version, careful) == [office.measure.id]
    review = office.at(careful, office.review)
    expect(review.get_by_text("строка изменена")).to_have_count(1)
    review.locator("[data-see]:not(:checked)").focus()
    review.keyboard.press("Space")
    until(review, lambda: rows_left(office.version, careful) == [])
    look_at_everything(office.version, town.members)


def the_sitting_is_opened_and_voted_on(office: Office) -> None:
    """One member reads, comes and votes on a phone; the secretary puts the others down."""
    town = office.town
    phone = office.at(town.members[7], office.review, width=NARROW)
    assert overflow(phone) == []
    phone.goto(office.sitting)
    office.press(phone, "Я на видеосвязи")
    live = office.at(town.secretary, f"{office.sitting}/live")
    for row in live.locator("#attendance fieldset").all()[:8]:
        if not row.locator("input:checked").count():
            row.locator("input[value=present]").check()
    office.press(live, "Записать явку")
    expect(live.get_by_text("кворум есть")).to_be_visible()
    office.press(live, "Открыть заседание")
    office.press(live, "Начать голосование")

    phone.reload()
    phone.get_by_text("За с замечаниями", exact=True).click()
    phone.get_by_label("Замечание").fill("Добавить выводы")
    office.press(phone, "Проголосовать")
    expect(phone.get_by_text("Ваш голос:")).to_be_visible()
    assert (overflow(phone), violations(phone)) == ([], [])
    office.press(live, "Единогласно за")


def the_decision_is_announced_and_signed(office: Office) -> None:
    town = office.town
    live = office.at(town.secretary, f"{office.sitting}/live")
    live.get_by_role("link", name="Записать ход и решение").click()
    live.get_by_label("Слушали").fill("Доклад координатора")
    points = (
        ("Отчёт рассмотреть", "", ""),
        ("Разместить отчёт на сайте", "Комитет образования", "до 05.02.2021"),
    )
    for place, (text, who, due) in enumerate(points):
        live.get_by_label("Что решили").nth(place).fill(text)
        live.get_by_label("Ответственный").nth(place).fill(who)
        live.get_by_label("Срок").nth(place).fill(due)
    office.press(live, "Сохранить")
    chair = office.at(town.chair, office.sitting)
    office.press(chair, "Объявить решение")
    expect(chair.get_by_text("Рассмотрен").first).to_be_visible()

    office.press(live, "Закрыть заседание")
    office.press(live, "Составить протокол")
    office.press(live, "Отметить подписание")
    expect(live.get_by_text("Протокол от 27.01.2021 № 2").first).to_be_visible()


def downloaded(office: Office, folder: Path) -> Path:
    """The stamped report, from the button of its page; the minutes carry its sum."""
    page = office.at(office.town.coordinator, f"/reports/{office.version.report_id}")
    with page.expect_download() as waited:
        page.get_by_role("link", name="Word").first.click()
    waited.value.save_as(folder / "report.docx")
    page.goto(office.sitting)
    with page.expect_download() as waited:
        page.get_by_role("link", name="полный").click()
    waited.value.save_as(folder / "minutes.docx")
    said = texts(folder / "minutes.docx")
    assert any(str(office.version.stamped_sha256) in line for line in said)
    return folder / "report.docx"
