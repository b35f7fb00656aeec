"""From lines to paragraphs: which line ends are the author's and which the page's.

A line was broken by the page when the next word would not have fitted on it. A word was cut when a
hyphen ends the line, or when it fills its line alone and the next line goes on in the middle of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from .pdf_lines import Line

_ITEM = re.compile(r"[-–—•·▪●*]\s*\w|\d{1,2}\)|[а-я]\)")
_ITEM_MARK = re.compile(r"[-–—•·▪●*]$")
# Ends after which the page breaks a line without a space: «2019-», «марте–», «www.dpo.ru/news/».
_OPEN_END = re.compile(r"\d-$|\w–$|(://|www\.)\S*[/-]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First halves of compounds: «план-график», «Интернет-ресурс», «учебно-методический».
_FIRST_HALF = re.compile(
    r"(план|интернет|онлайн|офлайн|веб|пресс|мастер|бизнес|медиа|кейс|пилот|вице|экс|премьер|кто|что|как|где|"
    r"когда|какой|по|из|во|в|северо|юго|социально|норма\w*|"
    r"\w+(?:ически|ическ|енн|онн|анн|тельн|альн|урн|ебн|учн|ивн|ионн|ядн|ртивн|ектн|"
    r"овн|оводн|ёжн|ежн|ульн|атн|етн|льск|йск|нск|тск|вск|дск)о)",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(r"то|либо|нибудь|таки|центр\w*|график\w*|класс\w*|ресурс\w*", re.IGNORECASE)
_MONTH = re.compile(
    r"(январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}", re.IGNORECASE
)
_FINISHED = re.compile(
    r"(ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|го|му|ым|им|ом|ем|ую|юю|ов|ев|ей|ам|ям|ми|ах|ях|ть|ся|ция|ции|"
    r"ния|нию|нии|тель|ость|ости)$",
    re.IGNORECASE,
)
# The second piece of a cut word often starts with a suffix, which no word does.
_SUFFIX = re.compile(
    r"([аияе]?т|оват|ват|ират)?ельн|льн|ьн|(и?че)?ск(их|ого|ому|им|ими|ой|ая|ое|ие|ий)$|[аея]ни[еяюй]$|ци[яиюей]$|ост[иь]$|"
    r"ств\w{1,3}$|н?ност[иь]ю?$|н(ых|ого|ому|ый|ой|ая|ое|ые|ыми|ым|ом)$|[ую]ющ|вш",
)
_LITTLE_WORD = re.compile(
    r"[авикосуя]|во|до|за|из|ко|на|не|ни|но|об|от|по|со|то|же|для|при|под|над|без|или|обо|они|что|как"
)
# Above this share of lines that end in a cut word the file was hyphenated by a program.
_HYPHENATED = 0.05


@dataclass
class Vocabulary:
    """Words that stand whole inside lines of the file; they tell a compound from a cut word."""

    words: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    cuts: int = 0

    def learn(self, lines: list[Line]) -> None:
        """Take the words of one cell or one column of text, line by line."""
        self.lines += len(lines)
        for number, line in enumerate(lines):
            inner = line.words[1:-1] if len(lines) > 1 else line.words
            for word in inner:
                found = (one.lower() for one in _WORD.findall(word.text))
                # A single letter may be the tail of a word that a narrow column cut.
                self.words.update(one for one in found if len(one) > 1)
            if number + 1 < len(lines) and _ends_with_cut(line):
                self.cuts += not _looks_compound(line.words[-1].text[:-1], lines[number + 1].words[0].text)

    def knows(self, word: str) -> bool:
        return word.lower() in self.words

    def knows_start(self, start: str) -> bool:
        """Whether a longer word of the file starts so."""
        return any(word.startswith(start.lower()) for word in self.words)

    def knows_end(self, end: str) -> bool:
        """Whether a longer word of the file ends so."""
        return any(word.endswith(end.lower()) for word in self.words)

    @property
    def is_hyphenated(self) -> bool:
        """Whether hyphens at line ends are mostly the work of automatic hyphenation."""
        return self.cuts > max(2, _HYPHENATED * self.lines)


def paragraphs_of(lines: list[Line], left: float, right: float, vocabulary: Vocabulary) -> list[str]:
    """The paragraphs of text set between two margins, line ends of the page taken out."""
    groups = [[lines[0]]] if lines else []
    pitch = _pitch(lines)
    for before, line in zip(lines, lines[1:], strict=False):
        if _is_next_item(groups[-1][0], line) or _is_new_paragraph(before, line, left, right, pitch):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_joined(group, left, right, vocabulary) for group in groups]


def _pitch(lines: list[Line]) -> float:
    steps = [line.base - before.base for before, line in zip(lines, lines[1:], strict=False)]
    heights = [line.height for line in lines]
    return min(median(steps), 1.8 * max(heights)) if steps else 0.0


def _is_next_item(first: Line, line: Line) -> bool:
    """Whether both lines start with the same mark of a list."""
    return bool(_ITEM.match(first.text) and _ITEM.match(line.text)) and first.text[0] == line.text[0]


def _is_new_paragraph(before: Line, line: Line, left: float, right: float, pitch: float) -> bool:
    if line.base - before.base > 1.4 * pitch or line.base < before.base:
        return True
    if _ITEM.match(line.text) and before.text[-1] in ".;:,":
        return True
    if _goes_on_surely(before, line):
        return False
    return free_width(before, left, right) >= _first_width(line) + _space(before) + 1.0


def free_width(line: Line, left: float, right: float) -> float:
    """How much room a line leaves between the margins; a centred one leaves it on both sides."""
    before, after = line.left - left, right - line.right
    is_centred = before > 2 and abs(before - after) <= max(4.0, 0.12 * (before + after))
    return before + after if is_centred else after


def _first_width(line: Line) -> float:
    """The width of what had to fit on the line before: the first word up to a hyphen in it.

    The mark of a list item goes with the word after it.
    """
    word = line.words[0]
    if _ITEM_MARK.match(word.text) and len(line.words) > 1:
        return line.words[1].right - word.left
    head = re.match(r"[^-]*-|.*", word.text)
    share = len(head.group()) / len(word.text) if head and head.group() else 1.0
    return (word.right - word.left) * share


def _space(line: Line) -> float:
    return 0.22 * line.height


def _ends_with_cut(line: Line) -> bool:
    return re.search(r"[^\W\d_][-\xad\u2010]$", line.text) is not None


def _goes_on_surely(before: Line, line: Line) -> bool:
    """Whether the text breaks off where no paragraph ends."""
    if _OPEN_END.search(before.text) and line.text[0].isdigit():
        return True
    return _ends_with_cut(before) and line.text[0].islower()


def _joined(group: list[Line], left: float, right: float, vocabulary: Vocabulary) -> str:
    text = group[0].text
    for before, line in zip(group, group[1:], strict=False):
        is_full = _is_full(before, line, left, right)
        # No paragraph ends with «и» or «о»: alone on its last line the letter is the end of a word.
        is_scrap = is_full and line is group[-1] and _LITTLE_WORD.fullmatch(line.text.rstrip(".")) is not None
        if is_scrap or line.text[0] in ")»,;:":
            text += line.text
        else:
            text = _glued(text, line.text, is_full=is_full, vocabulary=vocabulary)
    return text.replace("\xad", "").replace("\u2010", "-")


def _is_full(before: Line, line: Line, left: float, right: float) -> bool:
    """Whether a single word fills its line so that not one letter more would fit."""
    last, first = before.text[-1], line.text[0]
    are_letters, are_digits = last.isalpha() and first.islower(), last.isdigit() and first.isdigit()
    if len(before.words) != 1 or not (are_letters or are_digits):
        return False
    usual = (before.right - before.left) / len(before.text)
    return len(before.text) > 3 and free_width(before, left, right) < 1.1 * max(usual, line.words[0].letter)


def _glued(text: str, following: str, *, is_full: bool, vocabulary: Vocabulary) -> str:
    """Two lines of a paragraph as one text."""
    if text.endswith("\xad"):
        return text[:-1] + following
    cut = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010]$", text)
    if cut:
        rest = _WORD.match(following)
        if rest is None or not rest.group()[0].islower():
            return text + following
        return (text if _is_compound(cut.group(1), rest.group(), vocabulary) else text[:-1]) + following
    if _OPEN_END.search(text) and re.match(r"\w", following):
        return text + following
    if is_full and _is_cut_word(text, following, vocabulary):
        return text + following
    return f"{text} {following}"


def _is_compound(first: str, second: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen between two halves belongs to the word.

    The file's own words decide first, then the build of Russian compounds.
    """
    if vocabulary.knows(first + second):
        return False
    if vocabulary.knows(f"{first}-{second}"):
        return True
    if _looks_compound(first, second):
        return True
    return not vocabulary.is_hyphenated or vocabulary.knows(first) and vocabulary.knows(second)


def _looks_compound(first: str, second: str) -> bool:
    return bool(_MONTH.fullmatch(first) or _FIRST_HALF.fullmatch(first) or _SECOND_HALF.fullmatch(second))


def _is_cut_word(text: str, following: str, vocabulary: Vocabulary) -> bool:
    """Whether a word that fills its line goes on in the next one.

    The file's own words decide first, then the look of both pieces: a finished ending before, a word
    too short to stand there alone after.
    """
    head, tail = text.split()[-1], re.match(r"[^\W_]+", following)
    if tail is None or vocabulary.knows_start(head + tail.group()):
        return tail is not None
    if vocabulary.knows(head) or _FINISHED.search(head) and not _SUFFIX.match(tail.group()):
        return False
    if re.match(rf"({_LITTLE_WORD.pattern})[.,;)]", following):
        return True
    if _LITTLE_WORD.fullmatch(tail.group()):
        return head[-1] not in "аяыоеуюьй" and (following == tail.group() or tail.group() in ("о", "а", "я"))
    if vocabulary.knows(tail.group()):
        return False
    if head[-1] not in "аяыоеуюь" or len(tail.group()) < 6:
        return True
    return _SUFFIX.match(tail.group()) is not None or vocabulary.knows_end(tail.group())
