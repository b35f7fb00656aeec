"""How the journal tells people what changed: names for codes, dates as dates, nothing for nothing."""

import re
from datetime import date, datetime
from typing import Any

from accounts.journal_fields import FIELD_NAMES
from accounts.journal_words import VALUE_NAMES
from core.audit import Entry
from core.filters import dmy, moment
from core.words import gettext


def changes_told(entry: Entry) -> list[tuple[Any, str, str]]:
    """The changes of an entry as lines of field, before and after; a field that stayed empty is left out."""
    lines = (
        (FIELD_NAMES.get(name, name), value_told(name, before), value_told(name, after))
        for name, (before, after) in entry.changes.items()
    )
    return [line for line in lines if line[1] or line[2]]


def value_told(field: str, value: Any) -> str:
    """A journalled value in words."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return str(gettext("да") if value else gettext("нет"))
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
        return _day_told(value)
    return str(VALUE_NAMES.get(field, {}).get(str(value), value))


def _day_told(value: str) -> str:
    try:
        return moment(datetime.fromisoformat(value)) if "T" in value else dmy(date.fromisoformat(value))
    except ValueError:
        return value
