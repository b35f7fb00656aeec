"""Writing segments: papers in, one segment out; deletions by number; small segments are merged."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from search_index.language import forms, positions
from search_index.needs import FORMS, MARKS, TEXT, TITLE
from search_index.protocol import Paper
from search_index.whoosh_engine.codec import ArrayCodec
from search_index.whoosh_engine.keys import uid_of
from search_index.whoosh_engine.postings import Gathered, Numbers, Postings
from search_index.whoosh_engine.schema import BARE, COLUMNS, NAMED, WORDED
from search_index.whoosh_engine.segment import SegmentView

LOCK_SECONDS = 30.0


class PaperWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's segment writer that gathers whole words. Only the worker makes one."""

    # Whoosh's own name for it would read like the end of a transaction of the database.
    write_out = SegmentWriter.commit

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=LOCK_SECONDS, delay=0.02)
        self.gathered: dict[str, dict[str, Gathered]] = {name: {} for name in (*WORDED, *BARE)}
        self.names: dict[str, dict[str, int]] = {name: {"": 0} for name in NAMED}
        self.numbers: dict[str, list[int]] = {name: [] for name in COLUMNS}

    def add(self, paper: Paper) -> None:
        """Add one paper to the segment that is being written."""
        self.perdocwriter.start_doc(self.docnum)
        for name, text in ((TEXT, paper.text), (TITLE, paper.title)):
            self._add_words(name, positions(text))
        for name, words in ((MARKS, set(paper.marks)), (FORMS, forms(paper.text))):
            gathered = self.gathered[name]
            for word in words:
                _at(gathered, word).note(self.docnum)
        for name, value in self._columns(paper).items():
            self.numbers[name].append(value)
        self._finish_paper()

    def _add_words(self, name: str, found: dict[str, list[int]]) -> None:
        gathered, number, length = self.gathered[name], self.docnum, 0
        for word, places in found.items():
            length += len(places)
            _at(gathered, word).add(number, places)
        self.perdocwriter.add_field(name, self.schema[name], None, length)

    def _columns(self, paper: Paper) -> dict[str, int]:
        return {
            "uid": uid_of(paper.key),
            "organisation": paper.organisation,
            "scope": paper.scope,
            "date": int(f"{paper.day:%Y%m%d}") if paper.day else 0,
            "year": paper.year,
            "author": paper.author,
            "kind": self._name("kind", paper.kind),
            "state": self._name("state", paper.state),
        }

    def _name(self, column: str, name: str) -> int:
        return self.names[column].setdefault(name, len(self.names[column]))

    def _finish_paper(self) -> None:
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    # Writing the segment out.

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for name in sorted(self.gathered):
            self.fieldwriter.write_field(name, self.gathered[name])
        self.fieldwriter.close()
        names = {column: list(known) for column, known in self.names.items()}
        self._write(".nms", json.dumps(names, ensure_ascii=False).encode())
        columns = [np.array(self.numbers[name], code).tobytes() for name, code in COLUMNS.items()]
        self._write(".num", b"".join(columns))

    def _write(self, extension: str, content: bytes) -> None:
        Path(self.storage.folder, self.newsegment.make_filename(extension)).write_bytes(content)

    # Merging.

    def absorb(self, view: SegmentView, alive: Numbers | None) -> None:
        """Take over all papers of a segment that are still there."""
        first = self.docnum
        kept = np.arange(view.size) if alive is None else np.flatnonzero(alive)
        self._absorb_columns(view, kept)
        moved = np.full(view.size, -1, np.int64)
        moved[kept] = np.arange(first, first + len(kept))
        for name in (*WORDED, *BARE):
            gathered = self.gathered[name]
            for word, found in view.all_words(name):
                if alive is None:
                    _at(gathered, word).extend(found.papers + np.uint32(first), found.times, found.places)
                elif (numbers := moved[found.papers]).max() >= 0:
                    _absorb_some(_at(gathered, word), found, numbers)

    def _absorb_columns(self, view: SegmentView, kept: Numbers) -> None:
        codes = {name: [self._name(name, text) for text in view.names[name]] for name in NAMED}
        for old in kept.tolist():
            self.perdocwriter.start_doc(self.docnum)
            for name in WORDED:
                length = int(view.lengths[name][old])
                self.perdocwriter.add_field(name, self.schema[name], None, length)
            self._finish_paper()
        for name in COLUMNS:
            values = view.columns[name][kept].tolist()
            self.numbers[name] += [codes[name][value] for value in values] if name in codes else values


def _at(gathered: dict[str, Gathered], word: str) -> Gathered:
    found = gathered.get(word)
    if found is None:
        found = gathered[word] = Gathered()
    return found


def _absorb_some(mine: Gathered, found: Postings, numbers: Numbers) -> None:
    """Only the postings of papers that have got a new number."""
    keeps = numbers >= 0
    places = np.repeat(keeps, found.times) if len(found.places) else keeps[:0]
    mine.extend(numbers[keeps], found.times[keeps], found.places[places])


def finish(writer: PaperWriter, *, without: Iterable[str] = ()) -> None:
    """Finish the writer; segments named in `without` were absorbed and go."""
    gone = set(without)

    def keep(_writer: Any, segments: list[Any]) -> list[Any]:
        return [s for s in segments if s.segment_id() not in gone and s.deleted_count() < s.doc_count_all()]

    writer.write_out(mergetype=keep)
