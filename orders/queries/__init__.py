"""Reads of the room: registers and numbers, orders, control and discipline."""
