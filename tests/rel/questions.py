"""Questions that nobody should be able to break the search with, as many as wanted, the same every time.

Used by tests/rel/test_search_fuzz.py in a small archive and by bench/search_pages.py in a large one.
"""

import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

_WORDS = """
приказ план исполнено не семинар 602-ОД 60/1 27.01.2021 31.02.2021 январь 2021 ФГОС ghbrfp ёлка а и о
наставникам 0 000 р-33 №602 школа-интернат 99999999999999999999 2021-13-45 пр0т0к0л x -- - ИЛИ OR | « »
"""
#: The sign ¦ stands for a blank.
_SIGNS = """
*1* [а¦TO¦я] /.*/ NOT¦NOT¦NOT¦а (((((((( )))) « » " ' „“ - -- − № №: вид: от: год: год:abcd орган:«
статус:- исполнитель:* field:value : :: % %25 \\ ';¦DROP¦TABLE¦document;¦-- <script>alert(1)</script>
{{7*7}} ${x} 😀 𝕏 İ ß ﬁ ٣ ² ½ | & ! <-> :* ~ ^ () {} ИЛИ¦ИЛИ ИЛИ -ИЛИ -«а¦б» вид:приказ №:602
от:январь год:2021 =1+1 @20210127
"""
WORDS = _WORDS.split()
SIGNS = [sign.replace("¦", " ") for sign in _SIGNS.split()] + ["\x00", "\x1f", "\u200b", "\u202e", "\ufeff"]
_VALUES = "order 2021 0 -1 1e9 99999999999999999999 x'¦OR¦1=1 ٣ документ null nan inf"
VALUES = ["", "\x00", *(value.replace("¦", " ") for value in _VALUES.split())]
NAMES = (
    "kind",
    "year",
    "organisation",
    "author",
    "state",
    "since",
    "until",
    "order",
    "after",
    "at",
    "q",
    "page",
)
PATHS = ("/search", "/search", "/search", "/search/suggest", "/search/export.csv")


def addresses(count: int, *, seed: int = 8) -> Iterator[str]:
    """Addresses with questions from harmless to hostile; every tenth is not even proper text."""
    chance = random.Random(seed)
    for number in range(count):
        text = _text(chance)
        values = [("q", text)]
        while chance.random() < 0.3:
            values.append((chance.choice(NAMES), chance.choice(VALUES)))
        path = chance.choice(PATHS)
        if number % 10 == 0:
            yield f"{path}?q={quote(text)}%{chance.choice(('ff', 'c0%af', 'd1', 'ed%a0%80', 'zz', ''))}"
        else:
            yield f"{path}?{urlencode(values)}"


def _text(chance: random.Random) -> str:
    way = chance.random()
    if way < 0.1:
        return chance.choice("а1-«» (*") * chance.choice((1, 50, 3000))
    if way < 0.2:
        return "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(1, 60)))
    glue = chance.choice((" ", " ", "", "-", "/", " -", " ИЛИ "))
    return glue.join(chance.choice(WORDS + SIGNS) for _ in range(chance.choice((1, 2, 3, 5, 9, 40))))
