"""The embedded engine: Whoosh with a codec and a searcher of our own.

Whoosh's are the schema, the write lock, segments, generations, columns and the index of terms. Ours are
the postings (one array per term instead of compressed blocks) and the searcher over them (numpy). Whoosh's
own searcher reads the same files and finds the same; the tests compare the two on every kind of need.
"""
