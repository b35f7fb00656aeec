"""The vectorised searcher finds and scores what Whoosh's own searcher finds and scores, on every need."""

import random

import pytest
from whoosh import index, query, scoring
from whoosh.filedb.filestore import FileStorage

from search_index.language import stem
from search_index.needs import (
    MARKS,
    TEXT,
    TITLE,
    AllOf,
    AnyOf,
    Everything,
    Except,
    Near,
    Prefer,
    Starting,
    Term,
)
from search_index.whoosh_engine.engine import WhooshEngine
from search_index.whoosh_engine.evaluation import Evaluation
from search_index.whoosh_engine.keys import key_of
from search_index.whoosh_engine.schema import make_schema
from tests.search_index.papers import paper

WORDS = ["план", "приказ", "школа", "совет", "мероприятие", "отчёт", "наставник", "семинар", "учитель", "год"]
S = {word: stem(word.replace("ё", "е")) for word in WORDS}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Several segments with deletions and merges behind them, and one text of seventy thousand words."""
    made = WhooshEngine(tmp_path_factory.mktemp("search") / "index")
    chance = random.Random(5)
    for lot in range(9):
        made.put([_paper(number, chance) for number in range(lot * 30 + 1, lot * 30 + 31)])
    made.put([_paper(number, chance) for number in (7, 44, 90)])
    made.drop(["document:3", "document:250"])
    long = "план " * 70_000 + "школа совет " + "приказ " * 10
    made.put([paper("document:900", "Длинный", long)])
    return made


def _paper(number, chance):
    text = " ".join(chance.choices(WORDS, weights=range(10, 0, -1), k=chance.randrange(5, 80)))
    title = " ".join(chance.choices(WORDS, k=4))
    return paper(f"document:{number}", title, text, f"{number}-ОД")


def t(word, boost=1.0, field=TEXT):
    return Term(field, S.get(word, word), boost)


NEEDS = {
    "word": t("план"),
    "rare word": t("год"),
    "title": t("план", 2.5, TITLE),
    "mark": Term(MARKS, "№44-0д", 60.0),
    "unknown": t("неттакого"),
    "and": AllOf((t("план"), t("школа"), t("год"))),
    "or": AnyOf((t("год"), t("учитель"), t("неттакого"))),
    "nested": AllOf((AnyOf((t("год"), t("учитель"))), AnyOf((t("план"), AllOf((t("школа"), t("совет"))))))),
    "not": Except(t("план"), t("приказ")),
    "not any": Except(Everything(), AnyOf((t("план"), t("год")))),
    "everything": Everything(),
    "prefer": Prefer(t("школа"), AnyOf((t("школа", 2.5, TITLE), Term(MARKS, "№44-0д", 60.0)))),
    "phrase": Near((S["план"], S["приказ"])),
    "phrase of three": Near((S["план"], S["план"], S["школа"])),
    "phrase far in a long text": Near((S["школа"], S["совет"], S["приказ"])),
    "boosted phrase": AnyOf((Near((S["план"], S["школа"]), 3.0), t("год"))),
    "beginning": Starting("план"),
    "short beginning": AllOf((Starting("ш", 0.5), t("план"))),
    "not a phrase": Except(t("план"), Near((S["план"], S["приказ"]))),
}


def as_whoosh(need):
    """The same as a query of Whoosh."""
    makers = {
        Term: lambda n: query.Term(n.field, n.word, boost=n.boost),
        Near: lambda n: query.Phrase(TEXT, list(n.words), boost=n.boost),
        Starting: lambda n: query.ConstantScoreQuery(query.Prefix(TEXT, n.beginning), score=n.boost),
        AllOf: lambda n: query.And([as_whoosh(part) for part in n.parts]),
        AnyOf: lambda n: query.Or([as_whoosh(part) for part in n.parts]),
        Except: lambda n: query.AndNot(as_whoosh(n.wanted), as_whoosh(n.unwanted)),
        Prefer: lambda n: query.AndMaybe(as_whoosh(n.wanted), as_whoosh(n.liked)),
        Everything: lambda n: query.Every(),
    }
    return makers[type(need)](need)


def by_whoosh(engine, need):
    opened = index.FileIndex(FileStorage(str(engine.folder)), schema=make_schema())
    places = [(view, number) for view, _alive in engine.state().parts for number in range(view.size)]
    with opened.searcher(weighting=scoring.BM25F(B=0.75, K1=1.2)) as searcher:
        hits = searcher.search(as_whoosh(need), limit=None)
        scored = {hit.docnum: hit.score for hit in hits}
    return {key_of(int(places[n][0].columns["uid"][places[n][1]])): score for n, score in scored.items()}


def by_us(engine, need):
    found, state = {}, engine.state()
    for view, alive in state.parts:
        evaluation = Evaluation(view, state.weights)
        papers = evaluation.match(need)
        papers = papers if alive is None else papers[alive[papers]]
        for uid, score in zip(view.columns["uid"][papers], evaluation.score(need, papers), strict=True):
            found[key_of(int(uid))] = float(score)
    return found


@pytest.mark.parametrize("name", NEEDS)
def test_both_searchers_find_the_same_with_the_same_worth(engine, name):
    whoosh, ours = by_whoosh(engine, NEEDS[name]), by_us(engine, NEEDS[name])

    assert ours.keys() == whoosh.keys()
    assert ours == pytest.approx(whoosh, rel=1e-4)


def test_the_comparison_is_about_something(engine):
    assert len(engine.state().parts) > 1
    assert any(alive is not None for _view, alive in engine.state().parts)
    found = {name: len(by_us(engine, need)) for name, need in NEEDS.items()}
    assert found.pop("unknown") == 0
    assert min(found.values()) >= 1, found


def some(chance, depth, *kinds):
    if depth == 0 or chance.random() < 0.3:
        word, title = chance.choice(WORDS), chance.choice(WORDS)
        return chance.choice([t(word), t(title, 2.5, TITLE), Near((S[word], S[title]))])
    parts = tuple(some(chance, depth - 1, *kinds) for _ in range(chance.randrange(2, 4)))
    return chance.choice([AllOf(parts), AnyOf(parts), *(kind(parts[0], parts[1]) for kind in kinds)])


def told(engine, need, leaves):
    """Key → worth, put together by hand from what Whoosh says of single words and phrases. Its own way of
    putting them together is not trusted here: inside an And its AndMaybe forgets what is liked, and its
    AndNot forgets to exclude or fails with IndexError."""
    if isinstance(need, Term | Near):
        if need not in leaves:
            leaves[need] = by_whoosh(engine, need)
        return leaves[need]
    if isinstance(need, AllOf | AnyOf):
        parts = [told(engine, part, leaves) for part in need.parts]
        keys = set.intersection(*map(set, parts)) if isinstance(need, AllOf) else set().union(*parts)
        return {key: sum(part.get(key, 0) for part in parts) for key in keys}
    wanted = told(engine, need.wanted, leaves)
    if isinstance(need, Except):
        return {key: wanted[key] for key in wanted.keys() - told(engine, need.unwanted, leaves).keys()}
    liked = told(engine, need.liked, leaves)
    return {key: worth + liked.get(key, 0) for key, worth in wanted.items()}


def test_nested_needs_are_put_together_right(engine):
    chance, leaves = random.Random(11), {}
    for _number in range(30):
        need = some(chance, 3, Prefer, Except)
        assert by_us(engine, need) == pytest.approx(told(engine, need, leaves), rel=1e-4), need
