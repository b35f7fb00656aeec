"""The Word file of an order: blanks before registration, number and date after, values as they are."""

import io

import docx
import pytest

from core.db import db
from core.errors import OutOfTurn
from core.worker import run_due
from orders import paper_template
from orders.paper import write_order
from orders.services.drafting import ItemFacts, draft_from_file, replace_file, take_from_archive
from orders.services.papers import print_order, printed
from orders.services.signing import Signature, register_order, sign_order
from tests import uploads
from tests.orders.scene import FACTS, TODAY


def texts(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    found = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    return found + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_number_and_date_are_blank_until_registration(scene):
    order = scene.draft()
    print_order(order, by=scene.clerk)
    order = scene.seen(order)
    before = texts(uploads.kept_bytes(order.document.latest.sha256))
    assert (order.document.number, order.document.date) == (None, None)

    sign_order(order, Signature("Начальник", "Рогожина В. С.", TODAY), by=scene.clerk)
    register_order(order, scene.register, by=scene.clerk)
    run_due()
    run_due()

    order = scene.seen(order)
    after = texts(uploads.kept_bytes(order.document.latest.sha256))
    assert "от ____________ № ______" in before and "от 10.03.2027 № 1" in after
    assert (order.document.number, order.document.date, order.document.latest.number) == ("1", TODAY, 2)
    assert (
        "1. Провести смотр готовности школ. Ответственный: Отдел общего образования. Срок: до 01.08.2027."
        in after
    )
    assert "3. Контроль за исполнением приказа оставляю за собой." in after


def test_nothing_is_printed_twice(scene):
    order = scene.draft()

    assert print_order(order, by=scene.clerk) is True
    assert print_order(scene.seen(order), by=scene.clerk) is False


@pytest.mark.parametrize(
    "value",
    ["<w:p/>", "{{ 7*7 }}", "{% for x in y %}", "a & b", "«ёлка»", "нуль\x00байт", "строка\vвыше", "😀"],
)
def test_any_text_is_printed_as_it_is(make_app, tmp_path, value):
    data = {
        "authority": "ШКОЛА", "kind": "ПРИКАЗ", "date": "", "number": "", "place": "", "title": value,
        "preamble": [value], "order_word": "ПРИКАЗЫВАЮ:", "items": [value], "annexes": [value],
        "signatory_position": value, "signatory_name": value,
    }  # fmt: skip

    write_order(data, str(tmp_path / "order.docx"))

    wanted = "".join(char for char in value if char >= " ")
    assert texts((tmp_path / "order.docx").read_bytes()).count(wanted) == 6


def test_the_template_at_hand_is_the_one_that_is_built(tmp_path):
    paper_template.build(tmp_path / "order.docx")

    assert texts((tmp_path / "order.docx").read_bytes()) == texts(paper_template.PATH.read_bytes())


def test_the_texts_are_those_of_the_draft(scene):
    data = printed(
        scene.draft(items=(ItemFacts("Первый:\n- один\n- два", number="1.1", due_text="до 1 мая."),))
    )

    control = "2. Контроль за исполнением приказа оставляю за собой."
    assert data["items"] == ["1.1. Первый:", "- один", "- два Срок: до 1 мая.", control]


def test_a_file_may_be_the_draft_and_be_replaced_until_it_is_signed(scene):
    order = draft_from_file(scene.town, FACTS, uploads.upload(uploads.docx_bytes()), by=scene.clerk)
    order = scene.seen(order)
    replace_file(order, uploads.upload(uploads.docx_bytes()), reason="Правка", by=scene.clerk)
    assert order.document.latest.number == 2

    sign_order(order, Signature("Начальник", "Рогожина В. С.", TODAY), by=scene.clerk)

    assert order.signed_version == 2
    with pytest.raises(OutOfTurn):
        replace_file(order, uploads.upload(uploads.docx_bytes()), reason="Правка", by=scene.clerk)


def test_an_archived_act_is_taken_up_once_with_its_own_number(scene):
    from documents.services import attach, edit_requisites, new_dossier

    dossier = new_dossier(scene.town, title="Архив")
    document = attach(
        dossier,
        uploads.upload(uploads.docx_bytes("ПРИКАЗЫВАЮ:", "1. Доложить до 01.06.2027.")),
        by=scene.clerk,
    )
    edit_requisites(document, by=scene.clerk, number="60/1", date=TODAY, title="О концепции")

    order = take_from_archive(document, scene.town, by=scene.clerk)
    again = take_from_archive(document, scene.town, by=scene.clerk)

    db.session.expire_all()
    assert (order.id, order.number, str(order.state)) == (again.id, "60/1", "registered")
    from orders.services.control import propose

    assert [row["title"] for row in propose(scene.seen(order), by=scene.head).rows] == [
        "Доложить до 01.06.2027."
    ]
