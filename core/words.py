"""Texts for people. Russian is the source language; English comes from translations/en.

Mark a text with `_`; it is translated when it is shown, so tables and refusals may be built anywhere.

A word that follows a number goes through `plural(n, "день", "дня", "дней")`: Russian needs three forms and
is the source language, so it must be right without any catalogue. Other languages take their forms from
their catalogue, where the entry has msgid "день" and msgid_plural "дней" (extract with `-k plural:2,4`).
Plain `ngettext` knows only two source forms and is right in Russian only with a compiled translations/ru.
"""

from collections.abc import Callable
from typing import Any

from babel import Locale
from flask_babel import get_locale, gettext, lazy_gettext, lazy_ngettext, ngettext

_: Callable[..., Any] = lazy_gettext

RUSSIAN = Locale("ru")


def current_locale() -> Locale:
    """The language of the page being made; Russian where there is no page (a command, a task)."""
    return get_locale() or RUSSIAN


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a word that agrees with `count`, by the CLDR rules of the reader's language."""
    if current_locale().language != "ru":
        return str(ngettext(one, many, abs(count)))
    return {"one": one, "few": few}.get(RUSSIAN.plural_form(abs(count)), many)


__all__ = ["_", "current_locale", "gettext", "lazy_gettext", "lazy_ngettext", "ngettext", "plural"]
