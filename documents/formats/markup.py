"""XML without surprises: no entities, no network, no DTD, a bounded number of elements."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from core.errors import TooLarge, Unreadable

Element = Any
MOST_TAGS = 3_000_000
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_BROKEN = "Файл повреждён: его содержимое не разбирается. Откройте его, сохраните заново и повторите."
_ENTITIES = "Файл содержит объявления сущностей XML, такие файлы не принимаются. Сохраните его заново."
_HUGE = "Файл слишком большой для чтения таблиц. Оставьте в нём только нужную таблицу и повторите."


def parse(raw: bytes) -> Element:
    """The root element of `raw`. Raises Unreadable for broken XML and for any declared entity."""
    raw = _plain(raw)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise Unreadable(_BROKEN) from None
    _refuse_entities(root.getroottree())
    return root


def parts(raw: bytes, *tags: str) -> Iterator[Element]:
    """Elements named `tags` one by one; each is forgotten when the next one is asked for."""
    walk = etree.iterparse(
        io.BytesIO(_plain(raw)), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in walk:
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        raise Unreadable(_BROKEN) from None
    _refuse_entities(walk.root.getroottree())


def _plain(raw: bytes) -> bytes:
    """`raw` in the usual namespaces; the strict variant of the standard names the same things otherwise."""
    if raw.count(b"<") > MOST_TAGS:
        raise TooLarge(_HUGE)
    if _STRICT in raw[:20_000]:
        for strict, usual in _TRANSITIONAL.items():
            raw = raw.replace(strict, usual)
    return raw


def _refuse_entities(tree: Element) -> None:
    dtd = tree.docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise Unreadable(_ENTITIES)
