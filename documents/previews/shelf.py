"""Where made previews lie, and the making of those that are asked for."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nh3

from core.errors import Refusal, TooLarge, Unreadable, sentence
from core.limited import run_limited
from core.settings import settings
from documents.models import FileVersion
from documents.previews.ways import Sheet, Way, way_of
from documents.storage import store

_PNG = b"\x89PNG\r\n\x1a\n"
MOST_PNG = 30 << 20
_UNREADABLE = sentence("Страницу не удалось нарисовать. Скачайте файл.")
_TAGS = {
    "p", "br", "strong", "em", "b", "i", "u", "s", "sup", "sub", "ul", "ol", "li", "a", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


def pages_of(version: FileVersion) -> int:
    """How many pages there are to look at; drawing the first one tells."""
    page_of(version, 1)
    return int(json.loads((_shelf(version) / "pages.json").read_text())["pages"])


def page_of(version: FileVersion, number: int) -> Path:
    """A PNG of one page, from 1. Unreadable when it cannot be drawn within the limits."""
    return _kept(version, f"page-{number}.png", lambda out: _draw(version, number, out))


def text_of(version: FileVersion) -> str:
    """A Word file as clean HTML: no scripts, styles, pictures or addresses but of the web and of mail."""
    return _kept(version, "text.html", lambda out: _write(version, out)).read_text()


def sheets_of(version: FileVersion) -> list[Sheet]:
    """The beginnings of the sheets of an Excel file."""
    file = _kept(version, "sheets.json", lambda out: _tabulate(version, out))
    return [_sheet(found) for found in json.loads(file.read_text())]


def prepare(version: FileVersion) -> None:
    """Make what is looked at first. A file that cannot be shown is remembered as such."""
    makers: dict[Way, Callable[[FileVersion], object]] = {
        Way.PAGES: lambda v: page_of(v, 1),
        Way.TEXT: text_of,
        Way.SHEETS: sheets_of,
    }
    way = way_of(version.media_type)
    if way is not None:
        makers[way](version)


def _shelf(version: FileVersion) -> Path:
    return settings().data / "previews" / version.sha256[:2] / version.sha256


def _kept(version: FileVersion, name: str, make: Callable[[Path], None]) -> Path:
    """The kept file `name`, made now if it is not there. What was refused once stays refused: a file that
    eats a whole time limit must not do so for every visitor."""
    kept, refused = _shelf(version) / name, _shelf(version) / f"{name}.refused"
    if kept.exists():
        return kept
    if refused.exists():
        raise Unreadable(refused.read_text())
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="vekha-", dir=kept.parent) as folder:
        made = Path(folder, name)
        try:
            make(made)
        except (Unreadable, TooLarge) as refusal:
            _remember(refused, refusal)
            raise
        os.replace(made, kept)
    return kept


def _remember(place: Path, refusal: Refusal) -> None:
    place.write_text(str(refusal))


def _draw(version: FileVersion, number: int, out: Path) -> None:
    with store().at_path(version.sha256) as path:
        facts = run_limited(
            "documents.previews.making:page",
            path=str(path),
            media_type=version.media_type,
            number=number,
            out=str(out),
        )
    _check_png(out)
    pages = {"pages": int(facts["pages"])}
    (_shelf(version) / "pages.json").write_text(json.dumps(pages))


def _check_png(out: Path) -> None:
    if not out.is_file() or out.is_symlink() or out.stat().st_size > MOST_PNG:
        raise Unreadable(_UNREADABLE)
    with out.open("rb") as file:
        if file.read(len(_PNG)) != _PNG:
            raise Unreadable(_UNREADABLE)


def _write(version: FileVersion, out: Path) -> None:
    with store().at_path(version.sha256) as path:
        html = str(run_limited("documents.previews.making:text", path=str(path)))
    out.write_text(cleaned(html))


def cleaned(html: str) -> str:
    """The text and the tables of `html` and nothing that acts, loads or looks like our own page."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _tabulate(version: FileVersion, out: Path) -> None:
    with store().at_path(version.sha256) as path:
        found = run_limited("documents.previews.making:sheets", path=str(path))
    out.write_text(json.dumps([vars(_sheet(sheet)) for sheet in found], ensure_ascii=False))


def _sheet(found: dict[str, Any]) -> Sheet:
    rows = tuple(tuple(str(cell) for cell in row) for row in found["rows"])
    more = (bool(found["has_more_rows"]), bool(found["has_more_columns"]))
    return Sheet(str(found["title"]), rows, *more)
