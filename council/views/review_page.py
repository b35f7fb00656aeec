"""What the page of a review shows: the rows of one page with all that stands beside them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import url_for

from accounts.models import Role, User
from core.drawing import segments
from core.errors import NotFound
from core.words import _
from council.models import PRESIDING, AgendaItem, Remark, Seat
from council.queries.review import Progress, members_of, progress_of
from council.queries.review_access import (
    agenda_of,
)
from council.queries.review_compare import (
    carried_from,
    evidence_beside,
    newest_version,
    states_now,
)
from council.review_rows import Row, changed_rows, gone_rows, names_of, paired_by, rows_of, twins
from council.views.review_reading import Asked, Review
from council.views.review_row import RemarkView, RowView, remark_view, row_view
from reports.models import ReportVersion
from workflow.report import AT_COUNCIL

#: The parts of the bar and the figures under it, in their order.
STATES = (
    "executed", "partially_executed", "in_progress", "not_executed", "planned", "cancelled",
)  # fmt: skip


def page_context(version: ReportVersion, asked: Asked, person: User) -> dict[str, Any]:
    """What the template of the page is given."""
    review = Review(version, person, asked)
    found = review.shown(asked.show)
    page = review.page(found)
    return {
        "version": version,
        "report": version.report,
        "item": review.item,
        "chair": review.chair,
        "can": _can(review),
        "total": len(review.rows),
        "seen": sum(row.key in review.seen for row in review.rows if row.measure_id),
        "figures": _figures(review),
        "groups": _groups(review, page),
        "chips": _chips(review),
        "compared": _comparisons(review),
        "news": _news(review),
        "blockers": _blockers(review),
        "remark_count": sum(len(found) for found in review.remarks.values()),
        "members": _members(review),
        "asked": asked,
        "last_place": review.places[id(page[-1])] if page else 0,
        "pages": _pages(review, found, page),
        "vote_url": _vote_url(review),
    }


def _can(review: Review) -> set[str]:
    can = {"review"} if review.may_review else set()
    if may_watch(review.item, review.person):
        can |= {"watch"}
    return can


def _vote_url(review: Review) -> str:
    """The report on the page of its sitting, for members of the council; "" for others."""
    if review.chair is None:
        return ""
    item = review.chair.item
    return url_for("council.sitting", sitting_id=item.sitting_id, _anchor=f"item-{item.id}")


def may_watch(item: AgendaItem | None, person: User) -> bool:
    """Whether the person sees how far everybody is: the secretary, and who presides."""
    if item is None:
        return False
    council = item.sitting.council
    seat = council.seat_of(person)
    is_head = seat is not None and seat.seat in (*PRESIDING, Seat.SECRETARY)
    return is_head or Role.COUNCIL_SECRETARY in council.roles_of(person)


def _figures(review: Review) -> dict[str, Any]:
    counts = Counter(row.state or "planned" for row in review.rows)
    parts = [{"code": code, "count": counts[code]} for code in STATES if counts[code]]
    return {"parts": parts, "segments": segments({code: counts[code] for code in STATES})}


def _groups(review: Review, page: list[Row]) -> list[dict[str, Any]]:
    """The rows of the page by sections, each with how much of the whole section is executed."""
    wholes = Counter(row.section for row in review.rows)
    done = Counter(row.section for row in review.rows if row.state == "executed")
    groups: list[dict[str, Any]] = []
    for row, view in zip(page, _views(review, page), strict=True):
        if not groups or groups[-1]["title"] != row.section:
            figures = {"done": done[row.section], "total": wholes[row.section]}
            groups.append({"title": row.section, "rows": [], **figures})
        groups[-1]["rows"].append(view)
    return groups


def _views(review: Review, page: list[Row]) -> Iterable[RowView]:
    ids = [row.measure_id for row in page if row.measure_id]
    evidence = evidence_beside(ids, seen_by=review.person)
    now, beside = states_now(ids), _beside(review, page)
    for row in page:
        yield row_view(
            row,
            place=review.places[id(row)],
            is_seen=row.key in review.seen,
            is_changed=row.key in review.changed_keys,
            now=now.get(row.measure_id),
            documents=evidence.get(row.measure_id, []),
            remarks=remark_views(review.remarks.get(row.measure_id, ()), review.person),
            beside=beside.get(row.measure_id),
            is_compared=bool(review.asked.compare),
        )


def _beside(review: Review, page: list[Row]) -> dict[int, Row]:
    """The row that each row of the page is compared with, as far as there is one."""
    if review.asked.compare == "version":
        return twins(page, review.earlier)
    if review.asked.compare == "year":
        last = review.last_year
        came = carried_from(row.measure_id for row in page if row.measure_id)
        return paired_by(page, rows_of(last.data), came) if last else {}
    return {}


def remark_views(remarks: Iterable[Remark], person: User) -> list[RemarkView]:
    """Remarks with what the person may do with each."""
    return [remark_view(remark, person) for remark in remarks]


def _chips(review: Review) -> list[dict[str, Any]]:
    words: list[tuple[str, Any]] = [("", _("Все"))]
    words += [("unseen", _("Не просмотрено"))] if review.chair else []
    words += [("remarks", _("С замечаниями")), ("open", _("Не исполнено"))]
    if review.base:
        words.append(("changed", _("Изменено с версии %(number)s", number=review.base.number)))
    return [
        {
            "href": review.address(show=show or None),
            "text": text,
            "count": len(review.shown(show)),
            "is_current": review.asked.show == show,
            "code": "",
        }
        for show, text in words
    ]


def _comparisons(review: Review) -> list[dict[str, Any]]:
    """With what the rows may be compared, each a switch of the page."""
    offered: list[tuple[str, Any]] = []
    if review.base:
        offered.append(("version", _("Сравнить с версией %(number)s", number=review.base.number)))
    if last := review.last_year:
        period = last.report.period or str(last.as_of.year)
        offered.append(("year", _("Сравнить с отчётом: %(period)s", period=period)))
    return [
        {
            "text": text,
            "is_on": review.asked.compare == name,
            "href": review.address(compare=None if review.asked.compare == name else name),
        }
        for name, text in offered
    ]


def _news(review: Review) -> dict[str, Any] | None:
    """A newer version of what is read, or rows that changed since the person looked."""
    newer = newest_version(review.version)
    if newer:
        rows = rows_of(newer.data)
        place: dict[str, Any] = {"report_id": newer.report_id, "number": newer.number}
        return _told(newer.number, rows, review.rows) | {"href": url_for("council.review", **place)}
    if review.looked_before and review.changed:
        return _told(review.version.number, review.rows, review.earlier) | {"href": ""}
    return None


def _told(number: int, rows: list[Row], earlier: list[Row]) -> dict[str, Any]:
    changed, gone = changed_rows(rows, earlier), gone_rows(rows, earlier)
    return {"number": number, "changed": names_of(changed), "gone": names_of(gone)}


def _blockers(review: Review) -> list[dict[str, Any]]:
    """Rows with remarks that wait for an answer before anything is decided, with their addresses."""
    return [
        {
            "name": row.name,
            "href": review.address(show=None, at=row.measure_id, _anchor=f"r-{row.measure_id}"),
        }
        for row in review.rows
        if any(remark.blocks for remark in review.remarks.get(row.measure_id, ()))
    ]


def _members(review: Review) -> list[Progress]:
    if review.item is None or not may_watch(review.item, review.person):
        return []
    return progress_of(review.version, members_of(review.item.sitting.council_id))


def _pages(review: Review, found: list[Row], page: list[Row]) -> dict[str, Any]:
    first = next((n for n, row in enumerate(found) if page and row is page[0]), 0)
    has_more = first + len(page) < len(found)
    before, after = (review.places[id(page[0])], review.places[id(page[-1])]) if page else (0, 0)
    return {
        "first": first + 1,
        "last": first + len(page),
        "total": len(found),
        "previous_url": review.address(before=before) if first else None,
        "next_url": review.address(after=after) if has_more else None,
    }


def progress_context(version: ReportVersion, person: User) -> dict[str, Any]:
    """Every member with how far they are; NotFound for those who are not to know."""
    item = agenda_of(version)
    if item is None or not may_watch(item, person):
        raise NotFound(_("Такой страницы нет или она вам не видна."))
    lines = progress_of(version, members_of(item.sitting.council_id))
    can = {"remind"} if Role.COUNCIL_SECRETARY in item.sitting.council.roles_of(person) else set()
    return {
        "version": version,
        "report": version.report,
        "item": item,
        "lines": lines,
        "can": can if version.state in AT_COUNCIL and not all(line.is_done for line in lines) else set(),
    }
