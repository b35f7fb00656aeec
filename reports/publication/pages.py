"""The public pages as bytes: the same for the running site and for a static export.

They are made of publications alone, in Russian, without cookies, tokens or names: whatever is not in a
publication cannot stand on them.
"""

from collections.abc import Sequence

from flask_babel import force_locale

from core.settings import application, settings
from core.words import gettext
from reports.models import Publication
from reports.publication.contents import headings
from reports.publication.feed import as_rss
from reports.publication.links import Links
from reports.publication.open_data import as_json

LANGUAGE = "ru"


def list_page(publications: Sequence[Publication], links: Links) -> bytes:
    """Everything published, the newest first."""
    return _rendered("open/index.html", publications=publications, links=links)


def publication_page(publication: Publication, links: Links) -> bytes:
    """One report or plan."""
    data = publication.data
    documents = [
        {"name": each["name"], "size": each["size"], "href": links.document(publication, number)}
        for number, each in enumerate(publication.documents, 1)
    ]
    return _rendered(
        "open/page.html", publication=publication, data=data, headings=headings(data), links=links,
        documents=documents,
    )  # fmt: skip


def feed(publications: Sequence[Publication], links: Links, *, address: str) -> bytes:
    """The RSS of what was published lately."""
    with force_locale(LANGUAGE):
        title = gettext(
            "Опубликованные отчёты и планы: %(name)s", name=settings().organisation_name or "Веха"
        )
    return as_rss(publications, links, title=title, address=address)


def json_of(publication: Publication, *, address: str) -> bytes:
    """Its data, naming the schema by its full address."""
    return as_json(
        publication.data,
        schema=f"{address.rstrip('/')}/schema.json",
        identifier=publication.id,
        published=publication.published_at.isoformat(timespec="seconds"),
    )


def address() -> str:
    """Where the list of the running site lies, in full."""
    return f"{settings().base_url.rstrip('/')}/open"


def _rendered(template: str, **context: object) -> bytes:
    name = settings().organisation_name
    with force_locale(LANGUAGE):
        page = application().jinja_env.get_template(template)
        return page.render(organisation_name=name, **context).encode()
