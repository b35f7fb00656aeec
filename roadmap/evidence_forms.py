"""Forms of execution, read into the documents they require: «Протокол», «договоры – 3», «приказ/акт»."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from roadmap.evidence_words import (
    ANY_CASE,
    KINDS,
    MANNER,
    NOMINATIVE,
    PICTURES,
    PLACE_OF_PUBLICATION,
    TRANSLITERATED,
)
from roadmap.period_text import fold

__all__ = ["KINDS", "Requirement", "kind_of_title", "requirements", "unmet"]

_MOST = 100
_LONGEST = 4000
_EMPTY = re.compile(r"[\W_]*|[xх]|нет|не (?:требуется|предусмотрен[оа]?)")
_ALTERNATIVE = re.compile(r"\s*(?:\bили\b|\bлибо\b|/)\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;\n+•]|\.(?=\s+[А-ЯЁ])")
_AND = re.compile(r"\s+и\s+", re.IGNORECASE)
_COPY = re.compile(
    r"^(?:заверенн\w+ )?(?:копи|скан|проект|реквизит|подписанн|утвержденн|принят|наличи|налич|издан)\w*"
)
_CONTINUES = re.compile(
    r"^(?:в|во|о|об|на|по|с|со|для|к|при|за|из|от|до|у|через|который\w*|а также|том числе"
    r"|\w+(?:ших|щих|ных|ых|их|ии|ов|ей|ам|ами|ах|ого|его|ой|ому|ему|нии|ться|ов))\b"
)
_NUMBER_WORDS = {
    "один": 1, "одна": 1, "одно": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4,
    "пять": 5, "пяти": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
}  # fmt: skip
_COUNT_BEFORE = re.compile(
    r"^(?:не менее )?(\d{1,3}|[а-я]+)(?:-х|-и)? (?!раз\b|раза\b|год|г\b|кварт|полуг|%|чел|класс|мес)"
)
_COUNT_AFTER = re.compile(r"(?: -|:|\() ?(?:не менее )?(\d{1,3}) ?(?:шт|экз|ед|штук\w*)?\.?\)?$")


@dataclass(frozen=True)
class Requirement:
    """One document, or `count` of them, that must be attached.

    kinds: any of these will do; ("other",) = any document at all. text: the words as printed."""

    kinds: tuple[str, ...]
    count: int
    text: str

    @property
    def kind(self) -> str:
        """The first of the kinds."""
        return self.kinds[0]


def requirements(form_text: str) -> tuple[Requirement, ...]:
    """What a printed form of execution asks for, in its order; () for an empty form; never raises.

    A form that names no known document gives one requirement of kind "other", met by any document."""
    text = form_text[:_LONGEST]
    if _EMPTY.fullmatch(fold(text)):
        return ()
    found: list[Requirement] = []
    for piece in _pieces(text):
        requirement = _requirement(piece)
        if found and _is_continuation(piece, requirement):
            found[-1] = replace(found[-1], text=f"{found[-1].text}, {piece}")
        else:
            found.append(requirement)
    return tuple(found)


def _pieces(text: str) -> list[str]:
    """The text cut at commas, line ends and «и» before a document, brackets kept whole."""
    spans = [_plain(part) for part in _cut(text)]
    return [piece for span in spans if span for piece in _cut_and(span)]


def _plain(part: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"</?[a-zA-Z][^<>]{0,60}>", " ", part)).strip(" .:-–—*")


def _cut(text: str) -> list[str]:
    parts, start, depth = [], 0, 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if not depth and _SEPARATOR.match(text, at):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _cut_and(span: str) -> list[str]:
    for found in _AND.finditer(span):
        left, right = span[: found.start()], span[found.end() :]
        if _opens_with_document(right) and _kinds_of(left):
            return [left, *_cut_and(right)]
    return [span]


def _opens_with_document(text: str) -> bool:
    words = fold(text).split(" ")
    opening = " ".join(words[:3])
    return any(pattern.match(opening) or pattern.match(" ".join(words[1:3])) for pattern in NOMINATIVE)


def _kinds_of(text: str) -> tuple[str, ...]:
    """Kinds of the first document named; () when none is."""
    folded = MANNER.sub(" ", fold(text))
    hits = [
        (found.start(), -found.end(), kinds)
        for kinds, pattern in ANY_CASE
        for found in pattern.finditer(folded)
    ]
    if not hits:
        return ()
    kinds = min(hits)[2]
    is_published = kinds == ("report",) and PLACE_OF_PUBLICATION.search(folded) and "отчет" not in folded
    return ("publication",) if is_published else kinds


def _requirement(piece: str) -> Requirement:
    kinds: list[str] = []
    for option in _options(piece):
        kinds += [kind for kind in _kinds_of(option) if kind not in kinds]
    return Requirement(tuple(kinds) or ("other",), _count(fold(piece)), piece)


def _options(piece: str) -> list[str]:
    options = [option for option in _ALTERNATIVE.split(piece) if option]
    # «Приказ об утверждении плана или программы» offers no second document: it stands in another case.
    return options[:1] + [
        option for option in options[1:] if _opens_with_document(option) or len(options[0]) < 2
    ]


def _count(folded: str) -> int:
    before, after = _COUNT_BEFORE.match(folded), _COUNT_AFTER.search(folded)
    found = after[1] if after else before[1] if before else "1"
    number = int(found) if found.isdigit() else _NUMBER_WORDS.get(found, 1)
    return max(1, min(number, _MOST))


def _is_continuation(piece: str, requirement: Requirement) -> bool:
    folded = fold(piece)
    if requirement.kinds == ("other",):
        return bool(_CONTINUES.match(folded)) or piece[:1].isdigit()
    named = any(pattern.search(folded) for pattern in NOMINATIVE)
    return not named and not _COPY.match(folded) and requirement.count == 1


def unmet(needed: Iterable[Requirement], attached_kinds: Iterable[str]) -> tuple[Requirement, ...]:
    """The requirements that the attached documents do not meet, with the count that is still missing.

    One document meets one requirement; an extract from minutes counts as minutes."""
    wanted = tuple(needed)
    slots = [at for at, requirement in enumerate(wanted) for _ in range(requirement.count)]
    taken = _matched(wanted, slots, list(attached_kinds))
    missing = [0] * len(wanted)
    for slot, at in enumerate(slots):
        missing[at] += slot not in taken
    return tuple(replace(wanted[at], count=count) for at, count in enumerate(missing) if count)


def _matched(wanted: tuple[Requirement, ...], slots: list[int], attached: list[str]) -> dict[int, int]:
    """The largest matching of slots to documents (augmenting paths): {slot: document}."""
    taken: dict[int, int] = {}
    for document in range(len(attached)):
        if len(taken) < len(slots):
            _augment(wanted, slots, attached, taken, document, set())
    return taken


def _augment(
    wanted: tuple[Requirement, ...], slots: list[int], attached: list[str], taken: dict[int, int],
    document: int, seen: set[int],
) -> bool:  # fmt: skip
    open_slots = (
        slot
        for slot in range(len(slots))
        if slot not in seen and _fits(wanted[slots[slot]], attached[document])
    )
    for slot in open_slots:
        seen.add(slot)
        if slot not in taken or _augment(wanted, slots, attached, taken, taken[slot], seen):
            taken[slot] = document
            return True
    return False


def _fits(requirement: Requirement, kind: str) -> bool:
    if requirement.kinds == ("other",):
        return True
    return kind in requirement.kinds or (kind == "minutes_extract" and "minutes" in requirement.kinds)


def kind_of_title(title: str) -> str:
    """The likely kind of a document by its title or file name; "other" when nothing tells."""
    name = re.sub(r"[_\W]+", " ", fold(title[:_LONGEST].replace("_", " ")))
    kinds = _kinds_of(name)
    if kinds:
        return kinds[0]
    latin = title.lower()
    found = [
        (match.start(), kind) for kind, pattern in TRANSLITERATED for match in re.finditer(pattern, latin)
    ]
    if found:
        return min(found)[1]
    return "photo" if PurePath(latin).suffix in PICTURES else "other"
