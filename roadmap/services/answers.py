"""What executors do: take up, answer, submit, recall; co-executors answer, the responsible consolidates."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Role, User
from core.audit import record
from core.clock import now, today
from core.db import db, transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn
from core.outbox import publish
from core.words import _
from roadmap.models import (
    Answer,
    AnswerDraft,
    Claim,
    Comment,
    Measure,
    Occurrence,
    Participation,
)
from roadmap.models.measure import OPEN_TO_FILES
from roadmap.queries.work import answer_for, answers_to, draft_of
from roadmap.services.measures import check_seen
from workflow.measure import MeasureState
from workflow.services import perform


@dataclass(frozen=True)
class Report:
    """What the executor says of a measure. `status_text` is the printed word, if one is insisted on."""

    text: str = ""
    claim: Claim | None = None
    actual_date: date | None = None
    deviation_reason: str = ""
    evidence_exception: str = ""
    status_text: str = ""


def report(measure: Measure, said: Report, *, by: User, version: int | None = None) -> None:
    """Keep what the executor says; a planned measure is thereby taken up. Nothing is submitted yet."""
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        check_seen(measure, version)
        _check_report(measure, said, by)
        if measure.state is MeasureState.PLANNED:
            perform(measure, "start", by=by)
        measure.report_text = said.text.strip()
        measure.claim, measure.actual_date = said.claim, said.actual_date
        measure.deviation_reason = said.deviation_reason.strip()
        measure.evidence_exception = said.evidence_exception.strip()
        measure.status_text = said.status_text.strip()
        record(measure, "measure.report", by=by)
        _forget_draft(measure, by)


def _check_report(measure: Measure, said: Report, by: User) -> None:
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Отчитывается исполнитель мероприятия. Соисполнители пишут свой ответ ниже."))
    if measure.state not in OPEN_TO_FILES:
        raise OutOfTurn(_("Ответ уже сдан. Чтобы изменить его, отзовите ответ."))
    if said.actual_date and said.actual_date > today():
        raise Invalid(_("День исполнения ещё не наступил: укажите день не позже сегодняшнего."))


def submit(measure: Measure, said: Report, *, by: User, version: int | None = None) -> None:
    """Keep what the executor says and send it: to the check, or to «executed» where none is needed."""
    with transaction():
        report(measure, said, by=by, version=version)
        perform(measure, "submit" if measure.needs_acceptance else "complete", by=by)


def save_draft(measure: Measure, fields: dict[str, str], *, by: User) -> AnswerDraft:
    """Keep what is typed, as it is, for its author only."""
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Отчитывается исполнитель мероприятия. Соисполнители пишут свой ответ ниже."))
    if measure.state not in OPEN_TO_FILES:
        raise OutOfTurn(_("Ответ уже сдан. Чтобы изменить его, отзовите ответ."))
    with transaction() as session:
        # Two windows of one person may save at once: the second one waits and finds the first one's draft.
        session.refresh(measure, with_for_update={"of": Measure})
        draft = draft_of(measure, person=by) or AnswerDraft(measure_id=measure.id, user_id=by.id)
        draft.fields, draft.saved_at = fields, now()
        session.add(draft)
    return draft


def _forget_draft(measure: Measure, by: User) -> None:
    if draft := draft_of(measure, person=by):
        db.session.delete(draft)


def return_answer(
    measure: Measure, *, note: str, by_day: date | None, by: User, version: int | None = None
) -> None:
    """Send the answer back with a remark and, if wished, the day until which it is to be put right."""
    if by_day and by_day < today():
        raise Invalid(_("День, до которого исправить, уже прошёл."))
    with transaction():
        perform(measure, "return", by=by, note=note, version=version)
        measure.return_by = by_day


def answer_as_co_executor(participation: Participation, text: str, *, by: User) -> Answer:
    """What a co-executor contributes; a second answer takes the place of the first."""
    measure = participation.measure
    if not participation.is_for(by) and Role.COORDINATOR not in measure.roles_of(by):
        raise NotYours(_("Этот ответ даёт другой соисполнитель."))
    if measure.is_closed or measure.is_put_away:
        raise OutOfTurn(_("Мероприятие закрыто: ответ больше не нужен."))
    if not text.strip():
        raise Invalid(_("Напишите, что сделано, — хотя бы одно предложение"))
    with transaction() as session:
        # Two colleagues may answer at once: the second one waits and finds the first one's answer.
        session.refresh(measure, with_for_update={"of": Measure})
        answer = answer_for(participation.id) or Answer(measure=measure, participation=participation)
        answer.author_id, answer.text = by.id, text.strip()
        answer.answered_at, answer.is_consolidated = now(), False
        session.add(answer)
        session.flush()  # the journal names the answer by its number
        record(measure, "measure.co_answer", by=by)
        publish("measure.co_answer", event="measure.co_answer", subject_id=measure.id, by_id=by.id)
    return answer


def consolidate(measure: Measure, *, by: User, version: int | None = None) -> int:
    """Put the answers of co-executors that are not in the text yet under it; how many were added."""
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Ответы сводит ответственный исполнитель."))
    if measure.state not in OPEN_TO_FILES:
        raise OutOfTurn(_("Ответ уже сдан. Чтобы изменить его, отзовите ответ."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        check_seen(measure, version)
        fresh = [answer for answer in answers_to(measure) if not answer.is_consolidated]
        if not fresh:
            raise Blocked(_("Новых ответов соисполнителей нет."))
        measure.report_text = "\n".join([t for t in (measure.report_text,) if t] + [a.text for a in fresh])
        for answer in fresh:
            answer.is_consolidated = True
        record(measure, "measure.consolidate", by=by)
    return len(fresh)


def comment(measure: Measure, text: str, *, by: User) -> Comment:
    """A word to the others who work on the measure."""
    if not text.strip():
        raise Invalid(_("Напишите текст комментария."))
    with transaction() as session:
        added = Comment(measure=measure, author=by, text=text.strip())
        session.add(added)
        session.flush()  # the journal names the comment by its number
        record(measure, "measure.comment", by=by)
        publish(
            "measure.comment", event="measure.comment", subject_id=measure.id, by_id=by.id, note=text.strip()
        )
    return added


def report_occurrence(occurrence: Occurrence, *, done_on: date, text: str, by: User) -> None:
    """What was done in one turn of a recurring measure, and when."""
    measure = occurrence.measure
    if Role.EXECUTOR not in measure.roles_of(by):
        raise NotYours(_("Отчитывается исполнитель мероприятия."))
    if measure.state not in OPEN_TO_FILES:
        raise OutOfTurn(_("Ответ уже сдан. Чтобы изменить его, отзовите ответ."))
    if done_on > today() or not text.strip():
        raise Invalid(_("Укажите прошедший день и напишите, что сделано."))
    with transaction():
        occurrence.done_on, occurrence.text = done_on, text.strip()
        record(measure, "measure.occurrence", by=by)


def remind(measure: Measure, *, by: User, note: str = "") -> None:
    """Remind the executor of an open measure by letter."""
    if Role.COORDINATOR not in measure.roles_of(by):
        raise NotYours(_("Напоминает координатор дорожной карты."))
    if measure.is_closed:
        raise OutOfTurn(_("Мероприятие закрыто: напоминать не о чем."))
    with transaction():
        record(measure, "measure.remind", by=by, note=note)
        publish("measure.remind", event="measure.remind", subject_id=measure.id, by_id=by.id, note=note)
