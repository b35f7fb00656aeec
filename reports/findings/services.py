"""Checking a version for contradictions, and answering or dismissing what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from accounts.models import Role, User
from core.audit import record
from core.db import transaction
from core.errors import Invalid, NotYours
from core.words import _
from reports.contradictions.sentences import KINDS, told
from reports.findings.keeping import contradictions_on, keep_findings
from reports.findings.queries import answers_to, findings_of
from reports.models import Finding, FindingAnswer, Outcome, ReportVersion
from reports.services.rules import may_make, require_maker
from roadmap.models import Measure


@dataclass(frozen=True)
class Shown:
    """A finding as pages show it: `state` is "open", "explained" or "dismissed" by its last answer."""

    finding: Finding
    kind: object
    sentence: str
    answers: tuple[FindingAnswer, ...]

    @property
    def state(self) -> str:
        return self.answers[-1].outcome.value if self.answers else "open"


def check_again(version: ReportVersion, *, by: User) -> int:
    """Look once more, now that more files may have been read; how many contradictions there are."""
    require_maker(version.report.plan, by)
    found = contradictions_on(version.report.plan, as_of=version.as_of, by=by)
    with transaction() as session:
        session.refresh(version, with_for_update={"of": ReportVersion})
        session.execute(delete(Finding).where(Finding.report_version_id == version.id))
        keep_findings(version, found)
        record(version, "report_version.check", by=by)
    return len(found)


def shown_of(version: ReportVersion) -> list[Shown]:
    """The findings of a version: those without an answer first, dismissed ones last."""
    shown = shown_each(findings_of(version))
    order = ("open", "explained", "dismissed")
    return sorted(shown, key=lambda each: order.index(each.state))


def shown_each(findings: Sequence[Finding]) -> list[Shown]:
    """Findings with their sentences and answers, in their order."""
    answers = answers_to(findings)
    return [
        Shown(f, KINDS[f.finding_kind], told(f.finding_kind, f.words),
              tuple(answers.get((f.measure_id, f.fingerprint), ())))
        for f in findings
    ]  # fmt: skip


def outcomes_for(measure: Measure, person: User) -> list[Outcome]:
    """What `person` may say of a contradiction: executors explain, makers of reports dismiss as well."""
    if may_make(measure.plan, person):
        return list(Outcome)
    return [Outcome.EXPLAINED] if Role.EXECUTOR in measure.roles_of(person) else []


def answer_finding(finding: Finding, *, outcome: Outcome, text: str, by: User) -> None:
    """Explain a contradiction, or dismiss it, with a name; it is told in the history of the measure."""
    measure = finding.measure
    if outcome not in outcomes_for(measure, by):
        raise NotYours(_("Объясняет исполнитель строки, снимает координатор или секретарь Совета."))
    if not text.strip():
        raise Invalid(_("Напишите, почему: это увидит Совет."))
    with transaction() as session:
        answer = FindingAnswer(
            measure=measure,
            fingerprint=finding.fingerprint,
            outcome=outcome,
            text=text.strip(),
            author_id=by.id,
        )
        session.add(answer)
        session.flush()  # the journal names the answer by its number
        record(measure, ACTIONS[outcome], by=by, note=text)


ACTIONS = {Outcome.EXPLAINED: "measure.explain", Outcome.DISMISSED: "measure.dismiss"}
