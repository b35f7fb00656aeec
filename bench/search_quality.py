"""How well the search finds: judged questions over a made archive, both engines side by side.

`python -m bench.search_quality [documents]` (default 1500). Seven classes of thirty questions. What is right
is told by the archive itself (same number, same date, same title, the words side by side, the words and not
the other one), never by an engine. Prints MRR@10 and recall@10 for each class and engine, and how much the
first ten of both engines have in common; beside them FTS5 and tantivy as anybody would set them up.
"""

import contextlib
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import plain_peers
from bench.plain_peers import FirstTen
from bench.search_corpus import KINDS, Made, archive
from bench.search_peers import has_tantivy
from search_index.language import words
from search_index.meaning import need_of
from search_index.numerals import folded
from search_index.protocol import Engine, Sight, Wish
from search_index.query_language import ClauseKind, Question, parse
from search_index.whoosh_engine.engine import WhooshEngine

EACH, FIRST = 30, 10
EVERYBODY = Sight(frozenset(range(1, 501)))
OTHER_FORMS = {
    "О проведении мониторинга": "провести мониторинг",
    "Об утверждении плана": "утвердить план",
    "О создании рабочей группы по вопросам": "создана рабочая группа вопрос",
    "Об организации": "организовать",
    "О внесении изменений в положение о порядке": "внести изменения положение порядок",
    "Об итогах": "итоги",
    "О назначении ответственных за": "назначены ответственные",
}


@dataclass(frozen=True)
class Judged:
    """A question with the numbers of all documents that answer it."""

    text: str
    right: frozenset[int]


def main() -> int:
    """Build, ask, judge; 0."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    documents = list(archive(size, words=90))
    asked = questions(documents)
    with contextlib.ExitStack() as stack:
        engines = {"whoosh": stack.enter_context(whoosh()), "postgresql": stack.enter_context(postgresql())}
        for engine in engines.values():
            engine.put(made.paper() for made in documents)
        ours = {name: partial(first_ten, engine) for name, engine in engines.items()}
        report(asked, ours | peers(documents))
    return 0


def peers(documents: list[Made]) -> dict[str, FirstTen]:
    """The others; tantivy where it is installed."""
    found = {"fts5": plain_peers.fts5(documents)}
    return found | ({"tantivy": plain_peers.tantivy(documents)} if has_tantivy() else {})


def report(asked: dict[str, list[Judged]], engines: dict[str, FirstTen]) -> None:
    """One line for a class and engine, one for what both of ours have in common."""
    for kind, each in asked.items():
        found = {name: [ask(one.text) for one in each] for name, ask in engines.items()}
        for name, lists in found.items():
            pairs = list(zip(lists, each, strict=True))
            mrr = statistics.mean(rank(keys, one.right) for keys, one in pairs)
            recall = statistics.mean(share(keys, one.right) for keys, one in pairs)
            line = f"{kind:<14} {name:<11} {len(each)} questions  MRR@10 {mrr:.3f}  recall@10 {recall:.3f}"
            sys.stdout.write(line + "\n")
        shared = statistics.mean(
            len(set(a) & set(b)) / max(len(a), len(b), 1) if a or b else 1.0
            for a, b in zip(found["whoosh"], found["postgresql"], strict=True)
        )
        sys.stdout.write(f"{kind:<14} in common   {shared:.3f}\n")
        sys.stdout.flush()


def first_ten(engine: Engine, text: str) -> list[int]:
    """The numbers of the first ten; a word that nobody has is mended first, as the page does."""
    question = mended(engine, parse(text))
    hits = engine.find(Wish(need_of(question, {}), EVERYBODY, limit=FIRST)).hits
    return [int(hit.key.split(":")[1]) for hit in hits]


def mended(engine: Engine, question: Question) -> Question:
    """The question with words that find nothing replaced by their likeliest neighbours."""
    for clause in question.clauses:
        if clause.kind is ClauseKind.WORD and not _count(engine, clause.text):
            near = engine.near_words(clause.text.lower())
            question = parse(question.with_word(clause.text, near[0])) if near else question
    return question


def _count(engine: Engine, text: str) -> int:
    return engine.find(Wish(need_of(parse(text), {}), EVERYBODY, limit=1)).total


def rank(found: list[int], right: frozenset[int]) -> float:
    """One divided by the place of the first right answer."""
    return next((1 / place for place, number in enumerate(found, 1) if number in right), 0.0)


def share(found: list[int], right: frozenset[int]) -> float:
    """How many of the right ones that could stand among the first ten do."""
    return len(right & set(found)) / min(len(right), FIRST)


def questions(documents: list[Made]) -> dict[str, list[Judged]]:
    """The seven classes."""
    chance = random.Random(9)
    some = [chance.sample(documents, EACH) for _ in range(7)]
    return {
        "number": [_by_number(made, documents) for made in some[0]],
        "number, date": [Judged(_full(made), frozenset({made.number})) for made in some[1]],
        "date": [_by_day(made, documents) for made in some[2]],
        "title, forms": [_by_title(made, documents) for made in some[3]],
        "typo": [_by_typo(made, documents, chance) for made in some[4]],
        "phrase": [_by_phrase(made, documents, chance) for made in some[5]],
        "negation": [_by_negation(made, documents) for made in some[6]],
    }


def _full(made: Made) -> str:
    return f"{KINDS[made.kind].lower()} № {made.registered} от {made.day:%d.%m.%Y}"


def _by_number(made: Made, documents: list[Made]) -> Judged:
    wanted = folded(made.registered.lower())
    return Judged(
        made.registered, frozenset(d.number for d in documents if folded(d.registered.lower()) == wanted)
    )


def _by_day(made: Made, documents: list[Made]) -> Judged:
    return Judged(f"{made.day:%d.%m.%Y}", frozenset(d.number for d in documents if d.day == made.day))


def _by_title(made: Made, documents: list[Made]) -> Judged:
    act = next(act for act in OTHER_FORMS if made.title.startswith(act))
    rest = made.title.removeprefix(act).replace("района", "район")
    return Judged(OTHER_FORMS[act] + rest, frozenset(d.number for d in documents if d.title == made.title))


def _by_typo(made: Made, documents: list[Made], chance: random.Random) -> Judged:
    said = made.title.split()
    longest = max(range(len(said)), key=lambda place: len(said[place]))
    gone = chance.randrange(1, len(said[longest]) - 3)
    said[longest] = said[longest][:gone] + said[longest][gone + 1 :]
    return Judged(" ".join(said), frozenset(d.number for d in documents if d.title == made.title))


def _by_phrase(made: Made, documents: list[Made], chance: random.Random) -> Judged:
    written = made.text.split()
    place = chance.randrange(len(written) - 3)
    phrase = " ".join(written[place : place + 3])
    return Judged(f"«{phrase}»", frozenset(d.number for d in documents if _side_by_side(phrase, d)))


def _side_by_side(phrase: str, made: Made) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(made.paper().text))} "


def _by_negation(made: Made, documents: list[Made]) -> Judged:
    """All of the title but the kind of the act, without documents of that kind of act."""
    act, subject = made.title.split()[1], made.title.split()[-3]
    wanted, unwanted = words(subject)[0], words(act)[0]
    said = {d.number: set(words(d.paper().text)) for d in documents}
    right = frozenset(number for number, each in said.items() if wanted in each and unwanted not in each)
    if not right:
        return Judged(subject, frozenset(number for number, each in said.items() if wanted in each))
    return Judged(f"{subject} -{act}", right)


@contextlib.contextmanager
def whoosh() -> Iterator[Engine]:
    """The embedded engine in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield WhooshEngine(Path(folder) / "index")


@contextlib.contextmanager
def postgresql() -> Iterator[Engine]:
    """PostgreSQL's engine in a database of its own."""
    from search_index.postgresql_engine.engine import PostgresqlEngine
    from tests import databases
    from tests.conftest import close, make_settings, new_app

    with tempfile.TemporaryDirectory() as folder, databases.postgresql_database("quality") as url:
        app = new_app(make_settings(Path(folder), url))
        with app.app_context():
            yield PostgresqlEngine()
        close(app)


if __name__ == "__main__":
    raise SystemExit(main())
