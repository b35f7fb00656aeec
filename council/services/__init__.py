"""What may be done with councils, sittings, votes and minutes."""
