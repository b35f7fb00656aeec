"""What a detached signature stands for: asked of the limited process, newest version of the file first."""

import contextlib
from datetime import datetime
from typing import Any

from core.limited import Limits, run_limited
from documents.models import Document, FileVersion
from documents.services import local_copy
from orders.models import Order, Verdict

LIMITS = Limits(memory_mb=512, cpu_seconds=10, wall_seconds=30, answer_mb=1)
#: Versions of the order's file that are tried; what was signed is among the newest.
MOST_VERSIONS = 5


def found_of(order: Order, signature: Document) -> dict[str, Any]:
    """The columns of an OrderSignature. Not inside a transaction."""
    versions = _versions(order)
    with contextlib.ExitStack() as stack:
        files = [str(stack.enter_context(local_copy(version.sha256))) for version in versions]
        assert signature.latest
        own = stack.enter_context(local_copy(signature.latest.sha256))
        told = run_limited("orders.signature_check:check_signature", LIMITS, signature=str(own), files=files)
    verdict = _verdict(told, versions)
    return {
        "verdict": verdict,
        "file_version": versions[told["file"]].number if verdict is Verdict.VALID else None,
        "signer": told["signer"],
        "issuer": told["issuer"],
        "signed_at": _moment(told["signed_at"]),
        "valid_until": _moment(told["valid_until"]),
    }


def _versions(order: Order) -> list[FileVersion]:
    found = list(reversed(order.document.versions)) if order.document else []
    return found[:MOST_VERSIONS]


def _verdict(told: dict[str, Any], versions: list[FileVersion]) -> Verdict:
    if told["problem"]:
        return Verdict(told["problem"])
    if not versions:
        return Verdict.NO_FILE
    return Verdict.OTHER if told["file"] is None else Verdict.VALID


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
