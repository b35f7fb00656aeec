"""Answers of co-executors, extensions, comments, occurrences and drafts."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.words import _
from roadmap.models import (
    Answer,
    AnswerDraft,
    Comment,
    Extension,
    ImportDraft,
    Measure,
    Occurrence,
    Participation,
    Plan,
)
from roadmap.queries.awaiting import coordinated
from roadmap.queries.measures import LIVE
from roadmap.queries.plans import is_visible_to, reached_organisations


def answers_to(measure: Measure) -> list[Answer]:
    """What co-executors have answered, in the order of the executors."""
    found = select(Answer).join(Answer.participation).where(Answer.measure_id == measure.id)
    found = found.options(joinedload(Answer.author)).order_by(Participation.position, Answer.id)
    return list(db.session.scalars(found))


def answer_for(participation_id: int) -> Answer | None:
    """The answer already given for one co-executor."""
    return db.session.scalar(select(Answer).where(Answer.participation_id == participation_id))


def answered_by(person: User, measures: list[Measure]) -> set[int]:
    """Ids of those measures to which `person` has answered as a co-executor."""
    own = [p.id for m in measures for p in m.participations if p.part == "co_executor" and p.is_for(person)]
    found = select(Answer.measure_id).where(Answer.participation_id.in_(own)).order_by(Answer.id)
    return set(db.session.scalars(found)) if own else set()


def extensions_of(measure: Measure) -> list[Extension]:
    """Requests to move the due date, newest first."""
    found = select(Extension).where(Extension.measure_id == measure.id)
    found = found.options(joinedload(Extension.requested_by), joinedload(Extension.decided_by))
    return list(db.session.scalars(found.order_by(Extension.id.desc())))


def extension_of(extension_id: int, *, seen_by: User) -> Extension:
    """One request, or NotFound when its plan is not for the eyes of `seen_by`."""
    found = (
        select(Extension)
        .join(Extension.measure)
        .join(Measure.plan)
        .where(Extension.id == extension_id, is_visible_to(seen_by))
        .options(joinedload(Extension.requested_by))
    )
    extension = db.session.scalar(found)
    if extension is None:
        raise NotFound(_("Такой просьбы о продлении нет."))
    return extension


def awaiting_extension(person: User) -> list[Extension]:
    """Undecided requests in plans that `person` coordinates, the oldest first."""
    orgs = coordinated(person)
    if orgs is None:
        return []
    found = (
        select(Extension)
        .join(Extension.measure)
        .join(Measure.plan)
        .where(Extension.decided_at.is_(None), orgs, LIVE, Plan.archived_at.is_(None))
        .options(joinedload(Extension.requested_by), joinedload(Extension.measure))
    )
    return list(db.session.scalars(found.order_by(Extension.id)))


def comments_on(measure: Measure) -> list[Comment]:
    """Comments, oldest first."""
    found = select(Comment).where(Comment.measure_id == measure.id).options(joinedload(Comment.author))
    return list(db.session.scalars(found.order_by(Comment.id)))


def occurrences_of(measure: Measure) -> list[Occurrence]:
    """The turns of a recurring measure in time."""
    found = select(Occurrence).where(Occurrence.measure_id == measure.id)
    return list(db.session.scalars(found.order_by(Occurrence.due, Occurrence.id)))


def unanswered_turns(measure: Measure) -> int:
    """How many turns of a recurring measure have come and nobody has told of."""
    found = select(func.count()).where(
        Occurrence.measure_id == measure.id, Occurrence.done_on.is_(None), Occurrence.due <= today()
    )
    return db.session.scalar(found) or 0


def occurrence_of(occurrence_id: int, measure: Measure) -> Occurrence:
    """One turn of the measure, or NotFound."""
    occurrence = db.session.get(Occurrence, occurrence_id)
    if occurrence is None or occurrence.measure_id != measure.id:
        raise NotFound(_("Такого срока у мероприятия нет."))
    return occurrence


def draft_of(measure: Measure, *, person: User) -> AnswerDraft | None:
    """What `person` has typed for the measure and not sent yet."""
    found = select(AnswerDraft).where(AnswerDraft.measure_id == measure.id, AnswerDraft.user_id == person.id)
    return db.session.scalar(found)


def import_draft(draft_id: int, *, seen_by: User) -> ImportDraft:
    """The import on screen, for coordinators whose grant reaches its organisation; else NotFound."""
    draft = db.session.get(ImportDraft, draft_id)
    reached = set(db.session.scalars(reached_organisations(seen_by)))
    if draft is None or draft.organisation_id not in reached:
        raise NotFound(_("Такого черновика загрузки нет."))
    return draft


def open_import_drafts(*, seen_by: User) -> list[ImportDraft]:
    """Imports not confirmed yet, newest first."""
    found = select(ImportDraft).where(
        ImportDraft.confirmed_at.is_(None), ImportDraft.created_by_id == seen_by.id
    )
    return list(db.session.scalars(found.order_by(ImportDraft.id.desc()).limit(20)))
