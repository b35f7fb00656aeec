"""A report in which Word shows what was struck out and what was added, as its own tracked changes.

The values are rendered with private marks around words, by the same template and the same renderer as the
report itself; then the marks become `w:del` and `w:ins`. So it looks like the report, whatever template.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from core.limited import Limits, run_limited
from documents.filling.packing import packed
from documents.filling.row_text import TEXT, W
from reports.comparison import GONE, NEW, Piece, heading_of, paired, pieces_of

LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=90, answer_mb=1)
AUTHOR = "Веха"
#: Begin and end of what is gone and of what is new; characters of the private use area.
MARKS = {GONE: ("\ue010", "\ue011"), NEW: ("\ue012", "\ue013")}
_ANY = re.compile("[\ue010-\ue013]")
_SPLIT = re.compile("(\ue010[^\ue011]*\ue011|\ue012[^\ue013]*\ue013)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LISTS = ("executors",)


def marked_data(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The data of both states in one: every text with the marks of what is gone and what is new."""
    header = {
        name: _marked(old.get(name), new[name]) for name in ("title", "period", "as_of", "organisation")
    }
    return {**new, **header, "sections": list(_sections(old, new))}


def _sections(old: dict[str, Any], new: dict[str, Any]) -> Iterator[dict[str, Any]]:
    open_heading, rows = None, list[dict[str, Any]]()
    for before, after in paired(old, new):
        heading = heading_of((after or before)[0])
        if heading != open_heading and rows:
            yield {"number": "", "title": open_heading, "measures": rows}
            rows = []
        open_heading = heading
        rows.append(_row(before, after))
    if rows:
        yield {"number": "", "title": open_heading, "measures": rows}


def _row(before: Any, after: Any) -> dict[str, Any]:
    was, now = (found[1] if found else {} for found in (before, after))
    names = [name for name in (now or was) if name not in ("id", "ids")]
    return {name: _cell(name, was.get(name, ""), now.get(name, "")) for name in names}


def _cell(name: str, was: Any, now: Any) -> Any:
    if name in _LISTS:
        return _marked("\n".join(was or []), "\n".join(now or [])).split("\n")
    return _marked(was, now)


def _marked(was: Any, now: Any) -> str:
    pieces = pieces_of(*(_ANY.sub("", str(value or "")) for value in (was, now)))
    return "".join(_with_marks(piece) for piece in pieces)


def _with_marks(piece: Piece) -> str:
    """The piece between its marks, line by line: no mark reaches over the end of a paragraph or a tab."""
    if piece.kind not in MARKS:
        return piece.text
    begin, end = MARKS[piece.kind]
    parts = re.split(r"([\n\t])", piece.text)
    return "".join(part if part in ("\n", "\t", "") else f"{begin}{part}{end}" for part in parts)


def mark_limited(source: Path, out: Path, *, at: datetime) -> None:
    """Turn the marks in the document at `source` into tracked changes made at the moment `at`."""
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    run_limited("reports.marking:mark_file", LIMITS, source=str(source), out=str(out), moment=moment)


def mark_file(source: str, out: str, moment: str) -> dict[str, Any]:
    """As mark_limited, in this process."""
    with zipfile.ZipFile(source) as members, packed(out) as archive:
        for name in members.namelist():
            content = members.read(name)
            if name.endswith(".xml") and _ANY.search(content.decode("utf-8", "replace")):
                content = _tracked(content, moment)
            archive.write(name, content)
    return {}


def _tracked(content: bytes, moment: str) -> bytes:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    change = {W + "author": AUTHOR, W + "date": moment}
    for number, run in enumerate([run for run in root.iter(W + "r") if _ANY.search("".join(run.itertext()))]):
        for made in _runs(run, {**change, W + "id": str(number)}):
            run.addprevious(made)
        run.getparent().remove(run)
    for element in root.iter():  # properties of the document know no changes: only what is new stays
        if isinstance(element.text, str) and _ANY.search(element.text):
            element.text = _ANY.sub("", re.sub("\ue010[^\ue011]*\ue011", "", element.text))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _runs(run: Any, change: dict[str, str]) -> Iterator[Any]:
    """The run in pieces: each stretch of text on its own, changed ones inside w:del or w:ins."""
    properties = run.find(W + "rPr")
    for child in [child for child in run if child is not properties]:
        if child.tag != TEXT:
            yield _run(run, properties, child)
            continue
        for part in filter(None, _SPLIT.split(child.text or "")):
            yield _stretch(run, properties, part, change)


def _stretch(run: Any, properties: Any, part: str, change: dict[str, str]) -> Any:
    is_gone, is_new = part[0] == MARKS[GONE][0], part[0] == MARKS[NEW][0]
    text = etree.Element(W + ("delText" if is_gone else "t"), nsmap=run.nsmap)
    text.text = part[1:-1] if is_gone or is_new else part
    text.set(_SPACE, "preserve")
    made = _run(run, properties, text)
    if not (is_gone or is_new):
        return made
    around = etree.Element(W + ("del" if is_gone else "ins"), change, nsmap=run.nsmap)
    around.append(made)
    return around


def _run(run: Any, properties: Any, child: Any) -> Any:
    made = etree.Element(W + "r", nsmap=run.nsmap)
    if properties is not None:
        made.append(etree.fromstring(etree.tostring(properties)))
    made.append(child)
    return made
