"""Letters: they do not say what they are, but «На № … от …», an addressee and «Уважаемый …» do."""

import re

from documents.requisites.heading import Heading
from documents.requisites.lines import Line
from documents.requisites.references import Reference

_REPLY = re.compile(r"на\s*(?:ваш\w*\s*)?(?:исх\.?\s*)?№", re.IGNORECASE)
_ADDRESS = re.compile(
    r"уважаем|руководител(?:ям|ю)|директор(?:ам|у)|начальник(?:ам|у)|заведующ(?:им|ей|ему)|глав(?:ам|"
    r"е)\s|министру|председателю|губернатору|"
    r"заместителю|всем\s|органам\s|муниципальным\s|в\s+адрес\s",
    re.IGNORECASE,
)
_PURE = re.compile(r"(?:исх\.?\s*|исходящий\s*)?(?:от|№|_|\d|[«\"])", re.IGNORECASE)
_HEAD = 30


def letter_of(lines: list[Line], references: list[Reference]) -> Heading | None:
    """A heading without a word, on the line of the letter's own date and number; None for other texts."""
    head = lines[:_HEAD]
    signs = sum(any(sign.match(line.text) for line in head) for sign in (_REPLY, _ADDRESS))
    own = next((at for at, line in enumerate(head) if _is_own(line, references)), None)
    if not signs or own is None:
        return None
    line = head[own]
    return Heading("письмо", own, line.start, line.start, True, line.text)


def _is_own(line: Line, references: list[Reference]) -> bool:
    if not _PURE.match(line.text) or _REPLY.match(line.text):
        return False
    if re.match(r"_{4,}\s*№\s*_{2,}|№\s*_{3,}", line.text):
        return True
    here = [reference for reference in references if line.start <= reference.start < line.end]
    return any(reference.is_pair or "№" in line.text for reference in here)
