"""Printed numbers of measures and sections: parted from the text, never changed otherwise."""

from __future__ import annotations

import re

_DOTTED = r"\d{1,3}(?:\.\s?\d{1,3}){1,4}"
_GLUED = re.compile(
    rf"(?P<number>(?:№\s*)?(?:{_DOTTED}[.)]?|\d{{1,3}}[.)]|"
    rf"[IVXLC]{{1,6}}\.\d{{1,3}}(?:\.\d{{1,3}})*[.)]?))(?!\.?\d)\s*(?P<text>\D.*)",
    re.S,
)
_KEYWORD = re.compile(
    r"(?:раздел|направление|блок|глава|подраздел)\s*№?\s*(?P<number>[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3})*)\s*"
    r"(?:[.):]|\s[-–—]|$|(?=\s))\s*(?P<text>.*)",
    re.I | re.S,
)
_ROMAN = re.compile(r"(?P<number>[IVXLC]{1,6}|[ІVХX]{1,6})(?:[.)]|\s[-–—])\s*(?P<text>\D.*)", re.S)
_PLAIN = re.compile(r"(?P<number>\d{1,2}|[IVX]{1,5})\s+(?P<text>[А-ЯЁA-Z«\"].*)", re.S)
_MONTH = re.compile(
    r"\s*(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)",
    re.I,
)


def tidy(number: str) -> str:
    """A number as it is kept: without the sign №, inner spaces and the closing dot or bracket."""
    text = re.sub(r"\s+", "", number).lstrip("№")
    if re.fullmatch(r"\d{1,3},\d{1,3}", text):
        text = text.replace(",", ".")
    if re.fullmatch(r"0\d\.\d\d", text):
        # A sheet took «1.2» for the first of February.
        text = ".".join(str(int(part)) for part in text.split("."))
    return text.rstrip(".)").strip()


def unglued(text: str) -> tuple[str, str]:
    """The number glued to the start of a measure's text and the rest; ("", text) without one."""
    match = _GLUED.match(text)
    if match is None or _is_date_or_amount(match):
        return "", text
    return tidy(match["number"]), match["text"].strip()


def _is_date_or_amount(match: re.Match[str]) -> bool:
    """«10.10.2020 …», «1.5 часа», «2. сентября» are not numbers of rows."""
    number, text = match["number"], match["text"].strip()
    if re.match(r"\d{1,2}\.\d{2}\.?$", number) and re.match(r"(?:\d|г\b|-|–)", text):
        return True
    return bool(_MONTH.match(text)) or text.startswith(("%", "час", "тыс", "млн", "год"))


def heading_parts(text: str) -> tuple[str, str]:
    """Number and title of a section row: «Раздел 1. Кадры», «II. Анализ», «1. Методическое …»."""
    match = _KEYWORD.match(text)
    if match:
        return tidy(match["number"]), match["text"].strip() or text
    for pattern in (_ROMAN, _GLUED, _PLAIN):
        match = pattern.match(text)
        if (
            match
            and not _MONTH.match(match["text"])
            and not match["text"].lower().startswith(("квартал", "полуг"))
        ):
            return tidy(match["number"]), match["text"].strip()
    return "", text


def depth(number: str) -> int:
    """How many levels a printed number has: 2 for «1.1»; 1 for «1» and «IV»; 0 for none."""
    return len([part for part in tidy(number).split(".") if part])


def is_roman(number: str) -> bool:
    """Whether the number is written with Roman figures."""
    return re.fullmatch(r"[IVXLC]+", tidy(number)) is not None
