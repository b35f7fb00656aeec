"""A Word template that an organisation uploaded, whatever is made of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from accounts.models import Organisation, User
from core.clock import now
from core.db import Moment


class TemplateFile:
    """The columns of a table of templates. A file is checked before it is here; put away, its bytes stay."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    @declared_attr
    def organisation(cls) -> Mapped[Organisation]:
        return relationship(Organisation, lazy="joined", innerjoin=True)

    @declared_attr
    def added_by(cls) -> Mapped[User]:
        return relationship(User)
