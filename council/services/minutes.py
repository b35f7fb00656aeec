"""Minutes: printed, signed, registered, tied to the report; their decisions laid out for control."""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from accounts.models import User
from core.audit import Actor, record
from core.db import transaction
from core.errors import Blocked, OutOfTurn
from core.limited import Limits, run_limited
from core.words import _, gettext
from council.models import AgendaItem, Decision, Outcome, Sitting
from council.printed import MinutesForm, printed
from council.services.rules import hold_sitting, require_secretary
from documents.kinds import DocumentKind
from documents.models import Document
from documents.services import AlreadyAttached, Requisites, Upload, attach, supersede
from orders.services.minutes import Assigned, SignedMinutes, lay_out, register_minutes
from reports.services import link_protocol
from workflow.services import perform_each
from workflow.sitting import SittingState

LIMITS = Limits(memory_mb=512, cpu_seconds=20, wall_seconds=30, answer_mb=1)


@contextmanager
def minutes_file(sitting: Sitting, form: MinutesForm, item: AgendaItem | None = None) -> Iterator[Path]:
    """The .docx of the minutes in one of their forms, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="vekha-minutes-") as folder:
        out = Path(folder) / "minutes.docx"
        data = printed(sitting, form, item)
        run_limited("council.paper:write_minutes", LIMITS, data=data, out=str(out))
        yield out


def print_minutes(sitting: Sitting, *, by: Actor) -> bool:
    """Make the full minutes of a closed sitting, or the next version when they changed; whether it did.

    Not inside a transaction. Signed minutes are not made again.
    """
    if sitting.state is not SittingState.CLOSED:
        raise OutOfTurn(_("Протокол составляют, когда заседание закрыто, и до его подписания."))
    digest = _digest(printed(sitting, MinutesForm.FULL))
    if sitting.minutes_digest == digest:
        return False
    with minutes_file(sitting, MinutesForm.FULL) as path, path.open("rb") as stream:
        document = _kept(sitting, Upload(_file_name(sitting), stream), by)
    with transaction():
        hold_sitting(sitting)
        sitting.document, sitting.minutes_digest = document, digest
        record(sitting, "sitting.print", by=by)
    return True


def _kept(sitting: Sitting, upload: Upload, by: Actor) -> Document:
    """The file as the first or the next version of the minutes."""
    if sitting.document is None:
        return attach(sitting.dossier, upload, by=by, **_requisites(sitting))
    with contextlib.suppress(AlreadyAttached):
        supersede(sitting.document, upload, by=by, reason=gettext("Изменился ход заседания"))
    return sitting.document


def _requisites(sitting: Sitting) -> Requisites:
    presiding = sitting.presiding
    return {
        "kind": DocumentKind.MINUTES, "number": sitting.number or None, "date": sitting.date,
        "title": _title(sitting), "authority": sitting.council.name,
        "place": sitting.place or sitting.council.place,
        "signatory_position": presiding.post if presiding else "",
        "signatory_name": presiding.name if presiding else "",
    }  # fmt: skip


def sign_minutes(sitting: Sitting, *, by: User, version: int | None = None) -> None:
    """The minutes are signed: registered under the number kept for them, tied to the reports decided on.

    What they assign is laid out for the coordinator to take under control.
    """
    require_secretary(sitting, by=by)
    _require_up_to_date(sitting)
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "sign", by=by)
        document, given = sitting.document, sitting.registration
        assert document and given and document.latest, "the lifecycle asked for them"
        sitting.order = register_minutes(document, given, _signed(sitting), by=by)
        lay_out(sitting.order, [_assigned(each) for each in assignments(sitting)], by=by)
        for item in sitting.items:
            if item.report_version is not None and item.outcome is Outcome.ADOPTED:
                link_protocol(item.report_version, document, by=by)
        record(sitting, "sitting.register", by=by, note=f"SHA-256 {document.latest.sha256}")


def _require_up_to_date(sitting: Sitting) -> None:
    if sitting.document is not None and sitting.minutes_digest != _digest(printed(sitting, MinutesForm.FULL)):
        raise Blocked(_("После составления протокола что-то изменилось: составьте его заново."))


def keep_scan(sitting: Sitting, upload: Upload, *, by: User) -> Document:
    """The signed minutes as they were scanned. Not inside a transaction."""
    require_secretary(sitting, by=by)
    if sitting.state is not SittingState.MINUTES_SIGNED:
        raise OutOfTurn(_("Сначала отметьте подписание протокола."))
    facts = _requisites(sitting) | {"title": gettext("%(title)s (подписанный)", title=_title(sitting))}
    document = attach(sitting.dossier, upload, by=by, **facts)
    with transaction():
        hold_sitting(sitting)
        sitting.scan = document
        record(sitting, "sitting.scan", by=by)
    return document


def assignments(sitting: Sitting) -> list[Decision]:
    """What was decided that somebody has to do."""
    adopted = [item for item in sitting.items if item.outcome is Outcome.ADOPTED]
    return [each for item in adopted for each in item.decisions if each.is_assignment]


def link_measures(sitting: Sitting, *, by: Actor) -> int:
    """Tie decisions to the measures that a coordinator made of them; how many are tied."""
    with transaction():
        hold_sitting(sitting)
        measures = {m.number: m for m in sitting.order.measures} if sitting.order else {}
        for decision in assignments(sitting):
            decision.measure = decision.measure or measures.get(decision.number)
        record(sitting, "sitting.assign", by=by)
    return sum(decision.measure is not None for decision in assignments(sitting))


def _assigned(decision: Decision) -> Assigned:
    return Assigned(decision.number, decision.text, decision.responsible, decision.due_text)


def _signed(sitting: Sitting) -> SignedMinutes:
    facts = _requisites(sitting)
    return SignedMinutes(
        title=_title(sitting), day=sitting.date, place=facts.get("place", ""),
        signatory_position=facts.get("signatory_position", ""),
        signatory_name=facts.get("signatory_name", ""),
    )  # fmt: skip


def _title(sitting: Sitting) -> str:
    return f"Протокол заседания: {sitting.council.name}"


def _file_name(sitting: Sitting) -> str:
    return f"Протокол {sitting.number.replace('/', '-')} от {sitting.date:%d.%m.%Y}.docx"


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
