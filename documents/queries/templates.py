"""Word templates that an organisation may use."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import TemplateFile

T = TypeVar("T", bound=TemplateFile)


def templates_for(organisation: Organisation, table: type[T]) -> list[T]:
    """Templates of the organisation and of those above it, by name; those put away are left out."""
    above = [int(part) for part in organisation.path.strip("/").split("/") if part]
    found = select(table).where(table.organisation_id.in_(above), table.removed_at.is_(None))
    found = found.options(joinedload(table.added_by))
    return list(db.session.scalars(found.order_by(table.name, table.id)))


def templates_of(bodies: Iterable[Organisation], table: type[T]) -> dict[int, T]:
    """What any of the organisations may use, each template once, by its number."""
    return {template.id: template for body in bodies for template in templates_for(body, table)}


def template_of(template_id: int, organisation: Organisation, table: type[T]) -> T:
    """A template that the organisation may use, or NotFound."""
    for template in templates_for(organisation, table):
        if template.id == template_id:
            return template
    raise NotFound(_("Такого шаблона нет."))
