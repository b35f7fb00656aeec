"""The council's decision on a version: marked, stamped into the file, frozen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from core.audit import record
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.filters import dmy
from core.words import _
from documents.models import Document
from documents.services import Received
from reports.models import Mark, Report, ReportVersion
from reports.services.printing import keep_printed, printed_from, template_by_hash
from workflow.services import perform_each, why_not

#: What stands on the document, whatever the language of the pages is.
PRINTED_MARKS = {Mark.CONSIDERED: "Рассмотрен", Mark.ACCEPTED: "Принят", Mark.APPROVED: "УТВЕРЖДЁН"}
MOVES = {Mark.CONSIDERED: "consider", Mark.ACCEPTED: "approve", Mark.APPROVED: "approve"}


@dataclass(frozen=True)
class Decided:
    """What a council decides on a version; `council_name` stands as after «на»: «Совете руководителей»."""

    mark: Mark
    council_name: str
    protocol_number: str
    protocol_date: date

    @property
    def block(self) -> dict[str, str]:
        """The two lines in the head: «Рассмотрен на Совете руководителей», «Протокол от 27.01.2021 №2»."""
        return {
            "mark": f"{PRINTED_MARKS[self.mark]} на {self.council_name.strip()}",
            "document": f"Протокол от {dmy(self.protocol_date)} №{self.protocol_number.strip()}",
        }


@dataclass(frozen=True)
class Stamp:
    """The file of a version with a decision in its head, made before anything is locked."""

    version_id: int
    block: dict[str, str]
    kept: Received


def stamp_of(version: ReportVersion, decided: Decided) -> Stamp:
    """Make that file. It takes as long as the report is: call it before the transaction of the decision."""
    data = {**version.data, "approval": decided.block}
    with template_by_hash(version.template_sha256) as source, printed_from(source, data) as path:
        return Stamp(version.id, decided.block, keep_printed(path, version.report.title))


def decide_version(
    version: ReportVersion, decided: Decided, *, by: User, stamp: Stamp | None = None, ground: str = ""
) -> None:
    """Mark the version as the council decided, put the block into its head, and freeze it.

    Part of the council's open transaction; `stamp` is what was made before it, and without one, or with one
    of another decision, the file is made under the lock. Whoever comes second is told so (409); while a
    remark waits for its answer nothing is decided.
    """
    with transaction() as session:
        # The report before its versions, as everywhere: two who wait for each other would both fail.
        session.refresh(version.report, with_for_update={"of": Report})
        session.refresh(version, with_for_update={"of": ReportVersion})
        _require_undecided(version)
        version.mark, version.council_name = decided.mark, decided.council_name.strip()
        version.protocol_number = decided.protocol_number.strip()
        version.protocol_date = decided.protocol_date
        if refusal := why_not(version, version.lifecycle.move(MOVES[decided.mark]), by=by):
            raise refusal
        _put_stamp(version, decided, stamp)
        perform_each([version], MOVES[decided.mark], by=by, ground=ground or decided.block["document"])


def _require_undecided(version: ReportVersion) -> None:
    if version.is_decided:
        raise OutOfTurn(
            _(
                "По этой версии уже есть решение: «%(state)s», протокол № %(number)s.",
                state=version.state_label, number=version.protocol_number,
            )
        )  # fmt: skip


def head_block(version: ReportVersion) -> dict[str, str]:
    """The two lines of the decision on the version."""
    assert version.mark is not None and version.protocol_date is not None
    return Decided(version.mark, version.council_name, version.protocol_number, version.protocol_date).block


def stamped_data(version: ReportVersion) -> dict[str, Any]:
    """The data of the version with the decision in its head; nothing else differs."""
    return {**version.data, "approval": head_block(version)}


def _put_stamp(version: ReportVersion, decided: Decided, stamp: Stamp | None) -> None:
    if stamp is None or (stamp.version_id, stamp.block) != (version.id, decided.block):
        stamp = stamp_of(version, decided)
    blob = stamp.kept.blob
    version.stamped_sha256, version.stamped_size = blob.sha256, blob.size
    version.manifest = version.manifest | {
        "decision": {
            "mark": version.mark,
            "approval": stamp.block,
            "stamped_sha256": blob.sha256,
            "protocol_sha256": None,
        }
    }


def _file_of(protocol: Document | None) -> str | None:
    return protocol.latest.sha256 if protocol and protocol.latest else None


def link_protocol(version: ReportVersion, protocol: Document, *, by: User) -> None:
    """Tie the protocol's file to the report once it is there: its SHA-256 goes into the manifest."""
    with transaction() as session:
        session.refresh(version, with_for_update={"of": ReportVersion})
        if not version.is_decided:
            raise OutOfTurn(_("По этой версии ещё нет решения: протокол приложить не к чему."))
        if _file_of(protocol) is None:
            raise Invalid(_("В карточке протокола нет файла: приложите его."))
        version.protocol = protocol
        decision = {**version.manifest.get("decision", {}), "protocol_sha256": _file_of(protocol)}
        version.manifest = version.manifest | {"decision": decision}
        record(version, "report_version.link_protocol", by=by)
