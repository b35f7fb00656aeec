"""Choices an administrator makes for the whole instance, each with the norm it rests on.

The norms are those of domain/lifecycle.md §3. They belong to one body each, not to the country, which is
why these are choices and not constants.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import Invalid
from core.words import _


@dataclass(frozen=True)
class Choice:
    """One choice: its question, the norm behind it, and the answers there are, or how a text is read."""

    name: str
    question: Any
    norm: Any
    fallback: str
    answers: tuple[tuple[str, Any], ...] = ()
    read: Callable[[str], str] | None = None
    show: Callable[[str], str] = str
    may_be_empty: bool = True

    def checked(self, value: str) -> str:
        """The value as it is kept; Invalid says what it must look like."""
        if self.read:
            return self.read(value)
        if value not in dict(self.answers):
            raise Invalid(_("Выберите один из предложенных вариантов."))
        return value


def _read_days(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,2}", text.strip()):
        raise Invalid(_("Введите число дней от 1 до 999 или выберите «один месяц»."))
    return text.strip()


def _read_term(text: str) -> str:
    return "month" if text.strip() in ("", "month", "месяц") else _read_days(text)


def _read_month_day(text: str) -> str:
    found = re.fullmatch(r"\s*(\d{1,2})[.](\d{1,2})[.]?\s*", text)
    try:
        day = date(2001, int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    if day is None and not re.fullmatch(r"\d\d-\d\d", text.strip()):
        raise Invalid(_("Введите день и месяц как 31.08"))
    return day.strftime("%m-%d") if day else text.strip()


_OVERRIDE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\s+(рабочий|выходной)")


def read_overrides(text: str) -> dict[date, bool]:
    """Days of the work calendar that differ from the official one: day → whether it is a working day.

    One a line: «02.11.2026 выходной», «31.10.2026 рабочий». Invalid names the line that is not one.
    """
    return dict(_override(line) for line in text.splitlines() if line.strip())


def _override(line: str) -> tuple[date, bool]:
    found = _OVERRIDE.fullmatch(" ".join(line.split()).lower())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])), found[4] == "рабочий"
    except ValueError:
        pass
    raise Invalid(_("Строка «%(line)s» не понята. Пишите как: 02.11.2026 выходной", line=line.strip()))


def _read_calendar(text: str) -> str:
    days = sorted(read_overrides(text).items())
    return "\n".join(f"{day:%d.%m.%Y} {'рабочий' if works else 'выходной'}" for day, works in days)


CHOICES = (
    Choice(
        "term_shift",
        _("Если последний день срока — нерабочий"),
        _(
            "Предшествующий рабочий день: инструкции по делопроизводству (п. 5.3.2, КонсультантПлюс "
            "305378; п. 17, docs.cntd 453106005). Следующий: ГК РФ, ст. 193 — для гражданских сроков."
        ),
        "preceding",
        (
            ("preceding", _("срок переносится на предшествующий рабочий день")),
            ("next", _("срок переносится на следующий рабочий день")),
            ("none", _("срок не переносится")),
        ),
    ),
    Choice(
        "term_days",
        _("Сроки в днях считаются"),
        _(
            "Календарные дни со дня подписания: п. 5.3.1, КонсультантПлюс 305378. Рабочие дни со дня "
            "регистрации: п. 16, docs.cntd 453106005."
        ),
        "calendar",
        (("calendar", _("в календарных днях")), ("working", _("в рабочих днях"))),
    ),
    Choice(
        "default_term",
        _("Если срок не указан"),
        _(
            "Один месяц, до того же числа следующего месяца, а если его нет — до последнего дня месяца: "
            "п. 5.3.2, КонсультантПлюс 305378. Можно задать число дней. Пусто — один месяц."
        ),
        "month",
        read=_read_term,
        show=lambda kept: "" if kept == "month" else kept,
    ),
    Choice(
        "school_year_end",
        _("Последний день учебного года"),
        _("Нужен для сроков «в течение учебного года» и «до конца учебного года». Обычно 31.08."),
        "08-31",
        read=_read_month_day,
        may_be_empty=False,
        show=lambda kept: ".".join(reversed(kept.split("-"))),
    ),
    Choice(
        "workday_overrides",
        _("Дни, которые отличаются от производственного календаря"),
        _(
            "По одному в строке: «02.11.2026 выходной» или «31.10.2026 рабочий». Переносы выходных, которые "
            "утверждает Правительство РФ, Веха знает сама; здесь — региональные и местные дни."
        ),
        "",
        read=_read_calendar,
    ),
)

BY_NAME = {choice.name: choice for choice in CHOICES}
