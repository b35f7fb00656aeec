"""A zip file whose bytes depend on nothing but its content: fixed dates, order, system and rights."""

import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

# Level 3 takes half the time of level 6 for a report two fifths larger (bench/report_render.py).
LEVEL = 3
BLOCK = 1 << 17
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_OWNER_ONLY = 0o600 << 16


class Packed:
    """Members are written in the order of the calls."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: str, content: bytes) -> None:
        with self._archive.open(_member(name), "w") as member:
            member.write(content)

    def write_pieces(self, name: str, pieces: Iterable[str]) -> None:
        """One member from text that never stands in memory as a whole.

        One block is compressed while the next is made: zlib works beside the interpreter.
        """
        opened = self._archive.open(_member(name), "w", force_zip64=True)
        with opened as member, ThreadPoolExecutor(max_workers=1) as compressing:
            under_way: Future[int] | None = None
            for block in _blocks(pieces):
                if under_way:
                    under_way.result()
                under_way = compressing.submit(member.write, block)
            if under_way:
                under_way.result()


@contextmanager
def packed(path: str) -> Iterator[Packed]:
    """A new file at `path`, complete when the block ends."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        yield Packed(archive)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = _UNIX
    member.external_attr = _OWNER_ONLY
    # ZipFile.open takes no level beside a ZipInfo; this is where writestr puts it.
    member._compresslevel = LEVEL  # type: ignore[attr-defined]
    return member


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
