"""What was found of a detached signature file when it was put beside an order."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import stored
from core.clock import now
from core.db import Base, Moment
from core.words import _
from documents.models import Document
from orders.models.agreement import OrderPart

if TYPE_CHECKING:
    from orders.models.order import Order


class Verdict(StrEnum):
    """Whether the signature stands for the bytes of the order's file, or why that cannot be told here."""

    VALID = "valid"
    OTHER = "other"
    GOST = "gost"
    ALGORITHM = "algorithm"
    NO_CERTIFICATE = "no_certificate"
    NO_SIGNATURE = "no_signature"
    NO_PROGRAM = "no_program"
    NO_FILE = "no_file"


VERDICTS: dict[Verdict, Any] = {
    Verdict.VALID: _("подпись подходит к файлу приказа"),
    Verdict.OTHER: _("подпись не подходит ни к одной версии файла приказа"),
    Verdict.GOST: _("подпись по ГОСТ: этот алгоритм здесь проверить нельзя"),
    Verdict.ALGORITHM: _("алгоритм этой подписи здесь проверить нельзя"),
    Verdict.NO_CERTIFICATE: _("в файле нет сертификата, проверить подпись нечем"),
    Verdict.NO_SIGNATURE: _("это не файл подписи, проверять нечего"),
    Verdict.NO_PROGRAM: _("подпись не проверена: на сервере нет программы openssl"),
    Verdict.NO_FILE: _("подпись не проверена: у приказа ещё нет файла"),
}


class OrderSignature(OrderPart, Base):
    """One signature file. `signer`, `issuer` and the days are what the file says of itself."""

    __tablename__ = "order_signature"
    kind = "order_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_act.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    verdict: Mapped[Verdict] = mapped_column(stored(Verdict, "signature_verdict"))
    #: The version of the order's file that the signature stands for.
    file_version: Mapped[int | None]
    signer: Mapped[str] = mapped_column(String(300), default="")
    issuer: Mapped[str] = mapped_column(String(300), default="")
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    valid_until: Mapped[datetime | None] = mapped_column(Moment)
    checked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    order: Mapped["Order"] = relationship(back_populates="signatures")
    document: Mapped[Document] = relationship()

    @property
    def verdict_label(self) -> Any:
        if self.verdict is Verdict.VALID:
            return _("подпись подходит к версии %(number)s файла приказа", number=self.file_version)
        return VERDICTS[self.verdict]
