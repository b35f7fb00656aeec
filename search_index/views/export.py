"""The list of results as a table for Excel or as plain text."""

from typing import Any

from flask import Response, url_for

from accounts.policy import signed_in
from core.errors import NotFound
from core.words import _
from search_index.lists import CSV, XLSX, as_csv, as_xlsx, rows_of
from search_index.views.blueprint import asked, bp, me

MAKERS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, CSV)}


@bp.get("/search/export.<suffix>")
@signed_in
def export(suffix: str) -> Any:
    """Everything that the question finds, up to ten thousand rows."""
    if suffix not in MAKERS:
        raise NotFound(_("Список можно получить как .xlsx или .csv."))
    make, media_type = MAKERS[suffix]
    rows = rows_of(
        asked(), by=me(), address=lambda thing: url_for(thing.endpoint, _external=True, **thing.values)
    )
    response = Response(make(rows), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="poisk.{suffix}"'
    return response
