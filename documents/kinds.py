"""The kinds of documents, and how their names are recognised."""

import re
from enum import StrEnum
from typing import Any

from core.words import _


class DocumentKind(StrEnum):
    """What a document is by its form (ГОСТ Р 7.0.97, requisite 09; glossary C)."""

    ORDER = "order"
    DIRECTIVE = "directive"
    DECREE = "decree"
    EDICT = "edict"
    LAW = "law"
    DECISION = "decision"
    MINUTES = "minutes"
    MINUTES_EXTRACT = "minutes_extract"
    CONTRACT = "contract"
    LETTER = "letter"
    MEMO = "memo"
    REPORT = "report"
    PLAN = "plan"
    REGULATION = "regulation"
    CONCEPT = "concept"
    LIST = "list"
    PHOTO = "photo"
    PUBLICATION = "publication"
    CERTIFICATE = "certificate"
    OTHER = "other"


K = DocumentKind

LABELS: dict[DocumentKind, Any] = {
    K.ORDER: _("Приказ"),
    K.DIRECTIVE: _("Распоряжение"),
    K.DECREE: _("Постановление"),
    K.EDICT: _("Указ"),
    K.LAW: _("Закон"),
    K.DECISION: _("Решение"),
    K.MINUTES: _("Протокол"),
    K.MINUTES_EXTRACT: _("Выписка из протокола"),
    K.CONTRACT: _("Договор, соглашение"),
    K.LETTER: _("Письмо"),
    K.MEMO: _("Справка, докладная записка"),
    K.REPORT: _("Отчёт"),
    K.PLAN: _("План, программа"),
    K.REGULATION: _("Положение, порядок"),
    K.CONCEPT: _("Концепция"),
    K.LIST: _("Список, перечень, реестр"),
    K.PHOTO: _("Фотография"),
    K.PUBLICATION: _("Публикация, ссылка"),
    K.CERTIFICATE: _("Сертификат, удостоверение"),
    K.OTHER: _("Другой документ"),
}

#: Kinds that may be in force, be amended and be repealed.
ACTS = frozenset({
    K.ORDER, K.DIRECTIVE, K.DECREE, K.EDICT, K.LAW, K.DECISION, K.PLAN, K.REGULATION, K.CONCEPT,
})  # fmt: skip

#: Beginnings of words in a file's name or a title, the more telling ones first.
_SIGNS: tuple[tuple[str, DocumentKind], ...] = (
    (r"выписк\w* из (протокол|решени)", K.MINUTES_EXTRACT),
    (r"протокол", K.MINUTES),
    (r"приказ", K.ORDER),
    (r"распоряжени", K.DIRECTIVE),
    (r"постановлени", K.DECREE),
    (r"указ(?:а|у|ом|е|ы|ов)?\b", K.EDICT),
    (r"закон(?:а|у|ом|е|ы|ов)?\b", K.LAW),
    (r"решени[ея]", K.DECISION),
    (r"договор|контракт|соглашени", K.CONTRACT),
    (r"письм", K.LETTER),
    (r"справк|докладн|аналитическ|служебн\w* записк", K.MEMO),
    (r"отч[её]т", K.REPORT),
    (r"положени|порядок|регламент|правил", K.REGULATION),
    (r"концепци", K.CONCEPT),
    (r"план\b|плана\b|программ|дорожн\w* карт|комплекс\w* мер", K.PLAN),
    (r"спис(ок|к)|переч(ень|н)|реестр", K.LIST),
    (r"сертификат|удостоверени|свидетельств|диплом|грамот", K.CERTIFICATE),
    (r"фото|снимок|img_\d|dsc_?\d", K.PHOTO),
    (r"публикаци|скриншот|новост", K.PUBLICATION),
)
_READ = tuple((re.compile(rf"(?<![^\W_]){sign}", re.IGNORECASE), kind) for sign, kind in _SIGNS)


def kind_named_in(text: str) -> DocumentKind | None:
    """The kind a title or a file's name speaks of («Протокол №3.pdf» → minutes); None when it names none."""
    return next((kind for sign, kind in _READ if sign.search(text)), None)
