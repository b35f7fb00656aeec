"""What anybody may see without signing in. Nothing here looks at who asks."""

import json
from typing import Any

from flask import Blueprint, Response, request, send_file

from accounts.policy import public
from core.errors import NotFound
from core.words import _
from documents.services import local_copy
from reports.models import Publication
from reports.publication import pages
from reports.publication.links import LIVE
from reports.publication.open_data import as_csv, schema
from reports.publication.queries import publication_of, published
from reports.services import DOCX

bp = Blueprint("open", __name__, url_prefix="/open")
#: Seconds for which a page may be shown again without asking; afterwards its ETag decides.
FRESH = 300
HTML, RSS, CSV, JSON = "text/html", "application/rss+xml", "text/csv; charset=utf-8", "application/json"


def answered(data: bytes, media_type: str, *, name: str = "") -> Response:
    """An answer that every cache may keep: it depends on nothing but the address."""
    response = Response(
        data, content_type=media_type if "charset" in media_type else f"{media_type}; charset=utf-8"
    )
    if name:
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return _cacheable(response)


def _cacheable(response: Response) -> Response:
    response.add_etag()
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.make_conditional(request)
    return response


@bp.get("")
@public
def index() -> Response:
    """Everything that is published."""
    return answered(pages.list_page(published(), LIVE), HTML)


@bp.get("/<int:publication_id>")
@public
def page(publication_id: int) -> Response:
    """One report or plan."""
    return answered(pages.publication_page(publication_of(publication_id), LIVE), HTML)


@bp.get("/<int:publication_id>/data.csv")
@public
def table(publication_id: int) -> Response:
    """Its rows for a spreadsheet."""
    found = publication_of(publication_id)
    return answered(as_csv(found.data), CSV, name=f"{publication_id}.csv")


@bp.get("/<int:publication_id>/data.json")
@public
def data(publication_id: int) -> Response:
    """Its data for a program."""
    return answered(pages.json_of(publication_of(publication_id), address=pages.address()), JSON)


@bp.get("/<int:publication_id>/report.docx")
@public
def docx(publication_id: int) -> Response:
    """Its file, made of the public data alone."""
    found = publication_of(publication_id)
    if found.file_sha256 is None:
        raise NotFound(_("У этой публикации нет файла Word."))
    return _file(found.file_sha256, DOCX, f"{publication_id}.docx")


@bp.get("/<int:publication_id>/documents/<int:number>")
@public
def document(publication_id: int, number: int) -> Response:
    """A document that was published with it."""
    chosen = _document(publication_of(publication_id), number)
    return _file(chosen["sha256"], chosen["media_type"], chosen["file"])


def _document(found: Publication, number: int) -> dict[str, Any]:
    if not 0 < number <= len(found.documents):
        raise NotFound(_("Такого документа в публикации нет."))
    return found.documents[number - 1]


def _file(sha256: str, media_type: str, name: str) -> Response:
    with local_copy(sha256) as path:
        content = path.open("rb")
    response = send_file(content, media_type, as_attachment=True, download_name=name)
    response.set_etag(sha256)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.make_conditional(request)
    return response


@bp.get("/schema.json")
@public
def schema_file() -> Response:
    """The schema of data.json."""
    return answered(json.dumps(schema(), ensure_ascii=False, indent=1).encode(), JSON)


@bp.get("/feed.xml")
@public
def feed() -> Response:
    """What was published lately."""
    return answered(pages.feed(published(limit=50), LIVE, address=pages.address()), RSS)
