"""The tables of lifecycles as documentation: generated, so that it cannot go stale unnoticed."""

from pathlib import Path

from config import ROOT
from workflow.lifecycle import Lifecycle, Move
from workflow.measure import MEASURE
from workflow.order import ORDER
from workflow.remark import REMARK
from workflow.report import REPORT
from workflow.sitting import SITTING

LIFECYCLES = {
    "measure": MEASURE, "order": ORDER, "remark": REMARK, "report": REPORT, "sitting": SITTING,
}  # fmt: skip
FOLDER = ROOT / "docs" / "lifecycle"


def page_of(lifecycle: Lifecycle) -> str:
    """One page of Markdown: the diagram and the table of moves."""
    lines = [
        f"# Lifecycle of a {lifecycle.kind}",
        "",
        "Generated from the table by `flask workflow docs`; do not edit.",
        "",
        "```mermaid",
        lifecycle.mermaid(),
        "```",
        "",
        "| state | label |",
        "|---|---|",
        *[f"| `{state}` | {lifecycle.labels[state]} |" for state in lifecycle.states],
        "",
        "| move | label | from | to | who | asks for |",
        "|---|---|---|---|---|---|",
        *[_line(move) for move in lifecycle.moves.values()],
        "",
    ]
    return "\n".join(lines)


def _line(move: Move) -> str:
    asks = [str(guard.otherwise) for guard in move.guards]
    asks += ["a note"] if move.needs_note else []
    asks += ["a ground"] if move.needs_ground else []
    asks += [f"only if `{move.only_if}`"] if move.only_if else []
    asks += [f"only unless `{move.unless}`"] if move.unless else []
    asks += [f"not by `{move.not_by}`"] if move.not_by else []
    sources = ", ".join(f"`{source}`" for source in move.sources)
    who = ", ".join(sorted(role.value for role in move.by))
    return f"| `{move.name}` | {move.label} | {sources} | `{move.dest}` | {who} | {'; '.join(asks)} |"


def pages() -> dict[Path, str]:
    """Every generated page by its file."""
    return {FOLDER / f"{name}.md": page_of(lifecycle) for name, lifecycle in LIFECYCLES.items()}
