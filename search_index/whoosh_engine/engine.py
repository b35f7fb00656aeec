"""The engine over a folder: fresh segments for every request, one writer, small merges."""

import contextlib
import fcntl
import os
import pickle
import shutil
import struct
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index

from search_index.protocol import Damaged, Found, Paper, Standing, Wish
from search_index.spelling import slips
from search_index.whoosh_engine.evaluation import Weights
from search_index.whoosh_engine.keys import key_of, uid_of
from search_index.whoosh_engine.lexicon import summed
from search_index.whoosh_engine.postings import Numbers
from search_index.whoosh_engine.ranking import find
from search_index.whoosh_engine.schema import make_schema
from search_index.whoosh_engine.segment import SegmentView
from search_index.whoosh_engine.writing import Folder, OpenIndex, PaperWriter, finish

#: A segment of a bulk load holds so many papers.
BATCH = 5_000
#: So many segments of one size become one: small ones when there is a crowd of them after a commit, larger
#: ones in `tidy`, the largest in a quiet hour, because nothing new is written meanwhile.
FANOUT, CROWD, AT_ONCE, IN_A_MINUTE = 8, 24, 32, 500
#: With so many segments a search takes longer than it should: then a minute may make larger ones.
MANY, WHEN_MANY = 48, 5_000
#: A new index has segments of up to so many papers: the fewer there are, the quicker they answer.
LARGEST = 200_000


#: Without this file in its folder the index is built anew.
STAMP = "stamp"
#: What comes of a list of segments or a segment that was cut off: nothing is synced to the disk, as all of it
#: can be built anew.
TORN = (ValueError, TypeError, EOFError, struct.error, pickle.UnpicklingError, index.IndexError)
#: A segment with a mask of what is still there; None: everything.
Part = tuple[SegmentView, Numbers | None]
#: Number of the generation, and inode and time of the file that tells of it.
Generation = tuple[int, int, int]
NOTHING: Generation = (-1, 0, 0)


@dataclass(frozen=True)
class State:
    """The index as of one generation."""

    generation: Generation
    parts: tuple[Part, ...]
    weights: Weights


class WhooshEngine:
    """An index in `folder`, which nobody else writes to. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._state: State | None = None

    # Asking.

    def find(self, wish: Wish) -> Found:
        """Search the newest generation."""
        try:
            state = self.state()
            return find(state.parts, state.weights, wish)
        except Damaged:
            (self.folder / STAMP).unlink(missing_ok=True)
            raise

    def standing(self, keys: Collection[str] | None = None) -> Iterator[Standing]:
        """What is in the index, in the order of numbers."""
        wanted = None if keys is None else np.array([uid_of(key) for key in keys], np.uint64)
        found: list[tuple[int, int, int, int]] = []
        for view, alive in self.state().parts:
            picked = np.ones(view.size, bool) if alive is None else alive
            if wanted is not None:
                picked = picked & np.isin(view.columns["uid"], wanted)
            names = ("uid", "organisation", "scope", "digest")
            found += zip(*(view.columns[name][picked].tolist() for name in names), strict=True)
        yield from (Standing(key_of(uid), *said) for uid, *said in sorted(found))

    def near_words(self, word: str) -> list[str]:
        """Words of the index that one slip away from `word` give, those of most segments first."""
        candidates = summed(other.encode() for other in slips(word))
        times: dict[str, int] = {}
        for view, _alive in self.state().parts:
            for found, papers in view.forms_among(*candidates):
                times[found] = times.get(found, 0) + papers
        return sorted(times, key=lambda found: (-times[found], found))[:12]

    def state(self) -> State:
        """The newest generation; segments that were known before are taken over as they are."""
        known, newest = self._state, self._newest()
        if known is None or known.generation != newest:
            with self._lock:
                known = self._state = self._read(newest, known)
        return known

    def _newest(self) -> Generation:
        """The number of the newest generation with the file that tells of it: after a rebuild the numbers
        begin again, and another file bears the same one."""
        try:
            number = index.TOC._latest_generation(self._storage(), "MAIN")
            told = os.stat(self.folder / index.TOC._filename("MAIN", number)) if number >= 0 else None
        except FileNotFoundError:
            return NOTHING
        return (number, told.st_ino, told.st_mtime_ns) if told else NOTHING

    def _read(self, newest: Generation, known: State | None) -> State:
        if newest == NOTHING:
            return State(NOTHING, (), Weights([]))
        views = {view.name: view for view, _alive in known.parts} if known else {}
        for _attempt in range(20):
            try:
                return self._open(self._newest(), views)
            except (FileNotFoundError, index.EmptyIndexError):
                continue  # the writer has just put away a segment: its next generation is there already
            except TORN as error:
                raise Damaged from error
        raise Damaged

    def _open(self, newest: Generation, views: dict[str, SegmentView]) -> State:
        if newest == NOTHING:
            return State(NOTHING, (), Weights([]))
        toc = index.TOC.read(self._storage(), "MAIN", gen=newest[0], schema=make_schema())
        parts = []
        for segment in toc.segments:
            name = segment.segment_id()
            view = views.get(name) or SegmentView(self.folder, segment)
            parts.append((view, _alive(segment)))
        return State(newest, tuple(parts), Weights([view for view, _alive in parts]))

    def _storage(self) -> Folder:
        return Folder(str(self.folder))

    # Writing.

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Wait for the lock file beside the folder; it goes with its process."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with open(self.folder.with_suffix(".lock"), "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def put(self, papers: Iterable[Paper]) -> int:
        """Add or replace papers; they are written out by five thousands, and before a key comes again."""
        count, batch = 0, dict[str, Paper]()
        for paper in papers:
            if len(batch) == BATCH or paper.key in batch:
                count += self._put(batch)
                batch = {}
            batch[paper.key] = paper
        if batch:
            count += self._put(batch)
            if len(self.state().parts) > CROWD:
                self._merge(AT_ONCE)
        return count

    def _put(self, batch: dict[str, Paper]) -> int:
        writer = self._writer()
        self._forget(writer, batch)
        writer.add(batch.values())
        finish(writer)
        return len(batch)

    def drop(self, keys: Iterable[str]) -> None:
        """Take papers out."""
        writer = self._writer()
        self._forget(writer, keys)
        finish(writer)

    def _writer(self) -> PaperWriter:
        if self._newest() == NOTHING:
            self.begin_again()
        return PaperWriter(OpenIndex(self._storage(), make_schema()))

    def _forget(self, writer: PaperWriter, keys: Iterable[str]) -> None:
        """Mark the stored papers of these keys as gone, in whichever segment they are."""
        uids = np.array([uid_of(key) for key in keys], np.uint64)
        known = {view.name: view for view, _alive in self.state().parts}
        for segment in writer.segments:
            stored = known[segment.segment_id()].columns["uid"]
            for place in np.flatnonzero(np.isin(stored, uids)).tolist():
                if not segment.is_deleted(place):
                    segment.delete_document(place)

    def _merge(self, most: int) -> bool:
        """Make one segment of many of about one size, of at most `most` papers together."""
        if len(chosen := _mergeable(self.state().parts, most)) < 2:
            return False
        self._make_one(chosen)
        return True

    def _make_one(self, chosen: list[Part]) -> None:
        writer = self._writer()
        writer.absorb(chosen)
        finish(writer, without=[view.name for view, _alive in chosen])

    def tidy(self) -> bool:
        """Merge what has been left for a quiet minute; whether there was anything."""
        return self._merge(IN_A_MINUTE if len(self.state().parts) <= MANY else WHEN_MANY)

    def tidy_up(self) -> None:
        """Merge whatever can be merged; may take minutes."""
        while self._merge(LARGEST):
            continue

    def join(self) -> None:
        """Make of all segments as few as can be, of at most `LARGEST` papers each."""
        for chosen in _in_lots(self.state().parts, LARGEST):
            if len(chosen) > 1:
                self._make_one(chosen)

    def rebuild(self, lots: Iterable[Sequence[Paper]]) -> int:
        """Build a new folder beside the old one and put it in its place; what was there is not read."""
        fresh, worn = WhooshEngine(self.folder.with_suffix(".new")), self.folder.with_suffix(".old")
        fresh.begin_again()
        count = fresh.put(paper for lot in lots for paper in lot)
        fresh.join()
        shutil.rmtree(worn, ignore_errors=True)
        if self.folder.exists():
            self.folder.rename(worn)
        fresh.folder.rename(self.folder)
        shutil.rmtree(worn, ignore_errors=True)
        return count

    def begin_again(self) -> None:
        """Make the folder an empty index, whatever is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        index.FileIndex.create(self._storage(), make_schema(), "MAIN")

    def stamp(self) -> str:
        file = self.folder / STAMP
        return file.read_text("utf-8") if file.exists() else ""

    def seal(self, stamp: str) -> None:
        (self.folder / STAMP).write_text(stamp, "utf-8")


def _alive(segment: Any) -> Numbers | None:
    if not segment.has_deletions():
        return None
    mask = np.ones(segment.doc_count_all(), bool)
    mask[sorted(segment.deleted_docs())] = False
    return mask


def _in_lots(parts: Iterable[Part], most: int) -> list[list[Part]]:
    """Segments side by side with at most so many papers together."""
    lots: list[list[Part]] = [[]]
    for part in parts:
        if sum(view.size for view, _alive in lots[-1]) + part[0].size > most:
            lots.append([])
        lots[-1].append(part)
    return lots


def _mergeable(parts: tuple[Part, ...], most: int) -> list[Part]:
    """The smallest segments, once there are eight of one order of size."""
    by_size = sorted(parts, key=lambda part: (part[0].size, part[0].name))
    for first in range(len(by_size)):
        run = [part for part in by_size[first:] if part[0].size <= by_size[first][0].size * FANOUT]
        run = run[: FANOUT * 2]
        if len(run) >= FANOUT and sum(view.size for view, _alive in run) <= most:
            return run
    return []
