"""Templates of orders with the organisation's own layout."""

from sqlalchemy import Index

from core.audit import Journalled
from core.db import Base
from documents.models import TemplateFile


class OrderTemplate(TemplateFile, Journalled, Base):
    """A template of an order: the organisation's letterhead, its emblem, its own order of the parts."""

    __tablename__ = "order_template"
    __table_args__ = (Index(None, "organisation_id", "removed_at", "id"),)
    kind = "order_template"
