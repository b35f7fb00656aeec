"""The fields and columns of the index, as Whoosh knows them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer

from search_index.language import positions
from search_index.needs import FORMS, MARKS, TEXT, TITLE

#: Fields with places of words, and fields that only say whether a word is there.
WORDED, BARE = (TEXT, TITLE), (MARKS, FORMS)
#: Numbers kept for every paper, with the type each is stored as. Grows at its end only: what an older index
#: lacks there reads as 0 until it is built anew.
COLUMNS = {
    "uid": "<u8", "scope": "<u8", "organisation": "<u4", "date": "<u4", "author": "<u4", "year": "<u2",
    "kind": "<u2", "state": "<u2", "digest": "<u8",
}  # fmt: skip
#: Columns that hold numbers of names which the segment lists beside them.
NAMED = ("kind", "state")


class Places(formats.Positions):  # type: ignore[misc]
    """Places of a word as an array of numbers; two bytes each in every text but the longest."""

    def decode_positions(self, valuestring: bytes) -> Any:
        return np.frombuffer(valuestring, "<u4").tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        return float(len(valuestring) // 4)


class Worded(fields.FieldType):  # type: ignore[misc]
    """A text: its words with their places, by the analysis of language.py."""

    scorable = True

    def __init__(self) -> None:
        self.analyzer = IDAnalyzer()
        self.format = Places()
        self.stored = False
        self.unique = False

    def index(self, value: str, **_more: Any) -> Iterator[Any]:
        for word, places in positions(value).items():
            packed = np.array(places, "<u4").tobytes()
            yield word.encode(), len(places), float(len(places)), packed

    def to_bytes(self, value: Any) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode()


class Bare(fields.FieldType):  # type: ignore[misc]
    """A set of words, given as a collection."""

    scorable = False

    def __init__(self) -> None:
        self.analyzer = IDAnalyzer()
        self.format = formats.Existence()
        self.stored = False
        self.unique = False

    def index(self, value: Any, **_more: Any) -> Iterator[Any]:
        for word in value:
            yield word.encode(), 1, 1.0, b""

    def to_bytes(self, value: Any) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode()


def make_schema() -> fields.Schema:
    """The schema of the index. It is passed whenever the index is opened, so none is ever unpickled."""
    worded: dict[str, Any] = {name: Worded() for name in WORDED}
    bare: dict[str, Any] = {name: Bare() for name in BARE}
    return fields.Schema(**worded, **bare)
