"""Making a version's file again from what is stored with it, and saying whether the bytes are the same."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from documents.services import local_copy
from reports.models import ReportVersion
from reports.services.deciding import stamped_data
from reports.services.printing import digest_of, printed_from, template_by_hash


@dataclass(frozen=True)
class Rebuilt:
    """What came out: the file made again and the sums it was compared by.

    `faults` are sentences; none means that template and data are those of the manifest and the file is the
    same byte for byte. `is_repacked`: every part of the file is the same, only the compression differs,
    because another zlib made it.
    """

    path: Path
    wanted: str
    got: str
    faults: list[str]
    is_repacked: bool

    @property
    def is_same(self) -> bool:
        return not self.faults and self.got == self.wanted


@contextmanager
def rebuilt(version: ReportVersion) -> Iterator[Rebuilt]:
    """The file that counts of the version, made from its data and the bytes of its template only.

    Nothing of the live plan is asked. Raises NotFound when the template's bytes are lost.
    """
    data = stamped_data(version) if version.stamped_sha256 else version.data
    with template_by_hash(version.template_sha256) as source:
        faults = list(_faults(version, source))
        with printed_from(source, data) as path:
            got = hashlib.sha256(path.read_bytes()).hexdigest()
            wanted = version.shown_sha256
            is_repacked = got != wanted and _has_same_parts(wanted, path)
            if got != wanted:
                faults.append(_difference(version, is_repacked=is_repacked))
            yield Rebuilt(path, wanted, got, faults, is_repacked)


def _faults(version: ReportVersion, source: Path) -> Iterator[str]:
    if digest_of(version.data) != version.data_sha256:
        yield "the stored data are not those of the manifest"
    if hashlib.sha256(source.read_bytes()).hexdigest() != version.template_sha256:
        yield "the stored template is not that of the manifest"
    for name in ("data_sha256", "template_sha256", "file_sha256"):
        if version.manifest.get(name, getattr(version, name)) != getattr(version, name):
            yield f"the manifest names another {name}"


def _difference(version: ReportVersion, *, is_repacked: bool) -> str:
    if not is_repacked:
        return "the file differs in its content"
    made_by = version.manifest.get("engine", {}).get("zlib", "an unknown zlib")
    return f"the content is the same, packed by zlib {zlib.ZLIB_RUNTIME_VERSION} instead of {made_by}"


def _has_same_parts(sha256: str, path: Path) -> bool:
    with local_copy(sha256) as kept, zipfile.ZipFile(kept) as old, zipfile.ZipFile(path) as new:
        return _parts(old) == _parts(new)


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    return [(name, archive.read(name)) for name in archive.namelist()]
