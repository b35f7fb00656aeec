"""What words, numbers and dates become, the same when stored and when asked for."""

import pytest
import Stemmer

from search_index.families import FAMILIES
from search_index.keyboard import other_layout
from search_index.language import forms, positions, stem, words
from search_index.meaning import label_word
from search_index.spelling import is_correctable, slips

LINES = [line.split() for line in FAMILIES.strip().splitlines()]


@pytest.mark.parametrize("family", LINES, ids=[line[0] for line in LINES])
def test_a_family_is_one_word(family):
    assert len({words(word)[0] for word in family}) == 1


def test_families_do_not_run_into_each_other():
    assert len({words(line[0])[0] for line in LINES}) == len(LINES)


APART = [
    ("исполнение", "исполнитель"), ("план", "планета"), ("приказ", "показ"), ("порядок", "порядочный"),
    ("участие", "участок"), ("совет", "советский"), ("отчёт", "учёт"), ("школа", "школьник"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert words(one) != words(other)


def test_other_words_get_the_stem_of_snowball():
    snowball = Stemmer.Stemmer("russian", 0)

    for word in ("муниципального", "педагогами", "школы", "семинаров", "реестре"):
        assert stem(word) == snowball.stemWord(word)


NUMBERS = [
    ("602-ОД", "602-0д"), ("602 – од", "602-0д"), ("6О2-0Д", "602-0д"), ("602-OД", "602-0д"),
    ("60/1", "60/1"), ("60 / 1", "60/1"), ("р-33", "р-33"), ("P-33", "р-33"), ("р-ЗЗ", "р-33"),
    ("01-05/123", "01-05/123"), ("3.5", "3.5"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "word"), NUMBERS)
def test_a_number_is_one_word_however_it_is_written(written, word):
    assert word in positions(f"Приказ № {written} директора")


def test_a_number_is_found_by_its_parts():
    assert {"602", "01", "05", "123"} <= positions("№ 602-ОД, 01-05/123").keys()


DATES = [
    "27.01.2021", "27.1.21", "2021-01-27", "27 января 2021 г.", "27 ЯНВАРЯ 2021",
]  # fmt: skip


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_one_word_however_it_is_written(written):
    found = positions(f"от {written} о мерах")

    assert "@20210127" in found and "@202101" in found


def test_a_month_is_a_word_and_an_impossible_day_is_none():
    assert "@202105" in positions("в мае 2021 года")
    assert "@202103" in positions("март 2021")
    assert not any(word.startswith("@") for word in positions("31.02.2021 и 45.13.2020"))


def test_signs_of_a_bad_scan_are_mended():
    assert words("пр0т0к0л") == words("протокол")
    assert words("пpикaз") == words("приказ")  # Latin p and a


def test_a_word_with_a_hyphen_is_its_parts_side_by_side():
    found = positions("учебно-методический совет")

    assert found[stem("учебно")] == [0] and found[stem("методический")] == [1] and found[stem("совет")] == [2]


def test_nothing_is_left_out_and_yo_is_ye():
    assert words("не в ёлку") == ["не", "в", stem("елку")]


def test_forms_are_words_as_written():
    assert forms("Приказом ёлку 602-ОД, учебно-методический") == {
        "приказом",
        "елку",
        "учебно",
        "методический",
    }


@pytest.mark.parametrize("text", ["", " ", "—", "«»", "\x00", "…"])
def test_a_text_without_words_has_none(text):
    assert positions(text) == {} and words(text) == []


LAYOUTS = [("ghbrfp", "приказ"), ("gkfy vthjghbznbq", "план мероприятий"), ("ьщщвду", "moodle")]


@pytest.mark.parametrize(("typed", "meant"), LAYOUTS)
def test_the_other_layout_is_what_the_same_keys_give(typed, meant):
    assert other_layout(typed) == meant


@pytest.mark.parametrize("typed", ["", "602", "план moodle"])
def test_what_cannot_be_a_wrong_layout_is_left_alone(typed):
    assert other_layout(typed) == ""


def test_slips_are_one_letter_away():
    found = set(slips("план"))

    assert {"лпан", "пла", "плаг", "пллан", "плано"} <= found
    assert "план" not in found and "клон" not in found
    assert is_correctable("план") and not is_correctable("602") and not is_correctable("от")


def test_the_label_of_a_state_is_one_word():
    assert label_word("не исполнено") != label_word("исполнено")
    assert label_word("Не исполнено") == label_word("не исполнен")
