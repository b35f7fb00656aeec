"""From characters to words and lines: what stands beside what on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .pdf_ink import Char

# Shares of the height of a character (about 1.15 of the font size).
SAME_LINE = 0.42
WORD_GAP = 0.17


class Word(NamedTuple):
    """A word with its edges; `letter` is the width of its first letter."""

    text: str
    left: float
    right: float
    letter: float = 0.0


@dataclass
class Line:
    """Words that stand on one baseline, from left to right."""

    words: list[Word]
    top: float
    bottom: float
    base: float
    bold: bool = False
    italic: bool = False

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of text that characters form, from top to bottom; turned text comes after the upright."""
    lines: list[Line] = []
    groups: dict[int, list[Char]] = {}
    for char in chars:
        groups.setdefault(char.turn, []).append(_upright(char))
    for _, group in sorted(groups.items()):
        for row in _rows(group):
            words = _words(row)
            if words:
                lines.append(_line(row, words))
    return lines


def _upright(char: Char) -> Char:
    """The character in a frame where its own text reads from left to right."""
    left, top, right, bottom = char.left, char.top, char.right, char.bottom
    if char.turn == 1:
        return char._replace(left=-bottom, right=-top, top=left, bottom=right)
    if char.turn == 2:
        return char._replace(left=-right, right=-left, top=-bottom, bottom=-top, base=-char.base)
    if char.turn == 3:
        return char._replace(left=top, right=bottom, top=-right, bottom=-left, base=-char.base)
    return char


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters grouped by baseline; raised and lowered marks stay with their line."""
    rows: list[list[Char]] = []
    low = 0.0
    for char in sorted(chars, key=lambda char: (char.base, char.left)):
        if rows and char.base - low <= SAME_LINE * max(char.bottom - char.top, 1.0):
            rows[-1].append(char)
        else:
            rows.append([char])
        low = max(char.base, low) if len(rows[-1]) > 1 else char.base
    return [sorted(row, key=lambda char: char.left) for row in rows]


def _words(row: list[Char]) -> list[Word]:
    words: list[Word] = []
    is_open = False
    for char in row:
        if char.text.isspace():
            is_open = False
            continue
        last = words[-1] if words else None
        if last is None or not is_open or char.left - last.right > WORD_GAP * (char.bottom - char.top):
            words.append(Word(char.text, char.left, char.right, char.right - char.left))
        else:
            words[-1] = last._replace(text=last.text + char.text, right=max(last.right, char.right))
        is_open = True
    return [word._replace(text=unicodedata.normalize("NFC", word.text)) for word in words]


def _line(row: list[Char], words: list[Word]) -> Line:
    inked = [char for char in row if not char.text.isspace()]
    half = len(inked) / 2
    return Line(
        words,
        min(char.top for char in inked),
        max(char.bottom for char in inked),
        sorted(char.base for char in inked)[len(inked) // 2],
        sum(char.bold for char in inked) > half,
        sum(char.italic for char in inked) > half,
    )
