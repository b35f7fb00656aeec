"""Who executes: named as printed, linked to organisations and people, let into the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from core.audit import record
from core.db import db, transaction
from core.errors import Invalid
from core.outbox import publish
from core.words import _
from documents.services import close_dossier_to, open_dossier_to
from roadmap.models import Measure, Part, Participation, Plan
from roadmap.queries.executors import (
    KnownExecutors,
    is_by_consent,
    known_executors,
    linkable,
    participations_of,
)
from roadmap.queries.work import answer_for
from roadmap.services.plans import require_coordinator


@dataclass(frozen=True)
class Link:
    """Whom a printed name means: an organisation, a person, or nobody known."""

    organisation_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class Executor:
    """An executor as printed, and whom it is, if known. The first of a list is the responsible one."""

    name: str
    organisation_id: int | None = None
    user_id: int | None = None


def named(plan: Plan, names: list[str], known: KnownExecutors | None = None) -> tuple[Executor, ...]:
    """Executors for printed names, linked where it is certain whom a name means."""
    known = known or known_executors(plan.organisation)
    return tuple(Executor(name, *known.link(name)) for name in names if name.strip())


def set_executors(measure: Measure, executors: tuple[Executor, ...]) -> None:
    """The executors in the order named; those already there keep their rows, links and answers."""
    present = {p.name: p for p in measure.participations}
    named_once = {executor.name: executor for executor in executors}.values()
    kept = [_participation(present.get(e.name), e, number) for number, e in enumerate(named_once, 1)]
    for gone in [row for row in measure.participations if row not in kept]:
        _let_go(gone)
    measure.participations = kept


def _participation(row: Participation | None, executor: Executor, position: int) -> Participation:
    row = row or Participation(name=executor.name, by_consent=is_by_consent(executor.name))
    row.position = position
    row.part = Part.RESPONSIBLE if position == 1 else Part.CO_EXECUTOR
    if not row.is_linked:
        row.organisation_id, row.user_id = executor.organisation_id, executor.user_id
    return row


def _let_go(participation: Participation) -> None:
    """The answer of somebody who no longer takes part goes too; the journal keeps its text."""
    if answer := answer_for(participation.id):
        db.session.delete(answer)
    _shut(participation)


def _shut(participation: Participation) -> None:
    """Close the dossier to whom only this participation let in."""
    measure = participation.measure
    others = [p for p in measure.participations if p is not participation]
    if participation.organisation_id and participation.organisation_id not in {
        p.organisation_id for p in others
    }:
        close_dossier_to(measure.dossier, organisation_id=participation.organisation_id)
    if participation.user_id and participation.user_id not in {p.user_id for p in others}:
        close_dossier_to(measure.dossier, user_id=participation.user_id)


def open_to_executors(measure: Measure) -> None:
    """Let everybody who takes part read and fill the measure's dossier."""
    for participation in measure.participations:
        if participation.organisation_id:
            open_dossier_to(measure.dossier, organisation_id=participation.organisation_id)
        if participation.user_id:
            open_dossier_to(measure.dossier, user_id=participation.user_id)


def link_executors(plan: Plan, links: Mapping[str, Link], *, by: User) -> int:
    """Say whom printed names mean, in every measure of the plan; how many measures it changed.

    The printed name stays. A link to nobody takes an earlier one back.
    """
    require_coordinator(plan, by=by)
    _check_links(plan, links)
    with transaction():
        changed: dict[int, Measure] = {}
        for participation in participations_of(plan):
            link = links.get(participation.name)
            if link and link != Link(participation.organisation_id, participation.user_id):
                _link(participation, link)
                changed[participation.measure_id] = participation.measure
        for measure in changed.values():
            open_to_executors(measure)
            record(measure, "measure.link_executors", by=by)
        publish("plan.import", plan_id=plan.id, by_id=by.id)
    return len(changed)


def _link(participation: Participation, link: Link) -> None:
    _shut(participation)
    participation.organisation_id, participation.user_id = link.organisation_id, link.user_id


def _check_links(plan: Plan, links: Mapping[str, Link]) -> None:
    bodies, people = linkable(plan.organisation)
    known = {Link()} | {Link(organisation_id=b.id) for b in bodies} | {Link(user_id=p.id) for p in people}
    if not set(links.values()) <= known:
        raise Invalid(_("Исполнителя выбирают из организаций и людей своего района."))
