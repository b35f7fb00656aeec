"""A version on its way to the council and back. Decisions are the council's (deciding.py)."""

from accounts.models import User
from core.db import transaction
from core.errors import NotFound, Stale
from core.words import _
from reports.models import Report, ReportVersion
from workflow.services import perform_each

#: Moves that need nothing but a press of a button, or a word.
PLAIN = ("submit", "recall", "take_up", "send_back")


def move_version(
    version: ReportVersion, name: str, *, by: User, note: str = "", seen: int | None = None
) -> None:
    """Make one plain move. `seen` is the version of the row that the person saw; Stale when it moved on.

    The report is locked first: two of its versions cannot reach the council at once.
    """
    if name not in PLAIN:
        raise NotFound(_("Такого действия нет: «%(name)s».", name=name))
    with transaction() as session:
        session.refresh(version.report, with_for_update={"of": Report})
        session.refresh(version, with_for_update={"of": ReportVersion})
        if seen is not None and version.version != seen:
            raise Stale(_("Пока вы читали, с версией отчёта что-то сделали. Откройте её заново."))
        perform_each([version], name, by=by, note=note)
