"""What people type is always a question."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.meaning import completion_of, need_of
from search_index.postgresql_engine.vectors import query_of
from search_index.query_language import MAX_CLAUSES, MAX_LENGTH, ClauseKind, Field, parse

K = ClauseKind
QUESTIONS = [
    ("план мероприятий", [(K.WORD, "план"), (K.WORD, "мероприятий")]),
    ("приказ об утверждении", [(K.WORD, "приказ"), (K.WORD, "утверждении")]),
    ("«план мероприятий» приказ", [(K.PHRASE, "план мероприятий"), (K.WORD, "приказ")]),
    ('"план мероприятий', [(K.PHRASE, "план мероприятий")]),
    ("“план” №", [(K.FORM, "план")]),
    ("не исполнено", [(K.PHRASE, "не исполнено")]),
    ("№ 602 – ОД", [(K.NUMBER, "602-ОД")]),
    ("протокол 2 от 27.01.2021", [(K.WORD, "протокол"), (K.NUMBER, "2"), (K.DATE, "27.01.2021")]),
    ("от 27 января 2021 г.", [(K.DATE, "27 января 2021 г.")]),
    ("январь 2021", [(K.DATE, "январь 2021")]),
    ("учебно-методический", [(K.WORD, "учебно-методический")]),
    ("в на", [(K.WORD, "в"), (K.WORD, "на")]),
    ("(((", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "clauses"), QUESTIONS, ids=[text for text, _ in QUESTIONS])
def test_a_question_is_taken_apart(text, clauses):
    assert [(clause.kind, clause.text) for clause in parse(text).clauses] == clauses


FIELDS = [
    ("вид:приказ", Field.KIND, "приказ"),
    ("№:60/1", Field.NUMBER, "60/1"),
    ("от:27.01.2021", Field.DATE, "27.01.2021"),
    ("орган:«Комитет образования»", Field.AUTHORITY, "Комитет образования"),
    ("год:2021", Field.YEAR, "2021"),
    ('статус:"не исполнено"', Field.STATE, "не исполнено"),
    ("исполнитель:Тополева", Field.EXECUTOR, "Тополева"),
]


@pytest.mark.parametrize(("text", "field", "value"), FIELDS)
def test_fields_are_named_before_a_colon(text, field, value):
    (clause,) = parse(text).clauses

    assert (clause.field, clause.text) == (field, value)


def test_an_unknown_field_is_plain_words():
    assert [clause.field for clause in parse("цвет:красный").clauses] == [None]


def test_a_minus_excludes_and_or_joins():
    question = parse("план -проект семинар ИЛИ вебинар | лекция")

    assert [[clause.text for clause in group] for group in question.groups] == [
        ["план"],
        ["проект"],
        ["семинар", "вебинар", "лекция"],
    ]
    assert [group[0].is_excluded for group in question.groups] == [False, True, False]


def test_the_word_or_in_small_letters_says_nothing():
    assert len(parse("семинар или вебинар").groups) == 2


def test_every_group_can_be_taken_away():
    question = parse("план -проект «рабочая группа» год:2021")

    assert [question.without(group) for group in question.groups] == [
        "-проект «рабочая группа» год:2021",
        "план «рабочая группа» год:2021",
        "план -проект год:2021",
        "план -проект «рабочая группа»",
    ]


def test_taking_everything_away_leaves_nothing():
    question = parse("план")

    assert question.without(question.groups[0]) == ""


def test_a_long_question_is_cut_and_says_so():
    question = parse("слово " * 100)

    assert len(question.text) <= MAX_LENGTH and len(question.clauses) <= MAX_CLAUSES and question.is_cut
    assert not parse("слово").is_cut


def test_reading_what_was_read_changes_nothing():
    for text, _clauses in QUESTIONS:
        question = parse(text)
        assert parse(question.text).clauses == question.clauses


@given(st.text(max_size=80))
def test_no_text_is_an_error(text):
    question = parse(text)

    query_of(need_of(question, {}))
    query_of(completion_of(question, {}))
    for group in question.groups:
        parse(question.without(group))


def test_ten_thousand_hostile_questions_are_read():
    chance = random.Random(7)
    bits = [
        "-",
        "«",
        "»",
        '"',
        "ИЛИ",
        "OR",
        "|",
        "не",
        "№",
        ":",
        "вид:",
        "от:",
        "(",
        ")",
        "*",
        "~",
        "602-ОД",
        "27.01.2021",
        "план",
        "\x00",
        "ё",
        "AND",
        "NOT",
        "[a TO я]",
        "/",
        "\\",
        "'",
        "год:",
        "января 2021",
        "🙂",
        "%",
    ]
    for _number in range(10_000):
        text = chance.choice(["", " "]).join(chance.choices(bits, k=chance.randrange(12)))
        query_of(need_of(parse(text), {}))
