"""What may be done with registers, orders and their assignments."""
