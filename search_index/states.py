"""States as the index keeps them: one code for one word, whichever lifecycle says it.

«На доработке» is one state of measures and orders to whoever looks for it; «В реализации» of a measure and
«На контроле» of an order are two, though both tables call theirs `in_progress`.
"""

from typing import Any

from reports.models.report import MARK_LABELS, Mark
from workflow.lifecycle import Lifecycle
from workflow.measure import MEASURE
from workflow.order import ORDER
from workflow.remark import REMARK
from workflow.report import REPORT
from workflow.sitting import SITTING

#: The first that has a code keeps it; codes of the others begin with their names.
TABLES: tuple[tuple[str, Lifecycle], ...] = (
    ("measure", MEASURE), ("order", ORDER), ("report", REPORT), ("sitting", SITTING), ("remark", REMARK),
)  # fmt: skip


def _named() -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    """Code → label, and the codes of (lifecycle, state)."""
    labels: dict[str, Any] = {}
    codes: dict[tuple[str, str], str] = {}
    for name, table in TABLES:
        for state, label in table.labels.items():
            known = {str(told): code for code, told in labels.items()}
            code = known.get(str(label)) or (
                f"{name}_{state.value}" if state.value in labels else state.value
            )
            labels.setdefault(code, label)
            codes[name, state.value] = code
    return labels, codes


LABELS, _CODES = _named()
#: Accepted is not approved: the report's state is one, the words are two.
LABELS[Mark.ACCEPTED.value] = MARK_LABELS[Mark.ACCEPTED]
_CODES["report", Mark.ACCEPTED.value] = Mark.ACCEPTED.value


def code_of(lifecycle: str, state: str) -> str:
    """The code of a state in the index; `lifecycle` is a name of TABLES."""
    return _CODES[lifecycle, state]
