"""Components of the pages: every state has a shape, every error and refusal is wired to what it is about."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from jinja2 import StrictUndefined
from lxml import html
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core import filters
from workflow.measure import LABELS, MeasureState

ROOT = Path(__file__).parents[2]
STATES = [state.value for state in MeasureState]
STYLES = (ROOT / "static" / "vekha.css").read_text(encoding="utf-8")
SPRITE = (ROOT / "templates" / "macros" / "sprite.html").read_text(encoding="utf-8")


class AnswerForm(Form):
    text = TextAreaField(
        "Что сделано", [InputRequired("Напишите, что сделано")], description="Одно предложение"
    )
    place = StringField("Место")
    claim = RadioField(
        "Итог", [InputRequired("Выберите")], choices=[SelectChoice("yes", "Да"), SelectChoice("no", "Нет")]
    )
    agreed = BooleanField("Согласовано")


@pytest.fixture(scope="module")
def page():
    app = Flask("components", template_folder=str(ROOT / "templates"))
    app.jinja_env.undefined = StrictUndefined
    Babel(app, default_locale="ru")
    filters.register(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token"

    def draw(source: str, **context):
        with app.test_request_context():
            return html.fragment_fromstring(render_template_string(source, **context), create_parent="div")

    return draw


def measure(**more):
    facts = {
        "due_text": "", "control_date": date(2027, 1, 20), "state": "in_progress", "days_left": 20,
        "actual_date": None, "is_late": False, "is_closed": False, "is_extended": False,
        "original_due_end": None, "return_by": None, "due_doubts": [],
    }  # fmt: skip
    return Thing(**(facts | more))


def words(node) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip()


def due_cell(page, **facts) -> list[str]:
    """What the cell says, part by part."""
    cell = page('{% from "macros/due.html" import due %}{{ due(m) }}', m=measure(**facts))
    return [words(part) for part in cell]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_own_shape_colour_and_word(page, state):
    drawn = page('{% from "macros/state.html" import st %}{{ st(code) }}', code=MeasureState(state))

    assert f'id="s-{state}"' in SPRITE
    assert f".st--{state} {{" in STYLES
    assert drawn.xpath("//use/@href") == [f"#s-{state}"]
    assert words(drawn) == str(LABELS[MeasureState(state)])


def test_every_drawing_that_templates_name_is_in_the_sprite():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    named = {f"i-{name}" for text in sources for name in re.findall(r"""\bi\(["']([a-z]+)["']""", text)}
    named |= {name for text in sources for name in re.findall(r"""href="#([sie]-[a-z_-]+)\"""", text)}

    missing = {name for name in named if f'id="{name}"' not in SPRITE}

    assert len(named) > 10
    assert not missing


def test_the_printed_term_stands_beside_the_control_date(page):
    assert due_cell(page, due_text="IV квартал") == ["IV квартал", "до 20.01.2027"]


def test_a_term_that_names_its_date_is_not_said_twice(page):
    assert due_cell(page, due_text="до 20.01.2027") == ["до 20.01.2027"]


@pytest.mark.parametrize(
    ("facts", "added"),
    [
        ({"days_left": -12}, "просрочено на 12 дней"),
        ({"days_left": 2}, "осталось 2 дня"),
        ({"days_left": -3, "state": "submitted"}, "ответ сдан"),
        ({"days_left": -3, "return_by": date(2027, 1, 25)}, "исправить до 25.01.2027"),
        ({"state": "executed", "is_closed": True, "actual_date": date(2027, 1, 18)}, "исполнено 18.01"),
        (
            {"state": "executed", "is_closed": True, "actual_date": date(2027, 2, 1), "is_late": True},
            "исполнено 01.02.2027, с опозданием",
        ),
        ({"is_extended": True, "original_due_end": date(2026, 12, 31)}, "срок продлён с 31.12.2026"),
        ({"due_doubts": ["какой год?"]}, "срок не понят до конца"),
    ],
)
def test_nearness_is_added_to_the_date_and_never_replaces_it(page, facts, added):
    assert due_cell(page, **facts) == ["20.01.2027", added]


def test_nothing_is_added_to_a_far_or_closed_term(page):
    assert due_cell(page, days_left=20) == ["20.01.2027"]
    assert due_cell(page, days_left=-3, state="cancelled", is_closed=True) == ["20.01.2027"]


def test_a_missing_term_is_said_aloud(page):
    assert due_cell(page, control_date=None, days_left=None) == ["нет срока"]


def test_an_error_is_read_out_with_its_field(page):
    form = AnswerForm(MultiDict({"text": ""}))
    form.validate()

    drawn = page('{% from "macros/field.html" import field %}{{ field(form.text) }}', form=form)

    (area,) = drawn.xpath("//textarea")
    described = [words(drawn.get_element_by_id(name)) for name in area.get("aria-describedby").split()]
    assert area.get("aria-invalid") == "true"
    assert described == ["Одно предложение", "Ошибка: Напишите, что сделано"]


def test_only_what_may_be_left_out_is_marked(page):
    source = '{% from "macros/field.html" import field %}{{ field(f) }}'
    form = AnswerForm()

    assert "необязательно" not in words(page(source, f=form.text))
    assert "необязательно" in words(page(source, f=form.place))


def test_a_choice_is_a_group_with_a_name_and_labels(page):
    drawn = page('{% from "macros/field.html" import field %}{{ field(f) }}', f=AnswerForm().claim)

    assert words(drawn.xpath("//fieldset/legend")[0]) == "Итог"
    assert [words(label) for label in drawn.xpath("//label[.//input[@type='radio']]")] == ["Да", "Нет"]


def test_the_summary_of_errors_leads_to_each_field(page):
    form = AnswerForm(MultiDict())
    form.validate()

    drawn = page('{% from "macros/field.html" import error_summary %}{{ error_summary(form) }}', form=form)

    assert drawn.xpath("//*[@role='alert']//a/@href") == ["#text", "#claim-0"]


def test_a_form_without_errors_has_no_summary(page):
    drawn = page(
        '{% from "macros/field.html" import error_summary %}{{ error_summary(form) }}', form=AnswerForm()
    )

    assert not drawn.xpath("//*[@role='alert']")


def offer(name: str, refusal: str = "", **needs):
    move = Thing(name=name, label=name, **({"needs_note": False, "needs_ground": False} | needs))
    return Thing(move=move, refusal=Thing(reason=refusal) if refusal else None)


def moves(page, *offers):
    source = '{% from "macros/moves.html" import move_buttons %}{{ move_buttons(offers, url, 7, "accept") }}'
    return page(source, offers=offers, url=lambda name: f"/moves/{name}")


def test_a_blocked_move_is_never_a_dead_button(page):
    drawn = moves(page, offer("accept", "Нет подтверждения"))

    (button,) = drawn.xpath("//button")
    assert button.get("disabled") is None
    assert words(drawn.get_element_by_id(button.get("aria-describedby"))) == "Нет подтверждения"
    assert drawn.xpath("//form/@action") == ["/moves/accept"]


def test_every_move_carries_the_token_and_the_version_that_was_seen(page):
    drawn = moves(page, offer("accept"), offer("return", needs_note=True), offer("cancel", needs_ground=True))

    for form in drawn.xpath("//form"):
        sent = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
        assert sent == {"csrf_token": "token", "version": "7"}


def test_a_move_that_needs_words_asks_for_them(page):
    drawn = moves(page, offer("return", needs_note=True), offer("cancel", needs_ground=True))

    assert drawn.xpath("//textarea/@name") == ["note"]
    assert drawn.xpath("//input[@name='ground']/@required") != []
