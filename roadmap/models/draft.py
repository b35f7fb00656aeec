"""An import on screen: recognised, shown, corrected, and only then written."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from core.clock import now
from core.db import Base, Moment
from roadmap.models.plan import Plan


class ImportDraft(Base):
    """A file as recognised, with the columns remapped and cells corrected by hand.

    `plan_id` names the plan of which the file is a newer edition, or the plan made of it. While the worker
    reads a long scan, `recognised` is empty and `mapping` says how many pages there are, or what hindered it.
    """

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    recognised: Mapped[dict[str, Any]] = mapped_column(JSON)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    created_by: Mapped[User] = relationship()
    plan: Mapped[Plan | None] = relationship()

    @property
    def is_unread(self) -> bool:
        """Whether nothing is recognised yet: the worker is at it, or was hindered."""
        return not self.recognised

    @property
    def pages_to_read(self) -> int:
        return int(self.mapping.get("pages", 0))

    @property
    def problem(self) -> str:
        """Why the worker could not read the file; a stored sentence, empty while there is none."""
        return str(self.mapping.get("problem", ""))
