"""The data of a report on its way into a document: every field of the contract, clean."""

from operator import itemgetter
from typing import Any

from documents.filling.contract import Group
from documents.filling.texts import MOST_LINES, SUSPECT, shaped, text_of
from reports.fields import MEASURE, REPORT

SIGNATURE_BLANK = "_______________________"
APPROVAL_BLANK = {"mark": "Рассмотрен на ____________________", "document": "Протокол от __.__.____ № __"}

_MEASURE_TEXTS = tuple(name for name in MEASURE.parts if name != "executors")
_all_texts = itemgetter(*_MEASURE_TEXTS)


def clean_header(raw: dict[str, Any]) -> dict[str, Any]:
    """Everything of the report but its rows, with blanks to fill in by hand for what is not decided yet."""
    shape = Group("", {name: part for name, part in REPORT.parts.items() if name != "sections"})
    header = shaped(shape, raw)
    assert isinstance(header, dict)
    header["approval"] = header["approval"] if raw.get("approval") else dict(APPROVAL_BLANK)
    header["column"] = {**header["column"], **dict(zip(MEASURE.parts, header["columns"], strict=False))}
    header["signature"]["name"] = header["signature"]["name"] or SIGNATURE_BLANK
    return header


def clean_section(raw: dict[str, Any]) -> dict[str, Any]:
    """A section without its measures; `heading` is «1. Название», or whichever of the two there is."""
    number, title = text_of(raw.get("number")), text_of(raw.get("title"))
    parts = (number.rstrip(". ") + "." if number and title else number, title)
    return {"number": number, "title": title, "heading": " ".join(part for part in parts if part)}


def clean_measure(raw: dict[str, Any]) -> dict[str, Any]:
    """A measure with every field of the contract, absent ones empty; `executors` is a list."""
    return raw if _is_clean(raw) else _made_clean(full_measure(raw))


def full_measure(raw: dict[str, Any]) -> dict[str, Any]:
    """A measure with the fields of the contract and no others."""
    measure: dict[str, Any] = {name: raw.get(name) or "" for name in _MEASURE_TEXTS}
    executors = raw.get("executors") or []
    measure["executors"] = executors if isinstance(executors, list) else [executors]
    return measure


def _made_clean(measure: dict[str, Any]) -> dict[str, Any]:
    executors = [text_of(each) for each in measure["executors"]]
    return {name: executors if name == "executors" else text_of(value) for name, value in measure.items()}


def _is_clean(measure: dict[str, Any]) -> bool:
    """One look at the whole row, since nearly every row of a real report is complete and clean."""
    try:
        row = "".join((*_all_texts(measure), *measure["executors"]))
    except (KeyError, TypeError):
        return False
    return not SUSPECT.search(row) and len(row) < MOST_LINES and type(measure["executors"]) is list
