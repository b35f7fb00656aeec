"""The council's decision on a version: marked, stamped into the file, frozen."""

from datetime import date
from typing import Any

from accounts.models import User
from core.audit import record
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.filters import dmy
from core.words import _
from documents.models import Document
from documents.services.intake import Received
from reports.models import Mark, Report, ReportVersion
from reports.services.printing import keep_printed, printed_from, template_by_hash
from workflow.services import perform_each, why_not

#: What stands on the document, whatever the language of the pages is.
PRINTED_MARKS = {Mark.CONSIDERED: "Рассмотрен", Mark.ACCEPTED: "Принят", Mark.APPROVED: "УТВЕРЖДЁН"}
MOVES = {Mark.CONSIDERED: "consider", Mark.ACCEPTED: "approve", Mark.APPROVED: "approve"}


def decide_version(
    version: ReportVersion,
    *,
    mark: Mark,
    council_name: str,
    protocol_number: str,
    protocol_date: date,
    protocol: Document | None = None,
    by: User,
    ground: str = "",
) -> None:
    """Mark the version as the council decided, put the block into its head, and freeze it.

    `council_name` stands as after «на»: «Совете руководителей». Part of the council's open transaction.
    Whoever comes second is told so (409); while a remark waits for its answer nothing is decided.
    """
    with transaction() as session:
        # The report before its versions, as everywhere: two who wait for each other would both fail.
        session.refresh(version.report, with_for_update={"of": Report})
        session.refresh(version, with_for_update={"of": ReportVersion})
        _require_undecided(version)
        version.mark, version.council_name = mark, council_name.strip()
        version.protocol_number, version.protocol_date = protocol_number.strip(), protocol_date
        version.protocol = protocol
        if refusal := why_not(version, version.lifecycle.move(MOVES[mark]), by=by):
            raise refusal
        _put_stamp(version)
        perform_each([version], MOVES[mark], by=by, ground=ground or head_block(version)["document"])


def _require_undecided(version: ReportVersion) -> None:
    if version.is_decided:
        raise OutOfTurn(
            _(
                "По этой версии уже есть решение: «%(state)s», протокол № %(number)s.",
                state=version.state_label, number=version.protocol_number,
            )
        )  # fmt: skip


def head_block(version: ReportVersion) -> dict[str, str]:
    """The two lines of the decision: «Рассмотрен на Совете руководителей», «Протокол от 27.01.2021 №2»."""
    assert version.mark is not None
    return {
        "mark": f"{PRINTED_MARKS[version.mark]} на {version.council_name}",
        "document": f"Протокол от {dmy(version.protocol_date)} №{version.protocol_number}",
    }


def stamped_data(version: ReportVersion) -> dict[str, Any]:
    """The data of the version with the decision in its head; nothing else differs."""
    return {**version.data, "approval": head_block(version)}


def _put_stamp(version: ReportVersion) -> None:
    kept = _stamped(version)
    version.stamped_sha256, version.stamped_size = kept.blob.sha256, kept.blob.size
    version.manifest = version.manifest | {
        "decision": {
            "mark": version.mark,
            "approval": head_block(version),
            "stamped_sha256": kept.blob.sha256,
            "protocol_sha256": _file_of(version.protocol),
        }
    }


def _stamped(version: ReportVersion) -> Received:
    data = stamped_data(version)
    with template_by_hash(version.template_sha256) as source, printed_from(source, data) as path:
        return keep_printed(path, version.report.title)


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
