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
from documents.models import Document, Extraction, ExtractionState, FileVersion, Recognition
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
    "pages": _("Страниц"),
    "case_file_index": _("В дело №"),
    "annex_number": _("Номер приложения"),
    "in_force_from": _("Действует с"),
}
DAYS = ("date", "evidence_date", "in_force_from")
TOLD: dict[str, tuple[str, Any]] = {
    "document.attach": ("clip", _("Приложили документ")),
    "document.supersede": ("clip", _("Загрузили новую версию файла")),
    "document.edit": ("edit", _("Исправили реквизиты")),
    "document.remove": ("clip", _("Убрали документ")),
    "document.draft": ("clip", _("Загрузили на разбор")),
    "document.file": ("executed", _("Приняли в архив")),
    "document.annex": ("clip", _("Добавили приложение")),
    "document.access": ("people", _("Указали, кому виден")),
    "document.cite": ("edit", _("Подтвердили ссылку")),
    "document.uncite": ("edit", _("Убрали ссылку")),
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
        *_by_filing(document),
        (_("Приложил"), f"{adder}, {dmy(document.added_at)}", False),
    ]


def _by_filing(document: Document) -> list[tuple[Any, Any, bool]]:
    """What only evidence has, or only a document of the archive."""
    if not document.is_archived:
        return [(_("День события"), dmy(document.evidence_date), False)]
    found = [
        (_("Страниц"), str(document.pages or ""), False),
        (_("В дело №"), document.case_file_index, False),
    ]
    if document.parent_id:
        found.append((_("Номер приложения"), document.annex_number, False))
    if document.in_force_from:
        found.append((_("Действует с"), dmy(document.in_force_from), False))
    return found


class DraftRow(NamedTuple):
    """One draft of the inbox: what was recognised so far and how far the reading is."""

    document_id: int
    caption: str
    title: str
    name: str
    meta: list[str]
    code: str
    progress: str


PROGRESS: dict[ExtractionState, Any] = {
    ExtractionState.WAITING: _("ждёт распознавания"),
    ExtractionState.OFF: _("распознавание отключено"),
    ExtractionState.FAILED: _("прочитать не удалось"),
    ExtractionState.DONE: _("прочитан"),
}


def draft_rows(
    drafts: Iterable[Document], readings: dict[str, Extraction], recognised: dict[int, Recognition]
) -> list[DraftRow]:
    """Drafts for the list of the inbox."""
    return [_draft_row(draft, readings, recognised.get(draft.id)) for draft in drafts]


def _draft_row(draft: Document, readings: dict[str, Extraction], recognition: Recognition | None) -> DraftRow:
    latest = draft.latest
    reading = readings.get(latest.sha256) if latest else None
    found = {name: field["value"] for name, field in (recognition.found if recognition else {}).items()}
    return DraftRow(
        document_id=draft.id,
        caption=_caption(found) or draft.caption,
        title=found.get("title") or draft.title,
        name=latest.name if latest else "",
        meta=[draft.dossier.organisation.label, dmy(draft.added_at)],
        code=reading.state.value if reading else "",
        progress=progress_of(reading),
    )


def _caption(found: dict[str, str]) -> str:
    if not found.get("kind"):
        return ""
    day = date.fromisoformat(found["date"]) if found.get("date") else None
    return Document(document_kind=DocumentKind(found["kind"]), date=day, number=found.get("number")).caption


def progress_of(reading: Extraction | None) -> str:
    """How far the reading of a file is, in words; nothing when it was never asked for."""
    if reading is None:
        return ""
    if reading.state is not ExtractionState.RUNNING:
        return str(PROGRESS[reading.state])
    told = {"done": reading.pages_done, "total": reading.pages_total}
    if reading.pages_total:
        return str(gettext("прочитано %(done)s из %(total)s", **told))
    return str(gettext("прочитано страниц: %(done)s", **told))


def _day_and_number(document: Document) -> str:
    number = gettext("№ %(number)s", number=document.number) if document.number else ""
    return " ".join(part for part in (dmy(document.date), number) if part)


def events(entries: Iterable[Entry]) -> list[Event]:
    """The history of a document. A file's own entry is told when the document itself did not change."""
    return [_event(entry) for entry in entries if not entry.part or entry.action == "document.supersede"]


def _event(entry: Entry) -> Event:
    code, what = TOLD.get(entry.action, ("edit", entry.action))
    changed = entry.changes if entry.action in ("document.edit", "document.file") else {}
    told = [(name, label) for name, label in FIELDS.items() if name in changed]
    details = [(label, *(_said(name, value) for value in changed[name])) for name, label in told]
    return Event(code, what, entry.actor_name, entry.at, entry.note, details)


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "document_kind":
        return str(LABELS[DocumentKind(value)])
    return dmy(date.fromisoformat(value)) if name in DAYS else str(value)
