"""References: a date and a number printed together («от 30.07.2021 № 60/1», «№ 614 от 23.07.2021г.»)."""

import re
from dataclasses import dataclass
from datetime import date

from documents.requisites.dates import PrintedDate, blank_dates_in, dates_in
from documents.requisites.numbers import PrintedNumber, bare_numbers_in, numbers_in

Atom = PrintedDate | PrintedNumber

# What may stand between a date and its number, and between a number and its date.
_DATE_THEN_NUMBER = re.compile(
    r"[\s,]*(?:г(?:од(?:а|у)?)?\b\.?)?[\s,.]*"
    r"(?:за|рег\.?|регистрационный|исх\.?|вх\.?)?\s*"
)
_NUMBER_THEN_DATE = re.compile(r"[\s,]*от\s*", re.IGNORECASE)
_FROM = re.compile(r"(?<![А-Яа-яё])от\s{0,20}$", re.IGNORECASE)
_YEAR_WORD = re.compile(r"\s{0,3}(?:год(?:а|у)?\b|г\b\.?)", re.IGNORECASE)
_LONGEST_GAP = 60
_LONGEST_MEETING = 180
_MEETING = re.compile(
    r"\s+(?:внеочередного\s+|очередного\s+|совместного\s+)?(?:заседани|совещани|собрани|конференци|педагогическ|педсовет)"
    r"[^\d;.№]{0,160}\sот\s*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d|№\s*_|_{3}")


@dataclass(frozen=True)
class Reference:
    """date and number as read, None where not printed or blank; has_from: «от» stands before the date."""

    date: date | None
    number: str | None
    start: int
    end: int
    has_date: bool
    has_number: bool
    has_from: bool
    is_signed: bool
    date_span: tuple[int, int] | None = None
    number_span: tuple[int, int] | None = None

    @property
    def is_pair(self) -> bool:
        """Whether both places are printed, blank or not."""
        return self.has_date and self.has_number


def references_in(text: str) -> list[Reference]:
    """Every reference in the order of the text; a date and a number that stand together are one."""
    atoms = _atoms(text)
    references, at = [], 0
    while at < len(atoms):
        size = _size(text, atoms, at)
        references.append(_reference(text, atoms[at : at + size]))
        at += size
    return references


def _atoms(text: str) -> list[Atom]:
    if not _DIGIT.search(text):
        return []
    atoms: list[Atom] = [*dates_in(text), *blank_dates_in(text), *numbers_in(text), *bare_numbers_in(text)]
    apart: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start, -atom.end)):
        if not apart or atom.start >= apart[-1].end:
            apart.append(atom)
    return apart


def _size(text: str, atoms: list[Atom], at: int) -> int:
    """1 or 2: how many atoms from this one make one reference."""
    here, after = atoms[at], atoms[at + 1] if at + 1 < len(atoms) else None
    if after is None or not _joins(text, here, after):
        return 1
    if isinstance(here, PrintedDate):
        return 1 if _is_number_of_next(text, atoms, at + 1) and "," in text[here.end : after.start] else 2
    # «СОШ № 5 от 30.08.2023 № 112»: the first number belongs to the school, the second to the order.
    follower = atoms[at + 2] if at + 2 < len(atoms) else None
    if follower is not None and isinstance(follower, PrintedNumber) and _joins(text, after, follower):
        is_listed = "," in text[after.end : follower.start] or "\n" in text[after.end : follower.start]
        return 2 if is_listed or _is_number_of_next(text, atoms, at + 2) else 1
    return 2


def _is_number_of_next(text: str, atoms: list[Atom], at: int) -> bool:
    return (
        at + 1 < len(atoms)
        and isinstance(atoms[at], PrintedNumber)
        and _joins(text, atoms[at], atoms[at + 1])
    )


def _joins(text: str, first: Atom, second: Atom) -> bool:
    if isinstance(first, type(second)):
        return False
    gap = _DATE_THEN_NUMBER if isinstance(first, PrintedDate) else _NUMBER_THEN_DATE
    if second.start - first.end <= _LONGEST_GAP and gap.fullmatch(text, first.end, second.start):
        return True
    return isinstance(second, PrintedDate) and _has_meeting(text, first, second)


def _has_meeting(text: str, first: Atom, second: Atom) -> bool:
    """«протокол № 3 заседания педагогического совета от 12.03.2021»."""
    if second.start - first.end > _LONGEST_MEETING:
        return False
    return _MEETING.fullmatch(text, first.end, second.start) is not None


def _reference(text: str, atoms: list[Atom]) -> Reference:
    day = next((atom for atom in atoms if isinstance(atom, PrintedDate)), None)
    number = next((atom for atom in atoms if isinstance(atom, PrintedNumber)), None)
    start, end = atoms[0].start, atoms[-1].end
    before = _FROM.search(text, max(0, start - 30), start)
    joined = len(atoms) == 2 and isinstance(atoms[0], PrintedNumber)
    year_word = _YEAR_WORD.match(text, end) if isinstance(atoms[-1], PrintedDate) else None
    return Reference(
        date=day.value if day else None,
        number=number.value if number else None,
        start=before.start() if before and day else start,
        end=year_word.end() if year_word else end,
        has_date=day is not None,
        has_number=number is not None,
        has_from=bool(day) and (bool(before) or joined),
        is_signed=number is not None and number.is_signed,
        date_span=(day.start, day.end) if day else None,
        number_span=(number.start, number.end) if number else None,
    )
