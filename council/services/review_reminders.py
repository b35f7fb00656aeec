"""Letters to members of a council who have not looked at a report yet."""

from accounts.models import Role, User
from core.audit import record
from core.clock import local, today
from core.db import db, transaction
from core.errors import NotYours, OutOfTurn
from core.mail import compose, link_to, send
from core.outbox import publish_once
from core.words import _
from council.models import AgendaItem, Membership
from council.queries.review import (
    REMINDED,
    Progress,
    last_reminder,
    members_of,
    progress_of,
    reviews_in,
)
from council.queries.review_access import agenda_of
from council.services.review import require_at_council
from reports.models import ReportVersion
from workflow.report import AT_COUNCIL

LETTER = "review.remind"
#: Days before a sitting on which there may be a reminder; each person chooses among them.
REMIND_DAYS = (7, 3, 0)


def remind_members(version: ReportVersion, *, by: User) -> list[Membership]:
    """Write to the members who have not looked at every row, once a day; who they are."""
    item = agenda_of(version)
    if item is None or Role.COUNCIL_SECRETARY not in item.sitting.council.roles_of(by):
        raise NotYours(_("Напоминает секретарь Совета."))
    require_at_council(version)
    waiting = waiting_members(version, item)
    if not waiting:
        raise OutOfTurn(_("Все, у кого есть учётная запись, уже просмотрели отчёт."))
    with transaction() as session:
        session.refresh(version, with_for_update={"of": ReportVersion})
        last = last_reminder(version)
        if last and local(last.at).date() == today():
            raise OutOfTurn(_("Сегодня уже напоминали. Следующее напоминание можно отправить завтра."))
        for member in waiting:
            _publish_letter(version, member)
        record(version, REMINDED, by=by, note=", ".join(member.name for member in waiting))
    return waiting


def waiting_members(version: ReportVersion, item: AgendaItem) -> list[Membership]:
    """Members with an account who have not looked at every row."""
    return [
        line.membership for line in progress_of(version, members_of(item.sitting.council_id)) if _waits(line)
    ]


def _waits(line: Progress) -> bool:
    user = line.membership.user
    return user is not None and user.is_active and bool(user.email) and not line.is_done


def _publish_letter(version: ReportVersion, member: Membership) -> None:
    key = f"{LETTER}:{version.id}:{member.id}:{today()}"
    publish_once(key, LETTER, version_id=version.id, membership_id=member.id)


def remind_before_sittings() -> None:
    """Letters of the morning: a sitting is near, and somebody who wishes for it has not looked yet."""
    for days in REMIND_DAYS:
        for item in reviews_in(days):
            assert item.report_version
            for member in waiting_members(item.report_version, item):
                if member.user and str(days) in member.user.remind_days.split(","):
                    with transaction():
                        _publish_letter(item.report_version, member)


def write_reminder(version_id: int, membership_id: int) -> None:
    """One letter, unless the member has looked or the council has decided meanwhile."""
    version, member = db.session.get(ReportVersion, version_id), db.session.get(Membership, membership_id)
    if version is None or member is None or version.state not in AT_COUNCIL:
        return
    item, line = agenda_of(version), progress_of(version, [member])[0]
    if item is None or not _waits(line):
        return
    assert member.user
    page = link_to("council.review", report_id=version.report_id, number=version.number)
    facts = {"person": member.user, "version": version, "item": item, "line": line, "page": page}
    send(compose("review_reminder", to=member.user.email, **facts))
