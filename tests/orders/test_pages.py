"""An order walked by its pages from the draft to the case file; tests/house looks at the pages themselves."""

import io

from core.clock import today
from core.db import db
from orders.models import Order
from tests.pages import parse, post, text_of
from tests.site import CLERK, COORDINATOR, EXECUTOR

ITEMS = {
    "item.number": ["", ""], "item.text": ["Провести смотр.", "Доложить."],
    "item.executor": ["Школа № 1", ""], "item.due_text": ["до 01.08.2027", ""],
}  # fmt: skip
DRAFT = {
    "title": "О смотре школ",
    "document_kind": "order",
    "preamble": "В целях подготовки",
    "do": "save",
    **ITEMS,
}


def order_at(site, address):
    with site.app.app_context():
        return db.session.get_one(Order, int(address.rsplit("/", 1)[-1]))


def test_an_order_goes_from_the_draft_to_the_case_file(site):
    clerk, executor = site.client(CLERK), site.client(EXECUTOR)
    page = parse(clerk.get("/orders/new").text)
    body = page.xpath("//select[@name='organisation']/option/@value")[0]

    made = post(clerk, "/orders/new", DRAFT | {"organisation": body}).headers["Location"]
    visas = clerk.get(f"{made}/visas").text
    who = [o.get("value") for o in parse(visas).xpath("//input[@name='people']")]
    assert str(site.people[EXECUTOR]) in who
    asked = {"people": [str(site.people[EXECUTOR])], "mode": "parallel", "due": "01.12.2046"}
    assert post(clerk, f"{made}/visas", asked).status_code == 303
    assert post(clerk, f"{made}/moves/send", page=made).status_code == 303
    assert "Ждём вашу визу" in executor.get(made).text
    refused = post(executor, f"{made}/visa", {"decision": "remarked", "remark": ""}, page=made)
    assert refused.status_code == 422
    assert post(executor, f"{made}/visa", {"decision": "agreed"}, page=made).status_code == 303

    signed = {
        "signatory_position": "Начальник",
        "signatory_name": "Рогожина В. С.",
        "signed_on": f"{today():%d.%m.%Y}",
    }
    assert post(clerk, f"{made}/sign", signed).status_code == 303
    number = parse(clerk.get(f"{made}/number").text).xpath("//select[@name='register']/option/@value")[0]
    assert (
        post(clerk, f"{made}/number", {"register": number, "way": "next", "reserved": "0"}).status_code == 303
    )
    assert post(clerk, f"{made}/file", {"case_index": "01-07"}).status_code == 303

    order = order_at(site, made)
    assert (order.state, order.case_index) == ("filed", "01-07")
    assert "№ 4" in text_of(parse(clerk.get(made).text))


def test_a_file_may_be_the_draft(site):
    from tests.uploads import docx_bytes

    clerk = site.client(CLERK)
    body = parse(clerk.get("/orders/new").text).xpath("//select[@name='organisation']/option/@value")[0]
    data = DRAFT | {"organisation": body, "file": (io.BytesIO(docx_bytes()), "Проект.docx")}

    made = post(clerk, "/orders/new", data).headers["Location"]

    assert "Проект.docx" in clerk.get(made).text


def test_a_blocked_act_says_what_is_missing(site):
    page = parse(site.client(COORDINATOR).get(f"/orders/{site.ids['order_id']}").text)

    assert "промежуточный ответ не закрывает" in " ".join(
        text_of(node) for node in page.xpath("//*[@class='why']")
    )


def test_the_reader_says_that_they_have_read(site):
    order, executor = f"/orders/{site.ids['order_id']}", site.client(EXECUTOR)

    assert post(executor, f"{order}/acknowledge", page=order).status_code == 303

    assert "ознакомлен" in text_of(parse(executor.get(f"{order}/sheet").text))
    row = f"{order}/sheet/{site.ids['row_id']}"
    refusal = {"do": "refuse", "day": f"{today():%d.%m.%Y}", "note": "Акт от 20.11.2026, два свидетеля"}
    assert post(site.client(CLERK), row, refusal).status_code == 303
    assert "отказ: Акт от 20.11.2026" in text_of(parse(executor.get(f"{order}/sheet").text))


def test_who_is_on_the_sheet_is_not_offered_for_it(site):
    clerk, address = site.client(CLERK), f"/orders/{site.ids['order_id']}/sheet"
    offered = parse(clerk.get(address).text).xpath("//input[@name='people']/@value")
    assert len(offered) >= 2

    assert post(clerk, address, {"people": offered[:1]}).status_code == 303

    assert parse(clerk.get(address).text).xpath("//input[@name='people']/@value") == offered[1:]


def test_proposals_are_found_corrected_and_confirmed(site):
    chief, address = site.client(COORDINATOR), f"/orders/{site.ids['registered_order_id']}/proposals"
    assert post(chief, address, {"do": "find"}).status_code == 303
    form = parse(chief.get(address).text).xpath("//form[.//*[@name='row.title']]")[0]
    sent = {"do": "confirm"}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    sent["row.due_text"][0] = "до 01.09.2027"

    answer = chief.post(address, data=sent)

    assert answer.status_code == 303
    board = text_of(parse(chief.get("/orders/control").text))
    assert "до 01.09.2027" in board


def test_numbers_are_kept_and_given_up_on_the_page_of_the_register(site):
    clerk, register = site.client(CLERK), f"/registers/{site.ids['register_id']}"

    assert (
        post(clerk, f"{register}/reserve", {"count": "2", "reason": "Приёмка"}, page=register).status_code
        == 303
    )
    assert (
        post(clerk, f"/registrations/{site.ids['registration_id']}", {"reason": "Не нужен"}).status_code
        == 303
    )

    said = text_of(parse(clerk.get(register).text))
    assert "Не используется Не нужен" in said and "Зарезервирован Приёмка" in said
