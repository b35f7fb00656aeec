"""What the author of a template reads when a tag is wrong, and what is let through."""

from pathlib import Path

import pytest

from documents.filling.grammar import allowed_tags
from reports.fields import CONTRACT
from reports.render import DEFAULT_TEMPLATE, render_report
from reports.template_check import check_limited, check_template
from tests.reports.paper import WHOLE, lines_of, report, table_of, template, xml_of

GOOD = [
    "{{ title }}",
    "{{title}}",
    "{{ approval.mark }} {{ approval.document }}",
    "{{ title|upper }}",
    "{{ totals.overdue|default('0') }}",
    "{{ columns|join('; ') }}",
    "{{ columns|length }}",
    "{{ columns }}",
    "{% if remarks %}{{ remarks|length }}{% else %}замечаний нет{% endif %}",
    "{% if totals.overdue == '0' and not period %}в срок{% elif title != '' %}нет{% endif %}",
    "{{ period if period else 'за год' }}",
    "{% for each in columns %}{{ loop.index }}. {{ each }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{# заметка для себя #}",
    "{_{ не тег }_}",
]


def sentences(path: Path) -> list[str]:
    return [problem.sentence for problem in check_template(str(path))]


def test_the_shipped_template_passes(tmp_path: Path) -> None:
    assert check_limited(DEFAULT_TEMPLATE) == []


def test_a_template_with_every_allowed_tag_passes_and_is_filled(tmp_path: Path) -> None:
    made = template(tmp_path / "t.docx", body=GOOD, header=GOOD, footer=GOOD, footnote=GOOD, rows=WHOLE)

    assert sentences(made) == []
    render_report(str(made), report(period="2020 год"), str(tmp_path / "out.docx"))
    assert "1. №, 2. Мероприятие" in "".join(lines_of(xml_of(tmp_path / "out.docx", "word/document.xml")))


def test_every_tag_of_the_help_page_passes(tmp_path: Path) -> None:
    plain = [each["tag"] for each in allowed_tags(CONTRACT) if "%" not in each["tag"]]
    outside = [tag for tag in plain if not tag.startswith(("{{ section.", "{{ measure.", "{{ remark."))]
    inside = "|".join(tag for tag in plain if tag.startswith("{{ measure."))

    made = template(tmp_path / "t.docx", body=outside, rows=[*WHOLE[:3], inside, *WHOLE[4:]])

    assert sentences(made) == []
    assert all(each["means"] for each in allowed_tags(CONTRACT))


def test_a_misspelt_field_is_named_with_its_place_and_the_likely_field(tmp_path: Path) -> None:
    rows = [*WHOLE[:3], "{{ measure.titel }}", *WHOLE[4:]]

    assert sentences(template(tmp_path / "t.docx", rows=rows)) == [
        "тег {{ measure.titel }} в таблице 1, строка 4: такого поля нет; может быть, title?"
    ]


WRONG = [
    ({"body": ["слово", "{{ titel }}"]}, "в абзаце 2: такого поля нет; может быть, title?"),
    ({"header": ["{{ x.y }}"]}, "в верхнем колонтитуле в абзаце 2: такого поля нет."),
    (
        {"footer": ["{{ approval }}"]},
        "в нижнем колонтитуле в абзаце 2: это гриф рассмотрения, укажите, что напечатать: mark, document.",
    ),
    ({"footnote": ["{{ 7*7 }}"]}, "в сноске в абзаце 1: вычисления в шаблоне не разрешены."),
    ({"property": ["{{ titel }}"]}, "в свойствах документа: такого поля нет; может быть, title?"),
    (
        {"body": ["{{ sections }}"]},
        "в абзаце 1: это список (разделы с мероприятиями), для него нужен цикл {% for … %}.",
    ),
    ({"body": ["{{ title.upper() }}"]}, "в абзаце 1: вызывать в шаблоне ничего нельзя."),
    ({"body": ["{{ title|uper }}"]}, "в абзаце 1: такого преобразования нет; может быть, upper?"),
    (
        {"body": ["{% include 'x' %}"]},
        "в абзаце 1: такого тега нет; есть for, if, elif, else, endif, endfor.",
    ),
    ({"body": ["{{ title"]}, "в абзаце 1: тег не закрыт."),
    ({"body": ["{% if title %}"]}, "в абзаце 1: запись тега не закончена или составлена неверно."),
]


@pytest.mark.parametrize(("places", "said"), WRONG)
def test_a_wrong_tag_is_named_with_its_place_and_the_reason(
    tmp_path: Path, places: dict[str, list[str]], said: str
) -> None:
    (paragraphs,) = places.values()

    assert sentences(template(tmp_path / "t.docx", **places)) == [f"тег {paragraphs[-1]} {said}"]


def test_a_tag_that_would_vanish_with_the_row_of_its_loop_is_named(tmp_path: Path) -> None:
    rows = ["{%tr for section in sections %}|{{ section.title }}", "{%tr endfor %}"]

    (sentence,) = sentences(template(tmp_path / "t.docx", rows=rows))

    assert sentence.startswith("тег {{ section.title }} в таблице 1, строка 1: тег пропадёт")


def test_a_tag_that_word_cut_into_runs_is_read_whole(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    paragraph = document.add_paragraph()
    for piece, bold in (("{", False), ("{ ti", True), ("tel }", False), ("}", True)):
        paragraph.add_run(piece).bold = bold
    document.save(str(tmp_path / "t.docx"))

    assert sentences(tmp_path / "t.docx") == [
        "тег {{ titel }} в абзаце 1: такого поля нет; может быть, title?"
    ]


def test_a_loop_over_columns_makes_cells(tmp_path: Path) -> None:
    rows = ["{%tc for each in columns %}|{{ each }}|{%tc endfor %}"]
    made = template(tmp_path / "t.docx", rows=rows)

    assert sentences(made) == []
    render_report(str(made), report(), str(tmp_path / "out.docx"))
    assert table_of(tmp_path / "out.docx")[0] == report()["columns"]


def test_unbalanced_markup_shows_in_the_trial(tmp_path: Path) -> None:
    made = template(tmp_path / "t.docx", body=["{% if title %}"], rows=["{% endif %}"])

    assert "не собирается" in sentences(made)[0]
