"""Postings as arrays: for every word the papers, how often, and where. Read in place, nothing is decoded.

One word is one stretch of the segment's `.pst` file: a head of 16 bytes (mark, papers, places, width of a
place), the numbers of papers (u4), how often (u2 or u4), the places one paper after another (u2 or u4).
Two bytes are enough for texts up to 65,535 words; a word that stands further on takes four everywhere.
"""

import struct
from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAD = struct.Struct("<4sIII")
MARK, NARROW = b"VKH1", 65_535
Numbers = NDArray[Any]


class Gathered:
    """The postings of one word while a segment is being written."""

    __slots__ = ("papers", "places", "times")

    def __init__(self) -> None:
        self.papers, self.times, self.places = array("I"), array("H"), array("H")

    def add(self, paper: int, places: list[int]) -> None:
        """The word stands at these places, in order, of the paper."""
        if places[-1] > NARROW:
            self.widen()
        self.papers.append(paper)
        self.times.append(len(places))
        self.places.extend(places)

    def note(self, paper: int) -> None:
        """The word is there; where, nobody asks."""
        self.papers.append(paper)
        self.times.append(1)

    def extend(self, papers: Numbers, times: Numbers, places: Numbers) -> None:
        """Add what another segment has."""
        if places.itemsize > 2 or times.itemsize > 2:
            self.widen()
        kind = f"u{self.places.itemsize}"
        self.papers.frombytes(papers.astype("u4").tobytes())
        self.times.frombytes(times.astype(kind).tobytes())
        self.places.frombytes(places.astype(kind).tobytes())

    def widen(self) -> None:
        """Go over to four bytes."""
        if self.places.itemsize == 2:
            self.times, self.places = array("I", self.times), array("I", self.places)

    def packed(self) -> bytes:
        """The stretch of the file, padded to four bytes."""
        body = self.papers.tobytes() + self.times.tobytes() + self.places.tobytes()
        head = HEAD.pack(MARK, len(self.papers), len(self.places), self.places.itemsize)
        return head + body + b"\0" * (-len(body) % 4)


@dataclass(frozen=True)
class Postings:
    """The postings of one word as they lie in the file: papers in order, times, places."""

    papers: Numbers
    times: Numbers
    places: Numbers

    @property
    def starts(self) -> Numbers:
        """Where the places of each paper begin."""
        ends: Numbers = np.cumsum(self.times, dtype=np.int64)
        return ends - self.times


def read(buffer: Any, start: int) -> Postings:
    """The postings that begin at `start` of a file that is mapped into memory."""
    mark, papers, places, width = HEAD.unpack_from(buffer, start)
    if mark != MARK:
        raise ValueError("the index is damaged: build it anew with «flask search rebuild»")
    kind, at = ("<u2" if width == 2 else "<u4"), start + HEAD.size
    ids = np.frombuffer(buffer, "<u4", papers, at)
    times = np.frombuffer(buffer, kind, papers, at + 4 * papers)
    return Postings(ids, times, np.frombuffer(buffer, kind, places, at + (4 + width) * papers))


def read_papers(buffer: Any, start: int) -> Numbers:
    """Only the papers."""
    return np.frombuffer(buffer, "<u4", HEAD.unpack_from(buffer, start)[1], start + HEAD.size)
