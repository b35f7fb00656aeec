"""Postings as arrays: for every word the papers, how often, and where. Read in place, nothing is decoded.

One word is one stretch of the segment's `.pst` file: a head of 16 bytes (mark, papers, places, width of a
place), the numbers of papers (u4), how often (u2 or u4), the places one paper after another (u2 or u4).
Two bytes are enough for texts up to 65,535 words; a word that stands further on takes four everywhere.
"""

import struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_index.protocol import Damaged

HEAD = struct.Struct("<4sIII")
MARK, NARROW = b"VKH1", 65_535
Numbers = NDArray[Any]


class Postings(NamedTuple):
    """The postings of one word as they lie in the file: papers in order, times, places."""

    papers: Numbers
    times: Numbers
    places: Numbers

    @property
    def ends(self) -> Numbers:
        """Where the places of each paper end."""
        ends: Numbers = np.cumsum(self.times, dtype=np.uint32)
        return ends


def together(parts: list[Postings]) -> Postings:
    """The postings of one word in several stretches as one; the papers of each come after the ones before."""
    if len(parts) == 1:
        return parts[0]
    return Postings(
        np.concatenate([part.papers for part in parts]),
        np.concatenate([part.times for part in parts]),
        np.concatenate([part.places for part in parts]),
    )


def read(buffer: Any, start: int) -> Postings:
    """The postings that begin at `start` of a file that is mapped into memory."""
    try:
        mark, papers, places, width = HEAD.unpack_from(buffer, start)
        kind, at = ("<u2" if width == 2 else "<u4"), start + HEAD.size
        ids = np.frombuffer(buffer, "<u4", papers, at)
        times = np.frombuffer(buffer, kind, papers, at + 4 * papers)
        found = Postings(ids, times, np.frombuffer(buffer, kind, places, at + (4 + width) * papers))
    except (struct.error, ValueError) as error:
        raise Damaged from error
    if mark != MARK:
        raise Damaged
    return found


def read_papers(buffer: Any, start: int) -> Numbers:
    """Only the papers."""
    return np.frombuffer(buffer, "<u4", HEAD.unpack_from(buffer, start)[1], start + HEAD.size)
