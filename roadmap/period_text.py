"""Make the printed text of a due period comparable: one case, one dash, one alphabet, no residue."""

import re
import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u2043"
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SOFT_BREAK = re.compile("\u00ad\\s*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>")
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160);", re.IGNORECASE)
_DASH_ENTITY = re.compile(r"&(?:ndash|mdash|minus);", re.IGNORECASE)
# A raised digit after a date is the mark of a footnote, never a part of the number.
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u207f]")
_FOOTNOTE = re.compile(r"<\s*[\d*]{1,2}\s*>|\*+")
_BLANK = re.compile(r"(?<!\d)\d{0,2}(?:_[_ ]*|\.{4,}|…+)")
_WORD = re.compile(r"[a-zа-яіїє]+")
_CYRILLIC = re.compile("[а-я]")
# Numbers that have lost the space after them: «IVквартал», «1-йквартал», «Пквартал», «иIII».
_GLUED_NUMBER = re.compile(
    r"(?:\b(?:[iv]{1,4}|x)(?=(?:кв|полуг|этап|дек|четв|год))|\b[пш](?=кварт)|\bи(?=[ivx]+\b)"
    r"|(?<=\d-)(?:й|го|е|м|я|ая|ое|ом|ый|ой)(?=(?:кварт|полуг|декад|недел|[а-я]+ник\b|сред|четверг|пятниц)))"
)
# Letters in the place of digits, as recognition of a scan leaves them: «3О.06.2О21», «l5.09.2021».
_SCANNED_DATE = re.compile(r"(?<!\w)[\dоoзli]{1,2}\.[\dоoзli]{1,2}\.[\dоoзli]{2,4}(?![\wа-я])")
_SCANNED_YEAR = re.compile(r"(?<![\wа-я])2[оo0][\dоoзli]{2}(?![\dа-яa-z])")
_SCANNED = str.maketrans("оoзli", "00311")
# Abbreviations that tokens would take apart.
_ABBREVIATIONS = (
    (re.compile(r"(?<![а-я])п\.? ?[/.] ?г(?![а-я])\.?"), " полугодие "),
    (re.compile(r"(?<![а-я])н\. ?в\b\.?"), " настоящее время"),
    (re.compile(r"(?<![а-я])пол года\b"), " полгода"),
    (re.compile(r"(?<![а-я])кв-л(?:а|е|у|ы)?\b"), " квартал"),
    (re.compile(r"(?<![а-я])м-ц(?:а|е|ы)?\b"), " месяц"),
    (re.compile(r"(?<![а-я])уч\. ?-? ?г\b\.?"), " учебный год"),
)
_TWINS = str.maketrans("abcehkmoptxyunrg", "авсенкмортхуипгд")
# Letters that stand for a stroke of a Roman number when it was typed without a Latin keyboard.
_STROKES = str.maketrans({"і": "i", "ї": "i", "ӏ": "i", "|": "i"})


def fold(text: str) -> str:
    """The text in lower case with ё as е, every dash as "-", Latin twins inside Russian words as
    Russian letters, without tags, footnote marks and invisible characters. Blanks «20__» become "_"."""
    plain = _TAG.sub(" ", _DASH_ENTITY.sub("-", _ENTITY.sub(" ", text)))
    plain = _FOOTNOTE.sub(" ", _RAISED.sub("", _SOFT_BREAK.sub("", _INVISIBLE.sub("", plain)))).replace(
        "№", " # "
    )
    plain = unicodedata.normalize("NFKC", plain).lower().replace("ё", "е").translate(_STROKES)
    for dash in DASHES:
        plain = plain.replace(dash, "-")
    for scanned in (_SCANNED_DATE, _SCANNED_YEAR):
        plain = scanned.sub(lambda found: found.group().translate(_SCANNED), plain)
    plain = _GLUED_NUMBER.sub(r"\g<0> ", _BLANK.sub(" _ ", plain))
    plain = _WORD.sub(_one_alphabet, plain)
    for pattern, whole in _ABBREVIATIONS:
        plain = pattern.sub(whole, plain)
    return re.sub(r"\s+", " ", plain).strip()


def _one_alphabet(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(_TWINS) if _CYRILLIC.search(word) else word


def as_russian(word: str) -> str:
    """A word typed with Latin letters only, as it looks in Russian: «c» → «с», «map» → «мар»."""
    return word.translate(_TWINS)
