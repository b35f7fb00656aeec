"""The paper of a scan made white: its grain costs tesseract time, and short texts are misread for it."""

from __future__ import annotations

from typing import Any

# The grain of a scanned sheet lies within this many shades of its commonest one.
GRAIN = 25


def paper_of(picture: Any) -> int:
    """The commonest light grey of a grey picture, which on a page is the paper's."""
    return int(max(range(128, 256), key=picture.histogram().__getitem__))


def whitened(picture: Any) -> Any:
    """The grey Pillow picture with paper and its grain white and everything darker stretched to match."""
    white = max(paper_of(picture) - GRAIN, 1)
    return picture.point([min(255, grey * 255 // white) for grey in range(256)])
