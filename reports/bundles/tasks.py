"""What the worker does for this part: packing large bundles."""

from core.outbox import SUBSCRIPTIONS
from reports.bundles.services import make_asked_bundle


def pack(bundle_id: int) -> None:
    """Pack a bundle that was asked for."""
    make_asked_bundle(bundle_id)


def subscribe() -> None:
    """Listen to the outbox; app.py calls it."""
    SUBSCRIPTIONS["report.bundle"] = [pack]
