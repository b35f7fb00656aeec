"""The sitting from the browser: planned, sent, run by the secretary, voted on the phone, signed."""

import re

from core.audit import record
from core.clock import today
from core.db import db, transaction
from core.filters import dmy
from council.models import Council, Sitting
from council.queries.sittings import sitting_of
from tests import uploads
from tests.pages import post
from workflow.report import ReportState
from workflow.sitting import SittingState


def path_of(answer):
    return answer.headers["Location"].split("#")[0]


def seen(scene, sitting_id):
    db.session.expire_all()
    return sitting_of(sitting_id, seen_by=scene.secretary)


def test_a_council_is_founded_and_its_members_are_named(scene, signed_in):
    client = signed_in(scene.secretary)
    made = post(
        client, "/councils/new",
        {
            "organisation": scene.town.id, "kind": "collegium", "name": "Коллегия", "quorum": "two_thirds",
            "name_prepositional": "Коллегии", "register": scene.register.id, "majority": "more_than_half",
            "base": "established", "tie": "rejected", "mark": "approved", "notice_days": "5",
            "norm": "п. 4 Положения о коллегии",
        },
    )  # fmt: skip
    page = path_of(made)
    post(client, f"{page}/members/new", {
        "person": scene.chair.id, "seat": "chair", "has_vote": "y", "since": "01.01.2026",
    })  # fmt: skip

    text = client.get(page).text.replace("\xa0", " ")
    assert "не меньше двух третей" in text
    assert "п. 4 Положения о коллегии" in text
    council = db.session.get_one(Council, int(page.rsplit("/", 1)[-1]))
    assert (council.rule_set.mark, council.memberships[0].name) == ("approved", scene.chair.short_name)


def test_a_whole_sitting_from_the_browser(scene, signed_in):
    secretary, member, chair = (signed_in(p) for p in (scene.secretary, scene.members[0], scene.chair))
    version = scene.reports.under_review()
    made = post(secretary, f"/councils/{scene.council.id}/sittings/new", {
        "date": dmy(today()), "starts_at": "9.30", "form": "in_person", "presiding": "0", "secretary": "0",
    })  # fmt: skip
    page = path_of(made)
    post(secretary, f"{page}/items/new", {"report": version.id, "title": "Об отчёте за 2026 год"})
    post(secretary, f"{page}/items/new", {"report": "0", "title": "О школах", "speaker": "Берёзкин А. А."})
    number = int(page.rsplit("/", 1)[-1])
    sitting = seen(scene, number)
    assert (sitting.starts_at, [i.title for i in sitting.items]) == (
        "09:30", ["Об отчёте за 2026 год", "О школах"],
    )  # fmt: skip
    post(secretary, f"{page}/items/{sitting.items[1].id}/place", {"do": "up"}, page=page)
    school, report = seen(scene, number).items
    assert (school.title, school.position) == ("О школах", 1)
    assert "Для кворума нужно" in secretary.get(page).text.replace("\xa0", " ")
    post(secretary, f"{page}/moves/send_agenda", {}, page=page)
    assert "Разослать повестку ещё раз" in secretary.get(page).text.replace("\xa0", " ")

    post(member, f"{page}/check-in", {"presence": "present"}, page=page)
    live = f"{page}/live"
    marks = {f"presence-{seat.id}": "present" for seat in seen(scene, number).voters[:6]}
    post(secretary, f"{page}/attendance", marks, page=live)
    post(secretary, f"{page}/moves/open", {}, page=live)
    assert "кворум есть" in secretary.get(live).text
    for item in (school, report):
        post(secretary, f"{page}/items/{item.id}/voting", {}, page=live)
    silent = {f"v{school.id}-choice": "for_with_remarks"}
    answer = post(member, f"{page}/items/{school.id}/vote", silent, page=page)
    assert "Напишите замечание" in answer.text
    for item in (school, report):
        post(member, f"{page}/items/{item.id}/vote", {f"v{item.id}-choice": "for"}, page=page)
        post(secretary, f"{page}/items/{item.id}/votes", {"do": "unanimous"}, page=live)
    said = {
        "heard": "Берёзкина А. А.", "spoke": "", "do": "save", "decision.text": ["Сверить списки"],
        "decision.responsible": ["Школа № 1"], "decision.due_text": ["до 01.03.2027"],
    }  # fmt: skip
    post(secretary, f"{page}/items/{school.id}/notes", said)
    post(secretary, f"{page}/items/{school.id}/decide", {}, page=live)
    refused = post(secretary, f"{page}/items/{report.id}/decide", {}, page=live)
    assert refused.status_code == 403
    post(chair, f"{page}/items/{report.id}/decide", {}, page=page)
    assert seen(scene, number).items[1].report_version.state is ReportState.CONSIDERED

    post(secretary, f"{page}/moves/close", {}, page=live)
    post(secretary, f"{page}/minutes", {}, page=page)
    post(secretary, f"{page}/sign", {}, page=page)
    post(secretary, f"{page}/scan", {"file": (uploads.upload(uploads.pdf_bytes()).stream, "Скан.pdf")})

    sitting = seen(scene, number)
    assert sitting.state is SittingState.MINUTES_SIGNED
    assert sitting.scan_id
    for form in ("form=full", "form=short", f"form=extract&item={school.id}"):
        answer = secretary.get(f"{page}/minutes.docx?{form}")
        assert answer.data[:2] == b"PK"
    assert secretary.get(f"{page}/minutes.docx?form=extract").status_code == 404
    assert "Взять решения на контроль" in signed_in(scene.coordinator).get(page).text


def test_a_refusal_leads_back_to_the_page_it_was_pressed_on(scene, signed_in):
    item = scene.voting()
    client, page = signed_in(scene.secretary), f"/sittings/{item.sitting_id}/live"
    close = f"/sittings/{item.sitting_id}/moves/close"

    answer = post(client, close, page=page, headers={"Referer": f"http://localhost{page}"})
    foreign = post(client, close, page=page, headers={"Referer": f"https://example.com{page}"})
    hostile = post(client, close, page=page, headers={"Referer": "http://localhost//example.com/x"})

    assert (answer.status_code, foreign.status_code) == (409, 409)
    assert f'href="{page}"' in answer.text
    assert f'href="{page}"' not in foreign.text
    assert 'href="//' not in hostile.text and 'href="/example.com/x"' in hostile.text


def test_what_was_proposed_stands_in_the_notes_until_something_is_decided(scene, signed_in):
    item = scene.voting()
    with transaction():
        item.proposal = "Отчёт рассмотреть"
        record(item.sitting, "sitting.edit_item", by=scene.secretary)

    text = signed_in(scene.secretary).get(f"/sittings/{item.sitting_id}/items/{item.id}/notes").text

    assert "Отчёт рассмотреть</textarea>" in text


def test_figures_tell_the_live_page_what_has_changed(scene, signed_in):
    item = scene.voting()
    client = signed_in(scene.secretary)

    told = client.get(f"/sittings/{item.sitting_id}/figures").get_json()

    assert told["state"] == "open"
    assert told["votes"] == {str(item.id): "Проголосовали 0 из 9"}
    assert "Присутствуют 9 из 9" in told["quorum"]


def test_the_navigation_counts_votes_that_are_awaited(scene, signed_in):
    scene.voting()

    page = signed_in(scene.members[0]).get("/council").text

    assert re.search(r'href="/council"[^>]*>Совет<span class="n">1<', page)


def test_a_stranger_finds_no_sitting(scene, signed_in):
    sitting = scene.planned()

    assert signed_in(scene.stranger).get(f"/sittings/{sitting.id}").status_code == 404
    assert signed_in(scene.stranger).get(f"/councils/{scene.council.id}").status_code == 404


def test_lists_ask_no_more_for_many_sittings_than_for_few(scene, signed_in):
    from tests.roadmap.test_query_counts import asked

    client = signed_in(scene.secretary)
    pages = ("/council", "/councils", f"/councils/{scene.council.id}")
    for _ in range(2):
        scene.planned("А", "Б")
    few = [asked(client, page) for page in pages]

    for _ in range(4):
        scene.planned("А", "Б", "В")

    assert [asked(client, page) for page in pages] == few
    assert max(few) <= 16


def test_a_sitting_asks_no_more_for_many_items_and_votes_than_for_few(scene, signed_in):
    from council.models import Choice
    from tests.roadmap.test_query_counts import asked

    client = signed_in(scene.secretary)
    small = scene.voted(scene.voting(), [Choice.FOR] * 2).sitting
    large = scene.voted(scene.voting(scene.planned(*"АБВГД")), [Choice.FOR] * 9).sitting

    for tail in ("", "/live"):
        assert asked(client, f"/sittings/{small.id}{tail}") == asked(client, f"/sittings/{large.id}{tail}")
    assert db.session.get_one(Sitting, large.id)
