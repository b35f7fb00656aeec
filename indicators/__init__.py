"""Indicators, their targets by period, readings, approval and roll-up over organisations."""
