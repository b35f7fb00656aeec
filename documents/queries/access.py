"""Who may read and who may change: one rule for pages, files, previews, lists and drawings."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from accounts.models import Organisation, Role, User
from accounts.queries.organisations import reach
from documents.models import Confidentiality, Document, Dossier, DossierReader

#: Roles that may put documents into a dossier; the others only read.
WRITERS = frozenset({Role.EXECUTOR, Role.COORDINATOR, Role.CLERK, Role.COUNCIL_SECRETARY})
#: Roles that file documents in the archive of an organisation and correct them there.
FILERS = frozenset({Role.CLERK})


def is_readable_by(person: User) -> ColumnElement[bool]:
    """The one access rule, as a condition on Dossier. An ordinary dossier is open to whom a grant in reach
    of its organisation, or of an organisation that takes part, lets in; a public one to everybody; a draft
    of the archive to the clerks of its organisation; a restricted one to nobody. Whoever is named as a
    reader may read any."""
    reached = select(Organisation.id).where(_is_reached_by(person))
    clerks = select(Organisation.id).where(reach(person, *FILERS))
    mine = DossierReader.dossier_id == Dossier.id
    by_grant = or_(
        Dossier.organisation_id.in_(reached), exists().where(mine, DossierReader.organisation_id.in_(reached))
    )
    return or_(
        Dossier.access == Confidentiality.PUBLIC,
        and_(Dossier.access == Confidentiality.INTERNAL, by_grant),
        and_(Dossier.access == Confidentiality.DRAFT, Dossier.organisation_id.in_(clerks)),
        exists().where(mine, DossierReader.user_id == person.id),
    )


def _is_reached_by(person: User) -> ColumnElement[bool]:
    """Executors act for their own organisation, all others for the organisations below as well."""
    reaches = [
        Organisation.path == grant.organisation.path
        if grant.role is Role.EXECUTOR
        else Organisation.path.startswith(grant.organisation.path, autoescape=True)
        for grant in person.grants
    ]
    return or_(false(), *reaches)


def can_file(organisation: Organisation, person: User) -> bool:
    """Whether `person` is a clerk of the organisation or of one above it."""
    return bool(FILERS & person.roles_over(organisation.path))


def can_add(dossier: Dossier, person: User) -> bool:
    """Whether `person` takes part in what the dossier belongs to and may put documents into it. Into the
    archive nothing is attached: documents are filed there, by its inbox."""
    if dossier.is_archive:
        return False
    if WRITERS & person.roles_over(dossier.organisation.path):
        return True
    return any(reader.may_add and _is(reader, person) for reader in dossier.readers)


def _is(reader: DossierReader, person: User) -> bool:
    if reader.organisation:
        return bool(WRITERS & person.roles_over(reader.organisation.path))
    return reader.user_id == person.id


def can_change(document: Document, person: User) -> bool:
    """Whoever added it, a colleague of theirs, or the side that the dossier belongs to."""
    if document.is_archived:
        return can_file(document.dossier.organisation, person)
    if document.added_by_id == person.id or WRITERS & person.roles_over(document.dossier.organisation.path):
        return can_add(document.dossier, person)
    adder = document.added_by
    is_colleague = adder and adder.organisation and WRITERS & person.roles_over(adder.organisation.path)
    return bool(is_colleague) and can_add(document.dossier, person)
