"""The archive for tests: clerks, drafts, filed acts, their citations.

Most tests need no file, and a file costs a process of its own: `draft` and `filed` make rows; `uploaded` goes
the whole way.
"""

import io
import itertools
import zipfile
from datetime import date
from typing import Any

from accounts.models import Organisation, Role, User
from core.audit import record
from core.db import db, transaction
from documents.kinds import DocumentKind
from documents.models import Citation, Confidentiality, Document, Dossier, Filing, Relation
from documents.services import Cited, Upload, add_citation, add_draft, file_document
from tests import factories
from tests.uploads import docx_bytes, upload

_numbers = itertools.count(1)
ORDER, AUTHORITY = DocumentKind.ORDER, "Комитет образования Приозёрного района"


def clerk(organisation: Organisation | None = None) -> User:
    return factories.person(Role.CLERK, organisation=organisation)


def draft(by: User, *, title: str = "Скан") -> Document:
    """A draft in the inbox of the clerk's organisation, without a file."""
    with transaction() as session:
        dossier = Dossier(organisation=by.organisation, is_archive=True, access=Confidentiality.DRAFT)
        document = Document(dossier=dossier, title=title, filing=Filing.INBOX, added_by_id=by.id)
        session.add(document)
        session.flush()  # the journal names it by its number
        record(document, "document.draft", by=by)
    return document


def uploaded(by: User, *, name: str = "Скан.docx", data: bytes = b"") -> Document:
    """A draft that came as a file."""
    assert by.organisation
    return add_draft(by.organisation, upload(data or docx_bytes(), name), by=by)


def filed(by: User, *, of: Document | None = None, **requisites: Any) -> Document:
    """An order of the clerk's archive, from the draft `of`; every call has another number unless told."""
    document = of or draft(by)
    given: dict[str, Any] = {
        "kind": ORDER, "number": f"{next(_numbers)}-од", "date": date(2026, 3, 12),
        "title": "О наставничестве", "authority": AUTHORITY,
    }  # fmt: skip
    file_document(document, by=by, **(given | requisites))
    return document


def cite(citing: Document, cited: Document, *, by: User, relation: Relation = Relation.BASIS) -> Citation:
    """The citing document names the cited one by its full key."""
    named = Cited(relation, cited.document_kind, cited.number or "", cited.date, cited.authority)
    return add_citation(citing, named, by=by)


def zip_of(files: dict[str, bytes]) -> Upload:
    """A ZIP with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    out.seek(0)
    return Upload("Сканы.zip", out)


def windows_zip(name: str, data: bytes) -> Upload:
    """A ZIP as Windows makes it: the name stands in code page 866, and nothing says so."""
    raw = name.encode("cp866")
    stand_in = "x" * len(raw)
    packed = zip_of({stand_in: data}).stream.read()
    return Upload("Сканы.zip", io.BytesIO(packed.replace(stand_in.encode(), raw)))


def fresh(document: Document) -> Document:
    """The document as it stands in the database now."""
    db.session.expire_all()
    return db.session.get_one(Document, document.id)
