"""Building plans by hand: create, edit, archive, restore; sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Organisation, Role, User
from core.audit import Actor, record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from core.outbox import publish
from core.words import _
from roadmap.models import Plan, PlanKind, Section
from roadmap.queries.plans import sections_of
from roadmap.services.recounting import read_anew, read_by_rule


@dataclass(frozen=True)
class PlanFacts:
    """What is known of a plan as a whole."""

    title: str
    year_from: int
    year_to: int
    period_text: str = ""
    ground: str = ""
    plan_kind: PlanKind = PlanKind.ROADMAP
    is_school_year: bool = False
    needs_acceptance: bool = True
    coordinator_id: int | None = None

    @property
    def years(self) -> tuple[int, int, bool]:
        """What due periods are read by."""
        return self.year_from, self.year_to, self.is_school_year


def require_coordinator(subject: Plan | Organisation, *, by: User) -> None:
    """Refuse whoever does not coordinate the organisation of the plan."""
    path = subject.organisation.path if isinstance(subject, Plan) else subject.path
    if Role.COORDINATOR not in by.roles_over(path):
        raise NotYours(_("Это делает координатор дорожной карты."))


def require_running(plan: Plan, *, by: User) -> None:
    """Refuse whoever does not coordinate the plan, and changes of a plan that was put away."""
    require_coordinator(plan, by=by)
    if plan.archived_at is not None:
        raise OutOfTurn(_("Карта в архиве. Верните её в действующие, чтобы менять."))


def check_version(row: Plan | Section, seen: int | None) -> None:
    """Refuse a form that was opened before somebody else changed the row."""
    if seen is not None and row.version != seen:
        raise Stale(_("Пока вы писали, запись изменил кто-то другой. Откройте её заново."))


def create_plan(organisation: Organisation, facts: PlanFacts, *, by: User) -> Plan:
    """An empty plan of `organisation`. Its coordinator is the one who creates it, unless named."""
    require_coordinator(organisation, by=by)
    _check_facts(facts)
    with transaction() as session:
        values = vars(facts) | {"coordinator_id": facts.coordinator_id or by.id}
        plan = Plan(organisation=organisation, **values)
        session.add(plan)
        session.flush()  # the journal and the sections need its number
        record(plan, "plan.create", by=by, ground=facts.ground)
        publish("plan.create", plan_id=plan.id)
    return plan


def _check_facts(facts: PlanFacts) -> None:
    if not facts.title.strip():
        raise Invalid(_("Напишите название дорожной карты."))
    if not 2000 <= facts.year_from <= facts.year_to <= 2100 or facts.year_to - facts.year_from > 15:
        raise Invalid(_("Проверьте годы: первый не позже последнего, не больше пятнадцати лет."))


def edit_plan(plan: Plan, facts: PlanFacts, *, by: User, version: int | None = None) -> None:
    """Change what is known of the plan as a whole; the act that allows it is its ground.

    When the years change, printed periods are read anew by them, but for those settled by hand.
    """
    require_running(plan, by=by)
    _check_facts(facts)
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        check_version(plan, version)
        old_years = (plan.year_from, plan.year_to, plan.is_school_year)
        followers = read_by_rule(plan) if old_years != facts.years else []
        for name, value in vars(facts).items():
            setattr(plan, name, value)
        record(plan, "plan.edit", by=by, ground=facts.ground)
        read_anew(followers, by=by)


def archive_plan(plan: Plan, *, by: User, reason: str) -> None:
    """Put a finished plan away: it stays readable, nothing in it is asked for any more."""
    require_running(plan, by=by)
    if not reason.strip():
        raise Blocked(_("Напишите, почему карта уходит в архив."))
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        plan.archived_at = now()
        record(plan, "plan.archive", by=by, note=reason)


def restore_plan(plan: Plan, *, by: User) -> None:
    """Take an archived plan out again."""
    require_coordinator(plan, by=by)
    if plan.archived_at is None:
        raise OutOfTurn(_("Карта и так среди действующих."))
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        plan.archived_at = None
        record(plan, "plan.restore", by=by)


def add_section(plan: Plan, *, number: str, title: str, by: User) -> Section:
    """A new section at the end of the plan."""
    require_running(plan, by=by)
    if not title.strip():
        raise Invalid(_("Напишите название раздела."))
    with transaction() as session:
        last = max((section.position for section in sections_of(plan)), default=0)
        section = Section(plan=plan, number=number.strip(), title=title.strip(), position=last + 1)
        session.add(section)
        session.flush()  # the journal names it by its number
        record(section, "section.add", by=by)
    return section


def edit_section(
    section: Section, *, number: str, title: str, ground: str, by: User, version: int | None = None
) -> None:
    """Reword a section on the ground of the act that did so."""
    require_running(section.plan, by=by)
    if not title.strip():
        raise Invalid(_("Напишите название раздела."))
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым изменён раздел."))
    with transaction() as session:
        session.refresh(section, with_for_update={"of": Section})
        check_version(section, version)
        section.number, section.title = number.strip(), title.strip()
        record(section, "section.edit", by=by, ground=ground)


def move_section(section: Section, *, before: Section | None, by: User) -> None:
    """Put a section before another one of the plan, or at the end. Printed numbers stay."""
    require_running(section.plan, by=by)
    if before is not None and (before.plan_id != section.plan_id or before is section):
        raise Invalid(_("Раздел переставляют только внутри своей дорожной карты."))
    with transaction():
        others = [s for s in sections_of(section.plan) if s is not section]
        place = others.index(before) if before in others else len(others)
        _number([*others[:place], section, *others[place:]], section, by)


def _number(order: Sequence[Section], moved: Section, by: User) -> None:
    for position, section in enumerate(order, 1):
        if section.position != position:
            section.position = position
            record(section, "section.move" if section is moved else "section.shift", by=by)


def first_section(plan: Plan, *, by: Actor) -> Section:
    """The section for measures of a plan that has none; made when it is missing."""
    with transaction() as session:
        if found := sections_of(plan):
            return found[0]
        section = Section(plan=plan, number="", title="", position=1)
        session.add(section)
        session.flush()  # the journal names it by its number
        record(section, "section.add", by=by)
        return section
