"""The members of a bundle and the archive made of them: the same facts give the same bytes."""

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from core.audit import Entry
from core.settings import application
from documents.storage import store
from reports.bundles import verify
from reports.bundles.papers import Paper, papers_of, protocol_paper
from reports.bundles.queries import entries_of, macs_of
from reports.models import Bundle, ReportVersion

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "open.css"
HEADS = ["№ п/п", "Строка", "Документ", "Название", "Файл", "SHA-256", "Размер, байт", "Примечание"]


def archive_of(bundle: Bundle) -> tuple[bytes, str]:
    """The archive, and its seal: the SHA-256 of the list of sums inside."""
    members = members_of(bundle)
    members[verify.BLOCKS] = _plain(
        {"size": verify.BLOCK, "files": {n: verify.blocks_of(d) for n, d in members.items()}}
    )
    sums = "".join(f"{verify.sha256(members[name])}  {name}\n" for name in sorted(members))
    members[verify.SUMS] = sums.encode()
    return verify.canonical(members), verify.sha256(members[verify.SUMS])


def members_of(bundle: Bundle) -> dict[str, bytes]:
    """Everything that goes in, by its name."""
    version = bundle.report_version
    papers = papers_of(version, seen_by=bundle.asked_by)
    protocol = protocol_paper(version.protocol)
    entries = _journal(version, bundle.journal_upto)
    named = [
        Paper(
            "", "Отчёт", version.report.title, "report/report.docx", version.shown_sha256, version.shown_size
        )
    ]
    named += [protocol] if protocol else []
    members = {paper.path: _stored(paper.sha256) for paper in [*named, *papers] if paper.path}
    return members | {
        "report/data.json": _plain(version.data),
        "manifest.json": _plain(_manifest(version, bundle)),
        "opis.csv": _opis([*named, *papers]),
        verify.JOURNAL: _lines(entries),
        "verify.py": Path(verify.__file__).read_bytes(),
        "index.html": _index(version, named, papers, len(entries)),
    }


def size_of(version: ReportVersion, bundle: Bundle) -> int:
    """About how many bytes the files of a bundle have."""
    papers = papers_of(version, seen_by=bundle.asked_by)
    return version.shown_size + sum(paper.size for paper in papers if paper.path)


def _stored(sha256: str) -> bytes:
    with store().open(sha256) as file:
        return file.read()


def _plain(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _manifest(version: ReportVersion, bundle: Bundle) -> dict[str, Any]:
    facts = (
        "number", "edition", "data_sha256", "template_sha256", "file_sha256", "stamped_sha256",
        "council_name", "protocol_number",
    )  # fmt: skip
    days = ("as_of", "made_at", "decided_at", "published_at", "protocol_date")
    return (
        {name: getattr(version, name) for name in facts}
        | {name: str(getattr(version, name) or "") for name in days}
        | {"state": version.state.value, "mark": version.mark.value if version.mark else ""}
        | {"title": version.report.title, "organisation": version.report.plan.organisation.name}
        | {"manifest": version.manifest, "journal_upto": bundle.journal_upto}
    )


def _opis(papers: list[Paper]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(HEADS)
    for number, p in enumerate(papers, 1):
        cells = (p.row, p.caption, p.title, p.path, p.sha256, str(p.size) if p.path else "", p.why)
        rows.writerow([number, *(_safe(cell) for cell in cells)])
    return "\ufeff".encode() + out.getvalue().encode()


def _safe(cell: str) -> str:
    """Text that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


FACTS = (
    "id", "actor_id", "actor_name", "subject_kind", "subject_id", "part", "scope", "action", "changes",
    "note", "ground", "mac",
)  # fmt: skip


def _journal(version: ReportVersion, upto: int) -> list[dict[str, Any]]:
    """What the journal says of the plan and the report: each entry with its seal and the seal before it, by
    which whoever has the journal's key checks it, and a link of a chain that anybody can check."""
    report = version.report
    entries = entries_of([report.plan.journal_scope, report.journal_scope], upto=upto)
    before = macs_of(entry.id - 1 for entry in entries)
    told, link = [], ""
    for entry in entries:
        facts = _facts(entry) | {"after": before.get(entry.id - 1, "")}
        link = verify.chained(link, facts)
        told.append(facts | {"chain": link})
    return told


def _facts(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FACTS} | {"at": entry.at.isoformat()}


def _lines(entries: list[dict[str, Any]]) -> bytes:
    lines = (json.dumps(e, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for e in entries)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")


def _index(version: ReportVersion, named: list[Paper], papers: list[Paper], entries: int) -> bytes:
    """One page that needs nothing around it: the style stands inside."""
    with force_locale("ru"):
        page = application().jinja_env.get_template("reports/_bundle.html").render(
            version=version, data=version.data, named=[asdict(p) for p in named],
            papers=[asdict(p) for p in papers], entries=entries,
        )  # fmt: skip
    return page.replace("<!--style-->", f"<style>{STYLE.read_text('utf-8')}</style>").encode()
