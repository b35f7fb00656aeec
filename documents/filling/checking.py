"""The check of an uploaded template before it is stored: every tag of every part, then a trial.

The tags are read from the very text that rendering would run (docxtpl's rearranged XML), so nothing
runs that was not checked. `ask_limited` is for callers; the rest runs in the limited subprocess.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml import etree

from core.errors import Unreadable
from core.limited import Limits, run_limited
from documents.filling.contract import Contract, Group, Listing, Shape
from documents.filling.grammar import STATEMENTS, Grammar
from documents.filling.package import Part, parts
from documents.filling.places import TAG, Placed, placed_tags, words_of
from documents.filling.sandbox import PlainSandbox

LIMITS = Limits(memory_mb=1024, cpu_seconds=8, wall_seconds=10, answer_mb=4)
MOST_TAGS = 2_000
LONGEST_TAG = 500
LONGEST_SHOWN = 120
#: Fills the template at the first path with data, to the second path.
Fill = Callable[[str, dict[str, Any], str], object]
_NO_TEMPLATE: Any = None
_DOCXTPL_ONLY = ("vm", "cellbg", "colspan")


@dataclass(frozen=True)
class Problem:
    """A tag that cannot stay: the tag, its place, and the whole sentence for its author."""

    tag: str
    place: str
    sentence: str


def ask_limited(check: str, path: str | Path) -> list[Problem]:
    """What must be mended in the template at `path`; empty when it may be stored.

    `check` names a room's function that answers as `as_told`; it runs in the limited subprocess, at most
    ten seconds. Raises Unreadable or TooLarge when the file is not to be opened at all.
    """
    return [Problem(**each) for each in run_limited(check, LIMITS, path=str(path))]


def as_told(problems: list[Problem]) -> list[dict[str, str]]:
    """Problems on their way out of the limited subprocess: [{tag, place, sentence}]."""
    return [asdict(problem) for problem in problems]


def problems_in(path: str, contract: Contract, *, fill: Fill, bare: dict[str, Any]) -> list[Problem]:
    """What is wrong with the template at `path`, in this process.

    `bare` is the least that a document may be made of; `fill` is tried with it and with everything.
    """
    found = [problem for part in parts(path) for problem in _part_problems(part, contract)]
    return found or list(_trial_problems(path, fill, (_specimen(contract), bare)))


def _part_problems(part: Part, contract: Contract) -> list[Problem]:
    placed = placed_tags(part)
    if len(placed) > MOST_TAGS:
        return [Problem("", part.where, f"{part.where}: тегов больше {MOST_TAGS}. Упростите шаблон.")]
    if not part.is_filled:
        return [_problem(each, "здесь теги не заполняются, уберите его") for each in placed]
    if at_sight := [_problem(each, why) for each in placed if (why := _refused_at_sight(each.tag))]:
        return at_sight
    if part.is_properties:
        texts = [element.text or "" for element in part.root]
        return [
            problem for text in texts for problem in _read(text, placed, Grammar(contract, in_text=False))
        ]
    readings = [_read(source, placed, Grammar(contract, in_text=True)) for source in _sources(part)]
    return max(readings, key=len)


def _sources(part: Part) -> list[str]:
    """The part as docxtpl may run it: footnotes from their bytes, the rest from a tree without blank text."""
    bare = etree.fromstring(part.raw, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    texts = {part.raw.decode("utf-8-sig"), etree.tostring(bare, encoding="unicode")}
    return [DocxTemplate.patch_xml(_NO_TEMPLATE, text) for text in sorted(texts)]


def _read(source: str, placed: list[Placed], grammar: Grammar) -> list[Problem]:
    tags = TAG.findall(source.replace("\n", " "))
    places = _Places(placed)
    stated = [places.of(tag) for tag in tags]
    lost = [_problem(each, _LOST) for each in places.unseen()] if grammar.is_in_text else []
    return lost or [_problem(_at(stated, number), why) for number, why in _findings(source, grammar)]


# What docxtpl, python-docx and lxml raise for a document they cannot make sense of.
_UNFILLABLE = (Unreadable, TemplateError, etree.LxmlError, ValueError, LookupError, AttributeError, TypeError)
_LOST = "тег пропадёт: рядом стоит {%tr …%}, {%tc …%} или {%p …%}; перенесите его в другую строку или абзац"
_UNFINISHED = "запись тега не закончена или составлена неверно"


def _refused_at_sight(tag: str) -> str | None:
    if len(tag) > LONGEST_TAG:
        return "тег слишком длинный"
    if not tag.endswith(("}}", "%}", "#}")):
        return "тег не закрыт"
    if tag.startswith("{%"):
        word = words_of(tag.replace("{%-", "{%")).removeprefix("{%")
        if not word.startswith(STATEMENTS):
            return "такого тега нет; есть for, if, elif, else, endif, endfor"
    return None


def _findings(source: str, grammar: Grammar) -> Iterator[tuple[int, str]]:
    """Numbers of the wrong tags, from 1, and why; each tag is put on a line of its own to be numbered."""
    numbered = TAG.sub(lambda found: "\n" + found[0], source.replace("\n", " "))
    try:
        tree = PlainSandbox().parse(numbered)
    except TemplateSyntaxError as error:
        yield error.lineno - 1, _UNFINISHED
    except RecursionError:
        yield 0, "запись слишком сложна"
    else:
        yield from ((each.tag, each.why) for each in grammar.read(tree))


class _Places:
    """Finds the place of each tag of the rearranged source among the tags as their author wrote them."""

    def __init__(self, placed: list[Placed]) -> None:
        self._left = list(placed)

    def of(self, tag: str) -> Placed:
        for each in self._left:
            if words_of(each.tag) == words_of(tag):
                self._left.remove(each)
                return Placed(each.tag, each.place)
        return Placed(tag, "")

    def unseen(self) -> list[Placed]:
        """Tags that the rearranged source has no more; those that docxtpl makes attributes are not lost."""
        return [each for each in self._left if not words_of(each.tag).startswith(_MADE_INTO_ATTRIBUTES)]


_MADE_INTO_ATTRIBUTES = tuple("{%" + word for word in _DOCXTPL_ONLY)


def _at(stated: list[Placed], number: int) -> Placed:
    return stated[number - 1] if 0 < number <= len(stated) else Placed("", "")


def _problem(placed: Placed, why: str) -> Problem:
    where = " ".join(filter(None, ("тег", placed.tag[:LONGEST_SHOWN], placed.place)))
    return Problem(placed.tag, placed.place, f"{where}: {why}.".replace("?.", "?"))


def _trial_problems(path: str, fill: Fill, trials: tuple[dict[str, Any], ...]) -> Iterator[Problem]:
    """The template filled with everything and with nothing: shows what reading cannot."""
    with tempfile.TemporaryDirectory(prefix="vekha-template-") as folder:
        for data in trials:
            try:
                fill(path, data, f"{folder}/trial.docx")
            except _UNFILLABLE as error:
                detail = str(error) if isinstance(error, Unreadable) else "проверьте таблицы и теги циклов."
                yield Problem("", "", f"Пробный документ по этому шаблону не собирается: {detail}")
                return


def _specimen(contract: Contract) -> dict[str, Any]:
    """A document with something in every field, of two lines and with the characters XML is afraid of."""
    made = _made(contract.fields)
    assert isinstance(made, dict)
    return made


def _made(shape: Shape, name: str = "") -> Any:
    if isinstance(shape, Group):
        return {part: _made(each, part) for part, each in shape.parts.items()}
    if isinstance(shape, Listing):
        return [_made(shape.item, name) for _ in range(9 if name == "columns" else 2)]
    return f"{shape.means} <&>\n{name}"
