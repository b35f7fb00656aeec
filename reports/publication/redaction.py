"""Personal data taken out of texts by rule: names of people go, their posts stay.

Pure. A rule of this kind misses some names and takes some words that are none; so a person looks at a
preview first, hides more words by hand and keeps others.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

NAME_GONE, WORD_GONE = "[имя скрыто]", "[скрыто]"
_CAP = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
_PATRONYMIC = (
    r"[А-ЯЁ][а-яё]+(?:(?:ович|евич|ьич|нич|мич|кич)(?:а|у|ем|ом|е)?|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою))"
)
#: Endings by which a word beside a single initial is a surname.
_SURNAME = (
    r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ский|цкий|ской|цкой|ко|ук|юк|ян|дзе|швили|ова|ева|ёва|ина|ына|ская|цкая"
    r"|овой|евой|иной|ской|ову|еву|ину|ова|ева|ина|овым|евым|иным|ому|ого)"
)
_GIVEN = (
    "Александр|Алексей|Алина|Алла|Анастаси|Анатоли|Андрей|Анна|Антон|Арина|Артём|Борис|Вадим|Валенти|Валери"
    "|Варвар|Василий|Вер[аыу]|Виктор|Виктори|Виталий|Владимир|Владислав|Вячеслав|Галин|Геннади|Георги|Григори"
    "|Дарь|Денис|Дмитри|Евгени|Егор|Екатерин|Елен|Елизавет|Жанн|Зинаид|Зо[яи]|Иван|Игор|Ильи?|Инн[аы]|Ирин|Кирилл"
    "|Константин|Кристин|Ксени|Ларис|Леонид|Лиди|Любовь|Людмил|Максим|Маргарит|Марин|Мари[яи]|Михаил|Наталь|Натали"
    "|Надежд|Никит|Никола|Нин[аы]|Олег|Олес|Ольг|Павел|Павл|Пётр|Полин|Раис|Роман|Светлан|Семён|Сергей|Сергея"
    "|Софь|Станислав|Степан|Тамар|Татьян|Юли|Юри|Яна|Ярослав"
)
_NAMES = re.compile(
    rf"(?<![\w-])(?:"
    rf"{_CAP}\s+{_CAP}\s+{_PATRONYMIC}"
    rf"|{_CAP}\s+{_PATRONYMIC}(?:\s+{_CAP})?"
    rf"|{_CAP}\s+{_INITIALS}"
    rf"|{_INITIALS}\s?{_CAP}"
    rf"|{_SURNAME}\s+[А-ЯЁ]\.(?!\s?[а-яё])"
    rf"|(?:{_GIVEN})[а-яё]{{0,3}}\s+{_CAP}"
    rf"|{_CAP}\s+(?:{_GIVEN})[а-яё]{{0,2}}(?![\w-])"
    rf")(?![а-яё])"
)
_WORD = re.compile(rf"(?<![\w-]){_CAP}(?![\w-])")
#: «РГПУ им. А. И. Герцена», «школа имени Юрия Гагарина»: the name of a place and not of a person.
_HONOURED = re.compile(r"(?:\bимени|\bим\.?|\bпамяти)\s*$", re.IGNORECASE)
_CONTACTS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|(?<![\w-])(?:\+7|8)[\s(-]*\d{3,5}[\s)-]*\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"
    r"|(?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)"
    r"|(?i:паспорт\w*\s*(?:серии\s*)?)\d{2}\s?\d{2}\s*(?:№|номер)?\s*\d{6}"
)
_VOWELS = "аяоеёиыуюьй"


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `gone` is what stands in its place for the public, None when it stays."""

    text: str
    gone: str | None = None

    @property
    def public(self) -> str:
        return self.text if self.gone is None else self.gone


@dataclass(frozen=True)
class Rules:
    """What is removed besides names in the form of names: surnames of known people, words by hand; and words
    that stay although the rule would take them."""

    surnames: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()
    kept: tuple[str, ...] = field(default=())

    @cached_property
    def stems(self) -> dict[str, tuple[str, ...]]:
        """Surnames without their endings, by their first four letters."""
        found: dict[str, list[str]] = {}
        for surname in sorted(self.surnames):
            stem = surname.rstrip(_VOWELS)
            if len(stem) >= 4:
                found.setdefault(stem[:4], []).append(stem)
        return {start: tuple(stems) for start, stems in found.items()}

    def knows(self, word: str) -> bool:
        """Whether a capitalised word is a known surname in any case."""
        return any(
            word.startswith(stem) and len(word) - len(stem) <= 3 for stem in self.stems.get(word[:4], ())
        )

    def keeps(self, text: str) -> bool:
        return any(
            text.casefold() in kept.casefold() or kept.casefold() in text.casefold() for kept in self.kept
        )


def pieces(text: str, rules: Rules) -> list[Piece]:
    """The text cut into what stays and what goes."""
    made, at = list[Piece](), 0
    for start, end, gone in _spans(text, rules):
        if start >= at:
            made += [Piece(text[at:start])] if start > at else []
            made.append(Piece(text[start:end], gone))
            at = end
    return made + ([Piece(text[at:])] if at < len(text) else [])


def redacted(text: str, rules: Rules) -> str:
    """The text as the public reads it."""
    return "".join(piece.public for piece in pieces(text, rules))


def _spans(text: str, rules: Rules) -> list[tuple[int, int, str]]:
    by_hand = [(m.start(), m.end(), WORD_GONE) for word in rules.hidden for m in _all(word, text)]
    contacts = [
        (m.start(), m.end(), WORD_GONE) for m in _CONTACTS.finditer(text) if not rules.keeps(m.group())
    ]
    names = [(start, end, NAME_GONE) for start, end in _name_spans(text, rules)]
    return sorted(by_hand + contacts + names, key=lambda span: (span[0], -span[1]))


def _all(word: str, text: str) -> Iterable[re.Match[str]]:
    return re.finditer(re.escape(word.strip()), text, re.IGNORECASE) if word.strip() else ()


def _name_spans(text: str, rules: Rules) -> Iterator[tuple[int, int]]:
    found = list(_NAMES.finditer(text))
    found += [m for m in _WORD.finditer(text) if rules.knows(m.group())]
    for match in found:
        before = text[max(0, match.start() - 12) : match.start()]
        if not _HONOURED.search(before) and not rules.keeps(match.group()):
            yield match.span()
