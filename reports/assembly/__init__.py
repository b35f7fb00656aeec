"""The data of an execution report as of a moment, told by the journal. Rendering is elsewhere.

Nothing is invented: an empty status stays empty and is listed as a gap (lifecycle.md §5).
"""

from reports.assembly.assembling import Assembled, assemble, end_of
from reports.assembly.gaps import Gap, gaps_from, gaps_to_keep
from reports.assembly.rows import COLUMNS, printed_row, state_label, status_phrase
from reports.assembly.shapes import ANNUAL, Shape, shape_of, shapes_of
from reports.assembly.titles import report_title

__all__ = [
    "ANNUAL",
    "COLUMNS",
    "Assembled",
    "Gap",
    "Shape",
    "assemble",
    "end_of",
    "gaps_from",
    "gaps_to_keep",
    "printed_row",
    "report_title",
    "shape_of",
    "shapes_of",
    "state_label",
    "status_phrase",
]
