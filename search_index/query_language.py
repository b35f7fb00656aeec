"""What people type, taken apart: words, «точная фраза», -слово, ИЛИ, поле:значение. Never fails.

Whatever is not understood as one of these is plain words. «не исполнено» is one clause: the words side by
side. `Question.without(n)` is the text with one clause removed, for the chips above the results.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search_index.language import STOP_WORDS, TOKEN, normal
from search_index.numerals import WORDED, date_written, is_number, tightened

#: Longer questions are read up to here, and the page says so.
MAX_LENGTH, MAX_CLAUSES = 300, 24


class ClauseKind(StrEnum):
    """How a clause is looked for."""

    WORD = "word"
    FORM = "form"
    PHRASE = "phrase"
    NUMBER = "number"
    DATE = "date"
    FIELD = "field"


class Field(StrEnum):
    """Requisites that can be named in a question."""

    KIND = "kind"
    NUMBER = "number"
    DATE = "date"
    AUTHORITY = "authority"
    EXECUTOR = "executor"
    STATE = "state"
    YEAR = "year"


FIELD_WORDS = {
    "вид": Field.KIND, "kind": Field.KIND, "№": Field.NUMBER, "номер": Field.NUMBER, "number": Field.NUMBER,
    "от": Field.DATE, "дата": Field.DATE, "date": Field.DATE, "орган": Field.AUTHORITY,
    "authority": Field.AUTHORITY, "исполнитель": Field.EXECUTOR, "executor": Field.EXECUTOR,
    "статус": Field.STATE, "state": Field.STATE, "год": Field.YEAR, "year": Field.YEAR,
}  # fmt: skip
_DATED = re.sub(r"\(\?P<\w+>", "(?:", WORDED.pattern)
_SCAN = re.compile(
    r"(?P<or>(?:ИЛИ|OR|\|)(?=\s|$))|"
    r"(?P<minus>(?<!\S)[-−–](?=[^\s-]))?(?:(?P<field>" + "|".join(FIELD_WORDS) + r"):)?"
    r"(?:[\"“„](?P<quoted>[^\"”“]*)[\"”“]?|«(?P<angled>[^»]*)»?"
    rf"|(?P<dated>(?i:{_DATED})(?:\s*(?:года?|г\.?))?(?!\w))|(?P<plain>[^\s\"«»“”„]+)|[»”])"
)


@dataclass(frozen=True)
class Clause:
    """One thing that is asked for. `text` is its value as typed, `start` and `end` its place."""

    kind: ClauseKind
    text: str
    start: int
    end: int
    field: Field | None = None
    is_excluded: bool = False
    is_alternative: bool = False


@dataclass(frozen=True)
class Question:
    """A question taken apart. Clauses marked as alternatives belong to the one before them («ИЛИ»)."""

    text: str
    clauses: tuple[Clause, ...]
    is_cut: bool = False

    @property
    def groups(self) -> list[list[Clause]]:
        """The clauses that must all be met; in each list one of several is enough."""
        found: list[list[Clause]] = []
        for clause in self.clauses:
            if clause.is_alternative and found and not clause.is_excluded and not found[-1][0].is_excluded:
                found[-1].append(clause)
            else:
                found.append([clause])
        return found

    def without(self, group: list[Clause]) -> str:
        """The text with the clauses of one group left out."""
        kept = [other for other in self.groups if other != group]
        return " ".join(" ИЛИ ".join(self.text[c.start : c.end] for c in other) for other in kept)

    def words_of(self, group: list[Clause]) -> str:
        """A group as it was typed."""
        return " ИЛИ ".join(self.text[clause.start : clause.end] for clause in group)

    def with_word(self, old: str, new: str) -> str:
        """The text with one word replaced by another wherever it stands alone."""
        return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, self.text, flags=re.IGNORECASE)


def parse(text: str) -> Question:
    """The question that a person typed. Any text at all is a question."""
    cleaned = " ".join(tightened(re.sub(r"[\x00-\x1f\x7f]", " ", text)).split())
    short = cleaned[:MAX_LENGTH]
    clauses = list(_joined(list(_clauses(short))))
    kept = _meaningful(clauses)[:MAX_CLAUSES]
    return Question(short, tuple(kept), is_cut=len(cleaned) > MAX_LENGTH or len(clauses) > MAX_CLAUSES)


def _clauses(text: str) -> Iterator[Clause]:
    is_alternative = False
    for found in _SCAN.finditer(text):
        if found["or"]:
            is_alternative = True
            continue
        if clause := _clause(found, is_alternative):
            yield clause
            is_alternative = False


def _clause(found: "re.Match[str]", is_alternative: bool) -> Clause | None:
    field = FIELD_WORDS.get((found["field"] or "").lower())
    quoted = found["quoted"] if found["quoted"] is not None else found["angled"]
    value = next((v for v in (quoted, found["dated"], found["plain"]) if v is not None), "").strip()
    said = TOKEN.findall(normal(value))
    if not said:
        return None
    kind = (
        ClauseKind.FIELD if field else _kind(said, is_quoted=quoted is not None, dated=bool(found["dated"]))
    )
    return Clause(kind, value, found.start(), found.end(), field, bool(found["minus"]), is_alternative)


def _kind(said: list[str], *, is_quoted: bool, dated: bool) -> ClauseKind:
    if dated or (len(said) == 1 and date_written(said[0])):
        return ClauseKind.DATE
    if is_quoted:
        return ClauseKind.PHRASE if len(said) > 1 or is_number(said[0]) else ClauseKind.FORM
    if len(said) > 1:
        return ClauseKind.PHRASE
    return ClauseKind.NUMBER if is_number(said[0]) else ClauseKind.WORD


def _joined(clauses: list[Clause]) -> Iterator[Clause]:
    """«не исполнено» as one phrase: without its «не» a word says the opposite."""
    skip = False
    for clause, following in zip(clauses, [*clauses[1:], None], strict=False):
        if skip:
            skip = False
        elif _is_denial(clause) and following and following.kind is ClauseKind.WORD and _is_plain(following):
            skip = True
            text = f"{clause.text} {following.text}"
            yield Clause(
                ClauseKind.PHRASE, text, clause.start, following.end, None, clause.is_excluded,
                clause.is_alternative,
            )  # fmt: skip
        else:
            yield clause


def _is_denial(clause: Clause) -> bool:
    return clause.kind is ClauseKind.WORD and clause.text.lower() == "не"


def _is_plain(clause: Clause) -> bool:
    return not clause.is_excluded and not clause.is_alternative


def _meaningful(clauses: list[Clause]) -> list[Clause]:
    """Without the words that say nothing, unless nothing else was said."""
    said = [c for c in clauses if c.kind is not ClauseKind.WORD or normal(c.text) not in STOP_WORDS]
    return said if any(not clause.is_excluded for clause in said) else clauses
