"""The pages of the review: who gets them, what stands on them, how often they ask the database."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine

from accounts.models import Role
from accounts.services.people import revoke
from core.audit import SYSTEM, record
from core.clock import now, today
from core.db import db, transaction
from core.outbox import Task
from core.worker import run_due
from council.models import Addressee, Remark, RowMark
from council.queries.review_access import looked_at
from council.services.review_remarks import answer_remark
from council.services.review_reminders import remind_before_sittings
from reports.services import begin_report, make_version
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report as Said
from roadmap.services.answers import report as tell
from roadmap.services.carrying import carry_over
from roadmap.services.plans import PlanFacts
from tests import factories
from tests.council.review_scene import build, found_council, join, plan_sitting, put_on_agenda
from tests.pages import faults, filled, form_to, parse, post, text_of
from tests.roadmap.test_query_counts import asked

PAGE = 8


def numbers(page: str) -> list[str]:
    return [
        text_of(node) for node in parse(page).xpath("//tr[@data-row]//td[contains(@class,'c-see')]//span[1]")
    ]


def row(page: str, number: str):
    return next(node for node in parse(page).xpath("//tr[@data-row]") if text_of(node).startswith(number))


def test_members_and_those_who_answer_get_the_page_and_nobody_else(session, signed_in):
    scene, other = build(), build()
    address = scene.page(scene.version())
    other.version()
    reader = factories.person(Role.READER, organisation=scene.town)

    for person in (scene.member, scene.chair, scene.secretary, scene.coordinator):
        assert signed_in(person).get(address).status_code == 200
    for person in (other.member, other.secretary, other.coordinator):
        assert signed_in(person).get(address).status_code == 404
    for person in (reader, scene.executor):
        assert signed_in(person).get(address).status_code == 403


def test_a_member_of_another_council_of_the_same_district_does_not_get_it(session, signed_in):
    scene = build()
    version = scene.version()
    outsider = factories.person(Role.COUNCIL_MEMBER, organisation=scene.town)
    commission = found_council(scene.town, "Комиссия")
    join(commission, outsider)
    client = signed_in(outsider)
    assert client.get(scene.page(version)).status_code == 404

    put_on_agenda(plan_sitting(commission), version)

    assert client.get(scene.page(version)).status_code == 200


def test_a_seat_that_has_ended_or_a_role_that_was_taken_closes_the_page(session, signed_in):
    scene = build()
    address = scene.page(scene.version())
    revoke(scene.chair, Role.COUNCIL_MEMBER, organisation=scene.town, by=SYSTEM)
    with transaction():
        seat = scene.council.seat_of(scene.member)
        seat.until = today() - timedelta(days=1)
        record(scene.council, "council.edit", by=SYSTEM)

    assert signed_in(scene.member).get(address).status_code == 404
    assert signed_in(scene.chair).get(address).status_code == 403


def test_a_page_of_rows_is_marked_by_a_plain_form(session, signed_in):
    scene = build()
    version = scene.version()
    scene.look(version, 3)
    client, ids = signed_in(scene.member), [measure.id for measure in scene.measures]

    answer = post(
        client, scene.page(version, "/marks"), {"row": ids, "seen": ids[:2]}, page=scene.page(version)
    )

    assert answer.status_code == 303
    assert {number for number, _digest in looked_at(version.report_id, scene.member)} == set(ids[:2])
    page = client.get(scene.page(version)).text
    assert [box.get("value") for box in parse(page).xpath("//input[@data-see][@checked]")] == [
        str(number) for number in ids[:2]
    ]


def test_a_script_marks_one_row_and_is_told_the_figures(session, signed_in):
    scene = build()
    version = scene.version()
    client, number = signed_in(scene.member), scene.measures[0].id
    sent = {"row": number, "seen": number}

    answer = post(
        client, scene.page(version, "/marks"), sent, page=scene.page(version),
        headers={"Accept": "application/json"},
    )  # fmt: skip

    assert answer.json == {"seen": 1, "total": 4}


def test_a_remark_is_left_answered_and_closed_on_the_page(session, signed_in):
    scene = build()
    version = scene.version()
    address, measure = scene.page(version), scene.measures[1]
    said = {"row": measure.id, "text": "58 или 63?", "needs_answer": "y", "addressee": "coordinator"}

    made = post(signed_in(scene.member), f"{address}/remarks", said, page=address)

    assert made.status_code == 303 and made.location.endswith(f"at={measure.id}#r-{measure.id}")
    remark = db.session.query(Remark).one()
    coordinator = signed_in(scene.coordinator)
    page = coordinator.get(address).text
    assert "Нужен ответ до утверждения" in text_of(row(page, "1.2"))
    form = form_to(page, f"/remarks/{remark.id}/answer")
    answer = coordinator.post(form.get("action"), data=filled(form) | {"text": "58 человек"})
    assert answer.status_code == 303 and answer.location.startswith(address)
    member = signed_in(scene.member)
    assert "58 человек" in text_of(row(member.get(address).text, "1.2"))
    closing = form_to(member.get(address).text, f"/remarks/{remark.id}/resolve")
    assert member.post(closing.get("action"), data=filled(closing)).status_code == 303
    assert "Учтено" in text_of(row(member.get(address).text, "1.2"))


def test_an_executor_answers_on_the_page_of_remarks(session, signed_in):
    scene = build()
    remark = scene.remark(scene.version(), needs_answer=True)
    client = signed_in(scene.executor)
    page = client.get("/remarks").text
    assert faults(page) == []

    form = form_to(page, f"/remarks/{remark.id}/answer")
    answer = client.post(form.get("action"), data=filled(form) | {"text": "58"})

    assert answer.location.endswith("/remarks")
    assert "Замечаний без ответа нет" in text_of(parse(client.get("/remarks").text))


def test_filters_show_what_they_say(session, signed_in):
    scene = build()
    scene.finish(0)
    first = scene.version()
    scene.look(first, 0, 1, 2)
    scene.remark(first, 2)
    scene.write(1, "Перенесено")
    second = scene.next_version(first)
    client = signed_in(scene.member)

    def shown(show: str) -> list[str]:
        return numbers(client.get(scene.page(second, f"?show={show}")).text)

    assert shown("") == ["1.1", "1.2", "1.3", "1.4"]
    assert shown("unseen") == ["1.2", "1.4"]
    assert shown("remarks") == ["1.3"]
    assert shown("open") == ["1.2", "1.3", "1.4"]
    assert shown("changed") == ["1.2"]
    assert shown("nonsense") == ["1.1", "1.2", "1.3", "1.4"]


def test_a_new_version_is_announced_with_the_rows_that_changed(session, signed_in):
    scene = build()
    first = scene.version()
    scene.look(first, 0, 1)
    scene.write(1, "Перенесено")
    second = scene.next_version(first)
    client = signed_in(scene.member)

    old, new = client.get(scene.page(first)).text, client.get(scene.page(second)).text

    for page in (old, new):
        assert "Вышла версия 2" in page and "Изменены строки: 1.2." in page
    assert scene.page(second) in old
    assert "строка изменена" in text_of(row(new, "1.2"))
    assert "Вышла версия" not in signed_in(scene.coordinator).get(scene.page(second)).text


def test_rows_are_compared_with_the_version_before(session, signed_in):
    scene = build()
    scene.write(0, "участвовали 58 человек")
    first = scene.version()
    scene.write(0, "участвовали 63 человека")
    second = scene.next_version(first)

    page = signed_in(scene.member).get(scene.page(second, "?compare=version")).text

    assert [text_of(n) for n in row(page, "1.1").xpath(".//del")] == ["58", "человек"]
    assert [text_of(n) for n in row(page, "1.1").xpath(".//ins")] == ["63", "человека"]
    assert faults(page) == []


def test_rows_are_compared_with_last_years_report(session, signed_in):
    """Measures that were carried over meet by their origin, the others by number and title."""
    with time_machine.travel(datetime(2026, 1, 20, 9, 0, tzinfo=UTC)):
        scene = build(3)
        scene.write(0, "участвовали 58 человек")
        last = make_version(scene.report, as_of=now(), by=scene.coordinator)
    with time_machine.travel(datetime(2027, 1, 20, 9, 0, tzinfo=UTC)):
        chosen = [measure.id for measure in scene.measures]
        plan = carry_over(scene.plan, PlanFacts("Карта", 2027, 2027), chosen=chosen, by=scene.coordinator)
        carried = measures_of(plan)
        tell(carried[0], Said("участвовали 63 человека"), by=scene.coordinator)
        scene.report = begin_report(plan, title="Отчёт", period="2027 год", by=scene.coordinator)
        version = scene.version()
        client = signed_in(scene.member)
        assert "Сравнить с отчётом" in client.get(scene.page(version)).text

        page = client.get(scene.page(version, "?compare=year")).text

    assert last.report_id != version.report_id
    first = row(page, carried[0].number)
    assert [text_of(n) for n in first.xpath(".//del")][-2:] == ["58", "человек"]


def test_evidence_of_a_row_is_read_on_the_page_by_those_who_may(session, signed_in):
    scene = build()
    scene.finish(0)
    version = scene.version()

    page = signed_in(scene.member).get(scene.page(version)).text

    proofs = row(page, "1.1").xpath(".//details//li/a/@href")
    assert proofs and re.fullmatch(r"/documents/\d+", proofs[0])
    assert "1 подтверждение" in text_of(row(page, "1.1"))
    assert "подтверждений нет" in text_of(row(page, "1.2"))


def test_a_row_that_came_back_for_rework_says_so(session, signed_in):
    scene = build()
    scene.answer(0)
    version = scene.version()
    scene.remark(version, 0, addressee=Addressee.EXECUTOR)

    page = signed_in(scene.member).get(scene.page(version)).text

    assert "сейчас: На доработке" in text_of(row(page, "1.1"))


@pytest.mark.parametrize("show", ["", "unseen"])
def test_every_row_is_reached_page_by_page(session, signed_in, show, monkeypatch):
    monkeypatch.setattr("council.views.review_reading.PAGE", PAGE)
    scene = build(PAGE * 2 + 3)
    version = scene.version()
    client, address, met = signed_in(scene.member), scene.page(version, f"?show={show}"), []

    while address:
        page = client.get(address).text
        met += numbers(page)
        address = (parse(page).xpath("//a[@rel='next']/@href") or [""])[0]

    assert len(met) == len(set(met)) == PAGE * 2 + 3
    back = parse(page).xpath("//a[@rel='prev']/@href")[0]
    assert numbers(client.get(back).text) == met[PAGE : 2 * PAGE]
    spot = scene.measures[PAGE + 5]
    assert spot.number in numbers(client.get(scene.page(version, f"?at={spot.id}")).text)


def test_the_page_asks_no_more_for_many_rows_and_remarks_than_for_few(session, signed_in):
    counts = []
    for many in (2, 12):
        scene = build(many)
        for place in range(many // 2):
            scene.finish(place)
        version = scene.version()
        for place in range(many):
            answer_remark(scene.remark(version, place), "58", by=scene.coordinator)
        people = (scene.member, scene.secretary, scene.coordinator)
        pages = [scene.page(version), scene.page(version, "?compare=version")]
        counts.append([asked(signed_in(person), page) for person in people for page in pages])
        counts[-1].append(asked(signed_in(scene.secretary), scene.page(version, "/progress")))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25


def test_the_progress_is_for_the_secretary_and_the_chair(session, signed_in):
    scene = build()
    version = scene.version()
    scene.look(version, 0)
    address = scene.page(version, "/progress")

    page = signed_in(scene.secretary).get(address).text

    assert "1 из 4" in page and faults(page) == []
    assert signed_in(scene.chair).get(address).status_code == 200
    assert signed_in(scene.member).get(address).status_code == 404
    assert signed_in(scene.coordinator).get(address).status_code == 404


def letters(app) -> list[str]:
    folder = app.config["SETTINGS"].data / "outgoing"
    found = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in sorted(folder.glob("*.eml"))]
    return [f"{m['To']}: {m['Subject']}" for m in found]


def test_the_secretary_reminds_those_who_have_not_looked_once_a_day(session, signed_in, app):
    scene = build()
    version = scene.version()
    scene.look(version, 0, 1, 2, 3, by=scene.chair)
    client, page = signed_in(scene.secretary), scene.page(version, "/progress")

    assert post(client, scene.page(version, "/remind"), page=page).status_code == 303
    run_due()

    told = letters(app)
    assert sorted(line.split(":")[0] for line in told) == sorted([scene.member.email, scene.secretary.email])
    assert "просмотрите отчёт" in told[0]
    again = client.get(page).text
    assert scene.member.name in again and "Последнее напоминание" in again
    assert post(client, scene.page(version, "/remind"), page=page).status_code == 409
    assert (
        post(signed_in(scene.member), scene.page(version, "/remind"), page=scene.page(version)).status_code
        == 403
    )


def test_letters_go_out_before_a_sitting_to_those_who_wish_for_them(session, app):
    scene = build()
    version = scene.version()
    scene.look(version, 0, 1, 2, 3, by=scene.chair)

    remind_before_sittings()
    remind_before_sittings()

    tasks = [t for t in db.session.query(Task) if t.name == "review.remind"]
    assert len(tasks) == 2
    scene.look(version, 0, 1, 2, 3)
    run_due()
    assert [line.split(":")[0] for line in letters(app)] == [scene.secretary.email]


def test_nobody_but_members_leaves_marks_and_remarks(session, signed_in):
    scene = build()
    version = scene.version()
    address, number = scene.page(version), scene.measures[0].id
    coordinator = signed_in(scene.coordinator)

    marked = post(coordinator, f"{address}/marks", {"row": number, "seen": number}, page=address)
    said = post(coordinator, f"{address}/remarks", {"row": number, "text": "?"}, page=address)

    assert (marked.status_code, said.status_code) == (403, 403)
    assert db.session.query(RowMark).count() == db.session.query(Remark).count() == 0


def test_what_is_printed_in_a_report_is_shown_as_text(session, signed_in):
    scene = build()
    scene.write(0, "<script>alert(1)</script>")
    version = scene.version()
    scene.remark(version, 0, "<b>жирно</b>")

    page = signed_in(scene.member).get(scene.page(version)).text

    assert "<script>alert" not in page and "<b>жирно" not in page
    assert faults(page) == []
