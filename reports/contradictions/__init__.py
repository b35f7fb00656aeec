"""Rows of a report that contradict themselves or their evidence, found by rule before a council reads them.

Pure: facts in, contradictions with reasons out. Nothing here knows the database, and nothing is decided
here: a person answers or dismisses, and both stay in the journal.
"""

from reports.contradictions.checking import contradictions
from reports.contradictions.facts import Act, Contradiction, Evidence, Frame, Row, Turns

__all__ = ["Act", "Contradiction", "Evidence", "Frame", "Row", "Turns", "contradictions"]
