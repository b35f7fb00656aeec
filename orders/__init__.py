"""Registers and numbering of orders, their agreement, signing, acknowledgement and control."""
