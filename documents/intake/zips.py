"""A first look into a zip container by its directory alone, before anything is unpacked."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from core.errors import TooLarge, Unreadable
from documents.intake.types import BROKEN, LOCKED, SWOLLEN

MOST_ENTRIES = 2_000
MOST_BYTES = 200 << 20
MOST_PART = 64 << 20
MOST_XML = 24 << 20
MOST_RATIO = 100
#: Small parts may compress well without any harm, so the ratio counts only above this size.
RATIO_FROM = 8 << 20

_TROUBLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, KeyError)


class Container:
    """A checked zip file whose parts are read one at a time."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._file, self._name = file, name
        self.names = frozenset(file.namelist())

    def read(self, part: str) -> bytes:
        try:
            return self._file.read(part)
        except RuntimeError:
            raise Unreadable(LOCKED.format(name=self._name)) from None
        except _TROUBLE:
            raise Unreadable(BROKEN.format(name=self._name)) from None

    def elements(self, part: str) -> Iterator[etree._Element]:
        """The elements of an XML part as they end; each is forgotten when the next one is asked for.

        A part that is not well-formed, declares entities or is nested too deeply is refused.
        """
        try:
            with self._file.open(part) as stream:
                yield from _elements(stream)
        except (etree.XMLSyntaxError, _Entities, RuntimeError, *_TROUBLE):
            raise Unreadable(BROKEN.format(name=self._name)) from None


class _Entities(Exception):
    """No office program writes a document type declaration into these parts."""


def _elements(stream: object) -> Iterator[etree._Element]:
    steps = etree.iterparse(stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
    for number, (_event, element) in enumerate(steps):
        if number == 0 and element.getroottree().docinfo.doctype:
            raise _Entities
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


@contextmanager
def opened(path: str, name: str) -> Iterator[Container]:
    """The container at `path`; Unreadable or TooLarge when it is not to be trusted."""
    try:
        file = zipfile.ZipFile(path)
    except _TROUBLE:
        raise Unreadable(BROKEN.format(name=name)) from None
    with file:
        _check(file.infolist(), name)
        yield Container(file, name)


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(LOCKED.format(name=name))
    if len({entry.filename for entry in entries}) < len(entries) or any(map(_leads_out, entries)):
        raise Unreadable(BROKEN.format(name=name))
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or any(map(_is_swollen, entries)):
        raise TooLarge(SWOLLEN.format(name=name))


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.orig_filename


def _is_swollen(entry: zipfile.ZipInfo) -> bool:
    limit = MOST_XML if entry.filename.endswith((".xml", ".rels")) else MOST_PART
    if entry.file_size > limit:
        return True
    return entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
