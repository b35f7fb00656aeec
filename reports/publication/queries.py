"""Reading publications: what the public may see, and what the makers of reports manage."""

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Confidentiality, Document, Dossier
from reports.models import Publication, ReportVersion
from reports.publication.refusals import Withdrawn
from roadmap.models import Measure, Participation, Plan

MOST = 500
OPEN = (Confidentiality.PUBLIC, Confidentiality.INTERNAL)


def published(*, limit: int = MOST) -> list[Publication]:
    """Everything that is public now, the newest first. Asks nobody: this is what anybody may see."""
    wanted = select(Publication).where(Publication.withdrawn_at.is_(None))
    wanted = wanted.order_by(Publication.published_at.desc(), Publication.id.desc())
    return list(db.session.scalars(wanted.limit(limit)))


def publication_of(publication_id: int) -> Publication:
    """A public publication; Withdrawn when it was taken back, NotFound when there is none."""
    found = db.session.get(Publication, publication_id)
    if found is None:
        raise NotFound(_("Такой публикации нет."))
    if not found.is_public:
        raise Withdrawn(_("Эта публикация снята. Откройте список опубликованного."))
    return found


def publications_of(plan: Plan, version: ReportVersion | None = None) -> list[Publication]:
    """Publications of a version, or of the plan itself, the newest first. Ask for the plan first."""
    number = version.id if version else None
    same = Publication.report_version_id == number if number else Publication.report_version_id.is_(None)
    wanted = select(Publication).where(Publication.plan_id == plan.id, same)
    wanted = wanted.options(joinedload(Publication.published_by))
    return list(db.session.scalars(wanted.order_by(Publication.id.desc())))


def publication_to_manage(publication_id: int) -> Publication:
    """A publication with its plan, for the service that checks who may take it back."""
    wanted = select(Publication).where(Publication.id == publication_id).options(joinedload(Publication.plan))
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(_("Такой публикации нет."))


def known_surnames(plan: Plan) -> frozenset[str]:
    """Surnames of everybody with an account and of everybody named in the plan as an executor."""
    mine = select(User.surname).join(Participation, Participation.user_id == User.id).join(Measure)
    everybody = union(select(User.surname), mine.where(Measure.plan_id == plan.id))
    return frozenset(name for name in db.session.scalars(everybody) if name)


def publishable_papers(plan: Plan) -> list[Document]:
    """Documents of the plan's rows that a person may choose to publish: with a file, and not restricted."""
    wanted = select(Document).join(Document.dossier).join(Measure, Measure.dossier_id == Dossier.id)
    wanted = wanted.where(Measure.plan_id == plan.id, Measure.withdrawn_at.is_(None))
    wanted = wanted.where(Dossier.access.in_(OPEN), Document.removed_at.is_(None))
    wanted = wanted.where(Document.file_count > 0).options(joinedload(Document.versions))
    return list(db.session.scalars(wanted.order_by(Measure.position, Document.id)).unique())
