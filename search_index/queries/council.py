"""Sittings with what was heard and decided, and remarks on rows of reports."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.clock import local
from core.db import db
from core.filters import dmy
from core.words import gettext
from council.models import AgendaItem, Remark, Sitting
from council.queries.councils import is_visible_to
from council.queries.review_access import is_remark_seen_by, reviewed_reports, whole_remark
from documents.models import Document
from reports.models import ReportVersion
from search_index.protocol import Paper
from search_index.scopes import council_scope, remark_scope
from search_index.states import code_of
from search_index.things import Requisites, Shown, in_lots, joined

#: Sorts of keys, which are the facets' kinds too.
SITTING, REMARK = "sitting", "remark"
#: Printed and scanned minutes are found as their sitting, not a second time as documents.
is_paper_of_sitting = exists().where(
    or_(Sitting.document_id == Document.id, Sitting.scan_id == Document.id),
    Sitting.dossier_id == Document.dossier_id,
)


# Sittings.


def sitting_ids() -> list[int]:
    """Every sitting."""
    return list(db.session.scalars(select(Sitting.id).order_by(Sitting.id)))


def sittings(numbers: Iterable[int]) -> Iterator[Paper]:
    """Sittings as the index takes them."""
    for lot in in_lots(numbers):
        yield from (_sitting(sitting) for sitting in _sittings(lot))


def _sittings(lot: list[int]) -> list[Sitting]:
    items = selectinload(Sitting.items).selectinload(AgendaItem.decisions)
    wanted = select(Sitting).where(Sitting.id.in_(lot)).order_by(Sitting.id)
    return list(db.session.scalars(wanted.options(joinedload(Sitting.council), items)))


def _title(sitting: Sitting) -> str:
    """The council with what it comes together for."""
    asked = "; ".join(item.title for item in sitting.items)
    return f"{sitting.council.name}: {asked}" if asked else sitting.council.name


def _heard(sitting: Sitting) -> list[tuple[str, str]]:
    """What stands under each item: who spoke, what was heard and decided, with the name of its place."""
    found = []
    for item in sitting.items:
        decided = [
            joined([f"{one.number}. {one.text}", one.responsible, one.due_text]) for one in item.decisions
        ]
        told = joined([item.speaker, item.heard, item.spoke, item.proposal, *decided])
        found.append((gettext("вопрос %(n)s", n=item.position), told))
    return [(place, text) for place, text in found if text]


def _sitting(sitting: Sitting) -> Paper:
    council, requisites = sitting.council, Requisites().number(sitting.number).day(sitting.date)
    for label in (gettext("Заседание"), gettext("Протокол")):
        requisites.labels(label)
    requisites.labels("", sitting.state_label)
    organisation = council.organisation
    requisites.said([council.name, organisation.name, organisation.short_name], _responsible(sitting))
    lines = [_title(sitting), _sitting_caption(sitting), sitting.place, sitting.guests, organisation.name]
    return Paper(
        key=f"{SITTING}:{sitting.id}",
        kind=SITTING,
        organisation=council.organisation_id,
        scope=council_scope(council.id),
        title=_title(sitting),
        text=joined([*lines, *(text for _place, text in _heard(sitting))]),
        day=sitting.date,
        state=code_of(SITTING, sitting.state.value),
        author=sitting.created_by_id or 0,
        marks=tuple(requisites.marks),
    )


def _responsible(sitting: Sitting) -> list[str]:
    return [one.responsible for item in sitting.items for one in item.decisions if one.responsible]


def _sitting_caption(sitting: Sitting) -> str:
    """«Заседание 27.01.2021, протокол № 2»."""
    if not sitting.number:
        return str(gettext("Заседание %(day)s", day=dmy(sitting.date)))
    return str(
        gettext("Заседание %(day)s, протокол № %(number)s", day=dmy(sitting.date), number=sitting.number)
    )


def shown_sittings(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The sittings of councils that `seen_by` may see, as results show them."""
    wanted = select(Sitting.id).join(Sitting.council)
    wanted = wanted.where(Sitting.id.in_(list(numbers)), is_visible_to(seen_by)).order_by(Sitting.id)
    return {sitting.id: _shown_sitting(sitting) for sitting in _sittings(list(db.session.scalars(wanted)))}


def _shown_sitting(sitting: Sitting) -> Shown:
    notes = (sitting.council.organisation.label, sitting.place)
    return Shown(
        key=f"{SITTING}:{sitting.id}",
        kind=SITTING,
        caption=_sitting_caption(sitting),
        title=_title(sitting),
        endpoint="council.sitting",
        values={"sitting_id": sitting.id},
        parts=tuple(_heard(sitting)),
        notes=tuple(note for note in notes if note),
        state=sitting.state.value,
        state_label=sitting.state_label,
        day=sitting.date,
    )


def sittings_of(council_id: int) -> list[str]:
    """The keys of a council's sittings, which say its name."""
    wanted = select(Sitting.id).where(Sitting.council_id == council_id).order_by(Sitting.id)
    return [f"{SITTING}:{number}" for number in db.session.scalars(wanted)]


# Remarks.


def remark_ids() -> list[int]:
    """Every remark."""
    return list(db.session.scalars(select(Remark.id).order_by(Remark.id)))


def remarks(numbers: Iterable[int]) -> Iterator[Paper]:
    """Remarks as the index takes them."""
    for lot in in_lots(numbers):
        found = db.session.scalars(whole_remark().where(Remark.id.in_(lot)).order_by(Remark.id))
        yield from (_remark(remark) for remark in found)


def _remark_title(remark: Remark) -> str:
    """«3.5 Провести семинар»."""
    return f"{remark.row_number} {remark.measure.title}".strip()


def _remark_parts(remark: Remark) -> list[tuple[str, str]]:
    parts = [
        (gettext("замечание"), remark.text),
        (gettext("ответ"), remark.answer),
        (gettext("возражение"), remark.objection),
    ]
    return [(place, text) for place, text in parts if text]


def _remark(remark: Remark) -> Paper:
    plan, day = remark.report_version.report.plan, local(remark.at).date()
    requisites = Requisites().number(remark.row_number).day(day)
    requisites.labels(gettext("Замечание"), remark.lifecycle.labels[remark.state])
    requisites.said([plan.organisation.name, plan.organisation.short_name], [remark.author.full_name])
    return Paper(
        key=f"{REMARK}:{remark.id}",
        kind=REMARK,
        organisation=plan.organisation_id,
        scope=remark_scope(remark.id),
        title=_remark_title(remark),
        text=joined([_remark_title(remark), *(text for _place, text in _remark_parts(remark))]),
        day=day,
        state=code_of(REMARK, remark.state.value),
        author=remark.author_id,
        marks=tuple(requisites.marks),
    )


def shown_remarks(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The remarks that `seen_by` may read, as results show them."""
    wanted = whole_remark().where(Remark.id.in_(list(numbers)), is_remark_seen_by(seen_by))
    found = list(db.session.scalars(wanted.order_by(Remark.id)))
    reviewed = reviewed_reports({one.report_version.report_id for one in found}, seen_by=seen_by)
    return {one.id: _shown_remark(one, _page_of(one, reviewed)) for one in found}


def _page_of(remark: Remark, reviewed: set[int]) -> tuple[str, dict[str, Any]]:
    """Its row in the review for whoever reads the report there, else the list of remarks to answer."""
    version = remark.report_version
    if version.report_id not in reviewed:
        return "council.remarks", {}
    place = {"report_id": version.report_id, "number": version.number, "at": remark.measure_id}
    return "council.review", place | {"_anchor": f"r-{remark.measure_id}"}


def _shown_remark(remark: Remark, page: tuple[str, dict[str, Any]]) -> Shown:
    report = remark.report_version.report
    return Shown(
        key=f"{REMARK}:{remark.id}",
        kind=REMARK,
        caption=gettext("Замечание от %(day)s", day=dmy(remark.at)),
        title=_remark_title(remark),
        endpoint=page[0],
        values=page[1],
        parts=tuple(_remark_parts(remark)),
        notes=(report.title, remark.author.short_name),
        state=remark.state.value,
        state_label=remark.lifecycle.labels[remark.state],
        day=local(remark.at).date(),
    )


def remarks_on(measure_id: int) -> list[str]:
    """The keys of remarks on a measure, which say its title."""
    wanted = select(Remark.id).where(Remark.measure_id == measure_id).order_by(Remark.id)
    return [f"{REMARK}:{number}" for number in db.session.scalars(wanted)]


# Reports, as councils meet them.


def review_places(report_ids: Iterable[int], *, seen_by: User) -> dict[int, tuple[str, dict[str, Any]]]:
    """Where the newest version of each report is read row by row, for whom its review is open."""
    opened = reviewed_reports(report_ids, seen_by=seen_by)
    found = select(ReportVersion.report_id, ReportVersion.number).where(ReportVersion.report_id.in_(opened))
    found = found.order_by(ReportVersion.report_id, ReportVersion.number)
    return {
        report_id: ("council.review", {"report_id": report_id, "number": number})
        for report_id, number in db.session.execute(found)
    }
