"""Text that is mended step by step and still knows where each of its characters stood."""

import re
from array import array
from collections.abc import Callable, Sequence

Rewrite = Callable[[re.Match[str]], str]


class TracedText:
    """A text with, for every character, the span of the original text it stands for."""

    def __init__(self, text: str, starts: "array[int]", ends: "array[int]", original: str) -> None:
        self.text = text
        self._original = original
        self._starts = starts
        self._ends = ends

    @classmethod
    def of(cls, text: str) -> "TracedText":
        """The text as it is: every character stands for itself."""
        return cls(text, array("q", range(len(text))), array("q", range(1, len(text) + 1)), text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters start..end of the mended text stood in the original."""
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else (self._ends[-1] if self._ends else 0)
            return at, at
        return self._starts[start], self._ends[end - 1]

    def printed_signs(self, start: int, end: int) -> list[str]:
        """How each «№» among the characters start..end of the mended text was printed."""
        at = self.text.find("№", start, end)
        signs: list[str] = []
        while at >= 0:
            signs.append(self._original[self._starts[at] : self._ends[at]])
            at = self.text.find("№", at + 1, end)
        return signs

    def changed(self, pattern: re.Pattern[str], rewrite: Rewrite) -> "TracedText":
        """Every match rewritten; a rewriting of the same length keeps the place of each character."""
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        done = 0
        for found in pattern.finditer(self.text):
            new, (left, right) = rewrite(found), found.span()
            if new == found.group():
                continue
            pieces += (self.text[done:left], new)
            starts += self._starts[done:left] + self._traced(
                self._starts, self._starts[left : left + 1], new, left, right
            )
            ends += self._ends[done:left] + self._traced(
                self._ends, self._ends[right - 1 : right], new, left, right
            )
            done = right
        if not pieces:
            return self
        pieces.append(self.text[done:])
        return TracedText(
            "".join(pieces), starts + self._starts[done:], ends + self._ends[done:], self._original
        )

    def rearranged(self, spans: "Sequence[tuple[int, int]]") -> "TracedText":
        """The given spans one after another, each on a line of its own; characters keep their places."""
        pieces: list[str] = []
        starts, ends = array("q"), array("q")
        for left, right in spans:
            pieces += (self.text[left:right], "\n")
            edge = right - 1 if right > left else left
            starts += self._starts[left:right] + self._starts[edge : edge + 1]
            ends += self._ends[left:right] + self._ends[edge : edge + 1]
        return TracedText("".join(pieces), starts, ends, self._original)

    @staticmethod
    def _traced(places: "array[int]", edge: "array[int]", new: str, left: int, right: int) -> "array[int]":
        return places[left:right] if len(new) == right - left else edge * len(new)


_LATIN_SIGN = re.compile(r"No?\.?\s*")


def as_printed(value: str, signs: Sequence[str]) -> str:
    """A value with the Latin «N» of the original where «№» was put for it; a misread sign stays mended."""
    if "№" not in value or value.count("№") != len(signs):
        return value
    first, *rest = value.split("№")
    return first + "".join(_sign(sign) + part for sign, part in zip(signs, rest, strict=True))


def _sign(printed: str) -> str:
    if _LATIN_SIGN.fullmatch(printed):
        return printed
    return "№ " if printed.endswith(" ") else "№"
