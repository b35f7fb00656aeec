"""The facts that the checks look at: the rows as the journal tells them, with texts of files and acts."""

from datetime import date, datetime
from typing import Any

from accounts.models import User
from core.clock import local
from core.past import rows_as_of
from documents.acts import act_key
from documents.kinds import LABELS, DocumentKind, kind_named_in
from documents.models import Document
from documents.queries import standings
from documents.queries.citations import readable_documents
from documents.requisites.citations import citations_in
from reports.assembly import status_phrase
from reports.contradictions import Act, Evidence, Frame, Row, Turns
from reports.findings.queries import acts_by_keys, acts_cited_by, last_years_texts, texts_read
from roadmap.models import Plan

#: Longer texts of a row are judged by their beginning.
LONGEST_ROW = 20_000
Told = dict[str, dict[int, dict[str, Any]]]


def facts_on(plan: Plan, *, as_of: datetime, seen_by: User) -> tuple[list[Row], Frame]:
    """Every row of the plan as it stood at the moment, and what the rows stand in."""
    told = rows_as_of(plan.journal_scope, as_of)
    frame = _frame(plan, local(as_of).date())
    papers = _Papers(told, frame.day, seen_by)
    live = [(n, row) for n, row in told.get("measure", {}).items() if not row.get("withdrawn_at")]
    live.sort(key=lambda pair: (pair[1]["position"], pair[0]))
    papers.look_up_acts([row for _number, row in live])
    turns = _turns(told, frame.day)
    return [_row(number, row, papers, turns.get(number)) for number, row in live], frame


def _frame(plan: Plan, day: date) -> Frame:
    first, last = date(plan.year_from, 1, 1), date(plan.year_to, 12, 31)
    if plan.is_school_year:
        first = date(plan.year_from, 9, 1)
        last = date(plan.year_to + (plan.year_to == plan.year_from), 8, 31)
    return Frame(day, first, last, tuple(last_years_texts(plan)))


def _row(number: int, row: dict[str, Any], papers: "_Papers", turns: Turns | None) -> Row:
    is_recurring = bool(row.get("due_recurrence"))
    return Row(
        number, row.get("number") or "", row.get("title") or "", row["state"], status_phrase(row),
        (row.get("report_text") or "")[:LONGEST_ROW],
        actual=_day(row.get("actual_date")), due_start=_day(row.get("due_start")),
        due_end=_day(row.get("due_end")), evidence=papers.evidence(row), acts=papers.acts(row),
        turns=turns if is_recurring else None,
    )  # fmt: skip


def _turns(told: Told, day: date) -> dict[int, Turns]:
    counted: dict[int, list[int]] = {}
    for turn in told.get("occurrence", {}).values():
        due, done = counted.setdefault(turn["measure_id"], [0, 0])
        is_due, done_on = turn["due"] <= day.isoformat(), turn.get("done_on")
        counted[turn["measure_id"]] = [due + is_due, done + bool(done_on and done_on <= day.isoformat())]
    return {number: Turns(due, done) for number, (due, done) in counted.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class _Papers:
    """The documents of the dossiers, what was read in them, and the acts that they and the texts cite."""

    def __init__(self, told: Told, day: date, seen_by: User) -> None:
        self._day, self._seen_by = day, seen_by
        self._of: dict[int, list[int]] = {}
        self._documents = {n: d for n, d in told.get("document", {}).items() if not d.get("removed_at")}
        for number, document in sorted(self._documents.items()):
            self._of.setdefault(document["dossier_id"], []).append(number)
        files = sorted(told.get("file_version", {}).values(), key=lambda version: version["number"])
        self._files = {version["document_id"]: version["sha256"] for version in files}
        self._texts = texts_read(self._files.values())
        self._cited: dict[int, list[Document]] = {}
        self._named: dict[str, Document] = {}
        self._ended: dict[int, date] = {}

    def evidence(self, row: dict[str, Any]) -> tuple[Evidence, ...]:
        return tuple(self._evidence(number) for number in self._of.get(row["dossier_id"], []))

    def _evidence(self, number: int) -> Evidence:
        paper = self._documents[number]
        kind = DocumentKind(paper.get("document_kind") or "other")
        day, printed = _day(paper.get("date")), paper.get("number") or ""
        words = [str(LABELS[kind]) if kind is not DocumentKind.OTHER else paper.get("title") or ""]
        words += [f"от {day:%d.%m.%Y}"] if day else []
        words += [f"№ {printed}"] if printed else []
        text = self._texts.get(self._files.get(number, ""), "")
        return Evidence(" ".join(words), kind, printed, day, _day(paper.get("evidence_date")), text)

    def look_up_acts(self, rows: list[dict[str, Any]]) -> None:
        """Find all cited acts at once, and on which day each of them ended."""
        self._cited = acts_cited_by(self._documents, seen_by=self._seen_by)
        keys = {key for row in rows if row["state"] == "executed" for key in _keys_in(row)}
        self._named = acts_by_keys(keys, seen_by=self._seen_by)
        acts = {act.id: act for found in self._cited.values() for act in found}
        acts |= {act.id: act for act in self._named.values()}
        self._ended = self._ends([act for act in acts.values() if not act.dossier.is_restricted])

    def _ends(self, acts: list[Document]) -> dict[int, date]:
        """Days from which acts are no longer in force; what only a restricted act says is not told."""
        found = standings(acts, on=self._day, seen_by=self._seen_by)
        ending = readable_documents([each.by_id for each in found.values()], seen_by=self._seen_by)
        hidden = {number for number, act in ending.items() if act.dossier.is_restricted}
        return {
            number: each.since
            for number, each in found.items()
            if each.code == "repealed" and each.since and each.by_id not in hidden
        }

    def acts(self, row: dict[str, Any]) -> tuple[Act, ...]:
        cited = [act for paper in self._of.get(row["dossier_id"], []) for act in self._cited.get(paper, [])]
        cited += [self._named[key] for key in _keys_in(row) if key in self._named]
        unique = {act.id: act for act in cited}
        return tuple(Act(act.caption, self._ended.get(number)) for number, act in unique.items())


def _keys_in(row: dict[str, Any]) -> set[str]:
    text = (row.get("report_text") or "")[:LONGEST_ROW]
    found = (
        act_key(kind_named_in(cited.kind.noun), cited.reference.date, cited.reference.number)
        for cited in citations_in(text)
    )
    return {key for key in found if key}
