"""What is searchable, the index behind one small protocol, the query language and the results."""
