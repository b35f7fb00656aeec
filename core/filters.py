"""How dates, numbers and words look on the page. The only place where a template gets them from."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment

from core.clock import local
from core.drawing import segments
from core.typography import NB, shy, typo
from core.words import current_locale, gettext, plural

#: A due date this near is shown as «осталось 2 дня» (ui-spec.md §6, the flag «due soon»).
SOON_DAYS = 14


def day_of(moment: date | datetime) -> date:
    """The office's calendar day of a moment; a date is its own day."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def told(text: str) -> str:
    """A sentence that was stored in Russian, in the reader's language when it has one of its own."""
    return str(gettext(text)) if text else ""


def dmy(moment: date | datetime | None) -> str:
    """05.03.2027, and nothing for no date."""
    return day_of(moment).strftime("%d.%m.%Y") if moment else ""


def dm(moment: date | datetime | None) -> str:
    """05.03"""
    return day_of(moment).strftime("%d.%m") if moment else ""


def iso(moment: date | datetime | None) -> str:
    """For <time datetime>: 2027-03-05, or with the time and the zone of the office."""
    if isinstance(moment, datetime):
        return local(moment).isoformat(timespec="minutes")
    return moment.isoformat() if moment else ""


def long_date(moment: date | datetime | None) -> str:
    """«5 марта 2027 г.»: for sentences."""
    return _formatted(moment, "d MMMM y 'г.'", "d MMMM y")


def day_month(moment: date | datetime | None) -> str:
    """«5 марта»"""
    return _formatted(moment, "d MMMM", "d MMMM")


def weekday(moment: date | datetime | None) -> str:
    """«пятница»"""
    return _formatted(moment, "EEEE", "EEEE")


def month_year(moment: date | datetime | None) -> str:
    """«Март 2027»: for headings."""
    words = _formatted(moment, "LLLL y", "LLLL y")
    return words[:1].upper() + words[1:]


def _formatted(moment: date | datetime | None, russian: str, other: str) -> str:
    if moment is None:
        return ""
    locale = current_locale()
    pattern = russian if locale.language == "ru" else other
    return format_date(day_of(moment), pattern, locale=locale).replace(" ", NB)


def clock_time(moment: datetime | time | None) -> str:
    """16:40"""
    if isinstance(moment, datetime):
        moment = local(moment).time()
    return moment.strftime("%H:%M") if moment else ""


def moment(moment: datetime | None) -> str:
    """05.03.2027, 16:40"""
    return f"{dmy(moment)}, {clock_time(moment)}" if moment else ""


def days(count: int) -> str:
    """«12 дней»"""
    word = plural(count, "день", "дня", "дней")
    return f"{number(abs(count))}{NB}{word}"


def days_left(left: int | None) -> str:
    """What is said beside a due date: «осталось 2 дня», «сегодня», «просрочено на 12 дней»."""
    if left is None:
        return ""
    if left < 0:
        return str(gettext("просрочено на %(days)s", days=days(left)))
    if left < 2:
        return str(gettext("завтра") if left else gettext("сегодня"))
    remain = plural(left, "остался", "осталось", "осталось")
    return str(gettext("%(remain)s %(days)s", remain=remain, days=days(left)))


def nearness(left: int | None) -> str:
    """«overdue», «soon» or nothing: how a due date so many days ahead is coloured."""
    if left is None or left > SOON_DAYS:
        return ""
    return "overdue" if left < 0 else "soon"


def number(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """1 234 567,8: decimal comma and no-break spaces in Russian; `digits` after the comma when given."""
    if value is None:
        return ""
    if digits is None and type(value) is int and 0 <= value < 1000:
        return str(value)  # looks alike in every language, and lists have hundreds of them
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    shown = format_decimal(_rounded(value, digits), pattern, locale=current_locale())
    return shown.replace("\u202f", NB)


def _rounded(value: int | float | Decimal, digits: int | None) -> Decimal:
    exact = Decimal(str(value))
    return exact if digits is None else exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """0.124 with one digit → «12,4 %»."""
    return "" if share is None else f"{number(Decimal(str(share)) * 100, digits)}{NB}%"


def filesize(size: int) -> str:
    """«380 КБ», «1,4 МБ»: units of 1024 bytes, a digit after the comma below ten."""
    amount, unit = float(size), gettext("байт")
    for larger in (gettext("КБ"), gettext("МБ"), gettext("ГБ")):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    digits = 1 if amount < 10 and size >= 1024 and round(amount, 1) % 1 else 0
    return f"{number(amount, digits)}{NB}{unit}"


def counted(count: int, one: str, few: str, many: str) -> str:
    """«3 файла»"""
    return f"{number(count)}{NB}{plural(count, one, few, many)}"


FILTERS = {
    "dmy": dmy,
    "dm": dm,
    "iso": iso,
    "long_date": long_date,
    "day_month": day_month,
    "weekday": weekday,
    "month_year": month_year,
    "clock_time": clock_time,
    "moment": moment,
    "days": days,
    "days_left": days_left,
    "nearness": nearness,
    "number": number,
    "percent": percent,
    "filesize": filesize,
    "told": told,
    "typo": typo,
    "shy": shy,
}


class HasTemplates(Protocol):
    """An application: what keeps the templates' environment."""

    @property
    def jinja_env(self) -> Environment: ...


def register(app: HasTemplates) -> None:
    """Give the templates of `app` the filters of this page, and `plural`, `counted`, `segments` as functions.

    `plural` and `counted` are functions because only calls are seen by the extraction of texts.
    """
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(plural=plural, counted=counted, segments=segments)
