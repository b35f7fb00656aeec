"""What recognition of scans makes of the sign «№» and of digits, and how it is read back."""

import re

from documents.requisites.steps import Step, replacing, rewriting

_DIGITS = str.maketrans("ОоOoЗзlI|", "000033111")
_AFTER = r"(?=\s{0,2}(?:(?:[А-ЯA-Z]{1,5}[-–]?)?[\dЗО]+[\w/.-]*|_{2}))"
# Latin letters and marks, or a capital with a letter that makes no word: «от 12.03.2020 Не 45».
_LATIN_SCRAP = re.compile(r"[A-Za-z|\\!#%&]|^(?!На$|Но$|Мы$)[НМЛХ][А-ЯЁа-яё°\d]{1,2}$")


def _as_digits(found: re.Match[str]) -> str:
    digits = found.group().translate(_DIGITS)
    return digits.replace(" ", "") if re.fullmatch(r"\d{3} \d", digits) else digits


def _with_sign(found: re.Match[str]) -> str:
    scrap = found["scrap"] or found["scrap2"]
    return f"{found['date'] or found['word']}№ " if _LATIN_SCRAP.search(scrap) else found.group()


def _spaced(found: re.Match[str]) -> str:
    return found.group() + " "


#: «ЛЪ 17», «J\Ъ 94», «Jtlb 204», «Nе5», «М 45», «N2 33» → «№».
SIGNS: tuple[Step, ...] = (
    # «№№ 12, 13 и 14»: every number gets its sign.
    rewriting(
        r"№ ?№ ?(?=\d)(?P<numbers>\d[\w/-]*(?:(?:, ?| и )\d[\w/-]*)+)(?![\w.])",
        lambda found: "№ " + re.sub(r"(, ?| и )", r"\1№ ", found["numbers"]),
        "№",
    ),
    replacing(r"N2(?<![\w№]N2)(?=\s{1,2}(?:(?:[А-ЯA-Z]{1,3}-?)?\d|_)|\d{2})", "№", "N"),
    replacing(
        r"(?:(?<![\w№])|(?<=года))(?:N[оoОO]\.?|J?N ?[°º]|"
        r"N[зsqgnrpпеeсcьЬъЪbяЯ]{1,2} ?(?![а-яё])|N9(?= \d)|№ ?[:.]?\s?№|"
        r"№[оеe:.]|N\.|"
        r"Л[ЪъЬьoоО9бe]|JV[oоsеe2]?|J[\\/|]?[ЪъЬь][ -]?|J[\\/|]?[ГгЯПпNМ][sзeе:]{0,2}|J[\\/|]?[\wЪЬ]{1,3}|"
        r"[MМ]9|[MМ]2(?= )|[MМ][ЪъЬьоo°]|[XХ][°оo9е]|#|&#8470;)" + _AFTER,
        "№",
        "N№ЛJMМXХ#",
    ),
    replacing(
        r"[MМ](?= ?(?:[РP]-)?\d)(?:(?<=[а-яё] .) ?(?=\d[\w/-]*,? от )|"
        r"(?:(?<=\d{4} г\.\s.)|(?<=г\..)|(?<=года\s.)|(?<=\d{4}\s.)) ?(?=[РP\d]))",
        "№",
        "MМ",
    ),
    replacing(r"(?<![\w.'’-])N(?=\s{0,3}(?:[А-ЯA-Z]{1,5}[-–])?(?:\d|_))", "№", "N"),
)

#: «3О.06.2О21», «20|4 г.», «12 января2022», and scraps in the place of «№» after a date.
DIGITS: tuple[Step, ...] = (
    rewriting(
        r"(?<![\w.])[\dОоOoЗзlI|]{1,2} ?\. ?[\dОоOoЗзlI|]{1,2} ?\. ?[\dОоOoЗзlI|]{4}(?![\d|])",
        _as_digits,
        "0123456789",
    ),
    rewriting(
        r"(?<![\w|])(?:[12][\dОоOoЗзlI|]{3}|[12][\dОоOoЗзlI|]{2} [|lI1\d])(?=\s?г|\s*год)", _as_digits, "12"
    ),
    rewriting(
        r"[ОоOoЗзlI|](?=\d[ .])(?<=от .)\d(?=[ .][А-Яа-я\d])|"
        r"\d(?=[ОоOoЗзlI|][ .])(?<=от .)[ОоOoЗзlI|](?=[ .][А-Яа-я\d])",
        _as_digits,
        "0123456789",
        re.IGNORECASE,
    ),
    rewriting(
        r"[а-яё](?=(?:19|20)\d\d ?(?:г\b|г\.|год))"
        r"|\d(?=(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря))",
        _spaced,
        "0123456789",
    ),
    rewriting(
        r"(?P<date>(?:\d{4}|\d\.\d\d) ?(?:г\.?|года)? ?)(?P<scrap>[^\s\d«»\"();,_]{1,5}) ?"
        r"(?=\d{1,5}(?:[-/][\wА-Яа-я/]{1,9})?(?:[\s,;.)«\"]|$))"
        r"|(?P<word>[а-яё]{3} )(?P<scrap2>[^\s\d«»\"();,_]{1,5}) ?(?=\d[\w/-]{0,12}[ ,]{1,2}от \d)",
        _with_sign,
        "0123456789",
    ),
)
