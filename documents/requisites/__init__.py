"""Requisites of administrative documents and the acts they cite, read from plain text.

A pure library: no database, no files, no web. `recognise` takes the text of a document as extraction or
recognition of a scan left it and never raises; `as_json` gives the plain shape the command line prints."""

from documents.requisites.answer import as_json
from documents.requisites.found import CitedAct, Found, Requisites
from documents.requisites.recognition import cited_in, recognise

__all__ = ["CitedAct", "Found", "Requisites", "as_json", "cited_in", "recognise"]
