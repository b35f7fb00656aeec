"""Contradictions found in a version of a report, and what people said about them."""
