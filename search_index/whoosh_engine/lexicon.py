"""The words of one field of a segment, sorted, in a mapped file: found by halving, no copy in memory.

The content: how many words (u8), where each begins (u4, one more than there are words), where its postings
begin (u8), the checksums of all words in order (u4), then the words themselves.
"""

import bisect
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from search_index.whoosh_engine.postings import Numbers


def pack(words: list[bytes], starts: Numbers) -> bytes:
    """The content for sorted words and the places of their postings."""
    begins = np.zeros(len(words) + 1, "<u4")
    np.cumsum([len(word) for word in words], out=begins[1:])
    sums = np.sort(np.array([zlib.crc32(word) for word in words], "<u4"))
    parts = (np.array([len(words)], "<u8"), begins, starts.astype("<u8"), sums)
    return b"".join([*(part.tobytes() for part in parts), *words])


def summed(words: Iterable[bytes]) -> tuple[dict[int, bytes], Numbers]:
    """Words by their checksums, and the checksums in order, as `Lexicon.among` takes them."""
    by_sum = {zlib.crc32(word): word for word in words}
    return by_sum, np.array(sorted(by_sum), np.uint32)


@dataclass
class Lexicon:
    """Looked up like a sorted list of words."""

    buffer: Any
    begins: Numbers
    starts: Numbers
    sums: Numbers
    base: int

    @classmethod
    def over(cls, buffer: Any) -> "Lexicon":
        """The lexicon of a content that never changes."""
        count = int(np.frombuffer(buffer, "<u8", 1)[0])
        at = [8, 8 + 4 * (count + 1), 8 + 4 * (count + 1) + 8 * count]
        begins = np.frombuffer(buffer, "<u4", count + 1, at[0])
        starts = np.frombuffer(buffer, "<u8", count, at[1])
        return cls(buffer, begins, starts, np.frombuffer(buffer, "<u4", count, at[2]), at[2] + 4 * count)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, place: int) -> bytes:
        first, last = int(self.begins[place]), int(self.begins[place + 1])
        return bytes(self.buffer[self.base + first : self.base + last])

    def words(self) -> list[bytes]:
        """All of them, in order."""
        text, edges = bytes(self.buffer[self.base :]), self.begins.tolist()
        return [text[first:last] for first, last in pairwise(edges)]

    def find(self, word: bytes) -> int | None:
        """Where the postings of a word begin; None when it is not there."""
        place = bisect.bisect_left(self, word)
        if place < len(self) and self[place] == word:
            return int(self.starts[place])
        return None

    def starting(self, beginning: bytes) -> list[int]:
        """Where the postings of all words begin that begin so."""
        low, high = bisect.bisect_left(self, beginning), bisect.bisect_left(self, beginning + b"\xff")
        return [int(start) for start in self.starts[low:high]]

    def among(self, words: dict[int, bytes], sums: Numbers) -> Iterator[bytes]:
        """Those of `words` by checksum, with the checksums in order, that are there; quick for hundreds."""
        if not len(self):
            return
        places = np.minimum(np.searchsorted(self.sums, sums), len(self) - 1)
        hits = sums[self.sums[places] == sums].tolist()
        yield from (words[one] for one in hits if self.find(words[one]) is not None)

    def items(self) -> Iterator[tuple[bytes, int]]:
        """Every word with the place of its postings, in order."""
        return ((self[place], int(self.starts[place])) for place in range(len(self)))
