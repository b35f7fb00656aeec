"""Councils and their sittings: agenda, attendance, votes, minutes; the decision that stamps a report."""
