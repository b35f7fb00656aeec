"""Registration numbers as printed: «60/1», «Р-33», «3273-р», «953-01-ЗМО», «15-ПП/1», «12 -р»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Endings that may stand apart from the number they belong to: «12 -р», «157- ОД».
_ENDING = r"(?:р|Р|п|П|рп|РП|пп|ПП|ра|рг|пг|пр|Пр|ПР|ФЗ|ФКЗ|ОЗ|РЗ|ЗС|ЗРК|КЗ|ОД|од|ОС|нп|НП|ЗМО|зрк)"
_WHOLE = (
    r"(?:[А-ЯЁA-Zа-яёa-z]{1,6} ?[-–/] ?){0,2}(?:[А-ЯЁA-Z]{1,4})?[\dЗО]{0,3}\d[0-9A-Za-zА-Яа-яЁё]{0,24}"
    r"(?:[-–—/.:][0-9A-Za-zА-Яа-яЁё]{1,12}){0,6}"
    rf"(?: ?[-–] ?{_ENDING}(?![\w-])|/[0-9а-яА-Я]{{1,8}})?"
)
_SIGNED = re.compile(
    rf"№\s{{0,3}}(?:(?P<blank>_{{1,40}}(?![\w]))|(?P<none>б[/. ]{{0,2}}н\b)|(?P<number>{_WHOLE}))"
)
# A number that says itself what it is: «273-ФЗ» without «№».
_BARE = re.compile(
    r"(?<![\w/№.-])(?P<number>\d{1,5}(?:[/-]\d{1,4})? ?[-–] ?(?:ФЗ|ФКЗ|р|рп|п|пп|ПП|ОЗ|РЗ|ОД|од|ЗС|кз|"
    r"ЗРК))(?![\w-])"
)
_SCANNED = str.maketrans("ЗО", "30")
_TAIL = re.compile(r"(?<=\d)(?:года|год|г|от|об)$")


@dataclass(frozen=True)
class PrintedNumber:
    """A number and its place; value is None for a blank and for «б/н». is_signed: «№» stands before it."""

    value: str | None
    start: int
    end: int
    is_signed: bool = True


def numbers_in(text: str) -> Iterator[PrintedNumber]:
    """Every number that follows «№», blanks too, in the order of the text."""
    for found in _SIGNED.finditer(text):
        if found["number"] is None:
            yield PrintedNumber(None, *found.span())
        else:
            value = _value(found["number"])
            yield PrintedNumber(value, found.start(), found.end() - _cut(found["number"]))


def bare_numbers_in(text: str) -> Iterator[PrintedNumber]:
    """Every number of a shape that only acts have, without «№» before it."""
    for found in _BARE.finditer(text):
        yield PrintedNumber(_value(found["number"]), *found.span(), is_signed=False)


def _cut(printed: str) -> int:
    tail = _TAIL.search(printed)
    return len(tail.group()) if tail else 0


def _value(printed: str) -> str:
    number = _TAIL.sub("", printed).rstrip(".:")
    number = re.sub(r"\s*([-–—/])\s*", lambda found: "-" if found[1] in "–—" else found[1], number)
    mended = re.sub(r"(?<=\d)[ЗО](?=\d|-)|(?<![\w-])[ЗО](?=\d)", _digit, re.sub(r"-Ф3\b", "-ФЗ", number))
    # Where one digit was misread, the letter at the end was a digit too: «1З2З».
    return mended if mended == number else re.sub(r"(?<=\d)[ЗО]$", _digit, mended)


def _digit(found: re.Match[str]) -> str:
    return found.group().translate(_SCANNED)
