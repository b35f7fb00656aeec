"""A report's data and a template made into a .docx that is checked against the data before anyone sees it.

Rendering runs in the limited subprocess: templates are uploaded by organisations and values by anyone.
The same data and template give the same bytes.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2.exceptions import TemplateError
from lxml.etree import XMLSyntaxError

from core.errors import Unreadable
from core.limited import Limits, run_limited
from documents.filling.output_check import Expected, Streamed, check_output, digest
from documents.filling.packing import packed
from documents.filling.sandbox import is_text
from documents.filling.skeleton import Skeleton
from reports.source import Held, Lines, Source, write_lines
from reports.streaming import FieldRows, GeneratedRows, NotSimple

DEFAULT_TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "docx" / "annual_report.docx"
#: Goes up with every change after which the same data and template give other bytes.
RENDERER = "1"
LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=90, answer_mb=1)
_MARK = re.compile(r"<\?vekha-rows (\d+)\?>")


@dataclass(frozen=True)
class RenderedReport:
    """A finished file: SHA-256 in hexadecimal and size in bytes."""

    sha256: str
    size: int


def render_limited(template: str | Path, data: dict[str, Any], out: str | Path) -> RenderedReport:
    """`data` rendered into `template` at `out`, in the limited subprocess.

    `sections` and each section's `measures` may be any iterables: rows pass through a file, one line
    each. Raises Unreadable or TooLarge with what to do about it; then there is no file at `out`.
    """
    with tempfile.TemporaryDirectory(prefix="vekha-report-") as folder:
        lines = Path(folder) / "report.jsonl"
        write_lines(data, lines)
        answer = run_limited(
            "reports.render:render_lines", LIMITS, template=str(template), lines=str(lines), out=str(out)
        )
    return RenderedReport(**answer)


def render_report(template: str, data: dict[str, Any], out: str) -> dict[str, Any]:
    """As render_limited, in this process, from data in memory: {sha256, size}."""
    return _rendered(template, Held(data), out)


def render_lines(template: str, lines: str, out: str) -> dict[str, Any]:
    """As render_report, from a file written by write_lines; memory does not grow with the rows."""
    return _rendered(template, Lines(lines), out)


def _rendered(template: str, source: Source, out: str) -> dict[str, Any]:
    unfinished = f"{out}.unfinished"
    try:
        check_output(unfinished, _written(template, source, unfinished))
        os.replace(unfinished, out)
    except (TemplateError, XMLSyntaxError) as error:
        raise Unreadable(f"Шаблон отчёта не удалось заполнить: {error}. Проверьте его теги.") from None
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return {"sha256": digest(out), "size": os.path.getsize(out)}


def _written(template: str, source: Source, out: str) -> Expected:
    skeleton = Skeleton(template, source, streamed="sections")
    members = skeleton.filled()
    body = _Body(skeleton, source, members[skeleton.document].decode())
    with packed(out) as archive:
        for name, content in members.items():
            if name == skeleton.document:
                archive.write_pieces(name, body.pieces())
            else:
                archive.write(name, content)
    return body.expected()


class _Body:
    """document.xml on its way into the archive, and what must be read in it afterwards."""

    def __init__(self, skeleton: Skeleton, source: Source, xml: str) -> None:
        self._skeleton = skeleton
        self._source = source
        self._parts = _MARK.split(xml)
        self._loops = _compiled(skeleton)
        self._streamed: list[Streamed] = []
        self._length = 0

    def pieces(self) -> Iterator[str]:
        """The skeleton's text with the rows of each loop at its mark."""
        for number, part in enumerate(self._parts):
            for piece in self._loop(self._loops[int(part)]) if number % 2 else [part]:
                self._length += len(piece)
                yield piece

    def _loop(self, loop: FieldRows | GeneratedRows) -> Iterator[str]:
        if isinstance(loop, GeneratedRows):
            yield from loop.pieces(self._source)
            return
        start, rows = self._length, list[str]()
        for xml, text in loop.rows(self._source):
            rows += text
            yield xml
        self._streamed.append(Streamed(start, self._length - start, rows))

    def expected(self) -> Expected:
        """Complete once all pieces are taken."""
        values = {name: _spliced(trace, self._loops) for name, trace in self._skeleton.traces.items()}
        return Expected(self._skeleton.document, values, self._streamed, self._skeleton.properties)


def _compiled(skeleton: Skeleton) -> list[FieldRows | GeneratedRows]:
    """All loops by fields, or all by Jinja: the two are checked in different ways."""
    try:
        return [FieldRows(loop, skeleton.namespaces) for loop in skeleton.loops]
    except NotSimple:
        return [GeneratedRows(loop, skeleton.sandbox) for loop in skeleton.loops]


def _spliced(trace: list[str | int], loops: list[FieldRows | GeneratedRows]) -> list[str]:
    """The trace of a part with what each loop printed in the place of its mark."""
    values: list[str] = []
    for each in trace:
        if isinstance(each, str):
            values.append(each)
        elif isinstance(loop := loops[each], GeneratedRows):
            values.extend(filter(is_text, loop.printed))
    return values
