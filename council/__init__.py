"""Councils, sittings, agenda, votes and minutes; the decision that stamps a report."""
