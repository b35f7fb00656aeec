"""Asking whether a move may be made, and making it. The only way in which a state changes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from accounts.models import Role, User
from core.audit import record
from core.db import transaction
from core.errors import Blocked, NotYours, OutOfTurn, Refusal, Stale
from core.outbox import publish
from core.words import _
from workflow.lifecycle import Move


class Offer(NamedTuple):
    """A move to show: open when `refusal` is None, else blocked with the sentence that says why."""

    move: Move
    refusal: Refusal | None


#: A person acts in no roles but those that the subject knows of.
NONE: frozenset[Role] = frozenset()


def why_not(subject: Any, move: Move, *, by: User, acting: frozenset[Role] = NONE) -> Refusal | None:
    """The reason `by` may not make `move` now, or None when nothing stands in the way.

    `acting` are roles that the caller has found `by` to have here, of which the subject's room cannot know:
    a member of a council that reviews a report sends its rows back as their coordinator would.
    """
    if out := _out_of_turn(subject, move):
        return out
    if not move.by & (subject.roles_of(by) | acting):
        return NotYours(_("«%(move)s» — не ваше действие.", move=move.label))
    if move.not_by and getattr(subject, move.not_by) == by.id:
        return Blocked(_("Свой ответ не принимают: это сделает другой координатор."))
    for guard in move.guards:
        if not getattr(subject, guard.name):
            return Blocked(guard.otherwise)
    return None


def _out_of_turn(subject: Any, move: Move) -> Refusal | None:
    is_off = (move.only_if and not getattr(subject, move.only_if)) or (
        move.unless and getattr(subject, move.unless)
    )
    if is_off or subject.state not in move.sources:
        state = subject.lifecycle.labels[subject.state]
        return OutOfTurn(_("«%(move)s» сейчас нельзя: состояние «%(state)s».", move=move.label, state=state))
    return None


def perform(
    subject: Any,
    name: str,
    *,
    by: User,
    note: str = "",
    ground: str = "",
    version: int | None = None,
    acting: frozenset[Role] = NONE,
) -> None:
    """Make one move: new state, journal entry and outbox tasks together, or none of them.

    `version` is the one the person saw; when the row has moved on since, Stale is raised.
    """
    with transaction() as session:
        session.refresh(subject, with_for_update={"of": type(subject)})
        if version is not None and subject.version != version:
            raise Stale(_("Пока вы писали, запись изменил кто-то другой. Откройте её заново."))
        perform_each([subject], name, by=by, note=note, ground=ground, acting=acting)


def perform_each(
    subjects: Sequence[Any],
    name: str,
    *,
    by: User,
    note: str = "",
    ground: str = "",
    acting: frozenset[Role] = NONE,
) -> None:
    """Make one move on all of `subjects`, which the open transaction has made or locked itself.

    All of them move or none; they are written together, which is quicker than one after another.
    """
    with transaction():
        for subject in subjects:
            move = subject.lifecycle.move(name)
            if refusal := why_not(subject, move, by=by, acting=acting) or _silent(move, note, ground):
                raise refusal
            subject.lifecycle.fire(subject, move)
            subject.on_move(name, by=by)
        for subject in subjects:
            _tell(subject, f"{subject.kind}.{name}", by=by, note=note.strip(), ground=ground.strip())


def _tell(subject: Any, event: str, *, by: User, note: str, ground: str) -> None:
    record(subject, event, by=by, note=note, ground=ground)
    publish(event, event=event, subject_id=subject.id, by_id=by.id, note=note)


def _silent(move: Move, note: str, ground: str) -> Refusal | None:
    if move.needs_note and not note.strip():
        return Blocked(_("Напишите причину: без неё «%(move)s» нельзя.", move=move.label))
    if move.needs_ground and not ground.strip():
        return Blocked(_("Назовите документ-основание: без него «%(move)s» нельзя.", move=move.label))
    return None


def offers(subject: Any, *, by: User) -> list[Offer]:
    """The moves to show `by`: open ones, and blocked ones with what blocks them."""
    asked = [Offer(move, why_not(subject, move, by=by)) for move in subject.lifecycle.moves.values()]
    return [o for o in asked if o.refusal is None or isinstance(o.refusal, Blocked)]
