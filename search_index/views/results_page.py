"""What the page of results shows: chips, facets with names, sorting, the next page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from accounts.models import User
from core.filters import counted
from core.words import _, gettext, plural
from documents.kinds import LABELS as DOCUMENT_KINDS
from search_index.asking import Answer, Ask, Line
from search_index.passages import Passage
from search_index.protocol import COUNTED, FACETS, Order
from search_index.queries.council import REMARK, SITTING
from search_index.queries.names import author_names, organisation_names
from search_index.queries.reports import KIND as REPORT_KIND
from search_index.queries.roadmap import MEASURE_KIND, PLAN_KIND
from search_index.queries.saved import saved_at
from search_index.reading_addresses import address_of, pairs_of, with_text, without_value
from search_index.states import LABELS

#: Values of a facet that are shown at once, and with those that are unfolded.
SHOWN_VALUES, MOST_VALUES = 8, 50
TITLES = {
    "kind": _("Что искать"),
    "year": _("Год"),
    "organisation": _("Организация"),
    "author": _("Кто внёс"),
    "state": _("Статус"),
}
ORDERS = {
    Order.FIT: _("Сначала подходящие"),
    Order.NEWEST: _("Сначала новые"),
    Order.OLDEST: _("Сначала старые"),
}
KINDS: dict[str, Any] = {
    **{kind.value: label for kind, label in DOCUMENT_KINDS.items()},
    MEASURE_KIND: _("Мероприятия"),
    PLAN_KIND: _("Дорожные карты"),
    REPORT_KIND: _("Отчёты об исполнении"),
    SITTING: _("Заседания"),
    REMARK: _("Замечания к отчётам"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet as a tick box, or one condition as a chip that can be taken away."""

    value: str
    text: Any
    count: int = 0
    is_on: bool = False
    href: str = ""


class ResultsPage:
    """Everything that templates/search/results.html shows."""

    def __init__(self, asked: Ask, answer: Answer, *, by: User) -> None:
        self.asked, self.answer, self.by = asked, answer, by
        self.text = asked.text
        self.lines: list[Line] = answer.lines
        self.counts = {facet: _most(counts) for facet, counts in answer.facets.items()}
        self.names = _names(asked, self.counts)
        self.orders = [
            Choice(order.value, text, is_on=order is asked.order) for order, text in ORDERS.items()
        ]
        self.is_saved = saved_at(self.address, seen_by=by) is not None

    @property
    def address(self) -> str:
        """The question with its filters, as a saved search keeps it."""
        return address_of(replace(self.asked, after=None))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The question and the filters as hidden fields, without the order."""
        return [(name, value) for name, value in pairs_of(self.asked) if name != "order"]

    @property
    def order_value(self) -> str:
        return "" if self.asked.order is Order.FIT else self.asked.order.value

    @property
    def heading(self) -> str:
        total = self.answer.total
        if total > COUNTED:
            shown = f"{COUNTED:,}".replace(",", " ")
            return str(gettext("Больше %(count)s результатов", count=shown))
        word = plural(total, "результат", "результата", "результатов")
        return f"{total} {word}" if total else str(gettext("Ничего не найдено"))

    @property
    def chips(self) -> list[Choice]:
        """The parsed question and the filters, each with the address without it."""
        question = self.answer.question
        found = [
            Choice("q", question.words_of(group), href=_to(with_text(self.asked, question.without(group))))
            for group in question.groups
        ]
        for facet, values in self.asked.filters.chosen.items():
            for value in sorted(values):
                href = _to(without_value(self.asked, facet, value))
                found.append(Choice(facet, self._name(facet, value), href=href))
        return found

    @property
    def facets(self) -> list[tuple[str, Any, list[Choice], list[Choice]]]:
        """Name, title, the first values and the others of every facet that has something to choose."""
        found = []
        for facet in FACETS:
            choices = self._choices(facet)
            if choices:
                on = sum(choice.is_on for choice in choices)
                first = max(SHOWN_VALUES, on)
                found.append((facet, TITLES[facet], choices[:first], choices[first:]))
        return found

    @property
    def has_choices(self) -> bool:
        """Whether there is anything to narrow the results by, or narrows them."""
        return bool(self.condition_count or any(self.counts.values()))

    def _choices(self, facet: str) -> list[Choice]:
        counts, chosen = self.counts.get(facet, {}), self.asked.filters.chosen.get(facet, frozenset())
        values = {**dict.fromkeys(chosen, 0), **counts}
        found = [Choice(v, self._name(facet, v), count, v in chosen) for v, count in values.items()]
        if facet == "year":
            return sorted(found, key=lambda choice: choice.value, reverse=True)
        return sorted(found, key=lambda choice: (not choice.is_on, -choice.count, str(choice.text)))

    def _name(self, facet: str, value: str) -> Any:
        known = {"kind": KINDS, "state": LABELS}.get(facet) or self.names.get(facet, {})
        return known.get(value, value)

    @property
    def condition_count(self) -> int:
        return sum(len(values) for values in self.asked.filters.chosen.values())

    @property
    def next_url(self) -> str:
        return _to(replace(self.asked, after=self.answer.next)) if self.answer.next else ""

    @property
    def first_url(self) -> str:
        return _to(replace(self.asked, after=None)) if self.asked.after else ""

    @property
    def reset_url(self) -> str:
        return url_for("search_index.results")

    def instead_url(self, text: str) -> str:
        return _to(with_text(self.asked, text))

    def export_url(self, suffix: str) -> str:
        return f"{url_for('search_index.export', suffix=suffix)}?{self.address}"

    def href(self, line: Line) -> str:
        """The page of the thing."""
        return url_for(line.thing.endpoint, **line.thing.values)

    def inside_url(self, line: Line, passage: Passage) -> str:
        """The page of the document that a passage was taken from, with the finds marked; "" elsewhere."""
        if not line.thing.pages:
            return ""
        number, page = int(line.thing.key.split(":")[1]), line.thing.pages[passage.order]
        asked = self.answer.instead or self.text
        return url_for("search_index.inside", document_id=number, q=asked, page=page)

    def graph_url(self, line: Line) -> str:
        """The acts that a document names; "" when there are none."""
        if not line.thing.cites:
            return ""
        return url_for("documents.graph", document_id=int(line.thing.key.split(":")[1]))

    def cites(self, line: Line) -> str:
        return counted(line.thing.cites, "упомянутый акт", "упомянутых акта", "упомянутых актов")

    def like_url(self, line: Line) -> str:
        sort, number = line.thing.key.split(":")
        return url_for("search_index.like", sort=sort, number=int(number))


def _to(asked: Ask) -> str:
    address = address_of(asked)
    return f"{url_for('search_index.results')}?{address}" if address else url_for("search_index.results")


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    """The values with the most results; hundreds of them help nobody and can be named in the question."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_VALUES])


def _names(asked: Ask, counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, str]]:
    """Names of organisations and people that the facets count."""
    wanted = {
        facet: {*counts.get(facet, {}), *asked.filters.chosen.get(facet, ())}
        for facet in ("organisation", "author")
    }
    return {
        "organisation": organisation_names(wanted["organisation"]),
        "author": author_names(wanted["author"]),
    }
