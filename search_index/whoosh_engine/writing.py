"""Writing segments: papers in, one segment out; deletions by number; several segments become one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from search_index.protocol import Paper
from search_index.whoosh_engine.codec import ArrayCodec
from search_index.whoosh_engine.inverting import Inverter
from search_index.whoosh_engine.keys import uid_of
from search_index.whoosh_engine.mapping import packed
from search_index.whoosh_engine.merging import Merger
from search_index.whoosh_engine.postings import Numbers
from search_index.whoosh_engine.schema import BARE, COLUMNS, NAMED, WORDED
from search_index.whoosh_engine.segment import SegmentView

LOCK_SECONDS = 30.0


class Folder(FileStorage):  # type: ignore[misc]
    """Whoosh's folder of files; what is only for a moment stays in memory."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


class OpenIndex(FileIndex):  # type: ignore[misc]
    """Whoosh's index of a folder that is known to hold one: only the writer reads its list of segments."""

    def __init__(self, storage: Any, schema: Any) -> None:
        self.storage, self._schema, self.indexname = storage, schema, "MAIN"


class PaperWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's segment writer that takes whole papers, or whole segments. Only the worker makes one."""

    # Whoosh's own name for it would read like the end of a transaction of the database.
    write_out = SegmentWriter.commit

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=LOCK_SECONDS, delay=0.02)
        self.source: Inverter | Merger = Inverter()
        self.names: dict[str, dict[str, int]] = {name: {"": 0} for name in NAMED}
        self.numbers: dict[str, list[int]] = {name: [] for name in COLUMNS}

    def add(self, papers: Iterable[Paper]) -> None:
        """Add papers to the segment that is being written."""
        self.source = source = Inverter()
        for paper in papers:
            source.add(paper)
            for name, value in self._columns(paper).items():
                self.numbers[name].append(value)
        self.docnum, self._added = source.count, source.count > 0

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
            "digest": paper.digest,
        }

    def _name(self, column: str, name: str) -> int:
        return self.names[column].setdefault(name, len(self.names[column]))

    def absorb(self, parts: list[tuple[SegmentView, Numbers | None]]) -> None:
        """Make the segment of all papers of other segments that are still there."""
        self.source = source = Merger(parts)
        for view, kept in source.parts:
            codes = {name: np.array([self._name(name, text) for text in view.names[name]]) for name in NAMED}
            for name in COLUMNS:
                values = view.columns[name][kept]
                self.numbers[name] += (codes[name][values] if name in codes else values).tolist()
        self.docnum, self._added = source.count, source.count > 0

    # Writing the segment out.

    def _flush_segment(self) -> None:
        lengths = {}
        for name in WORDED:
            stretches, lengths[name] = self.source.worded(name)
            self.fieldwriter.write_field(name, stretches)
        for name in BARE:
            self.fieldwriter.write_field(name, self.source.bare(name))
        self.fieldwriter.close()
        self._write_lengths({name: found.tolist() for name, found in lengths.items()})
        Path(self.storage.folder, self.newsegment.make_filename(".arr")).write_bytes(
            packed(self._parts(lengths))
        )

    def _parts(self, lengths: dict[str, Numbers]) -> dict[str, bytes]:
        """What is read beside the postings: words, names, columns, and lengths as Whoosh rounds them."""
        names = {column: list(known) for column, known in self.names.items()}
        parts = {**self.fieldwriter.lexicons, "names": json.dumps(names, ensure_ascii=False).encode()}
        for name, code in COLUMNS.items():
            parts[f"={name}"] = np.array(self.numbers[name], code).tobytes()
        for name, found in lengths.items():
            parts[f"~{name}"] = bytes(length_to_byte(length) for length in found.tolist())
        return parts

    def _write_lengths(self, lengths: dict[str, list[int]]) -> None:
        for number in range(self.docnum):
            self.perdocwriter.start_doc(number)
            for name, found in lengths.items():
                self.perdocwriter.add_field(name, self.schema[name], None, found[number])
            self.perdocwriter.finish_doc()
        self.perdocwriter.close()


def finish(writer: PaperWriter, *, without: Iterable[str] = ()) -> None:
    """Finish the writer; segments named in `without` were absorbed and go."""
    gone = set(without)

    def keep(_writer: Any, segments: list[Any]) -> list[Any]:
        return [s for s in segments if s.segment_id() not in gone and s.deleted_count() < s.doc_count_all()]

    writer.write_out(mergetype=keep)
