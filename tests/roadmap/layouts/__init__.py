"""Plans and reports of a district that does not exist, laid out in every way that real ones are.

`build.py` makes the files, `score.py` compares what was read with what a careful person would read.
"""
