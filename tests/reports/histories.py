"""Random lives of a plan, told through the services that people use, and what was stored at any moment.

The snapshot is read from the tables, never from the journal: it is what reports as of that moment are
compared with.
"""

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select

from accounts.models import Organisation, Role, User
from accounts.services.organisations import rename_organisation
from core.audit import SYSTEM, _plain
from core.clock import at, now, today
from core.db import db
from core.errors import Refusal
from documents.models import Document, FileVersion
from documents.services import Upload, attach, attach_link, edit_requisites, remove, supersede
from documents.services.intake import Received
from documents.storage import store
from reports.render import render_report
from reports.services.printing import DOCX
from reports.template_check import check_template
from roadmap.models import (
    Answer,
    Claim,
    Comment,
    Extension,
    Measure,
    Occurrence,
    Participation,
    Plan,
    Section,
)
from roadmap.queries.measures import measures_of
from roadmap.services.answers import (
    Report,
    answer_as_co_executor,
    comment,
    consolidate,
    report,
    report_occurrence,
    submit,
)
from roadmap.services.executors import Link, link_executors
from roadmap.services.extensions import grant_extension, refuse_extension, request_extension
from roadmap.services.measures import (
    Executor,
    MeasureFacts,
    add_measure,
    clarify_due,
    edit_measure,
    move_measure,
    withdraw_measure,
)
from roadmap.services.plans import (
    PlanFacts,
    add_section,
    archive_plan,
    create_plan,
    edit_plan,
    edit_section,
    move_section,
    restore_plan,
)
from tests import factories
from workflow.services import perform

BEGAN = datetime(2026, 1, 12, 6, 30, tzinfo=UTC)
DUES = ("до 30.06.2026", "в течение 2026 года", "ежеквартально", "I квартал 2027 года", "июнь 2027 года", "")
WORDS = (
    "Семинар",
    "приказ",
    "наставники",
    "школы района",
    "проведён",
    "«Точка роста»",
    "№ 5",
    "& <b>",
    "отчёт",
)
GROUND = "приказ от 01.02.2026 № 5"


@dataclass
class District:
    """The people and organisations that all histories of one test share."""

    organisation: Organisation
    coordinators: list[User]
    secretary: User
    people: list[User]
    school: Organisation


def district() -> District:
    """One that was there before anything happened."""
    with at(BEGAN - timedelta(hours=1)):
        town = factories.municipality()
        return District(
            town,
            [factories.coordinator(town) for _ in range(2)],
            factories.person(Role.COUNCIL_SECRETARY, organisation=town),
            [factories.executor(town) for _ in range(2)],
            factories.institution(town),
        )


@contextmanager
def quick() -> Iterator[None]:
    """Nothing runs in limited processes of its own: the limits have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "reports.services.printing.render_limited",
            lambda template, data, out: render_report(str(template), data, str(out)),
        )
        patch.setattr("reports.services.templates.check_limited", lambda path: check_template(str(path)))
        for module in ("evidence", "changes"):
            patch.setattr(f"documents.services.{module}.receive", _received)
        yield


def _received(upload: Upload) -> Received:
    return Received(upload.name, DOCX, store().put(upload.stream))


@dataclass
class History:
    """One plan and the dice that decide what happens to it."""

    district: District
    dice: random.Random
    plan: Plan = field(init=False)
    clock: datetime = BEGAN
    done: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """A plan with a few measures."""
        with at(self.clock):
            facts = PlanFacts("План «Наставник» на 2026 год", 2026, 2027, ground=GROUND)
            self.plan = create_plan(self.district.organisation, facts, by=self.coordinator)
            for number in range(2):
                add_section(self.plan, number=str(number + 1), title=self.words(), by=self.coordinator)
            for _ in range(3):
                self.add()

    def step(self) -> datetime:
        """Something happens, or is refused; the moment after it."""
        hours = self.dice.choice((0, 0, 1, 5, 24, 24 * 9, 24 * 40))
        self.clock += timedelta(hours=hours, seconds=self.dice.randint(1, 3000))
        name = self.dice.choice(HAPPENINGS)
        with at(self.clock):
            try:
                getattr(self, name)()
                self.done.append(name)
            except Refusal:
                db.session.rollback()
            self.clock = now()
        return self.clock

    def ensure_measure(self) -> None:
        """One measure more, so that there is something to report on."""
        self.clock += timedelta(seconds=1)
        with at(self.clock):
            if self.plan.archived_at:
                restore_plan(self.plan, by=self.coordinator)
            self.add()
            self.clock = now()

    # What the dice choose from.

    @property
    def coordinator(self) -> User:
        return self.district.coordinators[0]

    def words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 5)))

    def measure(self) -> Measure:
        found = list(db.session.scalars(select(Measure).where(Measure.plan_id == self.plan.id)))
        return self.dice.choice(found)

    def section(self) -> Section:
        found = select(Section).where(Section.plan_id == self.plan.id)
        return self.dice.choice(list(db.session.scalars(found)))

    def document(self) -> Document:
        found = list(
            db.session.scalars(select(Document).where(Document.dossier_id == self.measure().dossier_id))
        )
        if not found:
            raise Refusal("there is no document yet")
        return self.dice.choice(found)

    def executor(self) -> User:
        return self.dice.choice([*self.district.people, self.coordinator])

    def facts(self) -> MeasureFacts:
        people, school = self.district.people, self.district.school
        known = [
            Executor(people[0].name, user_id=people[0].id),
            Executor(people[1].name, user_id=people[1].id),
        ]
        known += [Executor(school.name, organisation_id=school.id), Executor("ООО «Ветер» (по согласованию)")]
        return MeasureFacts(
            f"1.{self.dice.randint(1, 9)}", self.words(), self.words(), self.words(), self.dice.choice(DUES),
            self.dice.choice(("Приказ", "Справка", "")), self.words(),
            tuple(self.dice.sample(known, self.dice.randint(0, 3))),
        )  # fmt: skip

    # What happens.

    def add(self) -> None:
        add_measure(self.section(), self.facts(), by=self.coordinator)

    def amend(self) -> None:
        edit_measure(self.measure(), self.facts(), by=self.coordinator, ground=GROUND)

    def withdraw(self) -> None:
        withdraw_measure(self.measure(), by=self.coordinator, ground=GROUND)

    def move(self) -> None:
        before = self.dice.choice([None, self.measure()])
        section = before.section if before else self.section()
        move_measure(self.measure(), section=section, before=before, by=self.coordinator, ground=GROUND)

    def clarify(self) -> None:
        end = date(2026, 3, 1) + timedelta(self.dice.randint(0, 600))
        clarify_due(self.measure(), start=None, end=end, by=self.coordinator, ground=GROUND)

    def tell(self) -> None:
        status = self.dice.choice(("", "", "исполнено", "в работе", "перенесено"))
        report(self.measure(), Report(self.words(), status_text=status), by=self.executor())

    def submit(self) -> None:
        claim = self.dice.choice(list(Claim))
        excuse = self.dice.choice(("", "Протокол утрачен"))
        said = Report(
            self.words(), claim, today(), "Болезнь лектора", excuse, self.dice.choice(("", "исполнено"))
        )
        submit(self.measure(), said, by=self.dice.choice(self.district.people))

    def decide(self) -> None:
        name = self.dice.choice(
            (
                "accept",
                "accept",
                "return",
                "recall",
                "cancel",
                "resume",
                "close_partially",
                "close_not_executed",
            )
        )
        by = self.dice.choice(self.district.coordinators) if name != "recall" else self.executor()
        perform(self.measure(), name, by=by, note=self.words(), ground=GROUND)

    def prove(self) -> None:
        dossier, by = self.measure().dossier, self.executor()
        if self.dice.random() < 0.5:
            attach_link(dossier, f"https://example.ru/{self.dice.random()}", by=by)
        else:
            attach(dossier, self._file(), by=by, title=self.words())

    def _file(self) -> Upload:
        return Upload("Приказ.docx", io.BytesIO(self.dice.randbytes(20)))

    def unprove(self) -> None:
        remove(self.document(), by=self.coordinator, reason=self.words())

    def supersede(self) -> None:
        supersede(self.document(), self._file(), by=self.coordinator, reason=self.words())

    def retitle(self) -> None:
        edit_requisites(self.document(), by=self.coordinator, title=self.words(), number="7")

    def ask_extension(self) -> None:
        wanted = today() + timedelta(self.dice.randint(1, 300))
        request_extension(
            self.measure(), wanted_end=wanted, reason=self.words(), by=self.dice.choice(self.district.people)
        )

    def decide_extension(self) -> None:
        found = select(Extension).where(Extension.measure_id == self.measure().id)
        for asked in db.session.scalars(found.order_by(Extension.id.desc()).limit(1)):
            if self.dice.random() < 0.7:
                new_end = asked.wanted_end + timedelta(self.dice.randint(0, 9))
                grant_extension(asked, new_end=new_end, ground=GROUND, by=self.coordinator)
            else:
                refuse_extension(asked, reason=self.words(), by=self.coordinator)

    def talk(self) -> None:
        comment(self.measure(), self.words(), by=self.executor())

    def help(self) -> None:
        measure = self.measure()
        for one in measure.participations[1:2]:
            answer_as_co_executor(one, self.words(), by=self.coordinator)
        if self.dice.random() < 0.4:
            consolidate(measure, by=self.coordinator)

    def take_turn(self) -> None:
        found = select(Occurrence).where(Occurrence.measure_id == self.measure().id).order_by(Occurrence.id)
        for turn in list(db.session.scalars(found))[:2]:
            report_occurrence(turn, done_on=today(), text=self.words(), by=self.coordinator)

    def link(self) -> None:
        name = self.dice.choice([self.district.school.name, "ООО «Ветер» (по согласованию)"])
        whom = self.dice.choice([Link(), Link(organisation_id=self.district.school.id)])
        link_executors(self.plan, {name: whom}, by=self.coordinator)

    def edit(self) -> None:
        last = self.dice.choice((2026, 2027, 2028))
        period = self.dice.choice(("", "на 2026 год"))
        needs = self.dice.random() < 0.7
        title = f"План «{self.words()}» на 2026 год"
        facts = PlanFacts(
            title, 2026, last, period, GROUND, needs_acceptance=needs, coordinator_id=self.coordinator.id
        )
        edit_plan(self.plan, facts, by=self.coordinator)

    def rename_office(self) -> None:
        name = f"Комитет «{self.words()}»"
        rename_organisation(self.district.organisation, name=name, short_name=self.words(), by=SYSTEM)

    def new_section(self) -> None:
        add_section(self.plan, number="3", title=self.words(), by=self.coordinator)

    def reword_section(self) -> None:
        edit_section(self.section(), number="2", title=self.words(), ground=GROUND, by=self.coordinator)

    def move_section(self) -> None:
        move_section(self.section(), before=self.dice.choice([None, self.section()]), by=self.coordinator)

    def put_away(self) -> None:
        if self.plan.archived_at is None and self.dice.random() < 0.3:
            archive_plan(self.plan, by=self.coordinator, reason="год закончился")
        else:
            restore_plan(self.plan, by=self.coordinator)


OFTEN = (
    "tell",
    "submit",
    "submit",
    "decide",
    "decide",
    "prove",
    "amend",
    "ask_extension",
    "decide_extension",
)
HAPPENINGS = (
    *OFTEN, *OFTEN, "add", "withdraw", "move", "clarify", "unprove", "supersede", "retitle", "talk", "help",
    "take_turn", "link", "edit", "rename_office", "new_section", "reword_section", "move_section", "put_away",
)  # fmt: skip


# What was stored.

Rows = dict[str, dict[int, dict[str, Any]]]


def stored(plan: Plan) -> Rows:
    """Every journalled row of the plan out of its tables: kind → id → field → value, without the empty."""
    db.session.rollback()
    measures = select(Measure.id).where(Measure.plan_id == plan.id)
    dossiers = select(Measure.dossier_id).where(Measure.plan_id == plan.id)
    wanted: list[tuple[type[Any], Any]] = [
        (Plan, Plan.id == plan.id),
        (Section, Section.plan_id == plan.id),
        (Measure, Measure.plan_id == plan.id),
        *[(c, c.measure_id.in_(measures)) for c in (Participation, Occurrence, Answer, Extension, Comment)],
        (Document, Document.dossier_id.in_(dossiers)),
        (
            FileVersion,
            FileVersion.document_id.in_(select(Document.id).where(Document.dossier_id.in_(dossiers))),
        ),
    ]
    return {kind.kind: rows_in(kind, which) for kind, which in wanted}


def rows_in(kind: type[Any], which: Any) -> dict[int, dict[str, Any]]:
    """Rows of one table in the form in which the journal tells them, without the empty fields."""
    columns = [a.key for a in inspect(kind).column_attrs if a.key not in kind.unjournalled]
    table = select(kind.id, *[getattr(kind, name) for name in columns]).where(which)
    return {
        number: {name: _plain(v) for name, v in zip(columns, values, strict=True) if v is not None}
        for number, *values in db.session.execute(table)
    }


def without_empty(told: Rows) -> Rows:
    """What the journal told, in the same form."""
    return {
        kind: {n: {name: v for name, v in row.items() if v is not None} for n, row in rows.items()}
        for kind, rows in told.items()
    }


def seen(plan: Plan) -> dict[str, Any]:
    """What a report of this moment has to say, read from the models that the pages show."""
    db.session.rollback()
    db.session.expire_all()
    measures = measures_of(plan)
    sections = sorted({m.section for m in measures}, key=lambda s: (s.position, s.id))
    return {
        "organisation": plan.organisation.name,
        "plan": plan.title,
        "period": plan.period_text or plan.years,
        "sections": [(s.number, s.title, [_said(m) for m in measures if m.section is s]) for s in sections],
        "overdue": {m.id for m in measures if m.is_overdue},
        "unproved": {m.id for m in measures if m.state == "executed" and not m.dossier.documents},
        "late": {m.id for m in measures if m.is_late},
        "extended": {m.id for m in measures if m.is_extended},
    }


def _said(measure: Measure) -> tuple[Any, ...]:
    return (
        measure.id, measure.number, measure.title, measure.preparation_period, measure.condition,
        measure.due_text, [p.name for p in measure.participations], measure.form_of_execution,
        measure.report_text,
    )  # fmt: skip


def said_by(made: Any) -> dict[str, Any]:
    """The same of an assembled report."""
    rows = [row for section in made.data["sections"] for row in section["measures"]]
    names = (
        "id", "number", "title", "preparation_period", "condition", "due_period", "executors",
        "form_of_execution", "report",
    )  # fmt: skip
    return {
        "organisation": made.data["organisation"],
        "period": made.data["period"],
        "sections": [
            (s["number"], s["title"], [tuple(row[name] for name in names) for row in s["measures"]])
            for s in made.data["sections"]
        ],
        "overdue": {gap.measure_id for gap in made.gaps if gap.kind == "overdue"},
        "unproved": {gap.measure_id for gap in made.gaps if gap.kind == "no_evidence"},
        "late": {row["id"] for row in rows if "Исполнено позже срока" in row["note"]},
        "extended": {row["id"] for row in rows if "Срок продлён" in row["note"]},
    }
