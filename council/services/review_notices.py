"""Telling people of remarks: those who are to answer, and the author of an answered one."""

from accounts.models import User
from core.db import db
from core.mail import link_to
from core.words import gettext
from council.models import Addressee, Remark
from roadmap.models import Measure
from roadmap.queries.notices import coordinators_of, executors_of, measure_by_id
from roadmap.services.notices import tell


def tell_of_remark(event: str, remark_id: int, *, has_moved: bool) -> None:
    """One notice for everybody whom it concerns. An executor whose measure was sent back has one already."""
    remark = db.session.get(Remark, remark_id)
    measure = measure_by_id(remark.measure_id) if remark else None
    if remark is None or measure is None:
        return
    key = f"{event}:{remark.id}:{remark.version}"
    if event == "remark.answer":
        text = gettext("ответили на ваше замечание: %(text)s", text=remark.answer)
        tell([remark.author], measure, text, key=key)
    elif event == "remark.object":
        text = gettext(
            "ответ на замечание Совета не принят: %(text)s Ответить: %(page)s",
            text=remark.objection,
            page=link_to("council.remarks"),
        )
        tell(_asked(remark, measure), measure, text, key=key)
    else:
        text = gettext(
            "замечание Совета: %(text)s Ответить: %(page)s", text=remark.text, page=link_to("council.remarks")
        )
        people = coordinators_of(measure) if has_moved else _asked(remark, measure)
        tell(people, measure, text, key=key)


def _asked(remark: Remark, measure: Measure) -> list[User]:
    """Who is to answer."""
    people = {person.id: person for person in coordinators_of(measure)}
    if remark.addressee is Addressee.EXECUTOR:
        people |= {person.id: person for person in executors_of(measure)}
    return [person for person in people.values() if person.id != remark.author_id]
