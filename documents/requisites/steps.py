"""One step of mending a text: what it looks for, and letters without which there is nothing to find."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from documents.requisites.traced import TracedText


@dataclass(frozen=True)
class Step:
    """needs: the text is searched only when it has one of these characters; empty for every text."""

    pattern: re.Pattern[str]
    rewrite: Callable[[re.Match[str]], str]
    needs: frozenset[str] = frozenset()


def replacing(pattern: str, new: str, needs: str = "", flags: re.RegexFlag = re.NOFLAG) -> Step:
    """A step that puts `new` in the place of every match."""
    return Step(re.compile(pattern, flags), lambda found: new, frozenset(needs))


def rewriting(
    pattern: str, rewrite: Callable[[re.Match[str]], str], needs: str = "", flags: re.RegexFlag = re.NOFLAG
) -> Step:
    """A step that rewrites every match."""
    return Step(re.compile(pattern, flags), rewrite, frozenset(needs))


def mended(traced: TracedText, steps: Iterable[Step]) -> TracedText:
    """The text after all steps in their order."""
    letters = frozenset(traced.text)
    for step in steps:
        if step.needs and letters.isdisjoint(step.needs):
            continue
        changed = traced.changed(step.pattern, step.rewrite)
        if changed is not traced:
            traced, letters = changed, frozenset(changed.text)
    return traced
