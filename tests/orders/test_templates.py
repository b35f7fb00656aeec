"""An organisation's own template of orders: checked before it is kept, and what is printed in it."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from accounts.models import Role
from core.errors import Invalid, NotYours
from orders.models import OrderTemplate
from orders.paper_template import PATH
from orders.services.drafting import ItemFacts, draft_order, edit_order
from orders.services.papers import print_order
from orders.services.templates import add_template, remove_template
from orders.template_check import template_problems
from tests import factories, uploads
from tests.orders.scene import FACTS


def letterhead(path: Path, *lines: str) -> Path:
    """A template of those paragraphs, with a table of the points below."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    rows = (["{%tr for point in points %}"], ["{{ point.text }} — {{ point.executor }}"], ["{%tr endfor %}"])
    table = document.add_table(rows=0, cols=1)
    for (text,) in rows:
        table.add_row().cells[0].text = text
    document.save(str(path))
    return path


def texts(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    found = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    return found + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


@pytest.fixture
def own(scene, tmp_path) -> OrderTemplate:
    path = letterhead(tmp_path / "own.docx", "БЛАНК КОМИТЕТА", "{{ title }}", "{{ number }} от {{ date }}")
    return add_template(scene.town, path, name="Бланк комитета.docx", by=scene.clerk)


def test_the_usual_template_passes_the_check():
    assert template_problems(str(PATH)) == []


def test_a_draft_is_printed_in_the_template_that_was_chosen(scene, own):
    order = scene.draft(template=own, items=(ItemFacts("Провести смотр", executor="Школа № 1"),))

    print_order(order, by=scene.clerk)

    kept = texts(uploads.kept_bytes(scene.seen(order).document.latest.sha256))
    assert kept == ["БЛАНК КОМИТЕТА", FACTS.title, "______ от ____________", "Провести смотр — Школа № 1"]


def test_another_template_makes_another_file(scene, own):
    order = scene.draft()
    print_order(order, by=scene.clerk)

    edit_order(order, replace(FACTS, template=own), by=scene.clerk)

    assert print_order(scene.seen(order), by=scene.clerk) is True
    assert scene.seen(order).document.latest.number == 2


def test_a_template_that_was_put_away_still_prints_its_drafts(scene, own):
    order = scene.draft(template=own)

    remove_template(own, by=scene.clerk)

    assert print_order(scene.seen(order), by=scene.clerk) is True


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ titel }}", "может быть, title?"),
        ("{{ title.upper() }}", "вызывать в шаблоне ничего нельзя"),
        ("{% for line in kind %}x{% endfor %}", "preamble, items, points, annexes"),
        ("{{ sections }}", "такого поля нет"),
    ],
)
def test_a_wrong_tag_is_refused_with_its_place(scene, tmp_path, line, said):
    with pytest.raises(Invalid, match="тег") as refused:
        add_template(scene.town, letterhead(tmp_path / "t.docx", line), name="t.docx", by=scene.clerk)

    assert said in str(refused.value)


def test_only_clerks_of_the_organisation_keep_and_use_templates(scene, own, tmp_path):
    stranger = factories.person(Role.CLERK)

    with pytest.raises(NotYours):
        add_template(scene.town, letterhead(tmp_path / "t.docx"), name="t.docx", by=stranger)
    with pytest.raises(NotYours):
        remove_template(own, by=stranger)
    with pytest.raises(Invalid, match="другой организации"):
        draft_order(stranger.organisation, replace(FACTS, template=own), by=stranger)
