"""Execution discipline: every assignment counted once, its figures opened, its files sound."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from core.db import db
from orders.queries.discipline import Span, discipline, drilled
from orders.services.drafting import ItemFacts
from orders.services.exports import discipline_docx, discipline_xlsx
from orders.views.discipline import MARKS
from roadmap.models import Claim
from roadmap.services.answers import Report
from roadmap.services.extensions import grant_extension, request_extension
from tests import factories
from tests.orders.scene import TODAY
from tests.roadmap.scene import put_into
from workflow.measure import MeasureState

YEAR = Span(date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
def five(scene):
    """Five items of one school: in time, late, overdue, open and extended."""
    days = ("01.03.2027", "02.03.2027", "03.03.2027", "01.06.2027", "01.07.2027")
    items = tuple(
        ItemFacts(f"Доложить {n}.", executor="Школа № 1", due_text=f"до {day}") for n, day in enumerate(days)
    )
    order = scene.controlled(items=items)
    in_time, late, _overdue, _open, extended = order.measures
    put_into(in_time, state=MeasureState.EXECUTED, actual_date=in_time.control_date)
    put_into(late, state=MeasureState.EXECUTED, actual_date=TODAY)
    asked = request_extension(extended, wanted_end=date(2027, 8, 2), reason="Болезнь", by=scene.executor)
    grant_extension(asked, new_end=date(2027, 8, 2), ground="резолюция", by=scene.head)
    db.session.expire_all()
    return order


def test_every_item_is_counted_once(scene, five):
    found = discipline(YEAR, by="organisation", seen_by=scene.head)

    counts = {"in_time": 1, "late": 1, "overdue": 1, "open": 2, "not_done": 0, "extended": 1}
    assert [(line.name, line.counts, line.total) for line in found.rows] == [("Школа № 1", counts, 5)]
    assert found.total.counts == counts
    assert found.total.share == pytest.approx(1 / 3)


def test_a_figure_opens_its_items(scene, five):
    for mark, count in (("in_time", 1), ("open", 2), ("extended", 1), ("", 5), ("not_done", 0)):
        assert len(drilled(YEAR, by="organisation", who="Школа № 1", mark=mark, seen_by=scene.head)) == count
    assert drilled(YEAR, by="organisation", who="Школа № 2", mark="", seen_by=scene.head) == []


def test_only_terms_of_the_span_and_only_what_one_may_see(scene, five):
    assert discipline(Span(TODAY, TODAY), by="organisation", seen_by=scene.head).rows == []
    assert discipline(YEAR, by="organisation", seen_by=scene.stranger).rows == []


def test_by_person_the_named_ones_stand_apart(scene, five):
    from roadmap.services.executors import Link, link_executors

    link_executors(five.plan, {"Школа № 1": Link(user_id=scene.executor.id)}, by=scene.head)
    db.session.expire_all()

    found = discipline(YEAR, by="person", seen_by=scene.head)

    assert [line.name for line in found.rows] == [scene.executor.short_name]


def test_the_workbook_has_the_figures_and_no_formulas(scene):
    nasty = '=HYPERLINK("http://example.ru")'
    scene.controlled(items=(ItemFacts("Доложить.", executor=nasty, due_text="до 01.06.2027"),))
    found = discipline(YEAR, by="organisation", seen_by=scene.head)

    data = discipline_xlsx(found, YEAR, MARKS)

    page = openpyxl.load_workbook(data).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[1][:3] == ("Исполнитель", "Всего", "В срок")
    assert rows[2][:2] == (nasty, 1) and rows[3][0] == "Всего"
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_the_word_file_has_the_same_table(scene, five, tmp_path):
    found = discipline(YEAR, by="organisation", seen_by=scene.head)

    discipline_docx(found, YEAR, MARKS, out=tmp_path / "report.docx")

    table = docx.Document(str(tmp_path / "report.docx")).tables[0]
    assert [cell.text for cell in table.rows[1].cells][:4] == ["Школа № 1", "5", "1", "1"]


def test_the_files_come_from_their_addresses(scene, signed_in):
    client = signed_in(scene.head)

    for ending, inside in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        answer = client.get(f"/orders/discipline.{ending}?since=01.01.2027&until=31.12.2027")
        assert inside in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
        assert "attachment" in answer.headers["Content-Disposition"]


def test_a_claim_that_is_not_accepted_is_not_executed(scene):
    order = scene.controlled(items=(ItemFacts("Доложить.", executor="Школа № 1", due_text="до 01.06.2027"),))
    from roadmap.services.answers import report

    report(order.measures[0], Report("Готово", Claim.EXECUTED, TODAY), by=scene.executor)

    assert discipline(YEAR, by="organisation", seen_by=scene.head).total.counts["in_time"] == 0
    assert factories.coordinator(scene.town)
