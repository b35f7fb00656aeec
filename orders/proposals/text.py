"""Numbered items of the operative part of an order, and the decisions of minutes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from orders.proposals.parts import executors_of, split_parts, trimmed
from orders.proposals.shapes import CONTROL, DECISION, ITEM, STATEMENT, Proposal

_ORDERS = re.compile(
    r"(?:^|[\s,])(приказыва(?:ю|ем|ет)|постановля(?:ю|ет)|обязыва(?:ю|ет)|распоряжа(?:юсь|ется)|предлага(?:ю|ет))"
    r"\s*:\s*(.*)$",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(решил[иао]?|постановил[иао]?|решение|решили единогласно)\s*:?\s*(.*)$",
    re.IGNORECASE,
)
_NEW_QUESTION = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(слушали|выступил[иа]?|повестка|голосовали|по\s+\w+\s+вопросу|присутствовали)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,3}[.)])\s*(?=[^\d\s.)])(.+)$", re.DOTALL)
_SIGNATORY = re.compile(
    r"^(и\.?\s?о\.?\s+|врио\s+|исполняющ\w+\s+обязанности\s+)?(заместител\w+\s+)?"
    r"(начальника?|директора?|глав[аы]|руководител[ья]|председател[ья]|секретар[ья]|заведующ\w+|министра?|"
    r"ректора?|губернатора?|президента?|мэра?)\b(?:[^.:;]|(?<=\b[А-ЯЁ])\.){0,120}$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^\s*(приложение\b|утвержд[её]н[аоы]?\b|с приказом ознакомлен|ознакомлен\w*\b|исп(?:олнитель)?\.\s)",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"контрол\w*\s+(за\s+)?(исполнени|выполнени|реализаци)|общ\w+\s+контроль\b", re.IGNORECASE
)
_CONTROLLER = re.compile(r"возложить\s+на\s+(.+?)\s*$", re.IGNORECASE | re.DOTALL)
_BY_SIGNATORY = re.compile(r"оставля\w+\s+за\s+собой|беру\s+на\s+себя", re.IGNORECASE)
_STATED = re.compile(
    r"^(настоящ\w+|данн\w+|утвердить|признать\s+утративш|отменить\s+приказ|внести\s+(?:следующ\w+\s+)?изменени|"
    r"(?:под)?пункт\w*\s+[\d.]+.{0,80}?(?:изложить|исключить|дополнить|признать)|слов[ао]\s+«|дополнить\s+пункт|"
    r"принять\s+к\s+сведению|информацию\s+принять|считать\s+утративш|создать\s+(?:рабочую\s+группу|комиссию)\s+в)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<!\w)(?:[А-ЯЁа-яё]\s){4,}[А-ЯЁа-яё](?!\w)")


@dataclass
class _Item:
    number: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _joined(self.lines)


def proposals_of(paragraphs: Iterable[str]) -> list[Proposal]:
    """The items of an act in their order; nothing when the text orders or decides nothing.

    A paragraph may be a whole item or one line of it, as extraction from paper gives it.
    """
    found: list[Proposal] = []
    for kind, lines in _blocks(_lines(paragraphs)):
        found += _read(kind, _items(lines))
    return found


def _lines(paragraphs: Iterable[str]) -> list[str]:
    return [_tight(line) for text in paragraphs for line in text.split("\n")]


def _tight(line: str) -> str:
    """«П Р И К А З Ы В А Ю» is one word; blanks are single."""
    line = line.replace("\xa0", " ")
    return re.sub(r"[ \t]+", " ", _SPACED.sub(lambda m: m[0].replace(" ", ""), line)).strip()


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Stretches of lines that order («приказываю:») or decide («РЕШИЛИ:»)."""
    blocks: list[tuple[str, list[str]]] = []
    is_open = False
    for line in lines:
        if (decided := _DECIDED.match(line)) and _is_heading(line):
            blocks.append((DECISION, [decided[2]]))
            is_open = True
        elif (ordered := _ORDERS.search(line)) and not (is_open and blocks[-1][0] == ITEM):
            blocks.append((ITEM, [ordered[2]]))
            is_open = True
        elif is_open and _is_over(line, blocks[-1]):
            is_open = False
        elif is_open:
            blocks[-1][1].append(line)
    return blocks


def _is_heading(line: str) -> bool:
    """«РЕШИЛИ:» begins a block; «Решение» in running text or in a title does not."""
    word = line.lstrip(" 0123456789.)").split(":")[0].split(" ")[0]
    return ":" in line[:40] or (word.isupper() and len(line) < 30 and not line.upper().startswith("РЕШЕНИЕ"))


def _is_over(line: str, block: tuple[str, list[str]]) -> bool:
    kind, lines = block
    if not any(lines) or not line:
        return False
    if _ENDS.match(line) or (_SIGNATORY.match(line) and not _is_cut(lines)):
        return True
    return kind == DECISION and bool(_NEW_QUESTION.match(line))


def _is_cut(lines: list[str]) -> bool:
    """Whether the sentence above goes on in the next line, so that it cannot be a signature."""
    above = next((line for line in reversed(lines) if line), "")
    return bool(above) and above[-1] not in ".;:!" and not above.endswith("г")


def _items(lines: list[str]) -> list[_Item]:
    items: list[_Item] = []
    for line in lines:
        numbered = _NUMBER.match(line)
        if numbered and _follows(numbered[1], items):
            items.append(_Item(numbered[1].rstrip(".)"), [numbered[2]]))
        elif items and line:
            items[-1].lines.append(line)
        elif line:
            items.append(_Item("", [line]))
    return [item for item in items if item.text]


def _follows(number: str, items: list[_Item]) -> bool:
    """A number that continues the list; «30.06.2027 г.» or a figure in a broken line does not."""
    top = int(number.split(".")[0].rstrip(")"))
    before = next((item for item in reversed(items) if item.number), None)
    last = int(before.number.split(".")[0]) if before else 0
    return last <= top <= last + 5


def _joined(lines: list[str]) -> str:
    """One text of the lines of an item; a hyphen at the end of a line joins, sub-items stay apart."""
    text = ""
    for line in lines:
        if re.match(r"[-–—•]\s", line):
            text += f"\n{line}"
        elif text.endswith("-") and line[:1].islower():
            text = text[:-1] + line
        else:
            text += f" {line}" if text else line
    return text.strip()


def _read(kind: str, items: list[_Item]) -> list[Proposal]:
    found: list[Proposal] = []
    heads: dict[str, str] = {}
    for item in items:
        is_head = item.text.endswith(":") and any(i.number.startswith(f"{item.number}.") for i in items)
        if is_head and item.number:
            heads[item.number] = item.text.rstrip(": ")
            continue
        found.append(_proposal(kind, item, heads.get(_above(item.number), "")))
    return found


def _above(number: str) -> str:
    return number.rpartition(".")[0]


def _proposal(kind: str, item: _Item, head: str) -> Proposal:
    text = item.text
    if _CONTROL.search(text) and (_CONTROLLER.search(text) or _BY_SIGNATORY.search(text)):
        controller = _CONTROLLER.search(text)
        return Proposal(CONTROL, item.number, text, text, [trimmed(controller[1])] if controller else [])
    parts = split_parts(text)
    if (_STATED.match(text) or _STATED.match(head)) and not parts.executors and not parts.due_text:
        return Proposal(STATEMENT, item.number, text, text)
    proposal = Proposal(kind, item.number, parts.title, text, parts.executors, parts.due_text, parts.doubts)
    if head and not proposal.executors:
        proposal.executors, doubts = executors_of(head)
        proposal.doubts += doubts
    return proposal
