"""The bytes of files: always a download, never opened as a page of ours; pictures of pages beside it."""

from typing import Any

from flask import Response, g, render_template, request, send_file
from markupsafe import Markup

from accounts.policy import signed_in
from core.errors import NotFound
from core.words import _
from documents.intake.names import display_name
from documents.models import FileVersion
from documents.previews.shelf import page_of, pages_of, sheets_of, text_of
from documents.previews.ways import Way, way_of
from documents.queries import version_of
from documents.storage import store
from documents.views.blueprint import bp

#: Whatever a browser makes of a file, it gets no origin, no script and nothing from anywhere.
ALONE = "sandbox; default-src 'none'"


@bp.get("/documents/<int:document_id>/files/<int:number>")
@signed_in
def download(document_id: int, number: int) -> Any:
    version = version_of(document_id, number, seen_by=g.person)
    stream = store().open(version.sha256)
    name = display_name(version.name)
    response = send_file(
        stream, version.media_type, as_attachment=True, download_name=name, conditional=False, etag=False
    )
    response.content_length = version.size
    return alone(response)


def alone(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@bp.get("/documents/<int:document_id>/files/<int:number>/pages/<int:page>.png")
@signed_in
def page_picture(document_id: int, number: int, page: int) -> Any:
    version = version_of(document_id, number, seen_by=g.person)
    _require_pages(version)
    return alone(send_file(page_of(version, page), "image/png", conditional=False, etag=False))


def _require_pages(version: FileVersion) -> None:
    if way_of(version.media_type) is not Way.PAGES:
        raise NotFound(_("У этого файла нет страниц-картинок. Скачайте его."))


@bp.get("/documents/<int:document_id>/files/<int:number>/preview")
@signed_in
def preview(document_id: int, number: int) -> Any:
    version = version_of(document_id, number, seen_by=g.person)
    way = way_of(version.media_type)
    return render_template(
        "documents/preview.html",
        document=version.document,
        version=version,
        way=way,
        **_content(version, way),
    )


def _content(version: FileVersion, way: Way | None) -> dict[str, Any]:
    if way is Way.PAGES:
        return _pages(version)
    if way is Way.TEXT:
        return {"text": Markup(text_of(version))}  # cleaned by nh3 before it was kept
    return {"sheets": sheets_of(version) if way is Way.SHEETS else []}


def _pages(version: FileVersion) -> dict[str, Any]:
    pages = pages_of(version)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return {"page": page, "pages": pages, "before": page - 1, "after": page + 1 if page < pages else 0}
