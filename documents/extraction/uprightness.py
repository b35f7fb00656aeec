"""How a scanned page is turned, and where a point of the turned picture lies on the page."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from documents.extraction.paper import paper_of, whitened

# Feeders tilt sheets by a degree or two; what is tilted more was laid by hand.
MOST_SKEW = 6.0
_COARSE, _FINE = 1.0, 0.25
_SMALL, _MIDDLE = 400, 800
# A picture which no angle sharpens by this much holds no lines of text; it stays as it is.
_GAIN = 1.02


def skew_of(picture: Any) -> float:
    """Degrees clockwise by which a grey Pillow picture has to be turned so that its lines lie level.

    Measured by the rows' darkness: it changes most sharply from row to row where lines lie level.
    """
    small, middle = _shrunk(picture, _SMALL), _shrunk(picture, _MIDDLE)
    steps = round(MOST_SKEW / _COARSE)
    coarse = _best(small, [step * _COARSE for step in range(-steps, steps + 1)])
    fine = _best(middle, [coarse + step * _FINE for step in range(-3, 4)])
    angle = _peak(fine, lambda at: _sharpness(middle, at))
    return round(angle, 2) if _sharpness(middle, angle) > _GAIN * _sharpness(middle, 0.0) else 0.0


def _shrunk(picture: Any, side: int) -> Any:
    """A small negative: dark lines bright, paper black, so that turned-in corners count as paper."""
    from PIL import ImageOps

    factor = max(1, max(picture.size) // side)
    return ImageOps.invert(whitened(picture.reduce(factor)))


def _best(picture: Any, angles: list[float]) -> float:
    return max(angles, key=lambda angle: (_sharpness(picture, angle), -abs(angle)))


def _sharpness(picture: Any, angle: float) -> float:
    from PIL import Image

    turned = picture.rotate(-angle, Image.Resampling.NEAREST) if angle else picture
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((after - before) ** 2 for before, after in pairwise(rows)))


def _peak(angle: float, value: Callable[[float], float]) -> float:
    """The top of a parabola through three neighbouring angles."""
    left, middle, right = value(angle - _FINE), value(angle), value(angle + _FINE)
    bend = left - 2 * middle + right
    return angle + _FINE * (left - right) / (2 * bend) if bend < 0 else angle


@dataclass(frozen=True)
class Turn:
    """A page of `width` × `height` that was turned clockwise by quarters, then by a small angle."""

    width: float
    height: float
    rotation: int = 0
    skew: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture that came out."""
        return (self.height, self.width) if self.rotation % 180 else (self.width, self.height)

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the upright picture as shares of the page; it keeps its size, its middle is moved."""
        x, y = self._back((left + right) / 2, (top + bottom) / 2)
        half, tall = (right - left) / 2, (bottom - top) / 2
        if self.rotation % 180:
            half, tall = tall, half
        return (
            _share((x - half) / self.width),
            _share((y - tall) / self.height),
            _share((x + half) / self.width),
            _share((y + tall) / self.height),
        )

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.size
        angle = math.radians(self.skew)
        dx, dy = x - width / 2, y - height / 2
        x = width / 2 + math.cos(angle) * dx + math.sin(angle) * dy
        y = height / 2 - math.sin(angle) * dx + math.cos(angle) * dy
        return {
            90: (y, self.height - x),
            180: (self.width - x, self.height - y),
            270: (self.width - y, x),
        }.get(self.rotation, (x, y))


def _share(edge: float) -> float:
    return round(min(max(edge, 0.0), 1.0), 5)


def turned(picture: Any, rotation: int, skew: float) -> Any:
    """The picture turned clockwise by quarters and a small angle; bared corners become paper."""
    from PIL import Image

    quarters = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    if rotation:
        picture = picture.transpose(quarters[rotation])
    if not skew:
        return picture
    return picture.rotate(-skew, Image.Resampling.BILINEAR, fillcolor=paper_of(picture))
