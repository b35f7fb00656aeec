"""Requisites of administrative documents and the acts they cite, read from plain text.

A pure library: no database, no files, no web. `recognition.recognise` takes the text of a document as
extraction or recognition of a scan left it and never raises; `answer.as_json` gives the plain shape the
command line prints. Nothing is imported here: who reads only dates pays for nothing else."""
