"""A fictional district with two years of roadmaps, and the main job done before one's eyes.

`flask demo` fills an empty database through the same services that people use: nothing is written past
them. The past year is told at its own dates, so that history, lateness and reports look as they would.
"""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from docxtpl import DocxTemplate
from flask import current_app
from sqlalchemy import func, select

from accounts.models import Level, Role, User
from accounts.services import add_organisation, add_person, grant, set_password
from config import ROOT
from core.audit import SYSTEM
from core.cli import bring_up_to_date
from core.clock import today
from core.db import db
from demo_council import call_next, decide_on, found_council
from demo_papers import tell_papers
from demo_year import District, leave_open, live_through, moment_of
from documents.services import Upload
from reports.assembly import assemble, end_of
from reports.models import ReportVersion
from reports.services import begin_report, make_version, rendered
from roadmap.models import Plan
from roadmap.services.imports import confirm_import, reviewed, start_import
from roadmap.services.plans import PlanFacts
from search_index.services.indexing import rebuild

DISTRICT = ROOT / "docs" / "demo" / "district.json"
ROADMAP = ROOT / "docs" / "demo" / "roadmap.docx"
PASSWORD = "приозёрье-веха"
TITLE = "План мероприятий («Дорожная карта») «Учитель Приозёрья» на %d год"


@click.command("demo")
@click.option("--serve", is_flag=True, help="Serve the site afterwards.")
def demo(serve: bool) -> None:
    """Fill an empty database with a fictional district and do the main job step by step."""
    bring_up_to_date()
    if db.session.scalar(select(func.count(User.id))):
        click.echo(
            f"The demonstration is already there. To start anew remove {current_app.config['SETTINGS'].data}."
        )
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
    version = report_on(district, past, as_of=date(year, 1, 20))
    step("The council reviews the report, votes, signs its protocol; the report is stamped and published")
    council = found_council(district, year)
    decide_on(district, council, version, year)
    step(f"The roadmap of {year}: read {ROADMAP.name}, review, write")
    plan = import_roadmap(district, year)
    step("Executors report, attach evidence; the coordinator accepts and returns")
    live_through(district, plan, until=today())
    leave_open(district, plan)
    step("The execution report as a Word file")
    out = Path(current_app.config["SETTINGS"].data) / f"report-{year}.docx"
    made = assemble(plan, as_of=end_of(today()))
    with rendered(made) as path:
        out.write_bytes(path.read_bytes())
    totals = made.data["totals"]
    click.echo(f"  executed {totals['executed']} of {totals['measures']}, gaps listed: {len(made.gaps)}")
    click.secho(f"  {out}", bold=True)
    step("A sitting to come: the report as of today lies before the council")
    call_next(district, council, plan)
    step("The archive: acts filed with what was recognised in them; orders on their way")
    tell_papers(district, year)
    click.echo(f"  {rebuild()} things can be found")


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
    district: District,
    login: str,
    surname: str,
    given: str,
    patronymic: str,
    position: str,
    body: str,
    roles: list[str],
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
            district.bodies["municipality"],
            Upload(f"Дорожная карта {year}.docx", word_file(year)),
            by=district.coordinator,
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


def report_on(district: District, plan: Plan, *, as_of: date) -> ReportVersion:
    """The report of the past year, made in January of the next."""
    with moment_of(as_of):
        begun = begin_report(
            plan, title=f"Отчет об исполнении плана мероприятий «Учитель Приозёрья» за {plan.year_to} год",
            period=f"{plan.year_to} год", by=district.coordinator,
        )  # fmt: skip
        version = make_version(begun, as_of=end_of(as_of), by=district.coordinator)
    click.echo(f"  report version {version.number}, gaps: {version.gap_count}")
    return version


def _say_accounts() -> None:
    told = json.loads(DISTRICT.read_text(encoding="utf-8"))
    click.secho(
        f"\nSign in at {current_app.config['SETTINGS'].base_url} with the password «{PASSWORD}»:", bold=True
    )
    for login, surname, *_rest, roles in told["people"]:
        click.echo(f"  {login:<18} {surname:<12} {', '.join(roles)}")
