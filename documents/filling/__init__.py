"""Word templates with tags: what they may name, the check before one is kept, and filling one in.

A room says by a `Contract` what its templates may name; nothing else can be printed by them. Uploaded
templates and typed values are hostile: checking and filling run in the limited subprocess.
"""
