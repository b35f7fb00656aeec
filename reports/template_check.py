"""The check of an uploaded template before it is stored: every tag of every part, then a trial.

The tags are read from the very text that rendering would run (docxtpl's rearranged XML), so nothing
runs that was not checked. `check_limited` is for callers; the rest runs in the limited subprocess.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml import etree

from core.errors import Unreadable
from core.limited import Limits, run_limited
from reports.fields import REPORT, Group, Listing, Shape
from reports.render import render_report
from reports.sandbox import PlainSandbox
from reports.template_grammar import STATEMENTS, Grammar, allowed_tags
from reports.template_package import Part, parts
from reports.template_places import TAG, Placed, placed_tags, words_of

LIMITS = Limits(memory_mb=1024, cpu_seconds=8, wall_seconds=10, answer_mb=4)
MOST_TAGS = 2_000
LONGEST_TAG = 500
LONGEST_SHOWN = 120
_NO_TEMPLATE: Any = None
_DOCXTPL_ONLY = ("vm", "cellbg", "colspan")


@dataclass(frozen=True)
class Problem:
    """A tag that cannot stay: the tag, its place, and the whole sentence for its author."""

    tag: str
    place: str
    sentence: str


def check_limited(path: str | Path) -> list[Problem]:
    """What must be mended in the template at `path`; empty when it may be stored.

    Runs in the limited subprocess, at most ten seconds. Raises Unreadable or TooLarge when the file is
    not to be opened at all.
    """
    found = run_limited("reports.template_check:template_problems", LIMITS, path=str(path))
    return [Problem(**each) for each in found]


def template_problems(path: str) -> list[dict[str, str]]:
    """As check_limited, in this process: [{tag, place, sentence}]."""
    return [asdict(problem) for problem in check_template(path)]


def check_template(path: str) -> list[Problem]:
    """As check_limited, in this process."""
    found = [problem for part in parts(path) for problem in _part_problems(part)]
    return found or list(_trial_problems(path))


def _part_problems(part: Part) -> list[Problem]:
    placed = placed_tags(part)
    if len(placed) > MOST_TAGS:
        return [Problem("", part.where, f"{part.where}: тегов больше {MOST_TAGS}. Упростите шаблон.")]
    if not part.is_filled:
        return [_problem(each, "здесь теги не заполняются, уберите его") for each in placed]
    if at_sight := [_problem(each, why) for each in placed if (why := _refused_at_sight(each.tag))]:
        return at_sight
    if part.is_properties:
        texts = [element.text or "" for element in part.root]
        return [problem for text in texts for problem in _read(text, placed, in_text=False)]
    readings = [_read(source, placed, in_text=True) for source in _sources(part)]
    return max(readings, key=len)


def _sources(part: Part) -> list[str]:
    """The part as docxtpl may run it: footnotes from their bytes, the rest from a tree without blank text."""
    bare = etree.fromstring(part.raw, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    texts = {part.raw.decode("utf-8-sig"), etree.tostring(bare, encoding="unicode")}
    return [DocxTemplate.patch_xml(_NO_TEMPLATE, text) for text in sorted(texts)]


def _read(source: str, placed: list[Placed], *, in_text: bool) -> list[Problem]:
    tags = TAG.findall(source.replace("\n", " "))
    places = _Places(placed)
    stated = [places.of(tag) for tag in tags]
    lost = [_problem(each, _LOST) for each in places.unseen()] if in_text else []
    return lost or [_problem(_at(stated, number), why) for number, why in _grammar(source, in_text=in_text)]


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


def _grammar(source: str, *, in_text: bool) -> Iterator[tuple[int, str]]:
    """Numbers of the wrong tags, from 1, and why; each tag is put on a line of its own to be numbered."""
    numbered = TAG.sub(lambda found: "\n" + found[0], source.replace("\n", " "))
    try:
        tree = PlainSandbox().parse(numbered)
    except TemplateSyntaxError as error:
        yield error.lineno - 1, _UNFINISHED
    except RecursionError:
        yield 0, "запись слишком сложна"
    else:
        yield from ((each.tag, each.why) for each in Grammar(in_text=in_text).read(tree))


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


def _trial_problems(path: str) -> Iterator[Problem]:
    """The template filled twice, with everything and with nothing: shows what reading cannot."""
    with tempfile.TemporaryDirectory(prefix="vekha-template-") as folder:
        for data in (_specimen(), {"title": "", "sections": []}):
            try:
                render_report(path, data, f"{folder}/trial.docx")
            except _UNFILLABLE as error:
                detail = str(error) if isinstance(error, Unreadable) else "проверьте таблицы и теги циклов."
                yield Problem("", "", f"Пробный отчёт по этому шаблону не собирается: {detail}")
                return


def _specimen() -> dict[str, Any]:
    """A report with something in every field, of two lines and with the characters XML is afraid of."""
    made = _made(Group("", {name: shape for name, shape in REPORT.parts.items() if name != "column"}))
    assert isinstance(made, dict)
    return made


def _made(shape: Shape, name: str = "") -> Any:
    if isinstance(shape, Group):
        return {part: _made(each, part) for part, each in shape.parts.items()}
    if isinstance(shape, Listing):
        return [_made(shape.item, name) for _ in range(9 if name == "columns" else 2)]
    return f"{shape.means} <&>\n{name}"


__all__ = ["Problem", "allowed_tags", "check_limited", "check_template"]
