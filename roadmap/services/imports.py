"""From a file to a plan: recognised in a limited process, reviewed as a draft, written when confirmed."""

from pathlib import Path
from typing import Any

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, OutOfTurn, Refusal, Stale
from core.limited import Limits, run_limited
from core.outbox import publish
from core.words import _
from documents.services import Received, Upload, local_copy, receive, remember_blob
from roadmap.imported import Heading, Row, headings
from roadmap.models import Claim, ImportDraft, Measure, Plan, Section
from roadmap.queries.executors import KnownExecutors, known_executors
from roadmap.scans import shelf_of
from roadmap.services.due import due_rules
from roadmap.services.executors import named, open_to_executors
from roadmap.services.measures import MeasureFacts, place
from roadmap.services.plans import PlanFacts, create_plan, require_coordinator
from roadmap.statuses import state_of
from workflow.services import perform_each

# A scan of sixty pages takes tesseract three minutes on two processors; its own limits end what hangs.
LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=300, answer_mb=64)
#: A scan of so many pages is read while the person waits; a longer one is left to the worker.
AT_ONCE = 2
CLAIMS = {
    "executed": Claim.EXECUTED,
    "executed_late": Claim.EXECUTED,
    "partially_executed": Claim.PARTIALLY_EXECUTED,
    "not_executed": Claim.NOT_EXECUTED,
}


def recognise(
    path: str | Path, mapping: dict[str, Any] | None = None, *, shelf: Path | None = None
) -> dict[str, Any]:
    """What stands in the file, in the shape of roadmap.reading; Unreadable says what to do otherwise.

    `shelf` keeps what was recognised on scanned pages, so that a second reading takes no time.
    """
    found: dict[str, Any] = run_limited(
        "roadmap.reading.recognise:read_plan",
        LIMITS,
        path=str(path),
        mapping=mapping,
        shelf=str(shelf) if shelf else None,
    )
    if not headings(found):
        raise Invalid(
            _("Таблица мероприятий не найдена. Нужны столбцы «Мероприятие», «Срок», «Исполнитель».")
        )
    return found


def _scanned_pages(received: Received, path: Path) -> int:
    """How many pages tesseract has to read; only a PDF may have more than one."""
    if received.media_type != "application/pdf":
        return 0
    return int(run_limited("roadmap.reading.files:pages_to_recognise", LIMITS, path=str(path)))


def start_import(
    organisation: Organisation, upload: Upload, *, by: User, plan: Plan | None = None
) -> ImportDraft:
    """Read the file and show it as a draft. With `plan` it is a newer edition of that plan.

    A scan of more than a few pages is read by the worker; until then the draft is unread."""
    require_coordinator(organisation, by=by)
    received = receive(upload)
    with local_copy(received.blob.sha256) as path:
        pages = _scanned_pages(received, path)
        is_long = pages > AT_ONCE
        found = {} if is_long else recognise(path, shelf=shelf_of(received.blob.sha256))
    with transaction() as session:
        remember_blob(received)
        draft = ImportDraft(
            organisation=organisation, created_by=by, file_name=received.name, sha256=received.blob.sha256,
            recognised=found, mapping={"pages": pages} if is_long else {}, plan=plan,
        )  # fmt: skip
        session.add(draft)
        session.flush()  # the task names the draft by its number
        if is_long:
            publish("import.reading", draft_id=draft.id)
    return draft


def read_draft(draft_id: int) -> None:
    """Read a long scan for its draft; pages that are read already lie on the shelf. For the worker, may run
    again; a draft that was given up meanwhile is left alone."""
    draft = db.session.get(ImportDraft, draft_id)
    if draft is None or not draft.is_unread:
        return
    found: dict[str, Any] = {}
    mapping: dict[str, Any] = {}
    try:
        with local_copy(draft.sha256) as path:
            found = recognise(path, shelf=shelf_of(draft.sha256))
    except Refusal as refusal:
        mapping = {**draft.mapping, "problem": str(refusal.reason)}
    with transaction() as session:
        draft = session.get(ImportDraft, draft_id)
        if draft is not None and draft.is_unread:
            draft.recognised, draft.mapping = found, mapping


def remap_columns(
    draft: ImportDraft, columns: dict[str, dict[str, str]], *, by: User, version: int | None = None
) -> None:
    """Recognise the file again with the columns meaning what the coordinator says.

    Rows may come out otherwise than before, so what was corrected by hand is given up.
    """
    require_open(draft, by)
    with local_copy(draft.sha256) as path:
        found = recognise(path, columns, shelf=shelf_of(draft.sha256))
    with transaction() as session:
        session.refresh(draft)
        check_version(draft, version)
        draft.recognised, draft.mapping = found, {"columns": columns}


def correct(
    draft: ImportDraft, cells: dict[str, str], *, dropped: list[str], by: User, version: int | None = None
) -> None:
    """Keep what was put right by hand: texts of cells by key, and rows not to be taken.

    Cells that are not named keep their earlier corrections: a review may have several pages.
    """
    require_open(draft, by)
    with transaction() as session:
        session.refresh(draft)
        check_version(draft, version)
        printed = _printed_cells(draft)
        kept = {**(draft.mapping.get("cells") or {})}
        kept |= {key: text.replace("\r\n", "\n") for key, text in cells.items() if key in printed}
        changed = {key: text for key, text in kept.items() if text.strip() != printed[key].strip()}
        draft.mapping = {**draft.mapping, "cells": changed, "dropped": dropped}


def _printed_cells(draft: ImportDraft) -> dict[str, str]:
    """The text of every cell and heading as recognised, by its key."""
    printed: dict[str, str] = {}
    for heading in headings(draft.recognised):
        printed |= {f"{heading.key}.number": heading.number, f"{heading.key}.title": heading.title}
        for row in heading.rows:
            printed |= {f"{row.key}.{name}": text for name, text in row.values.items()}
    return printed


def check_version(draft: ImportDraft, seen: int | None) -> None:
    """Refuse a review that was opened before the draft was changed in another window."""
    if seen is not None and draft.version != seen:
        raise Stale(_("Пока вы сверяли, эту загрузку изменили в другом окне. Откройте её заново."))


def reviewed(draft: ImportDraft) -> list[Heading]:
    """The draft as it would be written: corrections made, dropped rows gone."""
    dropped = set(draft.mapping.get("dropped") or [])
    found = headings(draft.recognised, draft.mapping.get("cells") or {})
    for heading in found:
        heading.rows = [row for row in heading.rows if row.key not in dropped]
    return found


def require_open(draft: ImportDraft, by: User) -> None:
    require_coordinator(draft.organisation, by=by)
    if draft.confirmed_at is not None:
        raise OutOfTurn(_("Эта загрузка уже записана."))
    if draft.is_unread:
        raise OutOfTurn(_("Файл ещё читается. Подождите и обновите страницу."))


def drop_draft(draft: ImportDraft, *, by: User) -> None:
    """Give a draft up. Nothing of it was written, so nothing is lost."""
    if not draft.is_unread:
        require_open(draft, by)
    require_coordinator(draft.organisation, by=by)
    with transaction() as session:
        session.delete(session.get_one(ImportDraft, draft.id))


def confirm_import(draft: ImportDraft, facts: PlanFacts, *, by: User, version: int | None = None) -> Plan:
    """Write the reviewed draft: the plan, its sections and measures, all of it or nothing."""
    require_open(draft, by)
    nameless = [row for heading in reviewed(draft) for row in heading.rows if not row.values["title"].strip()]
    if nameless:
        raise Blocked(_("Есть строки без названия мероприятия: впишите его или снимите отметку со строки."))
    with transaction() as session:
        session.refresh(draft)
        require_open(draft, by)
        check_version(draft, version)
        plan = create_plan(draft.organisation, facts, by=by)
        plan.source = {"file": draft.file_name, "sha256": draft.sha256}
        record(plan, "plan.import", by=by, ground=facts.ground)
        _write(draft, plan, by)
        draft.plan, draft.confirmed_at = plan, now()
        publish("plan.import", plan_id=plan.id, by_id=by.id)
    return plan


def _write(draft: ImportDraft, plan: Plan, by: User) -> None:
    """Place every row first and tell of them afterwards: one flush for all of them is much faster."""
    rules, known = due_rules(), known_executors(plan.organisation)
    written: list[tuple[Measure, Row]] = []
    with db.session.no_autoflush:
        for number, heading in enumerate(reviewed(draft), 1):
            title, printed = heading.title.strip(), heading.number.strip()
            section = Section(plan=plan, position=number, number=printed, title=title)
            db.session.add(section)
            for row in heading.rows:
                facts = facts_of(plan, row, draft, known=known)
                written.append((place(plan, section, facts, position=len(written) + 1, rules=rules), row))
    _tell(written, plan, by)


def _tell(written: list[tuple[Measure, Row]], plan: Plan, by: User) -> None:
    db.session.flush()  # dossier rights and the journal need the numbers of the rows
    for section in dict.fromkeys(measure.section for measure, _row in written):
        record(section, "section.import", by=by)
    for measure, _row in written:
        open_to_executors(measure)
    for measure, _row in written:
        record(measure, "measure.import", by=by, ground=plan.ground)
    held = [(measure.dossier, measure.participations) for measure, _row in written]
    carry_statuses(written, by=by)
    held.clear()  # until now the session would have forgotten them and read each again


def facts_of(
    plan: Plan, row: Row, draft: ImportDraft, *, known: KnownExecutors | None = None
) -> MeasureFacts:
    """The printed facts of a recognised row; what found no column is kept as a note."""
    values = row.values
    return MeasureFacts(
        number=values["number"].strip().rstrip("."),
        title=values["title"],
        preparation_period=values["preparation_period"],
        condition=values["condition"],
        due_text=values["due_period"],
        form_of_execution=values["form_of_execution"],
        note=row.unplaced,
        executors=named(plan, row.executors, known),
        source={"file": draft.file_name, "sha256": draft.sha256, **row.source},
    )


def carry_statuses(written: list[tuple[Measure, Row]], *, by: User) -> None:
    """Keep what an old report says as the executors' claims. Nobody has proved or accepted them yet."""
    told = [(m, row.values["status"].strip(), row.values["report"].strip()) for m, row in written]
    said = [(m, status, text, _state_said(status)) for m, status, text in told if status or text]
    perform_each([m for m, _s, _t, state in said if state not in (None, "planned")], "start", by=by)
    for measure, status, text, state in said:
        measure.status_text, measure.report_text = status, text
        measure.claim = CLAIMS.get(state or "")
    for measure, *_said in said:
        record(measure, "measure.report", by=by)


def _state_said(status: str) -> str | None:
    return state_of(status).state if status else None
