"""How the people of the demonstration live through a year of a roadmap, measure by measure."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import click
from docx import Document as Paper

from accounts.models import Organisation, User
from core.clock import ZONE, at, now, today
from core.db import db
from documents.kinds import LABELS, DocumentKind
from documents.services import Upload, attach
from roadmap.models import Claim, Measure, Plan
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report, report, return_answer, submit
from roadmap.services.extensions import grant_extension, request_extension
from workflow.measure import MeasureState
from workflow.services import perform


@dataclass
class District:
    """Everybody and everything the demonstration names, by the short names of district.json."""

    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def coordinator(self) -> User:
        return self.people["koordinator"]

    @property
    def checker(self) -> User:
        return self.people["proveryayushchiy"]

    def executor_of(self, measure: Measure) -> User:
        """Somebody who executes the measure; the committee's specialist when nobody else does."""
        for person in self.people.values():
            first = measure.responsible
            if first and first.is_linked and first.is_for(person):
                return person
        return self.people["komitet"]


def moment_of(day: date, hour: int = 10) -> Any:
    """The clock at that hour of the day, but never later than it is."""
    return at(min(datetime.combine(day, time(hour, 15), ZONE), now()))


def live_through(district: District, plan: Plan, *, until: date) -> None:
    """Let people work on the plan at the dates of its measures, up to the day `until`."""
    with click.progressbar(list(stories(plan, until)), label="  measures") as rows:
        for measure, day, how in rows:
            how(district, measure, day)


def stories(
    plan: Plan, until: date
) -> Iterator[tuple[Measure, date, Callable[[District, Measure, date], None]]]:
    """What becomes of each measure whose time has come: most are done in time, some are not."""
    for number, measure in enumerate(measures_of(plan)):
        due = measure.control_date
        if due is None or due - timedelta(days=40) > until:
            continue
        day = due - timedelta(days=2 + number % 5)
        if day > until:
            yield measure, until, take_up
        elif plan.year_to == today().year and number % 7 == 5:
            yield measure, day, forget
        else:
            yield measure, day, ENDINGS.get(number % 9, done_in_time)


def done_in_time(district: District, measure: Measure, day: date) -> None:
    with moment_of(day):
        prove_and_submit(district, measure, day)
    with moment_of(day + timedelta(days=1), 16):
        if day + timedelta(days=1) <= today():
            perform(measure, "accept", by=district.checker)


def returned_first(district: District, measure: Measure, day: date) -> None:
    with moment_of(day - timedelta(days=3)):
        prove_and_submit(district, measure, day - timedelta(days=3))
        return_answer(
            measure,
            note="Укажите, сколько человек участвовало, и приложите список.",
            by_day=None,
            by=district.checker,
        )
    with moment_of(day):
        said = Report(
            "Проведено. Участвовали 58 человек, список приложен.", Claim.EXECUTED, day - timedelta(days=3)
        )
        submit(measure, said, by=district.executor_of(measure))
        perform(measure, "accept", by=district.checker)


def extended(district: District, measure: Measure, day: date) -> None:
    executor = district.executor_of(measure)
    later = min((measure.due_end or day) + timedelta(days=21), date(day.year, 12, 30))
    with moment_of(day):
        asked = request_extension(
            measure, wanted_end=later, reason="Докладчик заболел, совещание перенесено.", by=executor
        )
        grant_extension(asked, new_end=later, ground="служебная записка", by=district.checker)
    if measure.control_date and measure.control_date < today():
        done_in_time(district, measure, measure.control_date - timedelta(days=1))


def late(district: District, measure: Measure, day: date) -> None:
    done = (measure.control_date or day) + timedelta(days=6)
    if done + timedelta(days=1) < today():
        with moment_of(done):
            prove_and_submit(district, measure, done, reason="Ждали подписи второй стороны.")
            perform(measure, "accept", by=district.checker)


def awaiting(district: District, measure: Measure, day: date) -> None:
    with moment_of(day):
        prove_and_submit(district, measure, day)
    if measure.plan.year_to < today().year:
        with moment_of(day + timedelta(days=2)):
            perform(measure, "accept", by=district.checker)


def take_up(district: District, measure: Measure, day: date) -> None:
    with moment_of(day, 9):
        report(
            measure, Report("Подготовка идёт: составлен список участников."), by=district.executor_of(measure)
        )


def forget(_district: District, _measure: Measure, _day: date) -> None:
    """Nobody does anything: the measure becomes overdue by itself."""


ENDINGS = {2: returned_first, 4: extended, 6: late, 8: awaiting}


def leave_open(district: District, plan: Plan) -> None:
    """What a working day begins with: an answer to check, one returned, a request for a later date."""
    working = [m for m in measures_of(plan) if m.state is MeasureState.IN_PROGRESS and m.due_end]
    for measure, how in zip(working, (hand_in, hand_back, ask_for_time), strict=False):
        how(district, measure)


def hand_in(district: District, measure: Measure) -> None:
    prove_and_submit(district, measure, today())


def hand_back(district: District, measure: Measure) -> None:
    prove_and_submit(district, measure, today())
    note = "В списке 22 человека, в тексте — 25. Уточните число и приложите программу."
    return_answer(measure, note=note, by_day=today() + timedelta(days=5), by=district.checker)


def ask_for_time(district: District, measure: Measure) -> None:
    later = (measure.due_end or today()) + timedelta(days=30)
    reason = "Договор с площадкой подпишут только в начале месяца."
    request_extension(measure, wanted_end=later, reason=reason, by=district.executor_of(measure))


def prove_and_submit(district: District, measure: Measure, day: date, reason: str = "") -> None:
    """Attach what the form of execution asks for and send the answer."""
    executor = district.executor_of(measure)
    for need in measure.required_evidence:
        for number in range(need.count):
            kind = DocumentKind(need.kind)
            upload = Upload(
                f"{LABELS[kind]} {measure.number}-{number + 1}.docx",
                evidence_file(measure, need.text, number),
            )
            attach(
                measure.dossier, upload, by=executor, kind=kind, number=f"{measure.id}/{number + 1}",
                date=day, title=f"{need.text}: {measure.title}"[:200], evidence_date=day,
            )  # fmt: skip
    db.session.refresh(measure)
    said = Report(
        f"{measure.title}: проведено, документы приложены.", Claim.EXECUTED, day, deviation_reason=reason
    )
    submit(measure, said, by=executor)


def evidence_file(measure: Measure, form: str, number: int) -> io.BytesIO:
    """A short Word document, different for every measure."""
    paper, written = Paper(), io.BytesIO()
    paper.add_heading(f"{form} № {measure.id}/{number + 1}", level=1)
    paper.add_paragraph(f"О мероприятии {measure.number} «{measure.title}». Приозёрный район.")
    paper.save(written)
    written.seek(0)
    return written
