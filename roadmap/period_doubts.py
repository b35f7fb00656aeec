"""What a person has to check in a reading: sentences in Russian, shown beside the printed text."""

from core.errors import sentence
from roadmap.period_clauses import Span
from roadmap.period_numbers import Line
from roadmap.period_repair import resembles_month
from roadmap.period_spots import Spot
from roadmap.period_tokens import Token
from roadmap.period_years import Placing

_TELLING = ("NUM", "ORD", "ROMAN", "YEAR", "MONTH", "DM", "DATE")
_SHORT_WORD = 6


def unread(line: Line, spots: list[Spot], span: Span) -> tuple[str, ...]:
    """A doubt when numbers or months are left that no part of the reading has used."""
    if span.kind in ("relative", "unparseable"):
        return ()
    read = {at for spot in spots for at in range(spot.start, spot.stop)}
    left = [at for at in range(len(line)) if at not in read and line.kind(at) in _TELLING]
    outcome = any(token.text in ("итогам", "результатам") for token in line.tokens)
    doubts = (sentence("Прочитана только часть срока"),) if left else ()
    return (*doubts, sentence("Срок наступает по итогам названного периода")) if outcome else doubts


def unknown_words(line: Line, spots: list[Spot]) -> tuple[str, ...]:
    """Doubts about words that may be a misspelt month or a misspelt «до», «конца»."""
    starts = {spot.start for spot in spots}
    words = [(at, token.text) for at, token in enumerate(line.tokens) if token.kind == "WORD"]
    months = [f"Слово «{word}» похоже на название месяца" for _, word in words if resembles_month(word)]
    before = [word for at, word in words if at + 1 in starts and len(word) <= _SHORT_WORD and word != "но"]
    return (
        *months,
        *(f"Слово «{word}» перед датой не понято" for word in before if not resembles_month(word)),
    )


def outside_plan(span: Span, placing: Placing) -> tuple[str, ...]:
    """A printed year that cannot be the plan's: kept as printed, and flagged."""
    last = span.end or span.start
    if placing.year is None or last is None:
        return ()
    first_month, last_year = (9, placing.year + 1) if placing.is_school else (1, None)
    is_before = (last.year, last.month) < (placing.year, first_month)
    is_after = last_year is not None and (span.start or last).year > last_year
    return (sentence("Напечатанный год не относится к периоду плана"),) if is_before or is_after else ()


def noise(tokens: list[Token], text: str, *, limit: int) -> tuple[str, ...]:
    """Doubts about how the text is printed: mended words, blanks, too long a text."""
    kinds = {token.kind for token in tokens}
    doubts = []
    if any(token.mended and token.kind != "DATE" for token in tokens):
        doubts.append(sentence("Слова в сроке разорваны, слиты или написаны с ошибкой"))
    if any(token.text == "но" for token in tokens[1:-1]) and not kinds & {"RECUR", "TIMES"}:
        doubts.append(sentence("«Но» между датами прочитано как «по»"))
    if "BLANK" in kinds:
        doubts.append(sentence("В сроке оставлено незаполненное место"))
    if len(text) > limit:
        doubts.append(sentence("Текст срока слишком длинный: прочитано только начало"))
    return tuple(doubts)
