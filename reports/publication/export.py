"""The public pages as a folder of files for the organisation's own site."""

import json
from pathlib import Path

from documents.storage import store
from reports.models import Publication
from reports.publication.links import Links
from reports.publication.open_data import as_csv, schema
from reports.publication.pages import feed, json_of, list_page, publication_page
from reports.publication.queries import published

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "open.css"
#: Links as the list sees them, and as a page one folder below it sees them.
TOP = Links("./", "open.css", "./index.html", "/index.html")
BELOW = Links("../", "../open.css", "../index.html", "/index.html")


def export_site(folder: Path, *, address: str) -> int:
    """Write everything public below `folder`; how many. `address` is where it will lie, for the feed."""
    everything = published()
    write(folder / "index.html", list_page(everything, TOP))
    write(folder / "feed.xml", feed(everything, TOP, address=address))
    write(folder / "schema.json", (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode())
    write(folder / "open.css", STYLE.read_bytes())
    for each in everything:
        _write_publication(each, folder / str(each.id), address)
    return len(everything)


def _write_publication(each: Publication, folder: Path, address: str) -> None:
    write(folder / "index.html", publication_page(each, BELOW))
    write(folder / "data.csv", as_csv(each.data))
    write(folder / "data.json", json_of(each, address=address))
    if each.file_sha256:
        write(folder / "report.docx", stored(each.file_sha256))
    for number, document in enumerate(each.documents, 1):
        name = Path(BELOW.document(each, number)).name
        write(folder / "documents" / name, stored(document["sha256"]))


def stored(sha256: str) -> bytes:
    """Bytes out of the store."""
    with store().open(sha256) as file:
        return file.read()


def write(path: Path, data: bytes) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
