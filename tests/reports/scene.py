"""A district with a plan, its people and a report: what the tests of decisions begin with."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.models import Role, User
from core.clock import now
from reports.models import Mark, Report, ReportVersion
from reports.services import Decided, begin_report, decide_version, make_version, move_version
from roadmap.models import Measure, Plan
from tests import factories
from tests.remembered import remembered

DECISION = Decided(Mark.CONSIDERED, "Совете руководителей", "2", date(2027, 1, 27))


@dataclass
class Scene:
    """One district: who makes the report, who keeps the council's papers, what is reported on."""

    plan: Plan
    measures: list[Measure]
    coordinator: User
    secretary: User
    executor: User

    def report(self, period: str = "2026 год") -> Report:
        return begin_report(self.plan, title="Отчет за 2026 год", period=period, by=self.coordinator)

    @remembered
    def version(self, report: Report | None = None, note: str = "") -> ReportVersion:
        """A new version with the data of this moment."""
        return make_version(report or self.report(), as_of=now(), by=self.coordinator, note=note)

    @remembered
    def under_review(self, report: Report | None = None, note: str = "") -> ReportVersion:
        """A new version that the council has taken up."""
        version = self.version(report, note)
        move_version(version, "submit", by=self.coordinator)
        move_version(version, "take_up", by=self.secretary)
        return version

    @remembered
    def decided(self, report: Report | None = None, note: str = "", **facts: Any) -> ReportVersion:
        """A new version that the council has decided on."""
        version = self.under_review(report, note)
        decide_version(version, replace(DECISION, **facts), by=self.secretary)
        return version


@remembered
def scene(measures: int = 3) -> Scene:
    """A plan of `measures` measures in one section."""
    coordinator = factories.coordinator()
    town = coordinator.organisation
    plan = factories.plan(by=coordinator)
    section = factories.section(plan)
    executor = factories.executor(town)
    return Scene(
        plan,
        [factories.measure(section, executors=[executor]) for _ in range(measures)],
        coordinator,
        factories.person(Role.COUNCIL_SECRETARY, organisation=town),
        executor,
    )
