"""The data of a report on its way into a document: plain, complete and clean.

`cleaned` is the promise the output check holds the document to: what it returns is found in the
document letter for letter. Nothing is cut; what does not fit is refused.
"""

import re
from operator import itemgetter
from typing import Any

from core.errors import TooLarge
from reports.fields import MEASURE, REPORT, Group, Listing, Shape

LONGEST = 1_000_000
MOST_LINES = 10_000
SIGNATURE_BLANK = "_______________________"
APPROVAL_BLANK = {"mark": "Рассмотрен на ____________________", "document": "Протокол от __.__.____ № __"}

# XML 1.0 has no way to write these, not even escaped (production [2] Char).
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A line may end in five ways in text pasted out of Word; a document knows one.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c]")
SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MEASURE_TEXTS = tuple(name for name in MEASURE.parts if name != "executors")
_all_texts = itemgetter(*_MEASURE_TEXTS)


def cleaned(text: str) -> str:
    """`text` without the characters XML cannot hold, every line end as a line feed.

    A text of a million bytes or ten thousand lines is refused: word processors cut such text in silence.
    """
    if SUSPECT.search(text):
        text = _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))
    if len(text) * 4 >= LONGEST and len(text.encode()) >= LONGEST:
        raise TooLarge(f"Текст «{text[:40]}…» длиннее миллиона байт. Вынесите его в приложение.")
    if text.count("\n") >= MOST_LINES:
        raise TooLarge(f"В тексте «{text[:40]}…» больше десяти тысяч строк. Вынесите его в приложение.")
    return text


def printed(value: object) -> str:
    """A value as it stands in a document: text as it is, a list one to a line, nothing as nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(printed(each) for each in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"a {type(value).__name__} cannot be printed in a report")


def clean_header(raw: dict[str, Any]) -> dict[str, Any]:
    """Everything of the report but its rows, with blanks to fill in by hand for what is not decided yet."""
    shape = Group("", {name: part for name, part in REPORT.parts.items() if name != "sections"})
    header = _shaped(shape, raw)
    assert isinstance(header, dict)
    header["approval"] = header["approval"] if raw.get("approval") else dict(APPROVAL_BLANK)
    header["column"] = {**header["column"], **dict(zip(MEASURE.parts, header["columns"], strict=False))}
    header["signature"]["name"] = header["signature"]["name"] or SIGNATURE_BLANK
    return header


def clean_section(raw: dict[str, Any]) -> dict[str, Any]:
    """A section without its measures; `heading` is «1. Название», or whichever of the two there is."""
    number, title = _text(raw.get("number")), _text(raw.get("title"))
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
    executors = [_text(each) for each in measure["executors"]]
    return {name: executors if name == "executors" else _text(value) for name, value in measure.items()}


def _is_clean(measure: dict[str, Any]) -> bool:
    """One look at the whole row, since nearly every row of a real report is complete and clean."""
    try:
        row = "".join((*_all_texts(measure), *measure["executors"]))
    except (KeyError, TypeError):
        return False
    return not SUSPECT.search(row) and len(row) < MOST_LINES and type(measure["executors"]) is list


def _text(value: object) -> str:
    return cleaned(printed(value))


def _shaped(shape: Shape, value: Any) -> Any:
    if isinstance(shape, Listing):
        return [_shaped(shape.item, each) for each in value or []]
    if isinstance(shape, Group):
        given = value or {}
        return {name: _shaped(part, given.get(name)) for name, part in shape.parts.items()}
    return _text(value)
