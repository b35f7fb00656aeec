"""The engine over PostgreSQL's full text: one row with a tsvector per paper, made by our own analysis.

The words of the vector are the same as Whoosh's, so both engines find the same; the score is the same BM25
over the same numbers, counted in SQL for at most a few thousand candidates.
"""
