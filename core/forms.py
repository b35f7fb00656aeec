"""Fields that every room's forms share."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field, ValidationError
from wtforms.widgets import TextInput

from core.filters import dmy
from core.words import gettext

_WITH_SIGNS = re.compile(r"(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def read_day(text: str) -> date | None:
    """A day as people type it: 30.06.2027, 1.2.27, 01022027, 2027-06-30. None when it is not a day."""
    text = text.strip().removesuffix("г.").rstrip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    elif found := _WITH_SIGNS.fullmatch(text) or _DIGITS.fullmatch(text):
        day, month, year = (int(group) for group in found.groups())
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class DayField(Field):
    """One day in one text field, «дд.мм.гггг»; `data` is a date or None."""

    widget = TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(*args, **kwargs)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else dmy(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist:
            return
        typed = valuelist[0].strip()
        self.data = read_day(typed)
        if typed and self.data is None:
            raise ValueError(gettext("Введите дату как 30.06.2027"))


class OnOrAfter:
    """Refuses a day that is earlier than the other field's day; two empty fields are nobody's fault."""

    def __init__(self, other: str, message: object) -> None:
        self.other, self.message = other, message

    def __call__(self, form: Any, field: Field) -> None:
        earlier = form[self.other].data
        if field.data and earlier and field.data < earlier:
            raise ValidationError(str(self.message))
