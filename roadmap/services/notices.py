"""Telling people: an event becomes a notice, notices become one letter a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.models import User
from core.clock import now, today
from core.db import db, transaction
from core.filters import dmy
from core.mail import compose, link_to, send
from core.words import _, gettext
from roadmap.models import Measure, Notice
from roadmap.queries.awaiting import awaiting_check, my_measures
from roadmap.queries.notices import (
    coordinators_of,
    due_on,
    everybody_in,
    executors_of,
    is_noticed,
    last_entry,
    measure_by_id,
    measures_of_plan,
    untold,
)

#: What is told of an event, and to whom.
TO_EXECUTORS = {
    "measure.return": _("вернули на доработку: %(note)s"),
    "measure.accept": _("приняли как исполненное"),
    "measure.close_partially": _("закрыли как исполненное частично: %(note)s"),
    "measure.close_not_executed": _("закрыли как не исполненное: %(note)s"),
    "measure.resume": _("возобновили: %(note)s"),
    "measure.refuse_extension": _("в продлении срока отказано: %(note)s"),
    "measure.remind": _("координатор напоминает об отчёте %(note)s"),
    "measure.co_answer": _("ответил соисполнитель"),
}
TO_COORDINATORS = {
    "measure.submit": _("отправили ответ на проверку"),
    "measure.recall": _("отозвали ответ"),
    "measure.ask_extension": _("просят продлить срок"),
}
TO_ALL = {
    "measure.add": _("вам поручили"),
    "measure.edit": _("изменили в дорожной карте"),
    "measure.cancel": _("сняли с контроля"),
    "measure.withdraw": _("исключили из дорожной карты"),
    "measure.extend": _("срок продлён"),
    "measure.comment": _("написали комментарий: %(note)s"),
}
#: Days before a control date on which there may be a reminder; each person chooses among them.
REMIND_DAYS = (7, 3, 0)
MONDAY = 0


def notice_event(event: str, *, subject_id: int, by_id: int | None, note: str = "") -> None:
    """Write a notice for everybody whom the event concerns, except whoever caused it."""
    measure = measure_by_id(subject_id)
    if measure is None:
        return
    key = f"{event}:{measure.id}:{last_entry(measure, event)}"
    for words, people in (
        (TO_EXECUTORS.get(event), executors_of),
        (TO_COORDINATORS.get(event), coordinators_of),
        (TO_ALL.get(event), everybody_in),
    ):
        if words:
            told = [person for person in people(measure) if person.id != by_id]
            tell(told, measure, str(words) % {"note": note}, key=key)


def tell(people: Iterable[User], measure: Measure, text: str, *, key: str) -> None:
    """One notice per person and key, however often the task runs."""
    with transaction() as session:
        for person in people:
            if not is_noticed(person.id, key):
                session.add(Notice(user_id=person.id, measure=measure, key=key, text=text.strip()))


def tell_of_plan(plan_id: int, by_id: int | None) -> None:
    """One notice for everybody who was given measures by an imported plan."""
    given: dict[int, int] = {}
    for measure in measures_of_plan(plan_id):
        for person in everybody_in(measure):
            given[person.id] = given.get(person.id, 0) + 1
    with transaction() as session:
        for user_id, count in given.items():
            if user_id != by_id and not is_noticed(user_id, f"plan:{plan_id}"):
                text = gettext("вам поручили мероприятия новой дорожной карты: %(count)s", count=count)
                session.add(Notice(user_id=user_id, key=f"plan:{plan_id}", text=text))


def remind_of_due() -> None:
    """Tell executors what will be due soon, on the days they chose, and what is overdue since today."""
    day = today()
    for measure in due_on([day + timedelta(days=n) for n in (*REMIND_DAYS, -1)]):
        assert measure.control_date
        left = (measure.control_date - day).days
        told = [p for p in everybody_in(measure) if left < 0 or str(left) in p.remind_days.split(",")]
        words = gettext("срок %(day)s", day=dmy(measure.control_date))
        if left < 0:
            words = gettext("срок прошёл %(day)s", day=dmy(measure.control_date))
        tell(told, measure, words, key=f"due:{measure.id}:{measure.control_date}:{left}")


def tell_of_week(user_id: int, day: date) -> None:
    """On Mondays: what is overdue, due this week and waits for the person, for those who wish it."""
    person = db.session.get(User, user_id)
    if person is None or day.weekday() != MONDAY or not person.gets_digest:
        return
    mine, end = my_measures(person), day + timedelta(days=6)
    counts = (
        (gettext("просрочено"), sum(m.is_overdue for m in mine)),
        (
            gettext("срок на этой неделе"),
            sum(bool(m.control_date and day <= m.control_date <= end) for m in mine),
        ),
        (gettext("ждут вашей проверки"), len(awaiting_check(person))),
    )
    said = ", ".join(f"{words} — {count}" for words, count in counts if count)
    key = f"week:{day}"
    if said and not is_noticed(user_id, key):
        with transaction() as session:
            session.add(
                Notice(user_id=user_id, key=key, text=gettext("Сводка на неделю: %(said)s.", said=said))
            )


def write_digest(user_id: int) -> None:
    """One letter with everything a person has not been told yet; nothing when there is nothing."""
    person, notices = db.session.get(User, user_id), untold(user_id)
    if person is None or not person.email or not notices:
        return
    lines = [(notice, _address(notice)) for notice in notices]
    send(compose("digest", to=person.email, person=person, lines=lines, home=link_to("roadmap.my_work")))
    with transaction():
        for notice in notices:
            notice.sent_at = now()


def _address(notice: Notice) -> str:
    if notice.measure_id is None:
        return link_to("roadmap.my_work")
    return link_to("roadmap.measure", measure_id=notice.measure_id)
