"""One real year: plan 002 carried out, reported, reviewed, decided on, stamped with its protocol."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from council.models import Addressee, Choice, Presence, Sitting
from council.queries.review import unpassed_rows
from council.services.agenda import ItemFacts, add_item, edit_item
from council.services.attendance import check_in, mark_attendance
from council.services.deciding import DecisionFacts, decide_item, note_item
from council.services.review_remarks import RemarkFacts, answer_remark, make_remark, resolve_remark
from council.services.sittings import SittingFacts, open_sitting, plan_sitting, send_agenda
from council.services.voting import cast_vote, enter_vote, open_voting
from documents.services import local_copy
from orders.services.control import confirm_proposals
from reports.models import Report, ReportVersion
from reports.services import begin_report, move_version
from roadmap.models import Claim, Measure
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report as Said
from roadmap.services.answers import submit
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
    run_tasks,
    tell_year,
    texts,
)
from tests.reports.real_year import import_plan, needs_inputs
from workflow.measure import MeasureState
from workflow.report import ReportState
from workflow.services import perform
from workflow.sitting import SittingState


@pytest.fixture
def year(session: Any) -> Iterator[Town]:
    with time_machine.travel(BEGINNING, tick=True):
        town = Town()
        town.found_council()
        yield town


@needs_inputs
def test_a_real_year_ends_with_the_protocol_on_its_report(year: Town) -> None:
    rows = real_rows()
    assert year.hold_the_first_sitting().number == "1"
    measures, report = carried_out(year, rows)

    with time_machine.travel(REVIEW, tick=True):
        version, sitting = reviewed(year, report, measures, rows)
    with time_machine.travel(SITTING, tick=True):
        sitting = decided(year, sitting)
        check_the_protocol(year, sitting, version)

    with local_copy(version.stamped_sha256, suffix=".docx") as path:
        check_paper(path)


def carried_out(year: Town, rows: list[dict[str, Any]]) -> tuple[list[Measure], Report]:
    """The plan, its year told as in the real report but for one answer that says too little."""
    plan = import_plan(year.town, year.coordinator)
    measures = measures_of(plan)
    place = returned_place(rows)
    said = [row | ({"report": VAGUE} if number == place else {}) for number, row in enumerate(rows)]
    tell_year(year, list(zip(measures, said, strict=True)))
    return measures, begin_report(plan, title=TITLE, period="2020 год", by=year.coordinator)


def reviewed(
    year: Town, report: Report, measures: list[Measure], rows: list[dict[str, Any]]
) -> tuple[ReportVersion, Sitting]:
    """Two versions before nine members: one row is returned to its executor, one remark is answered."""
    first = year.submitted(report)
    sitting = plan_sitting(year.council, SittingFacts(SITTING.date()), by=year.secretary)
    item = add_item(sitting, ItemFacts("Об отчёте за 2020 год", report_version=first), by=year.secretary)
    send_agenda(sitting, by=year.secretary)
    look_at_everything(first, year.members)
    place = returned_place(rows)
    to_work = RemarkFacts("Назовите документ", needs_answer=True, addressee=Addressee.EXECUTOR)
    returned = make_remark(first, measures[place].id, to_work, by=year.members[3])
    asked = RemarkFacts("Когда опубликовано?", needs_answer=True)
    remark = make_remark(first, measures[place + 1].id, asked, by=year.members[1])
    assert first.open_blockers == 2
    assert measures[place].state is MeasureState.IN_PROGRESS

    answer_remark(remark, "Опубликовано в декабре", by=year.coordinator)
    resolve_remark(remark, by=year.members[1])
    answer_again(year, measures[place], rows[place])
    answer_remark(returned, "Документ назван", by=year.executor)
    move_version(first, "send_back", by=year.secretary, note="Строку уточнил исполнитель")
    second = year.submitted(report, "Уточнено по замечанию Совета")
    edit_item(item, ItemFacts(item.title, report_version=second), by=year.secretary)
    resolve_remark(returned, by=year.secretary)

    assert (second.state, second.number, second.open_blockers) == (ReportState.UNDER_REVIEW, 2, 0)
    left = rows_left(second, year.members[5])
    assert left == [measures[place].id]
    look_at_everything(second, year.members)
    return second, sitting


def answer_again(year: Town, measure: Measure, said: dict[str, Any]) -> None:
    before = measure.actual_date
    again = Said(said["report"], Claim.EXECUTED, before, status_text=said["status"])
    submit(measure, again, by=year.executor)
    perform(measure, "accept", by=year.coordinator)


def decided(year: Town, sitting: Sitting) -> Sitting:
    """Eight come, one by video; eight are for, one of them with remarks; the protocol is signed."""
    sitting = year.seen(sitting)
    absent = sitting.voters[-1]
    marks = {s.id: Presence.PRESENT for s in sitting.voters[:-2]} | {absent.id: Presence.ABSENT}
    mark_attendance(sitting, marks, reasons={absent.id: "командировка"}, by=year.secretary)
    check_in(sitting, Presence.REMOTE, by=year.members[7])
    open_sitting(sitting, by=year.secretary)
    item = sitting.items[0]
    open_voting(item, by=year.secretary)
    for member in year.members[:6]:
        cast_vote(item, Choice.FOR, by=member)
    cast_vote(item, Choice.FOR_WITH_REMARKS, remark="Добавить выводы", by=year.members[6])
    enter_vote(item, sitting.voters[7], Choice.ABSTAINED, by=year.secretary)
    points = (
        DecisionFacts("Отчёт рассмотреть"),
        DecisionFacts("Разместить отчёт на сайте", "Комитет образования", "до 05.02.2021"),
    )
    note_item(item, heard="Доклад координатора", spoke="", decisions=points, by=year.secretary)
    decide_item(item, by=year.chair)
    return year.sign(sitting)


def check_the_protocol(year: Town, sitting: Sitting, version: ReportVersion) -> None:
    assert (sitting.number, sitting.document.number, sitting.date) == ("2", "2", date(2021, 1, 27))
    assert sitting.state is SittingState.MINUTES_SIGNED
    result = sitting.items[0].result
    assert (result["in_favour"], result["against"], result["abstained"]) == (7, 0, 1)
    assert version.state is ReportState.CONSIDERED
    assert version.protocol_id == sitting.document_id
    assert version.manifest["decision"]["protocol_sha256"] == sitting.document.latest.sha256
    assert unpassed_rows(version) == []
    made = confirm_proposals(sitting.order, by=year.coordinator)
    run_tasks("order.take_under_control")
    assert [m.title for m in made] == ["Разместить отчёт на сайте"]
    assert year.seen(sitting).items[0].decisions[1].measure_id == made[0].id
    with local_copy(sitting.document.latest.sha256, suffix=".docx") as path:
        said = texts(path)
    assert any(version.stamped_sha256 in line for line in said)
