"""What is recognised in an administrative document: values, how sure they are, and where they stand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value with its confidence (0..1) and the characters of the given text it was read from.

    A value that is not printed is None with the confidence 0 and without a place."""

    value: T | None = None
    confidence: float = 0.0
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class CitedAct:
    """An act the document names by kind and by date or number; relation: basis, amends, repeals, amended_by,
    repealed_by, suspended_by, approved_by, adopted_by, agreed_by or considered_by."""

    kind: str
    number: str | None
    date: date | None
    authority: str | None
    title: str | None
    relation: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True)
class Requisites:
    """The requisites of ГОСТ Р 7.0.97 that identify a document, and the acts it cites in their order."""

    kind: Found[str] = field(default_factory=Found)
    number: Found[str] = field(default_factory=Found)
    date: Found[date] = field(default_factory=Found)
    title: Found[str] = field(default_factory=Found)
    authority: Found[str] = field(default_factory=Found)
    place: Found[str] = field(default_factory=Found)
    signatory_position: Found[str] = field(default_factory=Found)
    signatory_name: Found[str] = field(default_factory=Found)
    cited_acts: tuple[CitedAct, ...] = ()
