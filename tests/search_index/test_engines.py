"""What every engine does, on Whoosh and on PostgreSQL alike."""

from dataclasses import replace
from datetime import date

import pytest

from search_index.meaning import completion_of, need_of
from search_index.postgresql_engine import statements, vectors
from search_index.protocol import FACETS, Filters, Order, Sight, Wish
from search_index.queries.saved import synonyms
from search_index.query_language import parse
from tests.search_index.papers import ARCHIVE, EVERYBODY, paper


@pytest.fixture
def filled(engine):
    engine.put(ARCHIVE)
    return engine


def keys(engine, text, **more):
    wish = Wish(need_of(parse(text), more.pop("synonyms", {})), more.pop("sight", EVERYBODY), **more)
    return [hit.key for hit in engine.find(wish).hits]


FINDS = [
    ("602-ОД", "document:1"),
    ("№ 602 – од", "document:1"),
    ("6О2-0Д", "document:1"),
    ("602", "document:1"),
    ("614", "document:6"),
    ("р-33", "document:4"),
    ("p-33", "document:4"),
    ("60/1", "document:3"),
    ("60 / 1", "document:3"),
    ("05.03.2020", "document:3"),
    ("5 марта 2020 года", "document:3"),
    ("март 2020", "document:3"),
    ("протокол 2 от 27.01.2021", "document:2"),
    ("наставник рабочей группа", "document:1"),
    ("исполнением приказов", "document:3"),
    ("елка", "document:4"),
    ("№:602-ОД", "document:1"),
    ("от:27.01.2021 вид:протокол", "document:2"),
    ("год:2019", "document:4"),
    ("вид:письмо", "document:6"),
    ("учебно-методический", "measure:5"),
]


@pytest.mark.parametrize(("text", "key"), FINDS, ids=[text for text, _ in FINDS])
def test_what_is_asked_for_stands_first(filled, text, key):
    assert keys(filled, text)[:1] == [key]


@pytest.mark.parametrize("text", ["исполнение", "исполнено", "исполнить", "исполняется"])
def test_words_of_one_root_find_each_other(filled, text):
    assert set(keys(filled, text)) == {"document:2", "document:3"}


def test_a_denial_is_not_what_it_denies(filled):
    assert keys(filled, "не исполнено") == ["document:2"]
    assert keys(filled, "«не исполнено»") == ["document:2"]
    assert set(keys(filled, "исполнено -не исполнено")) == {"document:3"}


def test_a_phrase_is_words_side_by_side_in_their_order(filled):
    assert set(keys(filled, "«план мероприятий»")) == {"document:2", "document:3"}
    assert set(keys(filled, "план мероприятий")) == {"document:2", "document:3", "measure:5"}


@pytest.mark.parametrize("order", Order)
def test_two_words_apart_are_no_phrase_though_the_index_takes_them_for_one(engine, monkeypatch, order):
    monkeypatch.setattr(vectors, "PAIRS", 1)
    monkeypatch.setattr(statements, "RANKED", 2)
    engine.put(ARCHIVE)
    wish = Wish(need_of(parse("«план мероприятий»"), {}), EVERYBODY, order=order, facets=FACETS)
    found = engine.find(wish)
    assert {hit.key for hit in found.hits} == {"document:2", "document:3"}
    assert found.total == 2 and found.facets["year"] == {"2021": 1, "2020": 1}


@pytest.mark.parametrize("chosen", [{}, {"kind": frozenset({"order"})}], ids=["all", "orders"])
def test_only_the_first_of_very_many_are_read_for_a_phrase(engine, monkeypatch, chosen):
    monkeypatch.setattr(statements, "CHECKED", 1)
    engine.put(
        [
            paper(f"document:{number}", text="план мероприятий", day=date(2021, 1, number), kind=kind)
            for number, kind in ((1, "order"), (2, "order"), (3, "minutes"), (4, "order"))
        ]
    )
    wish = Wish(need_of(parse("«план мероприятий»"), {}), EVERYBODY, Filters(chosen), facets=FACETS)
    found = engine.find(wish)
    assert found.total == len(found.hits) == (3 if chosen else 4)
    assert found.facets["kind"] == {"order": 3, "minutes": 1}


def test_what_was_counted_by_years_changes_nothing_of_what_is_ranked(engine, monkeypatch):
    monkeypatch.setattr(statements, "RANKED", 2)
    days = (date(2019, 5, 1), date(2021, 1, 1), date(2021, 3, 1), date(2020, 7, 1))
    engine.put([paper(f"document:{n}", text="план", day=day) for n, day in enumerate(days, start=1)])
    asked = [Wish(need_of(parse("план"), {}), EVERYBODY, facets=facets) for facets in ((), FACETS)]
    without, counted = ([hit.key for hit in engine.find(wish).hits] for wish in asked)
    assert without == counted
    assert counted[:2] == ["document:2", "document:3"]


@pytest.mark.parametrize("order", Order)
def test_with_no_lines_wanted_it_is_only_counted(filled, order):
    found = filled.find(Wish(need_of(parse("план"), {}), EVERYBODY, order=order, limit=0, facets=FACETS))
    assert found.total == 3 and not found.hits and found.facets["year"] == {"2021": 1, "2020": 1}


def test_one_word_in_quotes_is_a_form(filled):
    assert keys(filled, "«исполнены»") == ["document:3"]


def test_excluded_words_exclude_and_alternatives_join(filled):
    assert set(keys(filled, "наставник -семинар")) == {"document:1"}
    assert set(keys(filled, "семинар ИЛИ ёлка")) == {"measure:5", "document:4"}
    assert len(keys(filled, "-семинар")) == 5


def test_only_a_denial_finds_everything_else(filled):
    everything, some = set(keys(filled, "", limit=100)), set(keys(filled, "исполнено"))
    assert set(keys(filled, "-исполнено", limit=100)) == everything - some
    phrases = set(keys(filled, "«план мероприятий»"))
    assert set(keys(filled, "-«план мероприятий» -елка", limit=100)) == everything - phrases - {"document:4"}


def test_synonyms_find_each_other(filled):
    known = synonyms()

    assert keys(filled, "ФГОС", synonyms=known) == ["document:4"]


def test_only_what_is_within_the_sight_is_found_and_counted(filled):
    sight = Sight(frozenset({2}), frozenset({1 * 4}), frozenset({4 * 4}))
    found = filled.find(Wish(need_of(parse(""), {}), sight, facets=FACETS))

    assert {hit.key for hit in found.hits} == {"document:1", "document:3"}
    assert found.total == 2
    assert found.facets["organisation"] == {"1": 1, "2": 1}
    assert found.facets["kind"] == {"order": 2}


def test_facets_count_without_their_own_filter(filled):
    chosen = Filters({"kind": frozenset({"order"}), "year": frozenset({"2021"})})
    found = filled.find(Wish(need_of(parse(""), {}), EVERYBODY, chosen, facets=FACETS))

    assert [hit.key for hit in found.hits] == ["document:1"]
    assert found.facets["kind"] == {"order": 1, "minutes": 1}
    assert found.facets["year"] == {"2021": 1, "2020": 1}
    assert found.facets["organisation"] == {"1": 1}


def test_days_and_single_keys_filter(filled):
    days = Filters(since=date(2021, 1, 1), until=date(2021, 12, 31))

    assert set(keys(filled, "", filters=days)) == {"document:1", "document:2"}
    assert keys(filled, "", filters=Filters(keys=frozenset({"measure:5"}))) == ["measure:5"]


def test_results_are_sorted_by_date_with_the_undated_last(filled):
    newest = ["document:6", "document:1", "document:2", "document:3", "document:4", "measure:5"]

    assert keys(filled, "", order=Order.NEWEST) == newest
    assert keys(filled, "", order=Order.OLDEST)[-1] == "measure:5"


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["", "план ИЛИ приказ ИЛИ о"])
def test_pages_follow_each_other_without_gap_or_overlap(filled, order, text):
    filled.put([paper(f"document:{number}", "План", "план", organisation=1) for number in range(100, 130)])
    whole = keys(filled, text, order=order, limit=100)
    wish = Wish(need_of(parse(text), {}), EVERYBODY, order=order, limit=7)
    pages = []
    while True:
        hits = filled.find(wish).hits
        pages += [hit.key for hit in hits]
        if len(hits) < 7:
            break
        wish = replace(wish, after=hits[-1])

    assert pages == whole
    assert len(set(pages)) == len(pages)


def test_a_new_version_replaces_the_old_one(filled):
    filled.put([paper("document:1", "О роспуске группы", "Распустить.", "602-ОД", date(2021, 1, 27))])

    assert keys(filled, "наставничество") == ["measure:5"]
    assert keys(filled, "роспуск") == ["document:1"]
    assert len(list(filled.standing())) == len(ARCHIVE)


def test_what_was_dropped_is_gone_and_dropping_twice_is_no_error(filled):
    filled.drop(["document:1", "document:99"])
    filled.drop(["document:1"])

    assert keys(filled, "602-ОД") == []
    assert "document:1" not in {one.key for one in filled.standing()}


def test_standing_tells_keys_with_their_readers(filled):
    found = {one.key: (one.organisation, one.scope) for one in filled.standing()}

    assert found["document:3"] == (2, 12)
    assert found["measure:5"] == (3, 20)


def test_a_word_is_completed_from_its_beginning(filled):
    need = completion_of(parse("рабочая гру"), {})

    assert [hit.key for hit in filled.find(Wish(need, EVERYBODY)).hits] == ["document:1"]
    number = completion_of(parse("60"), {})
    assert {hit.key for hit in filled.find(Wish(number, EVERYBODY)).hits} == {"document:1", "document:3"}


def test_words_one_slip_away_are_known(filled):
    assert "наставничеству" in filled.near_words("насавничеству")
    assert filled.near_words("абвгдеж") == []


def test_rebuilding_leaves_only_what_it_was_given(filled):
    filled.rebuild([ARCHIVE[:2], [paper("document:50", "Новый", "новое")]])

    assert [one.key for one in filled.standing()] == ["document:1", "document:2", "document:50"]
    assert keys(filled, "новое") == ["document:50"]


def test_the_stamp_tells_the_version(engine):
    assert engine.stamp() == ""

    engine.rebuild([])
    engine.seal("version 1")

    assert engine.stamp() == "version 1"


def test_an_empty_index_finds_nothing(engine):
    assert engine.find(Wish(need_of(parse("приказ"), {}), EVERYBODY, facets=FACETS)).total == 0


def test_a_person_who_sees_nothing_finds_nothing(filled):
    nobody = Sight(frozenset())

    assert keys(filled, "приказ", sight=nobody) == []
    assert filled.find(Wish(need_of(parse(""), {}), nobody, facets=FACETS)).facets["kind"] == {}


def test_hostile_words_are_words(filled):
    for text in ("' OR 1=1 --", "a\\' & !b", "((", '"', "x:* <-> y", "\x00", "%_", "№:' | '", "«" * 50):
        keys(filled, text)
