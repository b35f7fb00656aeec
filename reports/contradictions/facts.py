"""What the checks look at, and what they find."""

import hashlib
from dataclasses import dataclass
from datetime import date as Day

from documents.kinds import DocumentKind

#: States in which a row claims that everything was done.
DONE = frozenset({"executed", "executed_late"})


@dataclass(frozen=True)
class Evidence:
    """A document that a row rests on. `text` is what was read in its file, empty while nothing was."""

    caption: str
    kind: DocumentKind = DocumentKind.OTHER
    number: str = ""
    date: Day | None = None
    proves_on: Day | None = None
    text: str = ""

    @property
    def day(self) -> Day | None:
        """The day it proves something for: its evidence date, else the date of the document."""
        return self.proves_on or self.date


@dataclass(frozen=True)
class Act:
    """An act that the row or its evidence cites; `ended` is the day from which it is no longer in force."""

    name: str
    ended: Day | None = None


@dataclass(frozen=True)
class Turns:
    """A recurring measure: turns due by the day of the report, and turns that were marked as done."""

    due: int
    done: int


@dataclass(frozen=True)
class Row:
    """One row as the report prints it, with what it rests on. `state` is a code of a measure's state."""

    measure_id: int
    number: str
    title: str
    state: str
    status: str
    text: str
    actual: Day | None = None
    due_start: Day | None = None
    due_end: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    acts: tuple[Act, ...] = ()
    turns: Turns | None = None

    @property
    def claims_execution(self) -> bool:
        return self.state in DONE


@dataclass(frozen=True)
class Frame:
    """What the rows stand in: the day of the report, the first and last day of the plan's years, and last
    year's texts by the row's number and by its title."""

    day: Day
    first: Day
    last: Day
    last_year: tuple[tuple[str, str], ...] = ()

    def text_of_last_year(self, row: Row) -> str:
        told = dict(self.last_year)
        return told.get(row.title) or told.get(row.number) or ""


@dataclass(frozen=True)
class Contradiction:
    """One contradiction: its kind, its row, and the words of its sentence by their names."""

    kind: str
    measure_id: int
    number: str
    title: str
    words: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """Stays the same from version to version for as long as the same thing is wrong."""
        facts = "|".join(
            [self.kind, str(self.measure_id), *(f"{name}={value}" for name, value in self.words)]
        )
        return hashlib.sha256(facts.encode()).hexdigest()[:32]
