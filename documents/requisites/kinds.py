"""The words that name kinds of documents: how they are recognised in any case and what they mean here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.kinds import DocumentKind

K = DocumentKind

_NEUTER = r"(?:е|я|ю|ем|и|й|ям|ями|ях)"
_MALE = r"(?:|а|у|ом|е|ы|ов|ам|ами|ах)"
_FEMALE = r"(?:а|и|е|у|ой|ою|ам|ами|ах)"
_SOFT = r"(?:я|и|ю|ей|ям|ями|ях|й)"


@dataclass(frozen=True)
class KindWord:
    """noun: the kind as the archive writes it; forms: a pattern of all its cases; document: the kind it is
    filed as, None for acts of the state; is_act: it cites an act from afar («приказом Министерства … от …»),
    the others only right before their date or number."""

    noun: str
    forms: str
    document: DocumentKind | None
    is_act: bool = True


WORDS: tuple[KindWord, ...] = (
    KindWord(
        "федеральный конституционный закон",
        rf"федеральн\w{{2,3}}\s+конституционн\w{{2,3}}\s+закон{_MALE}",
        K.LAW,
    ),
    KindWord("федеральный закон", rf"федеральн\w{{2,3}}\s+закон{_MALE}|ФЗ", K.LAW),
    KindWord("закон", rf"закон{_MALE}", K.LAW),
    KindWord("указ", rf"указ{_MALE}", K.EDICT),
    KindWord("постановление", rf"постановлени{_NEUTER}", K.DECREE),
    KindWord("распоряжение", rf"распоряжени{_NEUTER}", K.DIRECTIVE),
    KindWord("приказ", rf"приказ{_MALE}", K.ORDER),
    KindWord("протокол", rf"протокол{_MALE}", K.MINUTES),
    KindWord("решение", rf"решени{_NEUTER}", K.DECISION),
    KindWord("письмо", r"пис(?:ьм(?:о|а|у|ом|е|ам|ами|ах)|ем)", K.LETTER),
    KindWord("поручение", rf"поручени{_NEUTER}", K.DIRECTIVE),
    KindWord("соглашение", rf"соглашени{_NEUTER}", K.CONTRACT),
    KindWord("договор", rf"договор{_MALE}", K.CONTRACT),
    KindWord("контракт", rf"контракт{_MALE}", K.CONTRACT),
    KindWord("определение", rf"определени{_NEUTER}", K.DECISION, False),
    KindWord("телеграмма", rf"телеграмм{_FEMALE}", K.LETTER),
    KindWord("директива", rf"директив{_FEMALE}", K.DIRECTIVE),
    KindWord("выписка", r"выпис(?:к(?:а|и|е|у|ой|ам|ами|ах)|ок)", K.MINUTES_EXTRACT, False),
    KindWord("справка", r"справ(?:к(?:а|и|е|у|ой|ам|ами|ах)|ок)", K.MEMO, False),
    KindWord("записка", r"запис(?:к(?:а|и|е|у|ой|ам|ами|ах)|ок)", K.MEMO, False),
    KindWord("концепция", rf"концепци{_SOFT}", K.CONCEPT, False),
    KindWord("положение", rf"положени{_NEUTER}", K.REGULATION, False),
    KindWord("порядок", r"поряд(?:ок|к(?:а|у|ом|е|и))", K.REGULATION, False),
    KindWord("регламент", rf"регламент{_MALE}", K.REGULATION, False),
    KindWord("правила", r"правил(?:а|ам|ами|ах|)", K.REGULATION, False),
    KindWord("инструкция", rf"инструкци{_SOFT}", K.REGULATION, False),
    KindWord("устав", rf"устав{_MALE}", K.REGULATION, False),
    KindWord("план", rf"план{_MALE}", K.PLAN, False),
    KindWord("программа", rf"програм{_FEMALE}|программ{_FEMALE}", K.PLAN, False),
    KindWord("дорожная карта", r"дорожн\w{2}\s+карт\w{1,3}", K.PLAN, False),
    KindWord("график", rf"график{_MALE}", K.PLAN, False),
    KindWord("паспорт", rf"паспорт{_MALE}", K.PLAN, False),
    KindWord("отчет", rf"отч[её]т{_MALE}", K.REPORT, False),
    KindWord("доклад", rf"доклад{_MALE}", K.REPORT, False),
    KindWord("информация", rf"информаци{_SOFT}", K.MEMO, False),
    KindWord("перечень", r"переч(?:ень|н(?:я|ю|ем|е|и))", K.LIST, False),
    KindWord("список", r"спис(?:ок|к(?:а|у|ом|е|и))", K.LIST, False),
    KindWord("акт", rf"акт{_MALE}", K.OTHER, False),
    KindWord("методические рекомендации", r"методическ\w{2,3}\s+рекомендаци\w{1,3}", K.REGULATION),
    KindWord("рекомендации", r"рекомендаци\w{1,3}", K.REGULATION, False),
    KindWord("стратегия", rf"стратеги{_SOFT}", K.CONCEPT, False),
    KindWord("конвенция", rf"конвенци{_SOFT}", None, False),
    KindWord("кодекс", rf"кодекс{_MALE}", K.LAW),
)

# Kinds that only head a document and are not cited by a word of their own.
_HEADS = {
    "комплекс мер": K.PLAN, "циклограмма": K.PLAN, "смета": K.PLAN, "докладная записка": K.MEMO,
    "служебная записка": K.MEMO, "пояснительная записка": K.MEMO, "заключение": K.MEMO,
    "резолюция": K.DECISION,
    "уведомление": K.LETTER, "заявление": K.LETTER, "ходатайство": K.LETTER, "методика": K.REGULATION,
    "состав": K.LIST, "реестр": K.LIST,
}  # fmt: skip
_NOUNS = {word.noun: word for word in WORDS}
_ACTS = {word.noun for word in WORDS if word.is_act}
_ANY = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<k{at}>{word.forms})" for at, word in enumerate(WORDS)) + r")(?!\w)",
    re.IGNORECASE,
)
# One word in ten begins like a kind: only those are worth the pattern of all forms.
_WORD = re.compile(r"(?<![\w-])[А-Яа-яЁё]{2,}")
_BEGINNINGS = frozenset(
    [
        "фед",
        "фз",
        "зак",
        "ука",
        "пос",
        "рас",
        "при",
        "про",
        "реш",
        "пис",
        "пор",
        "сог",
        "дог",
        "кон",
        "опр",
        "тел",
        "дир",
        "вып",
        "спр",
        "зап",
        "пол",
        "рег",
        "пра",
        "инс",
        "уст",
        "пла",
        "дор",
        "гра",
        "пас",
        "отч",
        "док",
        "код",
        "инф",
        "пер",
        "спи",
        "акт",
        "мет",
        "рек",
        "стр",
    ]
)


@dataclass(frozen=True)
class PrintedKind:
    """A kind word and its place."""

    noun: str
    start: int
    end: int

    @property
    def is_act(self) -> bool:
        """Whether the word names an act also when other words stand between it and its date or number."""
        return self.noun in _ACTS


def kinds_in(text: str) -> list[PrintedKind]:
    """Every kind word of the text in any case, in order."""
    return list(_kinds(text))


def _kinds(text: str) -> Iterator[PrintedKind]:
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done or word.group()[:3].lower() not in _BEGINNINGS:
            continue
        found = _ANY.match(text, word.start())
        if found:
            done = found.end()
            yield PrintedKind(_noun(found), *found.span())


def document_kind(noun: str) -> DocumentKind:
    """What a recognised kind is filed as; OTHER for acts of the state and unknown words."""
    folded = noun.strip().lower().replace("ё", "е")
    word = _NOUNS.get(folded)
    return _HEADS.get(folded) or (word.document if word else None) or K.OTHER


def _noun(found: re.Match[str]) -> str:
    return WORDS[int(str(found.lastgroup)[1:])].noun
