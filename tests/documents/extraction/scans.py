"""Scans made on the spot: print drawn with the fonts of the project, then grey, grainy and askew."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from config import ROOT
from documents.extraction import is_recognition_possible

DPI = 200
A4 = (1654, 2339)
SIZE = 33
_FONTS = ROOT / "static" / "fonts"
_GRAIN = [max(0, value - 128) // 3 for value in range(256)]


def needs_recognition() -> None:
    """Skip the test where tesseract with Russian is missing, and say so."""
    if not is_recognition_possible():
        print("SKIP: tesseract with Russian is not installed")
        pytest.skip("tesseract with Russian is not installed")


class Paper:
    """A sheet to print on."""

    def __init__(self, size: tuple[int, int] = A4, shade: int = 244) -> None:
        self.picture = Image.new("L", size, shade)
        self._pen = ImageDraw.Draw(self.picture)
        self._cyrillic = ImageFont.truetype(_FONTS / "ptserif-cyrillic-400.woff2", SIZE)
        self._latin = ImageFont.truetype(_FONTS / "ptserif-latin-400.woff2", SIZE)

    def words(self, left: float, top: float, text: str) -> None:
        """A line of print; Latin letters, figures and signs come from a font of their own."""
        for sign in text:
            font = self._latin if ord(sign) < 256 else self._cyrillic
            self._pen.text((left, top), sign, fill=30, font=font)
            left += font.getlength(sign)

    def lines(self, left: float, top: float, texts: list[str]) -> None:
        for number, text in enumerate(texts):
            self.words(left, top + 46 * number, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._pen.line((x0, y0, x1, y1), fill=40, width=3)

    def table(self, xs: list[int], ys: list[int], rows: list[list[str]]) -> None:
        """A ruled table; "\\n" parts the lines of a cell."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for top, row in zip(ys, rows, strict=False):
            for left, text in zip(xs, row, strict=False):
                self.lines(left + 12, top + 6, text.split("\n"))


def scanned(picture: Any, *, askew: float = 0.0, grain: int = 16) -> Any:
    """The sheet as a scanner leaves it: turned counter-clockwise by `askew` degrees, with noise."""
    turned = picture.rotate(askew, Image.Resampling.BICUBIC, fillcolor=244)
    return ImageChops.subtract(turned, Image.effect_noise(turned.size, grain).point(_GRAIN))


def pdf_of(path: Path, *pictures: Any) -> Path:
    """A PDF of pictures and nothing else."""
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI, quality=80)
    return path


def letter(lines: int = 8) -> Paper:
    """A sheet with a heading and some lines of an order."""
    paper = Paper((1200, 700))
    paper.words(420, 60, "ПРИКАЗ № 17")
    chance = random.Random(7)
    words = ["утвердить", "план", "мероприятий", "развития", "образования", "на", "территории", "района"]
    paper.lines(90, 150, [" ".join(chance.sample(words, 6)) for _ in range(lines)])
    return paper
