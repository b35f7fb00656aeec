"""The formats people bring (Word, Excel, OpenDocument, plain text) as paragraphs and grids.

`grid.py` holds the shapes, one module per format fills them. Needs no database; hostile bytes come here only
in the limited subprocess.
"""
