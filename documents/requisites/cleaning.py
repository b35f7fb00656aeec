"""Mend what markup and recognition of scans do to a document, keeping the place of every character."""

import re

from documents.requisites.columns import unfolded
from documents.requisites.lines import is_double_spaced, lines_of
from documents.requisites.scans import DIGITS, SIGNS
from documents.requisites.steps import Step, mended, replacing, rewriting
from documents.requisites.traced import TracedText

_TWINS = str.maketrans("ABCEHKMOPTXYaceopxyiu", "АВСЕНКМОРТХУасеорхуiи")
_LATIN = re.compile("[A-Za-z]")
# A hyphen at the end of a line belongs to the word after these beginnings, and to the line otherwise.
_COMPOUND = re.compile(
    r"(?:научно|учебно|социально|информационно|организационно|физкультурно|культурно|военно|материально|"
    r"нормативно|программно|планово|контрольно|финансово|хозяйственно|психолого|медико|историко|санитарно|"
    r"воспитательно|образовательно|административно|экспертно|методико|спортивно|художественно|естественно|"
    r"общественно|духовно|гражданско|лечебно|северо|юго|ямало|ханты|карачаево|кабардино|санкт|аналитико|"
    r"консультативно|координационно|дорожно|жилищно|торгово|инженерно|профессионально|практико|личностно|"
    r"плана?|интернет|онлайн|медиа|пресс|вице|экс)",
    re.IGNORECASE,
)
_INVISIBLE = "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0])
)
_SPACES = "\t\v\f" + "".join(map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]))
_BREAKS = "\r\u2028\u2029\x85"


def _joined(found: re.Match[str]) -> str:
    hyphen = "-" if _COMPOUND.fullmatch(found["head"]) else ""
    return f"{found['head']}{hyphen}{found['tail']}"


def _one_alphabet(found: re.Match[str]) -> str:
    changed = found.group().translate(_TWINS)
    return found.group() if _LATIN.search(changed) else changed


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found.group())


_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKUP: tuple[Step, ...] = (
    replacing(f"\r\n?|[{_BREAKS}]", "\n", _BREAKS),
    replacing(f"[{_SPACES}]", " ", _SPACES),
    replacing(f"[{_INVISIBLE}]", "", _INVISIBLE),
    replacing(r"</?[a-zA-Z][^<>\n]{0,60}>", "", "<"),
    replacing(r"\*+|^#{1,6} |\\(?=[.\-()\[\]№])", "", "*#\\", re.MULTILINE),
    replacing("[\u2010-\u2012\u2212]", "-", "\u2010\u2011\u2012\u2212"),
    replacing("\u00ad\\s{0,20}", "", "\u00ad"),
    replacing(r"(?:(?<=\s)|^)\|(?=\s|$)|\|(?=\s*$)", " ", "|", re.MULTILINE),
    replacing("в„–", "№", "„"),
)
# «_14_»__января__2020», «№_12-р_»: what was written on the line of a form.
_FILLED = rewriting(
    r"(?<=[«\"])_{1,4}(?=\d{1,2}_{0,4}[»\"])|(?<=\d)_{1,4}(?=[»\"]? ?[а-я])|(?<=\d)_{1,4}(?=[»\"])|"
    r"(?:(?<=\d[»\"])|(?<=\d [»\"])|(?<=\d  [»\"]))_{1,9}(?=[а-я])|"
    r"(?<=[а-я])_{1,9}(?=(?:19|20)\d\d)|(?<=№)[ _]{1,6}(?=\d)|(?<=\d)_{1,6}(?=№)|"
    r"(?<=\w)(?<!_)_(?!_)|(?<!_)_(?=[^\W_])",
    _blanked,
    "_",
)
_WORDS: tuple[Step, ...] = (
    rewriting(r"(?P<head>[А-Яа-яЁё]{2,30})-[ ]{0,3}\n[ ]{0,40}(?P<tail>[а-яё]{2,30})", _joined, "-"),
    rewriting(
        r"(?<![^\W\d_])[А-ЯЁа-яё](?: [А-ЯЁа-яё]){3,40}(?![^\W\d_])",
        lambda found: found.group().replace(" ", ""),
    ),
    rewriting("<<|>>", lambda found: "«" if found.group() == "<<" else "»", "<>"),
    _FILLED,
    _FILLED,
)
_LETTERS: tuple[Step, ...] = (
    rewriting(
        r"(?<![A-Za-zА-Яа-яЁё])(?:[A-Za-z]{1,40}[А-Яа-яЁё]|[А-Яа-яЁё]{1,40}[A-Za-z])[A-Za-zА-Яа-яЁё]*",
        _one_alphabet,
        _LATIN_LETTERS,
    ),
    # «06 утверждении», «0 внесении»: a letter read as a digit at the beginning of a title.
    rewriting(
        r"^(?:06|0б|О6|о6)(?= (?!август|январ|феврал|март|апрел|ию[нл]|сентябр|октябр|ноябр|декабр)[а-яё]{4})"
        r"|^0(?= [а-яё]{5})",
        lambda found: "Об" if len(found.group()) == 2 else "О",
        "06",
        re.MULTILINE,
    ),
    # Words that lost the space between them: «РАСПОРЯЖЕНИЕот», «распоряжениеКоллегии», «1021-рг. Кемерово».
    rewriting(
        r"\w(?=[А-ЯЁог№])(?:(?<=[А-ЯЁ]{4})(?=от\s\d)|(?<=[а-яё]{4})(?=[А-ЯЁ][а-яё]{3}|Об?\s[а-яё]{4})|"
        r"(?<=\d-[рпРП])(?=г\.\s?[А-ЯЁ])|(?=№\s?\d))",
        lambda found: found.group() + " ",
    ),
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
# A scan read as one long line is broken where its parts begin.
_LONG_LINE = re.compile(r"[^\n]{250,}")
# The parts run on within the lines: «… (МБОУ «СОШ») СОГЛАСОВАНО Советом», «… г. Киров прикАз 12 января».
_MASHED = re.compile(
    r"[а-яё»)\d.] (?:(?:СОГЛАСОВАНО|УТВЕРЖДЕНО|УТВЕРЖДАЮ|РАССМОТРЕНО) [А-ЯЁа-яё]|(?:ПРИКАЗ|"
    r"[а-яё]+[А-ЯЁ][а-яё]*) \d{1,2} [а-яё]+ ?\d{4})"
)
_LINE_END = re.compile(r" ?\n(?!\s*\n)")
_PARTS = re.compile(
    r" (?=(?:СОГЛАСОВАНО|УТВЕРЖДЕН[АОЫ]?|УТВЕРЖДАЮ|ПРИНЯТО|РАССМОТРЕНО|Утверждаю|Утверждено|Согласовано|"
    r"Принято|Рассмотрено)\b)"
    r"| (?=(?:(?i:приказ|постановление|распоряжение|решение|протокол)) (?:от )?(?:\d|№|_))"
    r"|(?<=\d) (?=(?:Положение|ПОЛОЖЕНИЕ|Порядок|План|Программа|Отч[её]т|Концепция|Правила|Регламент)\s)"
    r"|(?<=[\w.»)]) (?=Об? [а-яё]{2,}(?:ии|ие|ой|ого|ых|и|е|ах|у)\s)"
    r"| (?=(?:В соответствии с|На основании|Во исполнение|В целях|Руководствуясь|ПРИКАЗЫВАЮ|ПОСТАНОВЛЯ)\b)"
    r"|(?<=[.:;]) (?=\d{1,2}\. [А-ЯЁ])|(?<=[.»]) (?=(?:Глава|Начальник|Директор|Председатель|Губернатор|"
    r"Министр|Руководитель|Заведующ\w{2}|Заместитель|И\.о\.)[ а-яё]{1,60} (?:[А-ЯЁ]\.){1,2})"
    r"| (?=(?:г|с|п|пос|пгт|р\.п)\. ?[А-ЯЁ][а-яё]+(?: О| 20\d\d))"
)


def cleaned(text: str) -> TracedText:
    """The text without markup, with whole words, one alphabet in a word, and «№» and digits where a scan
    was misread."""
    traced = unfolded(mended(TracedText.of(text), _MARKUP))
    if is_double_spaced(lines_of(traced.text[:6000])):
        traced = traced.changed(_EMPTY_LINE, lambda found: "\n")
    return _in_lines(mended(traced, (*_WORDS, *SIGNS, *_LETTERS, *DIGITS)))


def _in_lines(traced: TracedText) -> TracedText:
    """The first long line broken into its parts, when the text is a few such lines and nothing else."""
    head = traced.text[:3000]
    if _MASHED.search(head):
        traced = traced.changed(_LINE_END, lambda found: " " if found.start() < len(head) else found.group())
        head = traced.text[:3000]
    long = _LONG_LINE.search(head)
    if long is None or head.count("\n") > 8 or long.start() > 400:
        return traced
    return traced.changed(_PARTS, lambda found: "\n" if found.start() < long.end() else found.group())
