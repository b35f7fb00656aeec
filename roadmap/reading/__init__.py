"""From a file people have (Word, Excel, OpenDocument, PDF) to a recognised plan with its doubts.

Three steps, each in its own module: a file becomes a Document of paragraphs and grids
(`grid.py` holds the shapes, one module per format fills them); the Document becomes a recognised
plan, schedule or list of indicators; the result is plain JSON. Needs no database.
"""
