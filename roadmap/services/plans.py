"""Building plans by hand: create, edit, archive, carry over; sections."""

from dataclasses import dataclass

from accounts.models import Organisation, Role, User
from core.audit import Actor, record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid, NotYours, Stale
from core.outbox import publish
from core.words import _
from roadmap.models import Plan, PlanKind, Section
from roadmap.queries.plans import sections_of


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


def require_coordinator(subject: Plan | Organisation, *, by: User) -> None:
    """Refuse whoever does not coordinate the organisation of the plan."""
    path = subject.organisation.path if isinstance(subject, Plan) else subject.path
    if Role.COORDINATOR not in by.roles_over(path):
        raise NotYours(_("Это делает координатор дорожной карты."))


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
    """Change what is known of the plan as a whole; the act that allows it is its ground."""
    require_coordinator(plan, by=by)
    _check_facts(facts)
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        check_version(plan, version)
        for name, value in vars(facts).items():
            setattr(plan, name, value)
        record(plan, "plan.edit", by=by, ground=facts.ground)


def archive_plan(plan: Plan, *, by: User, reason: str) -> None:
    """Put a finished plan away: it stays readable, nothing in it is asked for any more."""
    require_coordinator(plan, by=by)
    if not reason.strip():
        raise Blocked(_("Напишите, почему карта уходит в архив."))
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        plan.archived_at = now()
        record(plan, "plan.archive", by=by, note=reason)


def restore_plan(plan: Plan, *, by: User) -> None:
    """Take an archived plan out again."""
    require_coordinator(plan, by=by)
    with transaction() as session:
        session.refresh(plan, with_for_update={"of": Plan})
        plan.archived_at = None
        record(plan, "plan.restore", by=by)


def add_section(plan: Plan, *, number: str, title: str, by: User) -> Section:
    """A new section at the end of the plan."""
    require_coordinator(plan, by=by)
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
    require_coordinator(section.plan, by=by)
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым изменён раздел."))
    with transaction() as session:
        session.refresh(section, with_for_update={"of": Section})
        check_version(section, version)
        section.number, section.title = number.strip(), title.strip()
        record(section, "section.edit", by=by, ground=ground)


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

