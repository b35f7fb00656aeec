"""What templates show, ready to be printed: they compute nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import url_for

from accounts.models import User
from core.audit import Entry
from core.filters import dmy, filesize
from core.words import _, gettext
from documents.kinds import LABELS, DocumentKind
from documents.models import Document, FileVersion
from documents.previews.ways import way_of
from documents.queries import can_change

FIELDS: dict[str, Any] = {
    "document_kind": _("Вид"),
    "number": _("Номер"),
    "date": _("Дата"),
    "title": _("Название"),
    "evidence_date": _("День события"),
    "authority": _("Кто издал"),
    "place": _("Где издан"),
    "signatory_position": _("Должность подписавшего"),
    "signatory_name": _("Кто подписал"),
}
TOLD: dict[str, tuple[str, Any]] = {
    "document.attach": ("clip", _("Приложили документ")),
    "document.supersede": ("clip", _("Загрузили новую версию файла")),
    "document.edit": ("edit", _("Исправили реквизиты")),
    "document.remove": ("clip", _("Убрали из подтверждений")),
}


class FileRow(NamedTuple):
    """One document in a list of evidence, as macros/files.html draws it."""

    name: str
    url: str
    kind: str
    meta: list[str]
    remove_url: str | None
    remove_name: str


class Event(NamedTuple):
    """One entry of the history, as macros/timeline.html draws it."""

    code: str
    what: Any
    who: str
    at: datetime
    quote: str
    details: list[tuple[Any, ...]]


class VersionRow(NamedTuple):
    """One version of the file on the document's page."""

    number: int
    name: str
    meta: list[str]
    download_url: str
    preview_url: str
    is_current: bool


def file_rows(documents: Iterable[Document], *, seen_by: User) -> list[FileRow]:
    """Documents for `file_list` of macros/files.html; «Убрать» only for those who may remove now."""
    return [_file_row(document, seen_by) for document in documents]


def _file_row(document: Document, seen_by: User) -> FileRow:
    may_remove = not document.dossier.is_locked and can_change(document, seen_by)
    latest = document.latest
    meta = [document.caption, filesize(latest.size) if latest else document.url]
    if document.evidence_date:
        meta.append(gettext("за %(day)s", day=dmy(document.evidence_date)))
    meta.append(gettext("приложен %(day)s", day=dmy(document.added_at)))
    return FileRow(
        name=document.title,
        url=url_for("documents.document", document_id=document.id),
        kind=latest.name.rpartition(".")[2].upper()[:4] if latest else "WWW",
        meta=meta,
        remove_url=url_for("documents.removal", document_id=document.id) if may_remove else None,
        remove_name=document.title,
    )


def version_rows(document: Document) -> list[VersionRow]:
    """The versions of the file, the one in force first."""
    return [_version_row(version) for version in reversed(document.versions)]


def _version_row(version: FileVersion) -> VersionRow:
    place: dict[str, Any] = {"document_id": version.document_id, "number": version.number}
    who = version.added_by.name if version.added_by else gettext("Веха")
    return VersionRow(
        number=version.number,
        name=version.name,
        meta=[filesize(version.size), who, dmy(version.added_at)],
        download_url=url_for("documents.download", **place),
        preview_url=url_for("documents.preview", **place) if way_of(version.media_type) else "",
        is_current=not version.is_superseded,
    )


def requisites_of(document: Document) -> list[tuple[Any, Any, bool]]:
    """The requisites as pairs for a summary list."""
    signed = ", ".join(part for part in (document.signatory_position, document.signatory_name) if part)
    adder = document.added_by.name if document.added_by else gettext("Веха")
    return [
        (_("Вид"), document.kind_label, False),
        (_("Дата и номер"), _day_and_number(document), False),
        (_("Название"), document.title, True),
        (_("Кто издал"), document.authority, False),
        (_("Где издан"), document.place, False),
        (_("Подписал"), signed, False),
        (_("День события"), dmy(document.evidence_date), False),
        (_("Приложил"), f"{adder}, {dmy(document.added_at)}", False),
    ]


def _day_and_number(document: Document) -> str:
    number = gettext("№ %(number)s", number=document.number) if document.number else ""
    return " ".join(part for part in (dmy(document.date), number) if part)


def events(entries: Iterable[Entry]) -> list[Event]:
    """The history of a document. A file's own entry is told when the document itself did not change."""
    return [_event(entry) for entry in entries if not entry.part or entry.action == "document.supersede"]


def _event(entry: Entry) -> Event:
    code, what = TOLD.get(entry.action, ("edit", entry.action))
    changed = entry.changes if entry.action == "document.edit" else {}
    told = [(name, label) for name, label in FIELDS.items() if name in changed]
    details = [(label, *(_said(name, value) for value in changed[name])) for name, label in told]
    return Event(code, what, entry.actor_name, entry.at, entry.note, details)


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "document_kind":
        return str(LABELS[DocumentKind(value)])
    return dmy(date.fromisoformat(value)) if name in ("date", "evidence_date") else str(value)
