"""What was published lately, as RSS 2.0."""

from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from reports.models import Publication
from reports.publication.links import Links

MOST = 50


def as_rss(publications: Sequence[Publication], links: Links, *, title: str, address: str) -> bytes:
    """The newest publications; `address` is where the links of `links` begin."""
    rss = Element("rss", {"version": "2.0"})
    channel = SubElement(rss, "channel")
    for name, text in (("title", title), ("link", address), ("description", title), ("language", "ru")):
        SubElement(channel, name).text = text
    for each in publications[:MOST]:
        _item(channel, each, address, links)
    made: bytes = tostring(rss, encoding="utf-8", xml_declaration=True)
    return made


def _item(channel: Element, each: Publication, address: str, links: Links) -> None:
    item = SubElement(channel, "item")
    where = links.absolute(address, each)
    SubElement(item, "title").text = each.title
    SubElement(item, "link").text = where
    SubElement(item, "guid", {"isPermaLink": "true"}).text = where
    SubElement(item, "pubDate").text = format_datetime(each.published_at)
    SubElement(item, "description").text = f"{each.data['organisation']}, {each.data['period']}"
