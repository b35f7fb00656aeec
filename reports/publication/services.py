"""Publishing reports and plans, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core.audit import record
from core.clock import now, today
from core.db import transaction
from core.errors import Blocked, Invalid
from core.outbox import publish
from core.words import _
from documents.models import Document
from reports.models import Publication, ReportVersion
from reports.publication.contents import plan_data, published_plan, published_report
from reports.publication.queries import known_surnames, publications_of, publishable_papers
from reports.publication.redaction import Rules
from reports.services.deciding import head_block
from reports.services.printing import digest_of, keep_printed, printed_from, template_by_hash
from reports.services.rules import require_maker
from roadmap.models import Plan
from roadmap.queries.measures import measures_of
from workflow.report import ReportState
from workflow.services import perform


@dataclass(frozen=True)
class ByHand:
    """What a person decided beside the rule: words to hide, words to keep, rows without their texts, and the
    documents (by number) that go out as well."""

    words: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()

    def rules(self, plan: Plan) -> Rules:
        return Rules(known_surnames(plan), self.words, self.kept)

    def as_plain(self) -> dict[str, Any]:
        return {"words": list(self.words), "kept": list(self.kept), "rows": list(self.rows)}


def report_for_public(version: ReportVersion, by_hand: ByHand) -> dict[str, Any]:
    """The data of a version as the public would read it."""
    rules = by_hand.rules(version.report.plan)
    approval = head_block(version) if version.is_decided else {}
    return published_report(version.data, approval, rules=rules, rows=list(by_hand.rows))


def plan_for_public(plan: Plan, by_hand: ByHand) -> dict[str, Any]:
    """The plan of today as the public would read it."""
    data = plan_data(plan, measures_of(plan), day=today())
    return published_plan(data, rules=by_hand.rules(plan), rows=list(by_hand.rows))


def publish_report(version: ReportVersion, by_hand: ByHand, *, by: User) -> Publication:
    """Publish a version that the council has decided on: its public copy, its file, the chosen documents."""
    plan = version.report.plan
    require_maker(plan, by)
    _require_decided(version)
    data = report_for_public(version, by_hand)
    with (
        template_by_hash(version.template_sha256) as template,
        printed_from(template, _printable(data)) as path,
    ):
        kept = keep_printed(path, data["title"])
    facts = {"file_sha256": kept.blob.sha256, "file_size": kept.blob.size, "report_version": version}
    with transaction():
        _require_one(plan, version)
        if version.state is not ReportState.PUBLISHED:
            perform(version, "publish", by=by)
        return _keep(plan, data, by_hand, facts, by)


def _require_decided(version: ReportVersion) -> None:
    if not version.is_decided:
        raise Blocked(_("Публикуют то, по чему Совет принял решение. Дождитесь протокола."))


def _require_one(plan: Plan, version: ReportVersion | None) -> None:
    if any(found.is_public for found in publications_of(plan, version)):
        raise Blocked(_("Это уже опубликовано. Чтобы изменить, сначала снимите прежнюю публикацию."))


def _printable(data: dict[str, Any]) -> dict[str, Any]:
    """The public data in the shape that templates print."""
    signature = {"position": data["signature"], "name": " "}
    has_approval = any(data["approval"].values())
    return data | {
        "signature": signature,
        "approval": data["approval"] if has_approval else None,
        "remarks": [],
    }


def publish_plan(plan: Plan, by_hand: ByHand, *, by: User) -> Publication:
    """Publish the plan as it stands today."""
    require_maker(plan, by)
    data = plan_for_public(plan, by_hand)
    if not data["sections"]:
        raise Invalid(_("В дорожной карте нет мероприятий: публиковать нечего."))
    with transaction():
        _require_one(plan, None)
        return _keep(plan, data, by_hand, {}, by)


def _keep(plan: Plan, data: dict[str, Any], by_hand: ByHand, facts: dict[str, Any], by: User) -> Publication:
    with transaction() as session:
        made = Publication(
            plan=plan, title=data["title"], data=data, data_sha256=digest_of(data),
            hidden=by_hand.as_plain(), documents=_documents(plan, by_hand.documents), published_by=by,
            **facts,
        )  # fmt: skip
        session.add(made)
        session.flush()  # the journal names the publication by its number
        record(made, "publication.publish", by=by)
        publish("publication.publish", publication_id=made.id)
    return made


def _documents(plan: Plan, chosen: Sequence[int]) -> list[dict[str, Any]]:
    """The chosen documents; restricted ones cannot be chosen."""
    return [_document(paper) for paper in publishable_papers(plan) if paper.id in chosen]


def _document(paper: Document) -> dict[str, Any]:
    latest = paper.latest
    assert latest is not None
    return {
        "name": paper.caption, "file": latest.name, "sha256": latest.sha256, "size": latest.size,
        "media_type": latest.media_type,
    }  # fmt: skip


def withdraw(publication: Publication, *, reason: str, by: User) -> None:
    """Take a publication back: its pages answer 410 from now on, and the reason stays in the journal."""
    require_maker(publication.plan, by)
    if not reason.strip():
        raise Invalid(_("Напишите, почему публикация снимается."))
    with transaction() as session:
        session.refresh(publication, with_for_update={"of": Publication})
        if not publication.is_public:
            raise Blocked(_("Эта публикация уже снята."))
        publication.withdrawn_at, publication.withdrawn_reason = now(), reason.strip()
        record(publication, "publication.withdraw", by=by, note=reason)
        publish("publication.withdraw", publication_id=publication.id)
