"""Why an act is cited: the word nearest before it that says so."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

BASIS = "basis"

_STAMP = r"(?:^|\n)[ \t«\"“]{0,90}"
_SIGNS: tuple[tuple[str, str], ...] = (
    ("repeals", r"утратившим[и]?\s+силу|признани\w+\s+недействующим\w?|(?<!\w)отменить|(?<!\w)об\s+отмене|"
        r"с\s+отменой|считать\s+недействующим"),
    ("repealed_by", r"утратил[аои]?\s+силу|(?<!\w)отмен[её]н[аоы]?(?!\w)|прекратил\w{0,2}\s+действие"),
    ("suspended_by", r"приостановлен\w*(?:\s+действие)?|приостановить\s+действие"),
    ("amended_by",
     r"(?<!\w)в\s+ред(?:\.|акци[июях]{1,2})(?!\s+согласно)|с\s+изм(?:\.|енени\w+)|(?<!\w)изм\.|в\s+новой\s+редакции|внесенн\w+|с\s+учетом\s+изменени\w+|с\s+дополнени\w+|дополненн\w+|(?:изменени|дополнени)\w*\s+внесен\w+"),
    ("amends",
     r"(?:о|о\s+)?внесени[июея]\s+(?:\w+\s+){0,2}?(?:изменени|дополнени|поправ)\w+|внести\s+(?:\w+\s+){0,3}?(?:изменени|дополнени)\w*|внести\s+в(?!\w)|об\s+изменени\w+|о\s+дополнени\w+|изложить|(?<!\w)дополнить"),
    ("approved_by", _STAMP + r"(?:(?-i:У)|\(у)твержд[её]н[аоы]?(?!\w)|" + _STAMP + r"(?-i:У)тверждаю(?!\w)|"
        + _STAMP
        + r"(?-i:П)риложени[ея](?!\w|\s*:)"),
    ("adopted_by", _STAMP + r"(?-i:П)ринят[аоы]?(?!\w)"),
    ("agreed_by", _STAMP + r"(?-i:С)огласован[аоы]?(?!\w)"),
    ("considered_by", _STAMP + r"(?-i:[РОП])(?:ассмотрен|бсужден|добрен|екомендован)[аоы]?(?!\w)"),
    (BASIS,
     r"в\s+соответствии|во\s+исполнение|на\s+основании|руководствуясь|в\s+целях|согласно(?!\w)|в\s+связи"),
)  # fmt: skip
_BEHIND = re.compile(
    r"[\s»\")]{0,4}(?:(?P<repeals>(?:считать|признать)\s+утратившим[и]?\s+силу|отменить)|"
    r"(?P<amends>изложить|дополнить)|(?P<suspended_by>приостановить))(?!\w)",
    re.IGNORECASE,
)
_STAMPS = ("approved_by", "adopted_by", "agreed_by", "considered_by")
_TEXT_BEGINS_BELOW = re.compile(
    r"\n\s*(?:положение|порядок|план|программа|отч[её]т|концепция|регламент|правила|инструкция|перечень|"
    r"устав|справка|методика|"
    r"об?\s|в\s+соответствии|на\s+основании|\d{1,2}\.\s)",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?:(?=\n)|(?<![^\W_]))(?=[УуПпОоСсВвДдИиРр\n«\"“]|\A\s)(?:"
    + "|".join(f"(?P<{name}>{signs})" for name, signs in _SIGNS)
    + ")",
    re.IGNORECASE,
)
_ABBREVIATED = r"(?<!ред)(?<!изм)(?<!доп)(?<!руб)(?<!тыс)(?<!им)(?<!ст)(?<!пп)(?<!обл)"
_SENTENCE = re.compile(
    _ABBREVIATED
    + r"(?<=[а-яёА-ЯЁ»\")\]\d]{2})[.!?]\s+(?=[А-ЯЁ«\"]|\d{1,2}\. )|(?<![:;,])\n[ \t]*\n\s*(?![а-яё]{2}|№)"
)
_STAMP_LINE = re.compile(
    r"[\s«\"“]*(?:утвержд[её]н[аоы]?|утверждаю|приложени[ея]|принят[аоы]?|согласован[аоы]?|"
    r"рассмотрен[аоы]?|одобрен[аоы]?)"
    r"(?!\w)[^.;]{0,160}",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[()]|\n\s*\n")
_FARTHEST = 1600


@dataclass(frozen=True)
class _Sign:
    relation: str
    end: int
    closes: int


class Reasons:
    """The words of one text that say why acts are cited, found in one pass."""

    def __init__(self, text: str, *, without: Sequence[tuple[int, int]] = ()) -> None:
        """Words inside the spans `without`, the titles of cited acts in their order, say nothing."""
        self._text = text
        self._sentences = [end.end() for end in _SENTENCE.finditer(text)]
        found = [sign for sign in _ANY.finditer(text) if not _is_inside(sign.start(), without)]
        self._starts = [sign.start() for sign in found]
        closings = _closings(text, self._starts)
        self._signs = [_Sign(str(sign.lastgroup), sign.end(), closes)
                       for sign, closes in zip(found, closings, strict=True)]  # fmt: skip

    def relation_at(self, at: int) -> str:
        """Why an act at this place is cited: the last word before it in its sentence or stamp that says so;
        words in brackets that are closed again do not count."""
        floor = self._floor(at)
        for sign in reversed(self._signs[bisect_left(self._starts, floor) : bisect_left(self._starts, at)]):
            if sign.closes < at or sign.end > at:
                continue
            if sign.relation in _STAMPS and _TEXT_BEGINS_BELOW.search(self._text, sign.end, at):
                return BASIS
            return sign.relation
        return BASIS

    def relation_after(self, at: int) -> str:
        """What the words right behind a cited act do to it: «приказ № 5 считать утратившим силу»."""
        found = _BEHIND.match(self._text, at)
        return str(found.lastgroup) if found else BASIS

    def before(self, at: int) -> str:
        """The words of the sentence or stamp before a place."""
        return self._text[self._floor(at) : at]

    def _floor(self, at: int) -> int:
        floor = max(0, at - _FARTHEST)
        index = bisect_right(self._sentences, at)
        start = max(floor, self._sentences[index - 1]) if index else floor
        above = max(floor, self._sentences[index - 2]) if index > 1 else floor
        if start > above and _STAMP_LINE.fullmatch(self._text[above:start].strip()):
            start = above
        # The line break before a stamp's word is a part of its sign.
        return max(0, start - 1)


def _is_inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _closings(text: str, places: list[int]) -> list[int]:
    """For each place, in order: where the innermost bracket around it closes; far away when it never does."""
    owners: list[int | None] = []
    closed: dict[int, int] = {}
    opened: list[int] = []
    for mark in _BRACKETS.finditer(text):
        while len(owners) < len(places) and places[len(owners)] < mark.start():
            owners.append(opened[-1] if opened else None)
        if mark.group() == "(":
            opened.append(mark.start())
        elif mark.group() != ")":
            opened.clear()
        elif opened:
            closed[opened.pop()] = mark.start()
    owners += [opened[-1] if opened else None] * (len(places) - len(owners))
    return [sys.maxsize if owner is None else closed.get(owner, sys.maxsize) for owner in owners]
