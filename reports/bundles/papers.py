"""The evidence of a version: which documents hung on its rows at that moment, and their files of then."""

import re
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core.past import rows_as_of
from documents.kinds import LABELS, DocumentKind
from documents.models import Document
from reports.bundles.queries import readable_dossiers
from reports.models import ReportVersion

_UNFIT = re.compile(r"[^\w.,()№ -]+")


@dataclass(frozen=True)
class Paper:
    """One line of the list. `path` in the bundle is empty for what has no file in it, and `why` says why."""

    row: str
    caption: str
    title: str
    path: str = ""
    sha256: str = ""
    size: int = 0
    why: str = ""


def papers_of(version: ReportVersion, *, seen_by: User) -> list[Paper]:
    """Every document of every row, in the order of the rows. Files that `seen_by` may not read stay out."""
    told = rows_as_of(version.report.plan.journal_scope, version.as_of)
    live = [row for row in told.get("measure", {}).values() if not row.get("withdrawn_at")]
    live.sort(key=lambda row: (row["position"], row["dossier_id"]))
    readable = readable_dossiers((row["dossier_id"] for row in live), seen_by=seen_by)
    files = {f["document_id"]: f for f in sorted(told.get("file_version", {}).values(), key=_number)}
    documents: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for number, document in sorted(told.get("document", {}).items()):
        if not document.get("removed_at"):
            documents.setdefault(document["dossier_id"], []).append((number, document))
    return [
        _paper(row, place, document, files.get(number), row["dossier_id"] in readable)
        for row in live
        for place, (number, document) in enumerate(documents.get(row["dossier_id"], []), 1)
    ]


def _number(file: dict[str, Any]) -> int:
    return int(file["number"])


def _paper(
    row: dict[str, Any], place: int, document: dict[str, Any], file: dict[str, Any] | None, may_read: bool
) -> Paper:
    printed, title = row.get("number") or str(row["position"]), document.get("title") or ""
    caption = _caption(document)
    if not may_read:
        return Paper(printed, caption, "", why="доступ ограничен, файл не включён")
    if file is None:
        return Paper(printed, caption, title, why=document.get("url") or "без файла")
    name = _fit(f"{printed}-{place} {file['name']}")
    return Paper(printed, caption, title, f"evidence/{name}", file["sha256"], file["size"])


def _caption(document: dict[str, Any]) -> str:
    kind = DocumentKind(document.get("document_kind") or "other")
    day = "-".join(reversed((document.get("date") or "").split("-"))).replace("-", ".")
    words = [
        str(LABELS[kind]),
        f"от {day}" if day else "",
        f"№ {document['number']}" if document.get("number") else "",
    ]
    return " ".join(word for word in words if word)


def _fit(name: str) -> str:
    """A name that every file system takes, its ending kept."""
    stem, dot, ending = _UNFIT.sub("_", name).strip(" .").rpartition(".")
    return f"{(stem or ending)[:80].strip()}{dot}{ending[:8]}" if stem else ending[:80]


def protocol_paper(protocol: Document | None) -> Paper | None:
    """The file of the protocol, when there is one."""
    latest = protocol.latest if protocol else None
    if protocol is None or latest is None:
        return None
    path = f"protocol/{_fit(latest.name)}"
    return Paper("", protocol.caption, protocol.title, path, latest.sha256, latest.size)
