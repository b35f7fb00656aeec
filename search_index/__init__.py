"""One search over everything a person may see.

The index (Whoosh in the data folder, or PostgreSQL) holds ids and words and has no authority: rights are
read from SQL for every search, and rows are shown by the rules of their own rooms. It follows the journal
through the outbox and can be thrown away and built anew.
"""
