"""Districts in which everything says a word of its own: what the search for leaks begins with."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from accounts.models import Organisation, Role, User
from core.audit import record
from core.clock import now
from core.db import transaction
from council.models import Council, Remark
from documents.models import Blob, Document, FileVersion, PageText
from orders.services.drafting import ItemFacts, OrderFacts, draft_order
from reports.models import Report, ReportVersion
from reports.services import begin_report
from roadmap.models import Measure
from roadmap.services.answers import comment
from tests import factories
from tests.council.review_scene import found_council, join, keep, plan_sitting, put_on_agenda

SYLLABLES = ("бара", "вену", "гори", "дили", "жуко", "зано", "кабу", "ломе", "мику", "нерё")
SHARED = "общешкольный смотр"


def canary(number: int) -> str:
    """A word of a district that nothing else is like: «барагоридилиска»."""
    first, second = divmod(number * 7 % 100, 10)
    return f"{SYLLABLES[first]}{SYLLABLES[second]}{SYLLABLES[(first + 3) % 10]}вка"


@dataclass
class District:
    """One organisation with a thing of every sort, all of which say its word."""

    word: str
    organisation: Organisation
    chief: User
    council: Council
    keys: dict[str, int] = field(default_factory=dict)


def settle(number: int) -> District:
    """A district in which everything says the word."""
    word, organisation = canary(number), factories.municipality(name=f"Район {canary(number).upper()}")
    chief = factories.person(Role.COORDINATOR, Role.CLERK, organisation=organisation)
    made = District(word, organisation, chief, found_council(organisation, f"Совет {word}"))
    plan = factories.plan(by=chief, title=f"{SHARED}: {word} плана")
    measure = factories.measure(factories.section(plan), title=f"{SHARED} {word}", condition=f"Итог {word}")
    comment(measure, f"{SHARED}, сообщил {word}", by=chief)
    facts = OrderFacts(
        title=f"О проведении: {SHARED} {word}", preamble=f"В целях {word}",
        items=(ItemFacts(f"{SHARED} провести, {word}.", executor=word),), control_text="Контроль за собой.",
        signatory_position="Начальник", signatory_name=word.title(),
    )  # fmt: skip
    order = draft_order(organisation, facts, by=chief)
    report = begin_report(plan, title=f"{SHARED}: отчёт {word}", period=word, by=chief)
    scan = _scan(measure.dossier_id, chief, word)
    sitting, remark = _council(made, report, measure)
    made.keys = {
        "plan": plan.id,
        "measure": measure.id,
        "order": order.id,
        "report": report.id,
        "document": scan,
        "sitting": sitting,
        "remark": remark,
    }
    return made


def _scan(dossier_id: int, by: User, word: str) -> int:
    """A document whose word stands in its requisites and on its page."""
    content = _content(word)
    with transaction() as session:
        session.add(Blob(sha256=content, size=1, media_type="application/pdf"))
        row = Document(
            dossier_id=dossier_id, title=f"{SHARED} {word}", number=f"7-{word}", date=date(2021, 1, 27),
            authority=f"Управление {word}", added_by_id=by.id,
        )  # fmt: skip
        row.versions.append(
            FileVersion(number=1, sha256=content, size=1, name=f"{word}.pdf", media_type="application/pdf")
        )
        session.add(row)
        session.add(PageText(sha256=content, number=1, text=f"Скан: {SHARED} и {word}", way="ocr", facts={}))
        session.flush()  # the journal names the document by its number
        record(row, "document.add", by=by)
    return row.id


def _content(word: str) -> str:
    return sha256(word.encode()).hexdigest()


def _council(made: District, report: Report, measure: Measure) -> tuple[int, int]:
    """A sitting before which the report lies, with a remark on it; both say the word."""
    word, chief = made.word, made.chief
    sitting = plan_sitting(made.council)
    join(sitting.council, chief)
    with transaction() as session:
        version = ReportVersion(
            report=report, number=1, as_of=now(), data={"sections": []}, data_sha256="0" * 64,
            template_sha256="0" * 64, file_sha256=_content(word), file_size=1, made_by=chief,
            note=f"Версия {word}",
        )  # fmt: skip
        keep(version, version, "version.make")
        item = put_on_agenda(sitting, version)
        sitting.number, sitting.place = f"8-{word}", f"зал {word}"
        item.heard, item.spoke = f"{SHARED}, доложил {word}", word.title()
        record(sitting, "sitting.note", by=chief)
        remark = Remark(
            report_version=version, measure=measure, row_number="3.5", author_id=chief.id,
            text=f"{SHARED}: почему {word}?", answer=f"Потому что {word}",
        )  # fmt: skip
        keep(remark, remark, "remark.make")
        session.flush()  # the keys name both by their numbers
    return sitting.id, remark.id
