"""Keeping the index true to the database, and what people keep of their searches."""
