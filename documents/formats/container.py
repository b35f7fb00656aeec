"""Opens the zip files that Word, Excel and OpenDocument write, within fixed limits.

The limits are those of design/reliability.md E5: a few kilobytes can unpack into gigabytes.
"""

from __future__ import annotations

import zipfile
import zlib
from types import TracebackType

from core.errors import TooLarge, Unreadable
from documents.formats import markup

MOST_ENTRIES = 2_000
MOST_BYTES = 200 << 20
MOST_PART = 64 << 20
MOST_XML = 24 << 20
MOST_RATIO = 200
# Small parts may compress well without any harm, so the ratio counts only above this size.
RATIO_FROM = 8 << 20

_BROKEN = "Файл повреждён: архив внутри него не открывается. Откройте файл, сохраните заново и повторите."
_LOCKED = "Файл защищён паролем. Снимите защиту, сохраните файл и загрузите его снова."
_LARGE = "Файл распаковывается в слишком большой объём. Уберите из него картинки и лишние листы и повторите."


class Container:
    """A checked zip file. Parts are read one at a time and never written to disk."""

    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Unreadable(_BROKEN) from None
        self._sizes = {entry.filename: entry for entry in self._zip.infolist()}
        try:
            self._check()
        except (TooLarge, Unreadable):
            self._zip.close()
            raise

    def __enter__(self) -> Container:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def raw(self, name: str) -> bytes:
        """The bytes of the part `name`. Raises Unreadable when it is absent, broken or encrypted."""
        try:
            return self._zip.read(name)
        except RuntimeError:
            raise Unreadable(_LOCKED) from None
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            raise Unreadable(_BROKEN) from None

    def xml(self, name: str) -> markup.Element | None:
        """The root element of the part `name`, or None when there is no such part."""
        return markup.parse(self.text(name)) if name in self else None

    def text(self, name: str) -> bytes:
        """The bytes of an XML part, refused above the limit for XML."""
        if name in self and self._sizes[name].file_size > MOST_XML:
            raise TooLarge(_LARGE)
        return self.raw(name)

    def _check(self) -> None:
        entries = list(self._sizes.values())
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise TooLarge(_LARGE)
        for entry in entries:
            if entry.flag_bits & 1:
                raise Unreadable(_LOCKED)
            if entry.file_size > MOST_PART or _is_bomb(entry):
                raise TooLarge(_LARGE)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size <= RATIO_FROM:
        return False
    return entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
