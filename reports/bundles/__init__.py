"""Inspection bundles: everything that proves a report, in one archive that checks itself offline."""
