"""The read pages of files, without the places of their words, which would weigh more than the text."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from core.db import db
from core.words import gettext
from documents.models import PageText


class Page(NamedTuple):
    """One page as it was read."""

    sha256: str
    number: int
    text: str
    way: str
    confidence: float | None

    @property
    def place(self) -> str:
        """«стр. 2»."""
        return str(gettext("стр. %(n)s", n=self.number))


def pages_of(contents: Iterable[str]) -> dict[str, list[Page]]:
    """The pages of these files by the sum of their content, in order."""
    wanted = set(contents)
    columns = (PageText.sha256, PageText.number, PageText.text, PageText.way, PageText.confidence)
    rows = select(*columns).where(PageText.sha256.in_(wanted)).order_by(PageText.sha256, PageText.number)
    found: dict[str, list[Page]] = defaultdict(list)
    for row in db.session.execute(rows) if wanted else ():
        found[row.sha256].append(Page(*row))
    return found
