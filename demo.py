"""A fictional district with two years of roadmaps, and the main job done before one's eyes.

`flask demo` fills an empty database through the same services that people use: nothing is written past
them. The past year is told at its own dates, so that history, lateness and reports look as they would.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click
from docx import Document as Paper
from docxtpl import DocxTemplate
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import func, select

from accounts.models import Level, Organisation, Role, User
from accounts.services import add_organisation, add_person, grant, set_password
from config import ROOT
from core.audit import SYSTEM
from core.clock import ZONE, at, now, today
from core.db import db
from documents.kinds import LABELS, DocumentKind
from documents.services import Upload, attach
from reports.assembly import assemble, end_of
from reports.services import begin_report, make_version, rendered
from roadmap.models import Claim, Measure, Plan
from roadmap.queries.measures import measures_of
from roadmap.services.answers import Report, report, return_answer, submit
from roadmap.services.extensions import grant_extension, request_extension
from roadmap.services.imports import confirm_import, reviewed, start_import
from roadmap.services.plans import PlanFacts
from workflow.services import perform

DISTRICT = ROOT / "docs" / "demo" / "district.json"
ROADMAP = ROOT / "docs" / "demo" / "roadmap.docx"
PASSWORD = "приозёрье-веха"
TITLE = "План мероприятий («Дорожная карта») «Учитель Приозёрья» на %d год"


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


@click.command("demo")
@click.option("--serve", is_flag=True, help="Serve the site afterwards.")
def demo(serve: bool) -> None:
    """Fill an empty database with a fictional district and do the main job step by step."""
    upgrade()
    if db.session.scalar(select(func.count(User.id))):
        click.echo(f"The demonstration is already there. To start anew remove {current_app.config['SETTINGS'].data}.")
    else:
        tell_the_story()
    _say_accounts()
    if serve:
        from serving import serve as run

        run()


def tell_the_story() -> None:
    """The whole demonstration, with a line about each step."""
    year = today().year
    step("A district: region, committee, three institutions, people of every role")
    district = found_district()
    step(f"The roadmap of {year - 1}: imported from Word, executed with evidence, reported")
    past = import_roadmap(district, year - 1)
    live_through(district, past, until=date(year, 1, 31))
    report_on(district, past, as_of=date(year, 1, 20))
    step(f"The roadmap of {year}: read {ROADMAP.name}, review, write")
    plan = import_roadmap(district, year)
    step("Executors report, attach evidence; the coordinator accepts and returns")
    live_through(district, plan, until=today())
    step("The execution report as a Word file")
    out = Path(current_app.config["SETTINGS"].data) / f"report-{year}.docx"
    made = assemble(plan, as_of=end_of(today()))
    with rendered(made) as path:
        out.write_bytes(path.read_bytes())
    totals = made.data["totals"]
    click.echo(f"  executed {totals['executed']} of {totals['measures']}, gaps listed: {len(made.gaps)}")
    click.secho(f"  {out}", bold=True)


def step(words: str) -> None:
    click.secho(f"\n• {words}", fg="cyan")


def found_district() -> District:
    """Organisations, people and grants."""
    told: dict[str, Any] = json.loads(DISTRICT.read_text(encoding="utf-8"))
    district = District()
    name, short = told["region"]
    region = add_organisation(name, level=Level.REGION, short_name=short, by=SYSTEM)
    name, short = told["municipality"]
    town = add_organisation(name, level=Level.MUNICIPALITY, parent=region, short_name=short, by=SYSTEM)
    district.bodies = {"region": region, "municipality": town}
    for key, name, short in told["institutions"]:
        body = add_organisation(name, level=Level.INSTITUTION, parent=town, short_name=short, by=SYSTEM)
        district.bodies[key] = body
    with click.progressbar(told["people"], label="  people") as rows:
        for row in rows:
            district.people[row[0]] = found_person(district, *row)
    return district


def found_person(
    district: District, login: str, surname: str, given: str, patronymic: str, position: str, body: str, roles: list[str]
) -> User:
    organisation = district.bodies[body]
    person = add_person(
        login, surname=surname, given_name=given, patronymic=patronymic, position=position,
        organisation=organisation, email=f"{login}@vekha.example", by=SYSTEM,
    )  # fmt: skip
    set_password(person, PASSWORD, by=SYSTEM)
    for role in roles:
        grant(person, Role(role), organisation=organisation, by=SYSTEM)
    return person


def import_roadmap(district: District, year: int) -> Plan:
    """Read the Word file as a coordinator would, and write what was recognised."""
    with moment_of(date(year, 1, 19)):
        draft = start_import(
            district.bodies["municipality"], Upload(f"Дорожная карта {year}.docx", word_file(year)), by=district.coordinator
        )
        found = reviewed(draft)
        click.echo(f"  recognised: {sum(len(h.rows) for h in found)} measures in {len(found)} sections")
        facts = PlanFacts(TITLE % year, year, year, f"{year} год", ground=f"приказ от 15.01.{year} № 12-р")
        return confirm_import(draft, facts, by=district.coordinator)


def word_file(year: int) -> io.BytesIO:
    """The roadmap that ships with the demonstration, dated to `year`."""
    paper, filled = DocxTemplate(ROADMAP), io.BytesIO()
    paper.render({"year": year}, autoescape=True)
    paper.save(filled)
    filled.seek(0)
    return filled


def moment_of(day: date, hour: int = 10) -> Any:
    """The clock at that hour of the day, but never later than it is."""
    return at(min(datetime.combine(day, time(hour, 15), ZONE), now()))


def live_through(district: District, plan: Plan, *, until: date) -> None:
    """Let people work on the plan at the dates of its measures, up to the day `until`."""
    with click.progressbar(list(stories(plan, until)), label="  measures") as rows:
        for measure, day, how in rows:
            how(district, measure, day)


def stories(plan: Plan, until: date) -> Iterator[tuple[Measure, date, Callable[[District, Measure, date], None]]]:
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
        return_answer(measure, note="Укажите, сколько человек участвовало, и приложите список.", by_day=None, by=district.checker)
    with moment_of(day):
        said = Report("Проведено. Участвовали 58 человек, список приложен.", Claim.EXECUTED, day - timedelta(days=3))
        submit(measure, said, by=district.executor_of(measure))
        perform(measure, "accept", by=district.checker)


def extended(district: District, measure: Measure, day: date) -> None:
    executor = district.executor_of(measure)
    later = min((measure.due_end or day) + timedelta(days=21), date(day.year, 12, 30))
    with moment_of(day):
        asked = request_extension(measure, wanted_end=later, reason="Докладчик заболел, совещание перенесено.", by=executor)
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
        report(measure, Report("Подготовка идёт: составлен список участников."), by=district.executor_of(measure))


def forget(_district: District, _measure: Measure, _day: date) -> None:
    """Nobody does anything: the measure becomes overdue by itself."""


ENDINGS = {2: returned_first, 4: extended, 6: late, 8: awaiting}


def prove_and_submit(district: District, measure: Measure, day: date, reason: str = "") -> None:
    """Attach what the form of execution asks for and send the answer."""
    executor = district.executor_of(measure)
    for need in measure.required_evidence:
        for number in range(need.count):
            kind = DocumentKind(need.kind)
            upload = Upload(f"{LABELS[kind]} {measure.number}-{number + 1}.docx", evidence_file(measure, need.text, number))
            attach(
                measure.dossier, upload, by=executor, kind=kind, number=f"{measure.id}/{number + 1}",
                date=day, title=f"{need.text}: {measure.title}"[:200], evidence_date=day,
            )  # fmt: skip
    db.session.refresh(measure)
    said = Report(f"{measure.title}: проведено, документы приложены.", Claim.EXECUTED, day, deviation_reason=reason)
    submit(measure, said, by=executor)


def evidence_file(measure: Measure, form: str, number: int) -> io.BytesIO:
    """A short Word document, different for every measure."""
    paper, written = Paper(), io.BytesIO()
    paper.add_heading(f"{form} № {measure.id}/{number + 1}", level=1)
    paper.add_paragraph(f"О мероприятии {measure.number} «{measure.title}». Приозёрный район.")
    paper.save(written)
    written.seek(0)
    return written


def report_on(district: District, plan: Plan, *, as_of: date) -> None:
    """The report of the past year, made in January of the next."""
    with moment_of(as_of):
        begun = begin_report(
            plan, title=f"Отчет об исполнении плана мероприятий «Учитель Приозёрья» за {plan.year_to} год",
            period=f"{plan.year_to} год", by=district.coordinator,
        )  # fmt: skip
        version = make_version(begun, as_of=end_of(as_of), by=district.coordinator)
    click.echo(f"  report version {version.number}: {len(version.data['sections'])} sections, gaps: {version.gap_count}")


def _say_accounts() -> None:
    told = json.loads(DISTRICT.read_text(encoding="utf-8"))
    click.secho(f"\nSign in at {current_app.config['SETTINGS'].base_url} with the password «{PASSWORD}»:", bold=True)
    for login, surname, *_rest, roles in told["people"]:
        click.echo(f"  {login:<18} {surname:<12} {', '.join(roles)}")
