"""The floor of the house: database, refusals, journal, outbox, clock, limits. No subject matter."""
