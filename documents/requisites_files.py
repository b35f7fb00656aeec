"""Requisites of texts and files as plain data: what the command line prints."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from documents.extraction import text_of
from documents.requisites.answer import as_json
from documents.requisites.recognition import recognise


def requisites_of_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For rows of {id, text}: {id, kind, number, date, title, issuing_authority, …, cited_acts}, in order."""
    return [{"id": row.get("id"), **as_json(recognise(str(row.get("text") or "")))} for row in rows]


def requisites_of_file(path: Path) -> dict[str, Any]:
    """{file, kind, number, …, cited_acts} of a document in a format that extraction reads, or of a .txt file.

    Raises Unreadable, TooLarge or RecognitionOff as extraction does."""
    return {"file": path.name, **as_json(recognise(_text(path)))}


def _text(path: Path) -> str:
    if path.suffix.lower() != ".txt":
        return text_of(path).text
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1251", errors="replace")
