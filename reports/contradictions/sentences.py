"""How a contradiction is told to a person."""

from collections.abc import Mapping
from typing import Any

from core.words import _, gettext

#: What each check looks for, for headings and filters.
KINDS: dict[str, Any] = {
    "status_against_text": _("Статус и текст расходятся"),
    "evidence_outside_period": _("Подтверждение вне отчётного периода"),
    "evidence_after_report": _("Подтверждение позже дня отчёта"),
    "copied_from_last_year": _("Текст прошлого года"),
    "copied_from_row": _("Текст другой строки"),
    "figure_against_evidence": _("Текст и подтверждение расходятся"),
    "repealed_act": _("Акт утратил силу"),
    "too_few_occurrences": _("Сделано не столько раз"),
}


def told(kind: str, words: Mapping[str, str]) -> str:
    """The sentence of a contradiction of `kind`, in the reader's language."""
    return str(SENTENCES[kind](**words))


SENTENCES: dict[str, Any] = {
    "status_against_text": lambda **words: gettext(
        "статус «%(status)s», а в тексте сказано: «%(quote)s»", **words
    ),
    "evidence_outside_period": lambda **words: gettext(
        "подтверждение не из отчётного периода (%(first)s–%(last)s): %(papers)s", **words
    ),
    "evidence_after_report": lambda **words: gettext(
        "подтверждение датировано позже дня отчёта (%(day)s): %(papers)s", **words
    ),
    "copied_from_last_year": lambda **words: gettext(
        "текст повторяет прошлогодний отчёт: «%(quote)s»", **words
    ),
    "copied_from_row": lambda **words: gettext("текст повторяет строку %(row)s: «%(quote)s»", **words),
    "figure_against_evidence": lambda **words: gettext(
        "в тексте «%(mine)s», а в подтверждении (%(paper)s) — «%(theirs)s»", **words
    ),
    "repealed_act": lambda **words: gettext(
        "исполнено %(day)s, а акт к этому дню утратил силу (%(ended)s): %(act)s", **words
    ),
    "too_few_occurrences": lambda **words: gettext(
        "мероприятие повторяется: ко дню отчёта нужно раз — %(due)s, подтверждено — %(done)s", **words
    ),
}
