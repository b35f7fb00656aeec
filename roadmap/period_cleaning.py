"""Take out of a line what looks like a date and is none: clock times, stages, ages, numbers of documents."""

from roadmap.period_numbers import Line, numbers
from roadmap.period_tokens import Token

_DOCUMENTS = ("приказ", "распоряжен", "постановлен", "письм", "протокол", "закон", "указ", "решен", "договор")

_CLAUSES = ("пункт", "раздел", "стать", "таблиц", "приложени", "глав")


def without_decoys(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without decoys, and whether an age («до 35 лет») was among them."""
    tokens, has_age = _without_ages(tokens)
    return _without_documents(_without_stages(_without_clock(tokens))), has_age


def _without_clock(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    for at, token in enumerate(tokens):
        is_hour = token.kind == "HOUR" and out and out[-1].kind in ("NUM", "CLOCK")
        if token.kind != "CLOCK" and not is_hour:
            out.append(token)
            continue
        if is_hour and out[-1].kind == "NUM":
            out.pop()
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        _drop_opening(out, following)
    return out


_DATE_STARTS = ("NUM", "ORD", "DATE", "DM", "MONTH")


def _drop_opening(out: list[Token], following: str) -> None:
    """Drop «до», «в» before a time, and the «с 9» that opened the span of hours.

    In «до 10:00 15 мая» the «до» governs the day too, and stays."""
    while out and out[-1].kind in ("PREP", "-"):
        opens_span = len(out) > 1 and out[-2].kind == "NUM"
        if out[-1].value == "until" and following in _DATE_STARTS and not opens_span:
            return
        joined = out.pop().value in ("until", "to", "-")
        if joined and out and out[-1].kind == "NUM":
            out.pop()


def _without_stages(tokens: list[Token]) -> list[Token]:
    """«I этап», «этап 2»: the number of a stage is no quarter and no day."""
    line, out, at = Line(tokens), [], 0
    while at < len(tokens):
        stop = _stage_stop(line, at)
        if not stop:
            out.append(tokens[at])
        at = stop or at + 1
    return out


def _stage_stop(line: Line, at: int) -> int:
    values, _, after = numbers(line, at, limit=20)
    if values and line.kind(after) == "STAGE":
        return after + 1
    if line.kind(at) != "STAGE":
        return 0
    values, _, after = numbers(line, at + 1, limit=20)
    return after if values and line.kind(after) not in ("MONTH", "UNIT") else at + 1


def _without_ages(tokens: list[Token]) -> tuple[list[Token], bool]:
    out: list[Token] = []
    has_age = any(token.kind == "AGE" for token in tokens)
    for token in tokens:
        if token.kind == "YEARS_OLD" and out and out[-1].kind in ("NUM", "ORD") and not _is_duration(out):
            has_age = True
            while out and out[-1].kind in ("NUM", "ORD", "PREP", "-", "AND"):
                out.pop()
            continue
        out.append(token)
    return out, has_age


def _is_duration(before: list[Token]) -> bool:
    """«раз в 5 лет», «в течение 3 лет» speak of time, not of age."""
    return any(token.kind in ("TIMES", "DURING", "EVERY") for token in before[-4:])


def _without_documents(tokens: list[Token]) -> list[Token]:
    """«приказ от 01.09.2021 № 12»: the date of a document is no due date."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        number = at > 0 and tokens[at - 1].kind == "#"
        if token.kind == "#" or number or _dates_document(tokens, at) or _is_clause(tokens, at):
            continue
        out.append(token)
    return out


def _is_clause(tokens: list[Token], at: int) -> bool:
    """«п. 2.3», «разделом 4.1»: the number of a clause."""
    before = tokens[at - 1].text if at else ""
    return tokens[at].kind in ("DM", "NUM") and (
        before in ("п", "пп", "ст", "гл") or before.startswith(_CLAUSES)
    )


def _dates_document(tokens: list[Token], at: int) -> bool:
    if tokens[at].kind != "DATE" or at < 2 or tokens[at - 1].value != "of":
        return False
    return any(token.text.startswith(_DOCUMENTS) for token in tokens[max(0, at - 6) : at])
