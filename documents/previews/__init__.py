"""Looking at a file without downloading it: pages as pictures, Word as text, Excel as tables.

Everything is made by `making` in the limited subprocess and kept in <data>/previews under the hash of the
file; it can be thrown away and made again. What the subprocess answers is as hostile as the file was, so it
is checked again here before it is kept.
"""

from documents.previews.shelf import page_of, pages_of, prepare, sheets_of, text_of
from documents.previews.ways import Sheet, Way, way_of

__all__ = ["Sheet", "Way", "page_of", "pages_of", "prepare", "sheets_of", "text_of", "way_of"]
