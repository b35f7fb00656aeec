"""A made archive of any size, the same every time: numbers, dates, titles, texts with Zipf's frequencies.

It follows the generator of the design word for word in its figures: 136,845 written words by
Zipf and Mandelbrot (s = 1.03), an eighth of every text being runs of 4 to 12 words of one old text, lengths
log-normal about 520 words (200 to 3000), 500 organisations, twelve years, four ways to write a number. Only
the words themselves are made here, from the families of the search and from invented stems with Russian
endings, so that nothing from outside is needed. Every title is made of a handful of subjects, which makes
near misses for the judged questions of bench/search_quality.py.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from search_index.families import FAMILIES
from search_index.meaning import label_word, number_marks
from search_index.numerals import date_terms
from search_index.protocol import Paper

#: Written words, the exponent of their frequencies, words of the old text, the share of its runs.
VOCABULARY, ZIPF, OLD_TEXT, RUNS = 136_845, 1.03, 20_000, 0.12
KINDS = {
    "order": "Приказ",
    "decree": "Постановление",
    "directive": "Распоряжение",
    "minutes": "Протокол",
    "letter": "Письмо",
    "report": "Отчёт",
}
SYLLABLES = "ба во гри да жи зо ка ли мо ну пра ро сте ту фе хо ца чи шу тра пло сни дру кле бри гла".split()  # noqa: SIM905
ENDINGS = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
SUBJECTS = (
    "наставничества",
    "аттестации педагогов",
    "летнего отдыха детей",
    "школьного питания",
    "цифровой среды",
    "воспитательной работы",
    "оценки качества образования",
    "олимпиады школьников",
    "охраны труда",
    "дополнительного образования",
    "библиотечных фондов",
    "пожарной безопасности",
    "сетевого взаимодействия",
    "курсовой подготовки",
    "инклюзивного обучения",
    "финансовой грамотности",
)
ACTS = (
    "О проведении мониторинга",
    "Об утверждении плана",
    "О создании рабочей группы по вопросам",
    "Об организации",
    "О внесении изменений в положение о порядке",
    "Об итогах",
    "О назначении ответственных за",
)
PLACES = tuple(
    f"{name} района"
    for name in (
        "Лугожского",
        "Приозёрного",
        "Заречного",
        "Северного",
        "Берёзовского",
        "Полянского",
        "Горного",
    )
)


@dataclass(frozen=True)
class Made:
    """One document of the archive; `surname` is a rare word that only some of them have."""

    number: int
    registered: str
    day: date
    kind: str
    organisation: int
    title: str
    text: str

    def paper(self) -> Paper:
        """As the index takes it."""
        marks = [*number_marks(self.registered), *date_terms(self.day), f"г:{self.day.year}"]
        marks.append(f"в:{label_word(KINDS[self.kind].lower())}")
        whole = f"{self.title}\n{KINDS[self.kind]}\n{self.registered}\n{self.day:%d.%m.%Y}\n{self.text}"
        return Paper(
            f"document:{self.number}",
            self.kind,
            self.organisation,
            self.number * 4,
            self.title,
            whole,
            self.day,
            marks=tuple(marks),
        )


@cache
def vocabulary(size: int = VOCABULARY) -> list[str]:
    """Written words, the frequent ones first."""
    chance = random.Random(7)
    known = [word for line in FAMILIES.split("\n") for word in line.split()]
    chance.shuffle(known)
    made: dict[str, None] = dict.fromkeys(known)
    while len(made) < size:
        stem = "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))) + chance.choice("внлрстк")
        for ending in chance.sample(ENDINGS, chance.randrange(1, 5)):
            made.setdefault(stem + ending)
    return list(made)[:size]


class Pen:
    """Writes texts: words drawn one by one, and runs of an old text that others quote too."""

    def __init__(self) -> None:
        self.known = np.array(vocabulary(), object)
        weights = 1 / (np.arange(len(self.known)) + 2.7) ** ZIPF
        self.steps = np.cumsum(weights / weights.sum())
        self.old = self.drawn(np.random.default_rng(17), OLD_TEXT)

    def drawn(self, generator: "np.random.Generator", count: int) -> list[str]:
        """Words by their frequencies, each for itself."""
        found: list[str] = self.known[np.searchsorted(self.steps, generator.random(count))].tolist()
        return found

    def text(self, generator: "np.random.Generator", chance: random.Random, length: int) -> list[str]:
        """About `length` words in stretches; an eighth of the stretches stands in the old text."""
        fresh, said, at = self.drawn(generator, length), list[str](), 0
        while len(said) < length and at < length:
            if chance.random() < RUNS:
                first = int(len(self.old) * chance.random() ** 1.5)
                said += self.old[first : first + chance.randint(4, 12)]
            else:
                count = chance.randint(6, 18)
                said += fresh[at : at + count]
                at += count
        return said


def archive(size: int, *, words: int = 520, first: int = 0) -> Iterator[Made]:
    """Documents `first` + 1 to `size`; texts of about `words` words. `first` is a multiple of 500."""
    pen = Pen()
    for start in range(first, size, 500):
        generator, chance = np.random.default_rng(1000 + start), random.Random(5000 + start)
        for number in range(start + 1, min(start + 500, size) + 1):
            length = int(np.clip(np.exp(generator.normal(np.log(words), 0.75)), min(200, words // 2), 3000))
            yield _document(number, pen.text(generator, chance, length), chance)


def _document(number: int, said: list[str], chance: random.Random) -> Made:
    day = date(2015 + int(12 * chance.random() ** 0.7), chance.randint(1, 12), chance.randint(1, 28))
    act, subject, place = chance.choice(ACTS), chance.choice(SUBJECTS), chance.choice(PLACES)
    title = f"{act} {subject} {place} {number % 97 + 1}"
    kind = chance.choices(tuple(KINDS), (35, 15, 20, 12, 13, 5))[0]
    half = len(said) // 2
    body = f"{' '.join(said[:half])} {act.lower()} {subject} {' '.join(said[half:])}"
    return Made(number, _registered(chance), day, kind, int(500 * chance.random() ** 2) + 1, title, body)


def _registered(chance: random.Random) -> str:
    number = chance.randint(1, 900)
    forms = (
        f"{number}/{chance.randint(1, 4)}",
        f"{number}-ОД",
        f"{number}-р",
        f"01-{chance.randint(1, 40):02d}/{number}",
    )
    return chance.choice((*forms, str(number)))
