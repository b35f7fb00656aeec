"""Passages show what was asked for: a phrase where its words stand together."""

import pytest

from search_index.meaning import need_of
from search_index.needs import phrases_of, words_of
from search_index.passages import passages
from search_index.query_language import parse

#: Both words again and again and far apart, before they stand together for once.
LONG = "Мероприятия школ утверждены отдельно. Каждый план согласован. " * 60
PLACE = "Утверждён единый план мероприятий района."


def shown(text: str, *parts: str) -> list[str]:
    """Passages of the texts for a question; what is marked stands in brackets."""
    need = need_of(parse(text), {})
    found = passages(
        [(f"стр. {n}", part) for n, part in enumerate(parts, 1)], words_of(need), phrases_of(need)
    )
    return [
        passage.place + ": " + "".join(f"[{p.text}]" if p.is_marked else p.text for p in passage.pieces)
        for passage in found
    ]


@pytest.mark.parametrize("question", ["«план мероприятий»", "отчёт ИЛИ «план мероприятий»"])
def test_a_passage_shows_where_a_phrase_stands(question):
    (passage,) = shown(question, LONG + PLACE + LONG)

    assert "единый [план] [мероприятий] района" in passage


def test_a_denial_is_shown_where_it_stands():
    (passage,) = shown("не исполнено", "Исполнено в срок, не позже июня. " * 50 + "Пункт не исполнен.")

    assert "Пункт [не] [исполнен]" in passage


def test_the_page_with_the_phrase_comes_before_pages_with_more_of_its_words():
    found = shown("«план мероприятий» отчёт", *["Отчёт. " + LONG] * 20, PLACE)

    assert any(passage.startswith("стр. 21: ") for passage in found)


def test_words_apart_are_no_phrase():
    (passage,) = shown("«план мероприятий»", "План на год, перечень мероприятий.")

    assert passage == "стр. 1: [План] на год, перечень [мероприятий]."
