"""Values on their way into a document: plain, complete and clean.

`cleaned` is the promise the output check holds the document to: what it returns is found in the
document letter for letter. Nothing is cut; what does not fit is refused.
"""

import re
from typing import Any

from core.errors import TooLarge
from documents.filling.contract import Group, Listing, Shape

LONGEST = 1_000_000
MOST_LINES = 10_000
# XML 1.0 has no way to write these, not even escaped (production [2] Char).
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A line may end in five ways in text pasted out of Word; a document knows one.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c]")
SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


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
    raise TypeError(f"a {type(value).__name__} cannot be printed in a document")


def text_of(value: object) -> str:
    """A value printed and cleaned."""
    return cleaned(printed(value))


def shaped(shape: Shape, value: Any) -> Any:
    """`value` with the fields of the contract and no others, absent ones empty."""
    if isinstance(shape, Listing):
        return [shaped(shape.item, each) for each in value or []]
    if isinstance(shape, Group):
        given = value or {}
        return {name: shaped(part, given.get(name)) for name, part in shape.parts.items()}
    return text_of(value)
