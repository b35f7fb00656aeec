"""What holds for every change of a dossier: who may, until when, and which requisites there are."""

from datetime import date
from typing import Any, TypedDict
from urllib.parse import urlsplit

from accounts.models import Organisation, User
from core.audit import Actor
from core.db import db
from core.errors import Blocked, Invalid, NotYours, Refusal, Stale
from core.words import _
from documents.kinds import DocumentKind
from documents.models import Document, Dossier
from documents.queries import can_add, can_change, can_file

MOST_TITLE = 2_000


_NOT_CHANGED_BY_YOU = {
    False: _("Этот документ меняют те, кто его приложил, и координатор."),
    True: _("Документы архива меняют делопроизводители. Вы можете их читать."),
}


class AlreadyAttached(Refusal):
    """The same file stands in the dossier as the same kind of document."""

    def __init__(self, twin: Document) -> None:
        name = twin.latest.name if twin.latest else twin.title
        known = {"name": name, "caption": twin.caption}
        super().__init__(_("Этот файл уже приложен: «%(name)s», %(caption)s.", **known))


class Requisites(TypedDict, total=False):
    """What identifies a document (glossary C). What is left out stays as it is, or unknown."""

    kind: DocumentKind
    number: str | None
    date: date | None
    title: str
    authority: str
    place: str
    signatory_position: str
    signatory_name: str
    evidence_date: date | None
    pages: int | None
    case_file_index: str
    annex_number: str
    in_force_from: date | None


def columns(requisites: Requisites) -> dict[str, Any]:
    """The requisites as columns of a document, texts trimmed; an empty number is none."""
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in requisites.items()
    }
    if "kind" in values:
        values["document_kind"] = DocumentKind(values.pop("kind"))
    if "number" in values:
        values["number"] = values["number"] or None
    _check_lengths(values)
    return values


def _check_lengths(values: dict[str, Any]) -> None:
    """A text that does not fit is sent back, never cut."""
    for name, value in values.items():
        limit = getattr(Document.__table__.c[name].type, "length", None) or MOST_TITLE
        if type(value) is str and len(value) > limit:
            said = {"text": value[:40], "limit": limit}
            raise Invalid(_("Слишком длинно: «%(text)s…». Можно до %(limit)s знаков.", **said))


def checked_address(url: str) -> str:
    """An address on the web that may be kept as a link; Invalid for anything else."""
    url = url.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > MOST_TITLE or " " in url:
        raise Invalid(_("Введите адрес страницы целиком, например https://example.ru/news/12"))
    return url


def require_may_add(dossier: Dossier, by: Actor) -> None:
    """NotYours for people who only read; what the system does by itself asks nobody."""
    if isinstance(by, User) and not can_add(dossier, by):
        raise NotYours(_("Сюда прикладывают документы исполнители и координатор. Вы можете их читать."))


def require_may_file(organisation: Organisation, by: Actor) -> None:
    """NotYours for everybody but the organisation's clerks."""
    if isinstance(by, User) and not can_file(organisation, by):
        raise NotYours(
            _("Документы в архив этой организации принимают её делопроизводители. Обратитесь к ним.")
        )


def require_may_change(document: Document, by: Actor) -> None:
    if isinstance(by, User) and not can_change(document, by):
        raise NotYours(_NOT_CHANGED_BY_YOU[document.is_archived])


def require_open(dossier: Dossier) -> None:
    """Blocked while what the documents belong to is submitted or closed."""
    if dossier.is_locked:
        reason = _(
            "Документы закреплены: ответ, к которому они приложены, уже отправлен."
            " Отзовите его или дождитесь возврата, чтобы изменить документы."
        )
        raise Blocked(reason)


def require_present(document: Document) -> None:
    if document.is_removed:
        raise Blocked(_("Документ убран. Приложите его заново, если он нужен."))


def hold(dossier: Dossier) -> None:
    """Lock the dossier until the transaction ends, so that what is checked now still holds then."""
    db.session.refresh(dossier, with_for_update={"of": Dossier})
    db.session.expire(dossier, ["readers", "documents"])


def hold_document(document: Document, *, version: int | None) -> None:
    """Lock a document and its dossier; Stale when it is not the `version` that the person saw."""
    db.session.refresh(document, with_for_update={"of": Document})
    hold(document.dossier)
    if version is not None and document.version != version:
        raise Stale(_("Пока вы писали, документ изменил кто-то другой. Откройте его заново."))
