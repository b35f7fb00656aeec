"""A whole small instance: two districts, people of every role, one of everything, to walk through.

Everything stands in the home district. For every role there are three people: whose things these are
(`own`), a colleague with the same role on the same organisation (`same`), and one of another district
(`foreign`). An address is made of a route by looking up each of its arguments by name; an argument that
nobody provides is an error, so that a new kind of thing is not left out of the walks in silence.
"""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from accounts import access
from accounts.models import Organisation, Role, User
from accounts.queries import sign_ins_of
from accounts.services import invite, secret_of, send_reset
from accounts.services.sessions import start_session
from core.audit import SYSTEM
from core.clock import now, today
from core.db import db, transaction
from core.outbox import Task
from documents.services import attach, edit_requisites
from reports.bundles.services import ask_bundle
from reports.findings.queries import findings_of
from reports.models import Mark
from reports.publication.queries import publishable_papers
from reports.publication.services import ByHand, publish_report
from reports.render import DEFAULT_TEMPLATE
from reports.services import Decided, add_template, begin_report, decide_version, make_version, move_version
from roadmap.models import Claim, Measure, Plan, Section
from roadmap.queries.work import occurrences_of
from roadmap.scans import shelf_of
from roadmap.services.answers import Report, answer_as_co_executor, comment, report, submit
from roadmap.services.extensions import request_extension
from roadmap.services.imports import start_import
from search_index.services.saved import add_synonyms, save_search
from tests import factories, uploads
from tests.council.instance import councils_of
from tests.council.review_instance import reviewed
from tests.documents import archive
from tests.orders.instance import orders_of

OWN, SAME, FOREIGN = RELATIONS = ("own", "same", "foreign")


@dataclass(frozen=True)
class Actor:
    """Who asks: a role (or «nobody» without any, or «anonymous») and what the things are to them."""

    role: str
    relation: str = OWN

    def __str__(self) -> str:
        return self.role if self.role == "anonymous" else f"{self.role}-{self.relation}"


ANONYMOUS, NOBODY = Actor("anonymous", FOREIGN), Actor("nobody", FOREIGN)
#: Those whose role is held on the region and reaches everything.
CHIEFS = [Actor("administrator", "chief"), Actor("auditor", "chief")]
PEOPLE = [
    NOBODY,
    *CHIEFS,
    *(Actor(role.value, relation) for role, relation in itertools.product(Role, RELATIONS)),
]
COORDINATOR, EXECUTOR, CO_EXECUTOR = Actor("coordinator"), Actor("executor"), Actor("clerk")
CLERK = CO_EXECUTOR
SECRETARY, CHAIR, MEMBER = (
    Actor("council_secretary"), Actor("council_member"), Actor("council_member", SAME),
)  # fmt: skip


@dataclass
class Site:
    """The instance: its things by the names of route arguments, its people and their sessions."""

    app: Flask
    ids: dict[str, Any] = field(default_factory=dict)
    people: dict[Actor, int] = field(default_factory=dict)
    tokens: dict[Actor, str] = field(default_factory=dict)
    sign_ins: dict[Actor, int] = field(default_factory=dict)

    def client(self, actor: Actor) -> FlaskClient:
        """A browser that the actor is signed in to."""
        client = self.app.test_client()
        if actor in self.tokens:
            with self.app.app_context():
                client.set_cookie(access.cookie_name(), self.tokens[actor])
        return client

    @property
    def routes(self) -> list[Rule]:
        return sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))

    def addresses(self, rule: Rule, actor: Actor = ANONYMOUS) -> list[str]:
        """The addresses of a route as the actor meets them, one for each set of things it may be about."""
        special = SPECIAL.get(rule.endpoint)
        found = (
            special(self, actor) if special else [{name: self._value(name, rule) for name in rule.arguments}]
        )
        urls = self.app.url_map.bind("localhost")
        return [urls.build(rule.endpoint, values) for values in found]

    def _value(self, name: str, rule: Rule) -> Any:
        if name not in self.ids:
            raise LookupError(f"{rule.rule}: nobody provides «{name}»; add it to tests/site.py")
        return self.ids[name]


#: Routes whose arguments belong together, or to the actor.
SPECIAL: dict[str, Callable[[Site, Actor], list[dict[str, Any]]]] = {
    "static": lambda site, _: [{"filename": "vekha.css"}],
    "accounts.end": lambda site, actor: [{"sign_in_id": site.sign_ins.get(actor, 0)}],
    "accounts.set_new_password": lambda site, _: [{"token": site.ids["reset_token"]}],
    "documents.document": lambda site, _: [
        {"document_id": site.ids[name]} for name in ("document_id", "filed_id")
    ],
    "documents.sorting": lambda site, _: [{"document_id": site.ids["draft_document_id"]}],
    **dict.fromkeys(
        (
            "documents.access",
            "documents.annex",
            "documents.citations",
            "documents.edition",
            "documents.extraction",
            "documents.graph",
        ),
        lambda site, _: [{"document_id": site.ids["filed_id"]}],
    ),
    "documents.citation_decide": lambda site, _: [
        {"document_id": site.ids["filed_id"], "citation_id": site.ids["citation_id"]}
    ],
    "documents.page_picture": lambda site, _: [{"document_id": site.ids["pdf_id"], "number": 1, "page": 1}],
    "search_index.like": lambda site, _: [{"sort": "measure", "number": site.ids["measure_id"]}],
    "search_index.export": lambda site, _: [{"suffix": "csv"}, {"suffix": "xlsx"}],
    "roadmap.occurrence": lambda site, _: [
        {"measure_id": site.ids["recurring_id"], "occurrence_id": site.ids["occurrence_id"]}
    ],
    "roadmap.measure_by_number": lambda site, _: [{"plan_id": site.ids["plan_id"], "number": "1.1"}],
    "roadmap.measure_check": lambda site, _: [{"measure_id": site.ids["submitted_id"]}],
    "roadmap.move": lambda site, _: [
        {"measure_id": site.ids["measure_id"], "name": "submit"},
        {"measure_id": site.ids["measure_id"], "name": "cancel"},
        {"measure_id": site.ids["submitted_id"], "name": "accept"},
        {"measure_id": site.ids["submitted_id"], "name": "return"},
    ],
    **dict.fromkeys(
        (
            "council.review",
            "council.review_marks",
            "council.remark_make",
            "council.review_progress",
            "council.review_remind",
        ),
        lambda site, _: [{"report_id": site.ids["reviewed_id"], "number": 1}],
    ),
    "council.remark_move": lambda site, _: [
        {"remark_id": site.ids["remark_id"], "name": name} for name in ("answer", "withdraw")
    ],
    "reports.move": lambda site, _: [
        {"report_id": site.ids["report_id"], "number": 1, "name": "submit"},
        {"report_id": site.ids["sent_report_id"], "number": 1, "name": "take_up"},
        {"report_id": site.ids["sent_report_id"], "number": 1, "name": "send_back"},
        {"report_id": site.ids["sent_report_id"], "number": 1, "name": "recall"},
    ],
    "orders.move": lambda site, _: [
        {"order_id": site.ids["draft_order_id"], "name": "send"},
        {"order_id": site.ids["draft_order_id"], "name": "withdraw"},
        {"order_id": site.ids["asked_order_id"], "name": "return"},
        {"order_id": site.ids["order_id"], "name": "remove_from_control"},
    ],
    "orders.order": lambda site, _: [
        {"order_id": site.ids[name]}
        for name in ("order_id", "draft_order_id", "asked_order_id", "signed_order_id")
    ],
    **{
        f"orders.{endpoint}": lambda site, _, name=name: [{"order_id": site.ids[name]}]
        for name, endpoints in {
            "draft_order_id": ("order_edit", "visas", "sign", "order_reserve"),
            "asked_order_id": ("visa",),
            "signed_order_id": ("number", "signature"),
            "registered_order_id": ("proposals", "file_away"),
        }.items()
        for endpoint in endpoints
    },
    "council.move": lambda site, _: [
        {"sitting_id": site.ids["planned_sitting_id"], "name": "send_agenda"},
        {"sitting_id": site.ids["sitting_id"], "name": "close"},
        {"sitting_id": site.ids["closed_sitting_id"], "name": "resume"},
    ],
    "council.sitting": lambda site, _: [
        {"sitting_id": site.ids[name]}
        for name in ("sitting_id", "planned_sitting_id", "closed_sitting_id", "signed_sitting_id")
    ],
    **{
        f"council.{endpoint}": lambda site, _, name=name: [{"sitting_id": site.ids[name]}]
        for name, endpoints in {
            "planned_sitting_id": ("sitting_edit",),
            "closed_sitting_id": ("minutes", "sign", "minutes_docx"),
            "signed_sitting_id": ("scan",),
        }.items()
        for endpoint in endpoints
    },
    **{
        f"council.{endpoint}": lambda site, _, sitting=sitting, item=item: [
            {"sitting_id": site.ids[sitting], "item_id": site.ids[item]}
        ]
        for sitting, item, endpoints in (
            ("planned_sitting_id", "planned_item_id", ("item", "item_place", "materials")),
            ("sitting_id", "spare_item_id", ("voting", "item_withdraw")),
            (
                "sitting_id",
                "agenda_item_id",
                ("vote", "votes", "ballots", "notes", "decide", "dissent"),
            ),
        )
        for endpoint in endpoints
    },
    "council.material_drop": lambda site, _: [
        {
            "sitting_id": site.ids["planned_sitting_id"],
            "item_id": site.ids["planned_item_id"],
            "material_id": site.ids["material_id"],
        }
    ],
}


def build(app: Flask) -> Site:
    """Fill the empty database of `app`."""
    site = Site(app)
    with app.app_context():
        with transaction():
            people = _people()
        site.ids |= _roadmap(people) | _administration(people) | _archive(people[CO_EXECUTOR])
        site.ids |= _searches(people)
        site.ids |= _review(people, site.ids)
        plan = db.session.get_one(Plan, site.ids["plan_id"])
        site.ids |= _published(plan, people[COORDINATOR], people[Actor("council_secretary")])
        site.ids |= orders_of(people[CLERK], people[COORDINATOR], people[EXECUTOR])
        site.ids |= councils_of(people[SECRETARY], people[CHAIR], people[MEMBER], people[CLERK])
        for actor, user in people.items():
            site.people[actor] = user.id
            site.tokens[actor] = start_session(user, address="127.0.0.1", device="test")
            site.sign_ins[actor] = sign_ins_of(user)[0].id
    return site


def _review(people: dict[Actor, User], ids: dict[str, Any]) -> dict[str, Any]:
    """A report before the council, with a remark on a row that the executor answers for alone."""
    plan = db.session.get_one(Plan, ids["plan_id"])
    member, secretary = people[Actor("council_member")], people[Actor("council_secretary")]
    return reviewed(
        plan, ids["recurring_id"], coordinator=people[COORDINATOR], member=member, secretary=secretary
    )


def _searches(people: dict[Actor, User]) -> dict[str, Any]:
    """A saved search of the coordinator and a line of synonyms."""
    saved = save_search("Семинары", "q=семинар", by=people[COORDINATOR])
    line = add_synonyms("ЦО, Центр образования", by=people[CHIEFS[0]])
    return {"saved_id": saved.id, "synonym_id": line.id}


def _people() -> dict[Actor, User]:
    region = factories.region()
    home, away = factories.municipality(region), factories.municipality(region)
    places = {OWN: home, SAME: home, FOREIGN: away, "chief": region}
    return {actor: _person(actor, places[actor.relation]) for actor in PEOPLE}


def _person(actor: Actor, organisation: Organisation) -> User:
    roles = [Role(actor.role)] if actor is not NOBODY else []
    return factories.person(*roles, organisation=organisation, login=str(actor))


def _roadmap(people: dict[Actor, User]) -> dict[str, Any]:
    by = people[COORDINATOR]
    plan = factories.plan(by=by)
    section = factories.section(plan)
    recurring = factories.measure(
        section, executors=[people[EXECUTOR]], due_text="ежеквартально", number="1.3"
    )
    ids = {
        "plan_id": plan.id,
        "section_id": section.id,
        "submitted_id": _submitted(section, people).id,
        "recurring_id": recurring.id,
        "occurrence_id": occurrences_of(recurring)[0].id,
    }
    return ids | _measure(section, people) | _papers(plan, by)


def _measure(section: Section, people: dict[Actor, User]) -> dict[str, Any]:
    executor, co_executor = people[EXECUTOR], people[CO_EXECUTOR]
    measure = factories.measure(section, executors=[executor, co_executor], number="1.1")
    report(measure, Report("Семинар готовится"), by=executor)
    comment(measure, "Ждём приказ", by=people[COORDINATOR])
    answer_as_co_executor(measure.participations[1], "Зал найден", by=co_executor)
    asked = request_extension(measure, wanted_end=date(2027, 9, 1), reason="Болезнь лектора", by=executor)
    document = factories.document(measure.dossier, by=executor)
    # Out of the plan's years: a contradiction for the report to find.
    edit_requisites(document, by=executor, evidence_date=date(2020, 3, 1))
    scan = attach(measure.dossier, uploads.upload(uploads.pdf_bytes(), "Скан.pdf"), by=executor)
    return {
        "measure_id": measure.id, "dossier_id": measure.dossier_id, "extension_id": asked.id,
        "document_id": document.id, "pdf_id": scan.id, "number": 1, "page": 1,
    }  # fmt: skip


def _submitted(section: Section, people: dict[Actor, User]) -> Measure:
    by = people[EXECUTOR]
    measure = factories.measure(section, executors=[by], number="1.2")
    report(measure, Report("Начали"), by=by)
    factories.document(measure.dossier, by=by)
    said = Report("Семинар проведён", Claim.EXECUTED, actual_date=today(), deviation_reason="Болезнь лектора")
    submit(measure, said, by=by)
    return measure


def _papers(plan: Plan, by: User) -> dict[str, Any]:
    made = begin_report(plan, title="Отчёт за 2026 год", period="2026 год", by=by)
    version = make_version(made, as_of=now(), by=by)
    sent = begin_report(plan, title="Отчёт за полугодие", period="первое полугодие 2026 года", by=by)
    move_version(make_version(sent, as_of=now(), by=by), "submit", by=by)
    bundle = ask_bundle(version, by=by)
    template = add_template(plan.organisation, DEFAULT_TEMPLATE, name="Наш шаблон.docx", by=by)
    table = uploads.plan_table([("1.1", "Провести семинар", "до 30.06.2027", "Школа", "Приказ")])
    draft = start_import(plan.organisation, uploads.upload(table, "План.docx"), by=by)
    shelf = shelf_of(draft.sha256)
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / "crop-1-0.png").write_bytes(uploads.picture_bytes("PNG"))
    return {
        "bundle_id": bundle.id, "finding_id": findings_of(version)[0].id, "report_id": made.id,
        "sent_report_id": sent.id, "template_id": template.id, "draft_id": draft.id, "cell": 0,
    }  # fmt: skip


def _published(plan: Plan, coordinator: User, secretary: User) -> dict[str, Any]:
    """A report that the council decided on and everybody may read, with a document."""
    version = make_version(
        begin_report(
            plan, title="Отчёт за девять месяцев", period="девять месяцев 2026 года", by=coordinator
        ),
        as_of=now(),
        by=coordinator,
    )
    move_version(version, "submit", by=coordinator)
    move_version(version, "take_up", by=secretary)
    decide_version(version, Decided(Mark.CONSIDERED, "Совете руководителей", "2", today()), by=secretary)
    chosen = tuple(paper.id for paper in publishable_papers(plan))
    return {"publication_id": publish_report(version, ByHand(documents=chosen), by=secretary).id}


def _archive(clerk: User) -> dict[str, Any]:
    """An act of the home archive that rests on another one, and a draft that waits in the inbox."""
    ground, act = archive.filed(clerk), archive.filed(clerk, of=archive.uploaded(clerk))
    return {
        "filed_id": act.id,
        "citation_id": archive.cite(act, ground, by=clerk).id,
        "draft_document_id": archive.uploaded(clerk, name="Скан.pdf", data=uploads.pdf_bytes()).id,
    }


def _administration(people: dict[Actor, User]) -> dict[str, Any]:
    """What administrators administer: the executor, their organisation, a task that failed, open links."""
    executor, invited = people[EXECUTOR], people[Actor("reader")]
    with transaction() as session:
        task = Task(name="x", handler="x", payload={}, dead_at=now(), key=secrets.token_hex(4))
        session.add(task)
    school = factories.institution(executor.organisation)
    return {
        "organisation_id": school.id,
        "user_id": executor.id,
        "grant_id": executor.grants[0].id,
        "task_id": task.id,
        "token": secret_of(invite(invited, by=SYSTEM)),
        "reset_token": secret_of(send_reset(people[Actor("auditor")], by=SYSTEM)),
    }


def users(site: Site) -> dict[Actor, User]:
    """The people as rows, inside an application context."""
    return {actor: db.session.get_one(User, number) for actor, number in site.people.items()}
