"""The pages of the room as people use them: every one opens, keeps what was typed, refuses in words."""

import io

import pytest

from core.db import db
from roadmap.models import Claim, Measure, Plan
from roadmap.queries.measures import measures_of
from roadmap.queries.work import draft_of, extensions_of, occurrences_of
from roadmap.services.answers import Report, answer_as_co_executor, report, return_answer
from roadmap.services.extensions import request_extension
from roadmap.services.imports import start_import
from roadmap.services.plans import archive_plan
from tests import uploads
from tests.pages import faults, filled, form_to, parse, post, text_of
from tests.roadmap.plan_files import two_sections
from tests.roadmap.scene import DONE, TODAY
from workflow.measure import MeasureState
from workflow.services import perform

TYPED = {"claim": "executed", "text": "Семинар проведён", "actual_date": "09.03.2027"}


def shown(client, address, status=200):
    """The text of a page that has no faults."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status}"
    assert faults(answer.text) == []
    return text_of(parse(answer.text))


def errors_on(answer):
    return [text_of(node) for node in parse(answer.text).xpath("//*[@data-errors]//li")]


def test_every_page_of_the_coordinator_opens_and_is_valid(scene, signed_in):
    measure, recurring = scene.submitted(), scene.measure(due_text="ежеквартально", number="1.7")
    asked = request_extension(recurring, wanted_end=TODAY.replace(month=12), reason="Так", by=scene.executor)
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator)
    plan, section = scene.plan.id, scene.section.id
    client = signed_in(scene.coordinator)

    for address in (
        "/", "/?show=overdue", "/roadmaps", "/roadmaps?show=past", f"/roadmaps/{plan}",
        f"/roadmaps/{plan}?show=doubtful", f"/roadmaps/{plan}?text=семинар", f"/roadmaps/{plan}/edit",
        f"/roadmaps/{plan}/next", f"/roadmaps/{plan}/archive", f"/roadmaps/{plan}/executors",
        f"/roadmaps/{plan}/sections/new", f"/sections/{section}/edit", f"/roadmaps/{plan}/measures/new",
        f"/measures/{measure.id}", f"/measures/{measure.id}/check", f"/measures/{measure.id}/edit",
        f"/measures/{measure.id}/due", f"/measures/{measure.id}/place", f"/measures/{measure.id}/withdraw",
        f"/measures/{measure.id}/history", f"/measures/{recurring.id}", f"/extensions/{asked.id}",
        f"/measures/{recurring.id}/extension", "/roadmaps/new", "/roadmaps/import",
        f"/measures/{recurring.id}/occurrences/{occurrences_of(recurring)[0].id}",
        f"/roadmaps/import?plan_id={plan}", f"/roadmaps/import/{draft.id}",
        f"/roadmaps/import/{draft.id}?only=doubts",
    ):  # fmt: skip
        shown(client, address)


def test_every_page_of_the_executor_opens_and_is_valid(scene, signed_in):
    measure = scene.measure(due_text="ежеквартально")
    client = signed_in(scene.executor)

    assert "Нет отчёта за 4 периода" in shown(client, f"/measures/{measure.id}")
    assert "Отчитаться" in shown(client, "/")
    for address in (f"/roadmaps/{scene.plan.id}", f"/measures/{measure.id}/extension", "/roadmaps"):
        shown(client, address)


def test_a_co_executor_is_asked_for_the_own_answer(scene, signed_in):
    measure = scene.measure()
    client = signed_in(scene.helper)
    assert "Ответить" in shown(client, "/")

    answer = post(
        client,
        f"/measures/{measure.id}/co-answer",
        {"answer-text": "Зал найден"},
        page=f"/measures/{measure.id}",
    )

    assert answer.status_code == 303
    assert "Зал найден" in shown(client, f"/measures/{measure.id}")
    assert "Открыть" in shown(client, "/")


def test_a_stranger_finds_nothing(scene, signed_in):
    measure = scene.measure()
    client = signed_in(scene.stranger)

    for address in (
        f"/roadmaps/{scene.plan.id}", f"/measures/{measure.id}", f"/measures/{measure.id}/edit",
        f"/roadmaps/{scene.plan.id}/next", f"/roadmaps/{scene.plan.id}/executors",
    ):  # fmt: skip
        assert client.get(address).status_code == 404


def test_an_executor_does_not_build(scene, signed_in):
    client = signed_in(scene.executor)

    for address in (f"/roadmaps/{scene.plan.id}/edit", "/roadmaps/import", "/roadmaps/new"):
        assert client.get(address).status_code == 403


def test_an_answer_is_sent_with_its_files_in_one_go(scene, signed_in):
    measure = scene.measure()
    files = [
        (io.BytesIO(uploads.docx_bytes()), "Приказ 12.docx"),
        (io.BytesIO(uploads.pdf_bytes()), "Скан.pdf"),
    ]

    answer = post(
        signed_in(scene.executor), f"/measures/{measure.id}/report",
        TYPED | {"do": "submit", "version": measure.version, "files": files}, page=f"/measures/{measure.id}",
    )  # fmt: skip

    assert answer.status_code == 303
    db.session.refresh(measure)
    assert measure.state is MeasureState.SUBMITTED
    assert len(measure.dossier.documents) == 2


def test_an_answer_is_kept_though_a_file_is_refused(scene, signed_in):
    measure = scene.measure()
    files = [(io.BytesIO(b"MZ\x90\x00 not a document"), "вирус.exe")]

    answer = post(
        signed_in(scene.executor), f"/measures/{measure.id}/report",
        TYPED | {"do": "submit", "version": measure.version, "files": files}, page=f"/measures/{measure.id}",
    )  # fmt: skip

    assert answer.status_code == 422
    assert any("вирус.exe" in error for error in errors_on(answer))
    db.session.refresh(measure)
    assert (measure.report_text, measure.state) == ("Семинар проведён", MeasureState.IN_PROGRESS)


def test_what_is_missing_stands_under_its_field_and_nothing_typed_is_lost(scene, signed_in):
    measure = scene.measure()

    answer = post(
        signed_in(scene.executor), f"/measures/{measure.id}/report",
        {"claim": "executed", "text": "Почти", "do": "submit"}, page=f"/measures/{measure.id}",
    )  # fmt: skip

    assert answer.status_code == 422
    assert faults(answer.text) == []
    assert any("когда исполнено" in error for error in errors_on(answer))
    assert filled(form_to(answer.text, f"/measures/{measure.id}/report"))["text"].strip() == "Почти"


def test_an_answer_without_an_outcome_is_not_sent(scene, signed_in):
    measure = scene.measure()

    answer = post(
        signed_in(scene.executor), f"/measures/{measure.id}/report",
        {"text": "Семинар", "actual_date": "09.03.2027", "do": "submit"}, page=f"/measures/{measure.id}",
    )  # fmt: skip

    assert any("Выберите итог" in error for error in errors_on(answer))


def test_a_stale_answer_shows_both_versions_and_is_kept_as_a_draft(scene, signed_in):
    measure = scene.measure()
    client, other = signed_in(scene.executor), signed_in(scene.coordinator)
    page = client.get(f"/measures/{measure.id}").text
    typed = filled(form_to(page, f"/measures/{measure.id}/report")) | TYPED | {"text": "Мой текст"}
    post(other, f"/measures/{measure.id}/report", {"text": "Чужой текст"}, page=f"/measures/{measure.id}")

    answer = client.post(f"/measures/{measure.id}/report", data=typed)

    assert answer.status_code == 409
    assert faults(answer.text) == []
    words = text_of(parse(answer.text))
    assert "Мой текст" in words
    assert "Чужой текст" in words
    assert scene.coordinator.name in words
    assert draft_of(measure, person=scene.executor).fields["text"] == "Мой текст"
    assert "Мой текст" in client.get(f"/measures/{measure.id}").text


@pytest.mark.parametrize("what", ["measure", "plan", "section"])
def test_a_stale_form_of_building_shows_both_versions(scene, signed_in, what):
    measure = scene.measure()
    address = {
        "measure": f"/measures/{measure.id}/edit",
        "plan": f"/roadmaps/{scene.plan.id}/edit",
        "section": f"/sections/{scene.section.id}/edit",
    }[what]
    client = signed_in(scene.coordinator)
    first, second = (
        parse(client.get(address).text).xpath("//main//form[.//*[@name='title']]")[0] for _ in "12"
    )
    assert (
        client.post(address, data=filled(first) | {"title": "Чужое", "ground": "приказ № 1"}).status_code
        == 303
    )

    answer = client.post(address, data=filled(second) | {"title": "Моё", "ground": "приказ № 2"})

    assert answer.status_code == 409
    words = text_of(parse(answer.text))
    assert "Моё" in words
    assert "Чужое" in words


def test_the_plan_keeps_its_coordinator_and_period_when_its_title_is_edited(scene, signed_in):
    client, address = signed_in(scene.checker), f"/roadmaps/{scene.plan.id}/edit"
    form = parse(client.get(address).text).xpath("//main//form[.//*[@name='title']]")[0]

    client.post(address, data=filled(form) | {"title": "Иначе"})

    db.session.refresh(scene.plan)
    assert scene.plan.title == "Иначе"
    assert (scene.plan.coordinator_id, scene.plan.period_text) == (scene.coordinator.id, "на 2026–2027 годы")


def test_an_edit_without_ground_keeps_what_was_typed(scene, signed_in):
    measure = scene.measure()
    client, address = signed_in(scene.coordinator), f"/measures/{measure.id}/edit"
    form = parse(client.get(address).text).xpath("//main//form[.//*[@name='title']]")[0]

    answer = client.post(address, data=filled(form) | {"title": "Провести форум"})

    assert answer.status_code == 422
    assert "Провести форум" in answer.text
    assert any("Назовите документ" in error for error in errors_on(answer))


def test_a_return_with_a_bad_day_is_refused_and_returns_nothing(scene, signed_in):
    measure = scene.submitted()
    client = signed_in(scene.checker)

    answer = post(
        client, f"/measures/{measure.id}/moves/return", {"note": "Нет подписи", "return_by": "завтра"},
        page=f"/measures/{measure.id}/check",
    )  # fmt: skip

    assert answer.status_code == 422
    db.session.refresh(measure)
    assert measure.state is MeasureState.SUBMITTED


def test_after_a_decision_the_next_answer_of_the_queue_opens(scene, signed_in):
    first, second = scene.submitted(), scene.submitted()

    answer = post(
        signed_in(scene.checker), f"/measures/{first.id}/moves/accept", page=f"/measures/{first.id}/check"
    )

    assert answer.headers["Location"] == f"/measures/{second.id}/check"


def test_ticked_rows_are_accepted_each_by_its_rules_and_refusals_are_named(scene, signed_in):
    good, open_one = scene.submitted(number="1.1"), scene.measure(number="1.2")
    client = signed_in(scene.checker)

    answer = post(
        client, f"/roadmaps/{scene.plan.id}/bulk", {"do": "accept", "measure": [good.id, open_one.id]},
        page=f"/roadmaps/{scene.plan.id}", follow_redirects=True,
    )  # fmt: skip

    words = text_of(parse(answer.text))
    assert "Сделано: 1 из 2" in words
    assert "1.2: «Принять как исполненное» сейчас нельзя" in words


def test_the_history_tells_of_everything_once(scene, signed_in):
    measure = scene.proved()
    answer_as_co_executor(measure.participations[1], "Зал найден", by=scene.helper)
    client = signed_in(scene.executor)
    post(
        client,
        f"/measures/{measure.id}/comments",
        {"comment-text": "Ждём приказ"},
        page=f"/measures/{measure.id}",
    )

    words = shown(client, f"/measures/{measure.id}/history")

    acts = "Ответил соисполнитель", "Зал найден", "Написали комментарий", "Ждём приказ", "Приложили документ"
    for told in acts:
        assert words.count(told) == 1, told


def test_the_history_spells_out_what_was_reported_before_and_after(scene, signed_in):
    measure = scene.measure()
    report(measure, Report(text="Идёт набор", claim=None), by=scene.executor)
    report(measure, Report(text="Семинар проведён", claim=Claim.EXECUTED), by=scene.executor)

    words = shown(signed_in(scene.executor), f"/measures/{measure.id}/history")

    assert "отчёт: Идёт набор → Семинар проведён" in words
    assert "что с мероприятием: Исполнено" in words


def test_a_returned_answer_quotes_the_remark_on_both_pages(scene, signed_in):
    measure = scene.submitted()
    return_answer(measure, note="Нет подписи", by_day=None, by=scene.checker)
    client = signed_in(scene.executor)

    assert "Нет подписи" in shown(client, f"/measures/{measure.id}")
    assert "Нет подписи" in shown(client, "/")


def test_asking_for_time_and_deciding_it(scene, signed_in):
    measure = scene.measure(due_text="до 30.06.2027")
    client = signed_in(scene.executor)
    bad = post(client, f"/measures/{measure.id}/extension", {"wanted_end": "ой", "reason": "Болезнь"})
    assert bad.status_code == 422
    assert "Болезнь" in bad.text
    post(client, f"/measures/{measure.id}/extension", {"wanted_end": "30.07.2027", "reason": "Болезнь"})
    asked = extensions_of(measure)[0]

    post(
        signed_in(scene.coordinator), f"/extensions/{asked.id}",
        {"new_end": "15.07.2027", "ground": "записка", "do": "grant"},
    )  # fmt: skip

    db.session.refresh(measure)
    assert measure.due_end.isoformat() == "2027-07-15"


def test_executors_are_linked_from_the_queue_of_my_work(scene, signed_in):
    measure = scene.measure(executors=())
    client = signed_in(scene.coordinator)
    post(
        client, f"/measures/{measure.id}/edit",
        {"section": scene.section.id, "parent": 0, "title": "Семинар", "executors": "Служба",
         "ground": "приказ № 1"},
    )  # fmt: skip
    link = parse(client.get("/").text).xpath("//section[.//h2[contains(., 'не связаны')]]//a/@href")[0]

    post(client, link, {"name": "Служба", "who": f"o{scene.school.id}"})

    db.session.refresh(measure)
    assert measure.participations[0].organisation_id == scene.school.id
    assert "не связаны" not in shown(client, "/")


def test_a_plan_is_carried_over_archived_and_restored_by_its_pages(scene, signed_in):
    measure = scene.measure()
    client, own = signed_in(scene.coordinator), f"/roadmaps/{scene.plan.id}"
    form = parse(client.get(f"{own}/next").text).xpath("//main//form[.//*[@name='title']]")[0]
    answer = client.post(f"{own}/next", data=filled(form) | {"measure": str(measure.id)})
    made = db.session.get_one(Plan, int(answer.headers["Location"].rsplit("/", 1)[1]))
    assert "продолжает карту 2026–2027" in shown(client, f"/roadmaps/{made.id}")

    archive_plan(scene.plan, by=scene.coordinator, reason="Год закончился")
    assert "в архиве" in shown(client, own)
    post(client, f"{own}/restore", page=own)

    assert "в архиве" not in shown(client, own)
    assert [m.source for m in measures_of(made)] == [{"carried_from": measure.id}]


def test_an_import_goes_from_the_file_to_the_plan(scene, signed_in):
    client = signed_in(scene.coordinator)
    data = {
        "file": (io.BytesIO(two_sections().bytes()), "План.docx"),
        "organisation": scene.town.id,
        "edition_of": 0,
    }
    review = post(client, "/roadmaps/import", data).headers["Location"]
    words = shown(client, review)
    assert "5 мероприятий, 2 раздела" in words
    post(
        client,
        f"{review}/cells",
        {"cell.0.0.title": "Провести форум", "shown": "0.0", "take": "0.0"},
        page=review,
    )
    form = form_to(client.get(review).text, f"{review}/confirm")

    answer = client.post(f"{review}/confirm", data=filled(form), follow_redirects=True)

    words = text_of(parse(answer.text))
    assert "Готово: 5 мероприятий, 2 раздела." in words.replace("\xa0", " ")
    assert "Провести форум" in words
    plan = db.session.query(Plan).order_by(Plan.id.desc()).first()
    assert (plan.needs_acceptance, plan.is_school_year) == (True, False)


def test_an_import_without_a_title_comes_back_as_typed(scene, signed_in):
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator)
    client, review = signed_in(scene.coordinator), f"/roadmaps/import/{draft.id}"
    form = form_to(client.get(review).text, f"{review}/confirm")

    answer = client.post(f"{review}/confirm", data=filled(form) | {"title": "", "ground": "приказ № 9"})

    assert answer.status_code == 422
    assert faults(answer.text) == []
    assert "приказ № 9" in answer.text
    assert db.session.query(Measure).count() == 0


def test_columns_that_were_remapped_are_shown_as_chosen(scene, signed_in):
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator)
    client, review = signed_in(scene.coordinator), f"/roadmaps/import/{draft.id}"
    form = form_to(client.get(review).text, f"{review}/columns")

    client.post(
        f"{review}/columns",
        data=filled(form) | {"column.0.2": "form_of_execution", "column.0.5": "condition"},
    )

    again = filled(form_to(client.get(review).text, f"{review}/columns"))
    assert (again["column.0.2"], again["column.0.5"]) == ("form_of_execution", "condition")


def test_an_edition_is_reviewed_and_applied_by_its_page(scene, signed_in):
    measure = scene.measure(number="1.1", title="Провести семинар наставников", due_text="до 30.06.2027")
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator, plan=scene.plan)
    client, review = signed_in(scene.coordinator), f"/roadmaps/import/{draft.id}"
    assert "новое" in shown(client, review)
    bad = post(client, f"{review}/confirm", {"chosen": ["new:0.1"]}, page=review)
    assert bad.status_code == 422
    ticked = parse(bad.text).xpath("//input[@name='chosen'][@checked]/@value")
    assert ticked == ["new:0.1"]

    post(client, f"{review}/confirm", {"chosen": ["new:0.1"], "ground": "приказ № 40"}, page=review)

    assert [m.title for m in measures_of(scene.plan)] == [measure.title, "Утвердить положение о конкурсе"]


def test_the_dictated_address_leads_to_the_measure(scene, signed_in):
    measure = scene.measure(number="2.3")

    answer = signed_in(scene.executor).get(f"/roadmaps/{scene.plan.id}/measures/2.3")

    assert answer.headers["Location"] == f"/measures/{measure.id}"


def test_due_dates_go_to_the_calendar_of_a_phone(scene, signed_in):
    measure = scene.measure(title="Провести семинар; итоги, " + "очень длинное название " * 8)

    text = signed_in(scene.executor).get("/due.ics").text

    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert f"UID:measure-{measure.id}@vekha" in text
    assert "DTSTART;VALUE=DATE:20270630" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "семинар\\; итоги\\," in text.replace("\r\n ", "")


def test_a_plan_without_acceptance_says_so_on_its_button(scene, signed_in):
    scene_plan = scene.plan
    client = signed_in(scene.coordinator)
    form = parse(client.get(f"/roadmaps/{scene_plan.id}/edit").text).xpath(
        "//main//form[.//*[@name='title']]"
    )[0]
    typed = filled(form)
    typed.pop("needs_acceptance")
    client.post(f"/roadmaps/{scene_plan.id}/edit", data=typed)
    measure = scene.proved()

    answer = post(
        signed_in(scene.executor), f"/measures/{measure.id}/report", TYPED | {"do": "submit"},
        page=f"/measures/{measure.id}",
    )  # fmt: skip

    assert answer.status_code == 303
    db.session.refresh(measure)
    assert (measure.state, measure.claim) == (MeasureState.EXECUTED, Claim.EXECUTED)


def test_a_program_reads_a_measure_and_makes_its_moves(scene, signed_in):
    measure = scene.submitted()
    client, json = signed_in(scene.checker), {"Accept": "application/json"}
    found = client.get(f"/measures/{measure.id}", headers=json).get_json()
    moves = {move["name"]: move for move in found["moves"]}
    assert (found["state"], found["number"]) == ("submitted", measure.number)
    assert moves["accept"]["blocked_by"] is None
    assert "Срок ещё не вышел" in moves["close_partially"]["blocked_by"]
    assert moves["return"]["needs"] == ["note"]

    headers = json | {"X-CSRFToken": found["csrf_token"]}
    refused = client.post(moves["return"]["href"], json={"version": found["version"]}, headers=headers)
    assert (refused.status_code, refused.mimetype) == (409, "application/problem+json")
    stale = client.post(moves["accept"]["href"], json={"version": 1}, headers=headers)
    assert stale.status_code == 409
    assert (
        client.post(moves["accept"]["href"], json={"version": found["version"]}, headers=json).status_code
        == 400
    )

    done = client.post(moves["accept"]["href"], json={"version": found["version"]}, headers=headers)

    assert done.get_json()["state"] == "executed"


def test_a_program_reads_a_plan(scene, signed_in):
    measure = scene.measure()

    found = signed_in(scene.executor).get(
        f"/roadmaps/{scene.plan.id}", headers={"Accept": "application/json"}
    )

    sections = found.get_json()["sections"]
    assert [m["href"] for m in sections[0]["measures"]] == [f"/measures/{measure.id}"]
    assert sections[0]["measures"][0]["executors"][0]["name"] == scene.executor.name


def test_bad_json_is_refused_and_not_a_fault(scene, signed_in):
    measure = scene.submitted()
    client = signed_in(scene.checker)
    json = {"Accept": "application/json"}
    token = client.get(f"/measures/{measure.id}", headers=json).get_json()["csrf_token"]

    for body in ([1], "text", {"note": {"deep": 1}, "version": [2]}):
        answer = client.post(
            f"/measures/{measure.id}/moves/return", json=body, headers=json | {"X-CSRFToken": token}
        )
        assert answer.status_code in (200, 409, 422)


def test_the_answer_of_a_measure_that_left_the_check_is_no_longer_offered(scene, signed_in):
    measure = scene.submitted()
    perform(measure, "accept", by=scene.checker)
    client = signed_in(scene.executor)

    answer = post(
        client, f"/measures/{measure.id}/report", {"text": DONE.text}, page=f"/measures/{measure.id}"
    )

    assert answer.status_code == 409
    assert "отзовите" in text_of(parse(answer.text))
