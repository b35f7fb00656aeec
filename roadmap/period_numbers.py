"""Read numbers and years inside a line of tokens: «I–II», «1, 2 и 3», «2020/21 уч. год», «этого года»."""

from dataclasses import dataclass

from roadmap.period_tokens import Token

_END = Token("END", "", "")
# A Roman number typed with Russian letters or with ones: «П» is II, «Ш» is III, «1У» is IV.
_ROMAN_TWINS = {"п": 2, "ш": 3, "пi": 3, "iп": 3, "iу": 4, "iv": 4}
_ONES = {11: 2, 111: 3}


class Line:
    """Tokens that may be asked beyond both ends."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> Token:
        """The token at the index; an END token beyond the line."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _END

    def kind(self, index: int) -> str:
        """The kind of the token at the index."""
        return self.at(index).kind

    def number(self, index: int) -> int:
        """The number of the token at the index, 0 if it has none."""
        return self.at(index).number

    def is_unit(self, index: int, *units: str) -> bool:
        """Whether one of these units of time stands at the index."""
        return self.kind(index) == "UNIT" and self.at(index).value in units

    def is_prep(self, index: int, *preps: str) -> bool:
        """Whether a preposition of one of these roles stands at the index."""
        return self.kind(index) == "PREP" and self.at(index).value in preps


@dataclass(frozen=True)
class YearMark:
    """A year that stands after a spot: its number or its distance from the context year."""

    year: int | None = None
    offset: int | None = None
    school: bool = False


def numbers(line: Line, at: int, *, limit: int) -> tuple[list[int], bool, int]:
    """Numbers 1..limit joined by dash, comma, «и», «по»: (values, whether it is a span, next index)."""
    values: list[int] = []
    is_span = False
    while True:
        value, after = _one_number(line, at, limit)
        if not value:
            return values, is_span, at if not values else _before_separator(line, at)
        values.append(value)
        at = after
        if not _is_separator(line, at):
            return values, is_span, at
        is_span = is_span or line.kind(at) in ("-", "PREP")
        at += 1


def _before_separator(line: Line, at: int) -> int:
    return at - 1 if _is_separator(line, at - 1) else at


def _is_separator(line: Line, at: int) -> bool:
    return line.kind(at) in ("-", ",", "AND", "/") or line.is_prep(at, "to")


def _one_number(line: Line, at: int, limit: int) -> tuple[int, int]:
    token, after = line.at(at), line.at(at + 1)
    if token.text == "i" and after.text in ("i", "ii", "v"):
        return {"i": 2, "ii": 3, "v": 4}[after.text], at + 2
    if token.text in ("1", "i") and after.glued and after.text in ("v", "у"):
        return 4, at + 2
    if token.kind in ("NUM", "ORD", "ROMAN"):
        value = _ONES.get(token.number, token.number) if token.number > limit else token.number
    elif token.text == "iiii":
        value = 4
    else:
        value = _ROMAN_TWINS.get(token.text, 0)
    return (value, at + 1) if 1 <= value <= limit else (0, at)


def year_after(line: Line, at: int) -> tuple[YearMark | None, int]:
    """The year printed at `at`, after an optional comma or bracket, and the next index."""
    start = at
    bracket = line.kind(at) == "("
    if line.kind(at) in (",", "(") or (line.is_prep(at, "in") and line.kind(at + 1) == "YEAR"):
        at += 1
    mark, after = _year_mark(line, at)
    if mark is None or (bracket and line.kind(after) != ")") or (at > start and _opens_more(line, at, after)):
        return None, _skip_year_word(line, start)
    return mark, after + bracket


def _opens_more(line: Line, at: int, after: int) -> bool:
    """After a comma a year that starts a span of its own («май, 2021-2023 годы») is not the month's year."""
    is_school = line.kind(at + 1) == "/" or line.kind(after - 2) == "SCHOOL"
    return (line.kind(after) in ("-", "/") or line.kind(after) == "MONTH") and not is_school


def _skip_year_word(line: Line, at: int) -> int:
    return at + 1 if line.at(at).text in ("г", "гг") else at


def _year_mark(line: Line, at: int) -> tuple[YearMark | None, int]:
    token = line.at(at)
    if token.kind == "YEAR":
        pair = school_pair(line, at)
        if pair:
            return YearMark(token.number, school=True), pair
        return YearMark(token.number), skip_year_words(line, at + 1)
    if token.kind == "NUM" and len(token.text) == 2 and _closes_with_year(line, at + 1):
        return YearMark(2000 + token.number), skip_year_words(line, at + 1)
    return _named_year(line, at)


def _closes_with_year(line: Line, at: int) -> bool:
    if line.kind(at) == "YEARWORD":
        return True
    # «15 сентября 21» ends with a year; «сентябрь 21» may end with a day.
    return line.kind(at) == "END" and line.kind(at - 2) == "MONTH" and line.kind(at - 3) in ("NUM", "ORD")


def _named_year(line: Line, at: int) -> tuple[YearMark | None, int]:
    is_this = line.kind(at) == "THIS" or line.at(at).text in ("т", "с")
    if line.kind(at) == "SCHOOL" and line.kind(at + 1) == "YEARWORD" and line.kind(at + 2) != "YEAR":
        return YearMark(school=True), at + 2
    if line.kind(at + 1) == "CALENDAR":
        at += 1
    if line.kind(at + 1) != "YEARWORD":
        return None, at
    if is_this:
        return YearMark(offset=0), at + 2
    offset = {"NEXT": 1, "PAST": -1}.get(line.kind(at))
    return (YearMark(offset=offset), at + 2) if offset else (None, at)


def skip_year_words(line: Line, at: int) -> int:
    """The index after «г», «г.», «года», «гг.» (twice in «г.г.»)."""
    while line.kind(at) == "YEARWORD":
        at += 1
    return at


def second_year(line: Line, at: int) -> int:
    """The second year of a pair that starts at `at` («2020/21», «2020-2021»); 0 if there is none."""
    first, token = line.number(at), line.at(at + 2)
    if line.kind(at) != "YEAR" or line.kind(at + 1) not in ("-", "/"):
        return 0
    if token.kind == "YEAR":
        return token.number if first < token.number <= first + 40 else 0
    is_short = token.kind == "NUM" and len(token.text) == 2 and line.kind(at + 3) != "MONTH"
    short = first // 100 * 100 + token.number
    return short if is_short and first < short <= first + 15 else 0


def school_pair(line: Line, at: int) -> int:
    """The index after a school year that starts at `at`; 0 if the pair of years is not one."""
    second = second_year(line, at)
    if not second:
        return 0
    after = at + 3
    named = line.kind(after) in ("SCHOOL", "SCHOOLYEAR")
    before = line.kind(at - 1) in ("SCHOOL",) or line.kind(at - 2) == "SCHOOL" or _school_before(line, at)
    if not (named or before or (line.kind(at + 1) == "/" and second == line.number(at) + 1)):
        return 0
    return skip_year_words(line, after + named)


def _school_before(line: Line, at: int) -> bool:
    return line.kind(at - 1) == "SCHOOLYEAR" or _shares_noun(line, at + 3)


def _shares_noun(line: Line, at: int) -> bool:
    """«2020-2021, 2021-2022 учебные годы»: the noun stands once, after the last pair."""
    while line.kind(at) in (",", "AND") and second_year(line, at + 1):
        at += 4
    return line.kind(at) in ("SCHOOL", "SCHOOLYEAR")
