"""Verbs on the tree of organisations."""

from accounts.models import Level, Organisation
from accounts.queries import subtree
from accounts.services.authority import By, require_administrator
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid
from core.words import _

ORDER = (Level.REGION, Level.MUNICIPALITY, Level.INSTITUTION)


def add_organisation(
    name: str, *, level: Level, parent: Organisation | None = None, by: By, short_name: str = ""
) -> Organisation:
    """A new organisation under `parent`, or a new top of the tree; the latter from the command line or by
    somebody who administers every top."""
    with transaction() as session:
        require_administrator(by, over=parent)
        _check_level(level, parent)
        new = Organisation(name=_named(name), short_name=short_name.strip(), level=level, parent=parent)
        session.add(new)
        session.flush()  # the path holds the row's own number
        new.path = _path_under(parent, new)
        record(new, "organisation.added", by=by)
    return new


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid(_("Введите название организации."))
    return name.strip()


def _check_level(level: Level, parent: Organisation | None) -> None:
    if parent is not None and ORDER.index(level) < ORDER.index(parent.level):
        raise Invalid(_("Организация не может стоять под организацией более низкого уровня."))
    if parent is not None and parent.closed_at:
        raise Blocked(_("«%(name)s» закрыта: под ней нельзя создавать организации.", name=parent.label))


def _path_under(parent: Organisation | None, organisation: Organisation) -> str:
    return f"{parent.path if parent else '/'}{organisation.id}/"


def rename_organisation(organisation: Organisation, *, name: str, short_name: str, by: By) -> None:
    """Give the organisation another name; papers already issued keep the name they were issued with."""
    with transaction():
        require_administrator(by, over=organisation)
        organisation.name, organisation.short_name = _named(name), short_name.strip()
        record(organisation, "organisation.renamed", by=by)


def move_organisation(
    organisation: Organisation, *, under: Organisation | None, by: By, ground: str = ""
) -> None:
    """Put the organisation, with everything below it, under another one, or on top of the tree."""
    with transaction():
        require_administrator(by, over=organisation.parent)
        require_administrator(by, over=under)
        if under is not None and under.path.startswith(organisation.path):
            raise Invalid(_("Организацию нельзя подчинить самой себе или тому, что стоит под ней."))
        _check_level(organisation.level, under)
        below, before = subtree(organisation), organisation.path
        organisation.parent = under
        after = _path_under(under, organisation)
        for row in below:
            row.path = after + row.path.removeprefix(before)
        record(organisation, "organisation.moved", by=by, ground=ground)


def close_organisation(organisation: Organisation, *, by: By, ground: str = "") -> None:
    """Close an organisation that has no open ones below it; its history stays."""
    with transaction():
        require_administrator(by, over=organisation.parent)
        if any(row.closed_at is None for row in subtree(organisation) if row is not organisation):
            raise Blocked(_("Сначала закройте или переподчините организации, которые стоят под этой."))
        organisation.closed_at = organisation.closed_at or now()
        record(organisation, "organisation.closed", by=by, ground=ground)


def reopen_organisation(organisation: Organisation, *, by: By, ground: str = "") -> None:
    """Open a closed organisation again."""
    with transaction():
        require_administrator(by, over=organisation.parent)
        organisation.closed_at = None
        record(organisation, "organisation.reopened", by=by, ground=ground)
