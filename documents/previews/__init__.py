"""Looking at a file without downloading it: pages as pictures, Word as text, Excel as tables.

Everything is made by `making` in the limited subprocess and kept in <data>/previews under the hash of the
file (`shelf`); it can be thrown away and made again. What the subprocess answers is as hostile as the file
was, so it is checked again before it is kept. This module imports nothing: the subprocess passes through it.
"""
