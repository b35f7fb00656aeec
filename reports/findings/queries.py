"""Reading findings, their answers, and what the checks need besides the journal."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Citation, Document, PageText
from documents.models.document import Filing
from documents.queries.access import is_readable_by
from documents.queries.citations import readable_documents
from reports.models import Finding, FindingAnswer, Report, ReportVersion
from roadmap.models import Measure, Plan
from roadmap.queries.plans import is_visible_to

#: As much of a file's text as the checks look at.
LONGEST_TEXT = 60_000


def findings_of(version: ReportVersion) -> list[Finding]:
    """What was found in a version, in the order of its rows. Ask for the version first: this asks nobody."""
    wanted = select(Finding).where(Finding.report_version_id == version.id)
    return list(db.session.scalars(wanted.order_by(Finding.position, Finding.id)))


def finding_of(finding_id: int, *, seen_by: User) -> Finding:
    """One finding with its version and measure; NotFound when its plan is not for the eyes of `seen_by`."""
    wanted = (
        select(Finding)
        .join(Finding.report_version)
        .join(ReportVersion.report)
        .join(Report.plan)
        .where(Finding.id == finding_id, is_visible_to(seen_by))
        .options(joinedload(Finding.report_version).joinedload(ReportVersion.report))
        .options(joinedload(Finding.measure).selectinload(Measure.participations))
    )
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(_("Такого противоречия нет: возможно, строки проверили заново. Откройте отчёт."))


def answers_to(findings: Iterable[Finding]) -> dict[tuple[int, str], list[FindingAnswer]]:
    """What people said of each, by measure and fingerprint, the oldest first."""
    ids = {finding.measure_id for finding in findings}
    wanted = select(FindingAnswer).where(FindingAnswer.measure_id.in_(ids))
    wanted = wanted.options(joinedload(FindingAnswer.author)).order_by(FindingAnswer.id)
    told: dict[tuple[int, str], list[FindingAnswer]] = {}
    for answer in db.session.scalars(wanted) if ids else ():
        told.setdefault((answer.measure_id, answer.fingerprint), []).append(answer)
    return told


def texts_read(hashes: Iterable[str]) -> dict[str, str]:
    """What was read in files, by the hash of their content; only the beginning of long ones."""
    wanted = select(PageText.sha256, PageText.text).where(PageText.sha256.in_(set(hashes)))
    texts: dict[str, str] = {}
    for sha256, text in db.session.execute(wanted.order_by(PageText.sha256, PageText.number)):
        if len(texts.get(sha256, "")) < LONGEST_TEXT:
            texts[sha256] = f"{texts.get(sha256, '')}\n{text}"[:LONGEST_TEXT]
    return texts


def last_years_texts(plan: Plan) -> list[tuple[str, str]]:
    """Report texts of the plan of the year before, by the measure's title and then by its number."""
    before = _plan_before(plan)
    if before is None:
        return []
    wanted = select(Measure.number, Measure.title, Measure.report_text)
    wanted = wanted.where(Measure.plan_id == before.id, Measure.withdrawn_at.is_(None))
    rows = db.session.execute(wanted.order_by(Measure.position, Measure.id)).all()
    by_number = [(number, text) for number, _title, text in rows if number and text]
    return by_number + [(title, text) for _number, title, text in rows if title and text]


def _plan_before(plan: Plan) -> Plan | None:
    if plan.carried_from_id:
        return db.session.get(Plan, plan.carried_from_id)
    wanted = select(Plan).where(
        Plan.organisation_id == plan.organisation_id,
        Plan.plan_kind == plan.plan_kind,
        Plan.year_to == plan.year_from - (0 if plan.is_school_year else 1),
        Plan.id != plan.id,
    )
    same = list(db.session.scalars(wanted.order_by(Plan.id)))
    return same[0] if len(same) == 1 else None


def acts_cited_by(document_ids: Iterable[int], *, seen_by: User) -> dict[int, list[Document]]:
    """The acts that documents cite by confirmed citations, by the number of the citing document."""
    wanted = select(Citation.document_id, Citation.target_id).where(
        Citation.document_id.in_(set(document_ids)),
        Citation.target_id.is_not(None),
        Citation.confirmed_at.is_not(None),
    )
    edges = db.session.execute(wanted.order_by(Citation.id)).all()
    acts = readable_documents([target for _source, target in edges], seen_by=seen_by)
    cited: dict[int, list[Document]] = {}
    for source, target in edges:
        if target in acts:
            cited.setdefault(source, []).append(acts[target])
    return cited


def acts_by_keys(keys: Iterable[str], *, seen_by: User) -> dict[str, Document]:
    """Filed acts by their keys; a key that two acts share names neither."""
    wanted = select(Document).join(Document.dossier).where(Document.act_key.in_(set(keys)))
    wanted = wanted.where(Document.filing == Filing.FILED, Document.removed_at.is_(None))
    wanted = wanted.where(Document.edition_of_id.is_(None), is_readable_by(seen_by))
    found: dict[str, list[Document]] = {}
    for act in db.session.scalars(wanted.order_by(Document.id)):
        found.setdefault(str(act.act_key), []).append(act)
    return {key: acts[0] for key, acts in found.items() if len(acts) == 1}
