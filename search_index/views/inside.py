"""Searching inside one document: on which pages the words stand, and the page with its finds marked."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup, escape

from accounts.policy import signed_in
from core.filters import counted
from documents.models import Document, PageText
from documents.queries import document_of, page_text, pages_read
from documents.views.leaf import ACROSS, Leaf, Spot, leaf_of
from search_index.meaning import need_of
from search_index.needs import Everything, phrases_of, words_of
from search_index.passages import Find, Passage, finds, marked, passage_of, standing_together
from search_index.queries.saved import synonyms
from search_index.query_language import parse
from search_index.views.blueprint import asked, bp, me

#: So many finds of a page are marked and counted.
MOST_MARKED = 500
#: So much of a word's height is marked above and below it.
EDGE = 0.35


@bp.get("/search/in/<int:document_id>")
@signed_in
def inside(document_id: int) -> Any:
    """The pages of one document that have the words of «q», and one of them: «page», or the first."""
    found = document_of(document_id, seen_by=me())
    return render_template("search/inside.html", inside=Inside(found, asked().text.strip()))


class Inside:
    """Everything that templates/search/inside.html shows."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text = document, text
        self.question = parse(text)
        need = need_of(self.question, synonyms()) if text else Everything()
        self.sought, self.phrases = frozenset(words_of(need)), phrases_of(need)
        version = document.latest
        self.pages = pages_read(version.sha256) if version else []
        self.lines = [line for line in map(self._line, self.pages) if line]
        first = self.lines[0].number if self.lines else 1
        self.leaf = self._marked(self._leaf(request.args.get("page", first, type=int)))

    def _leaf(self, number: int) -> Leaf:
        """The page; a file that is not drawn page by page is shown as the text of its parts."""
        leaf, parts = leaf_of(self.document, number), {page.number for page in self.pages}
        if leaf.number == number or number not in parts:
            return leaf
        return leaf._replace(number=number, pages=max(parts), picture="")

    def _line(self, page: PageText) -> "PageLine | None":
        found = finds(page.text, self.sought, most=MOST_MARKED)
        if not found:
            return None
        together = standing_together(page.text, self.phrases)
        passage = passage_of("", page.text, found, together=together)
        return PageLine(page.number, len(found), passage, self.url(page.number))

    def url(self, page: int) -> str:
        """The address of a page with the same question."""
        return url_for("search_index.inside", document_id=self.document.id, q=self.text or None, page=page)

    @property
    def heading(self) -> str:
        """How often the words stand on how many pages."""
        times, pages = sum(line.count for line in self.lines), len(self.lines)
        return places_in_words(times) + ", " + counted(pages, "страница", "страницы", "страниц")

    def _marked(self, leaf: Leaf) -> Leaf:
        """The page with the finds marked in its text and on its picture."""
        version = self.document.latest
        page = page_text(version, leaf.number) if version and self.sought else None
        if page is None:
            return leaf
        found = finds(page.text, self.sought, most=MOST_MARKED)
        spots = tuple(_spots(page.facts.get("words", ()), found, leaf.height))
        return leaf._replace(text=_text(page.text, self.sought), spots=spots)


class PageLine:
    """A page of the list: its number, how often the words stand there, the best passage, its address."""

    def __init__(self, number: int, count: int, passage: Passage, url: str) -> None:
        self.number, self.count, self.passage, self.url = number, count, passage, url

    @property
    def places(self) -> str:
        return places_in_words(self.count)


def places_in_words(count: int) -> str:
    """«2 места»."""
    return counted(count, "место", "места", "мест")


def _spots(words: Any, found: list[Find], height: int) -> Iterator[Spot]:
    """Rectangles around the words of the picture that the finds lie in; places are shares of the page."""
    for written, left, top, right, bottom, _confidence, start in words:
        if any(begin < start + len(written) and start < end for begin, end, _word in found):
            # What was read ends where the small letters do: without an edge it would strike the word through.
            edge = round((bottom - top) * height * EDGE) + 2
            x, y = round(left * ACROSS) - edge // 2, round(top * height) - edge
            across, tall = round((right - left) * ACROSS), round((bottom - top) * height)
            yield Spot("find", x, y, across + edge, tall + 2 * edge)


def _text(text: str, sought: frozenset[str]) -> Markup:
    pieces = marked(text, sought, most=MOST_MARKED)
    return Markup("").join(
        Markup("<mark>%s</mark>") % piece.text if piece.is_marked else escape(piece.text) for piece in pieces
    )
