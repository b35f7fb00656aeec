"""Whoosh's third codec with terms and postings of our own, readable by Whoosh's own searcher too."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

from search_index.whoosh_engine.lexicon import Lexicon, pack
from search_index.whoosh_engine.lots import Lot
from search_index.whoosh_engine.mapping import mapped, unpacked
from search_index.whoosh_engine.postings import Postings, read
from search_index.whoosh_engine.schema import BARE, WORDED


class WholeFields:
    """Writes the postings of a segment word by word, and makes the lexicon of each field."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = open(f"{storage.folder}/{segment.segment_id()}.pst", "wb")  # noqa: SIM115 - closed with the segment
        self._size = 0
        self.lexicons: dict[str, bytes] = {}
        self.is_closed = False

    def write_field(self, name: str, lots: Iterable[Lot]) -> None:
        """All words of one field, lot by lot in the order of their bytes."""
        words, starts = list[bytes](), [np.zeros(0, np.int64)]
        for lot in lots:
            content, begins = lot.packed()
            words += lot.words
            starts.append(begins + self._size)
            self._file.write(content)
            self._size += len(content)
        self.lexicons[name] = pack(words, np.concatenate(starts))

    def close(self) -> None:
        self._file.close()
        self.is_closed = True


class LexiconTerms(TermsReader):  # type: ignore[misc]
    """What Whoosh asks of the terms of a segment, answered from the lexicons."""

    def __init__(self, storage: Any, segment: Any) -> None:
        prefix = f"{storage.folder}/{segment.segment_id()}"
        self._postings = mapped(Path(f"{prefix}.pst"))
        parts = unpacked(Path(f"{prefix}.arr"))
        self._lexicons = {name: Lexicon.over(parts[name]) for name in (*WORDED, *BARE)}
        self._longest = dict.fromkeys(WORDED, 1 << 20)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._lexicons[term[0]].find(term[1]) is not None

    def indexed_field_names(self) -> Any:
        return self._lexicons.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, word) for name in sorted(self._lexicons) for word, _ in self._lexicons[name].items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return ((name, word) for name, word in self.terms() if (name, word) >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def _read(self, fieldname: str, word: bytes) -> Postings:
        start = self._lexicons[fieldname].find(word)
        if start is None:
            raise TermNotFound(f"No term {fieldname}:{word!r}")
        return read(self._postings, start)

    def term_info(self, fieldname: str, word: bytes) -> Any:
        found = self._read(fieldname, word)
        info = W3TermInfo()
        info._weight, info._df = float(found.times.sum()), len(found.papers)
        info._minlength, info._maxlength = 1, self._longest.get(fieldname, 1)
        info._maxweight = float(found.times.max())
        info._minid, info._maxid = int(found.papers[0]), int(found.papers[-1])
        return info

    def frequency(self, fieldname: str, word: bytes) -> float:
        return float(self._read(fieldname, word).times.sum()) if (fieldname, word) in self else 0.0

    def doc_frequency(self, fieldname: str, word: bytes) -> int:
        return len(self._read(fieldname, word).papers) if (fieldname, word) in self else 0

    def matcher(self, fieldname: str, word: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """The postings as the objects that Whoosh walks through one by one."""
        found = self._read(fieldname, word)
        values = [part.astype("<u4").tobytes() for part in np.split(found.places, found.ends[:-1])]
        return ListMatcher(
            found.papers.tolist(), found.times.astype(float).tolist(), values, format_, scorer=scorer,
            term=(fieldname, word), terminfo=self.term_info(fieldname, word),
        )  # fmt: skip

    def close(self) -> None:
        """The mapped files go with the object."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Segments, columns and lengths are Whoosh's."""

    def field_writer(self, storage: Any, segment: Any) -> WholeFields:
        return WholeFields(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> LexiconTerms:
        return LexiconTerms(storage, segment)
