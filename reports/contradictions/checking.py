"""All checks over all rows of a report."""

from collections.abc import Callable, Iterator, Sequence

from reports.contradictions.copying import copied_from_last_year, copied_from_rows
from reports.contradictions.facts import Contradiction, Frame, Row
from reports.contradictions.matching import figure_against_evidence
from reports.contradictions.saying import status_against_text
from reports.contradictions.timing import evidence_dates, repealed_act, too_few_occurrences

#: Each looks at one row; only copies inside the report need all of them.
CHECKS: tuple[Callable[[Row, Frame], Iterator[Contradiction]], ...] = (
    status_against_text,
    figure_against_evidence,
    evidence_dates,
    copied_from_last_year,
    repealed_act,
    too_few_occurrences,
)


def contradictions(rows: Sequence[Row], frame: Frame) -> list[Contradiction]:
    """Everything that contradicts, in the order of the rows."""
    copies = {found.measure_id: found for found in copied_from_rows(rows)}
    found: list[Contradiction] = []
    for row in rows:
        if row.text or row.status:
            found += [each for check in CHECKS for each in check(row, frame)]
        if row.measure_id in copies:
            found.append(copies[row.measure_id])
    return found
