"""Read the requisites of a document from its text."""

from dataclasses import replace
from typing import TypeVar

from documents.requisites.acts import acts_of
from documents.requisites.cards import Card, card_of
from documents.requisites.citations import citations_in
from documents.requisites.cleaning import cleaned
from documents.requisites.found import CitedAct, Found, Requisites
from documents.requisites.heading import Heading, heading_of
from documents.requisites.imprint import Imprint, imprint_of
from documents.requisites.imprint_below import take_at_end, take_below_title, take_place_below
from documents.requisites.letterhead import authority_of
from documents.requisites.letters import letter_of
from documents.requisites.lines import Line, lines_of
from documents.requisites.references import references_in
from documents.requisites.signatures import (
    SignatureReader,
    chair_signature,
    first_signature,
    last_signature,
)
from documents.requisites.stamps import stamp_lines
from documents.requisites.titles import title_of
from documents.requisites.traced import TracedText, as_printed

T = TypeVar("T")


def recognise(text: str) -> Requisites:
    """The requisites of a document and the acts it cites; spans are places in the given text.

    Takes any text and never raises; time grows with the length of the text, not faster."""
    traced = cleaned(text)
    return _in_original(_read(traced.text), traced)


def cited_in(text: str) -> tuple[CitedAct, ...]:
    """The acts a line or two of running text names, none taken for the text's own heading."""
    traced = cleaned(text)
    acts = acts_of(traced.text, citations_in(traced.text))
    return tuple(_act_moved(act, traced) for act in acts)


def _read(text: str) -> Requisites:
    lines = lines_of(text)
    card = card_of(lines)
    lines = [line for at, line in enumerate(lines) if at not in card.lines]
    stamped = stamp_lines(lines)
    heading = heading_of(text, lines) or letter_of(lines, references_in(text[:4000]))
    own = _own(text, lines, heading, stamped) if heading else (Requisites(), Imprint())
    found = _with_card(own[0], card)
    signature = _signature_of(heading)(lines, after=_text_begins(heading, own[1]), stamped=stamped)
    found = replace(found, signatory_position=signature.position, signatory_name=signature.name)
    acts = acts_of(text, citations_in(text, without=(*own[1].spans, *_card_spans(card))))
    return replace(found, cited_acts=tuple(act for act in acts if not _is_itself(act, found)))


def _signature_of(heading: Heading | None) -> SignatureReader:
    if heading is not None and heading.noun == "протокол":
        return chair_signature
    return first_signature if heading is None or heading.is_act else last_signature


def _own(text: str, lines: list[Line], heading: Heading, stamped: set[int]) -> tuple[Requisites, Imprint]:
    references = references_in(text)
    imprint = imprint_of(text, lines, heading, references, stamped)
    title = title_of(text, lines, heading, imprint)
    take_below_title(imprint, text, lines, title.end, references, stamped=stamped)
    take_at_end(imprint, text, lines, heading, references, stamped=stamped)
    if not heading.is_act:
        take_place_below(imprint, lines)
    found = Requisites(
        kind=Found(heading.noun, 0.97 if heading.at >= 0 else 0.6, heading.start, heading.end),
        number=imprint.number,
        date=imprint.date,
        place=imprint.place,
        title=title,
        authority=authority_of(text, lines, heading, imprint, stamped),
    )
    return found, imprint


def _text_begins(heading: Heading | None, imprint: Imprint) -> int:
    return max(imprint.until, 0) if heading else 0


def _with_card(found: Requisites, card: Card) -> Requisites:
    kind = card.values.get("kind", Found())
    return replace(
        found,
        kind=_first(found.kind, replace(kind, value=kind.value.lower()) if kind.value else kind),
        number=_first(found.number, card.values.get("number", Found())),
        date=_first(found.date, card.date),
        title=_first(found.title, card.values.get("title", Found())),
        authority=_first(found.authority, card.values.get("authority", Found())),
    )


def _first(found: Found[T], other: Found[T]) -> Found[T]:
    return found if found.value is not None else other


def _card_spans(card: Card) -> list[tuple[int, int]]:
    return [(value.start, value.end) for name, value in card.values.items()
            if name != "title" and value.start is not None and value.end is not None]  # fmt: skip


def _is_itself(act: CitedAct, own: Requisites) -> bool:
    """Annexes and the text name the document itself."""
    if own.kind.value is None or act.kind != own.kind.value or own.number.value is None:
        return False
    return act.number == own.number.value and act.date in (own.date.value, None)


def _in_original(found: Requisites, traced: TracedText) -> Requisites:
    return Requisites(
        kind=_moved(found.kind, traced),
        number=_moved(found.number, traced),
        date=_moved(found.date, traced),
        title=_text_moved(found.title, traced),
        authority=_text_moved(found.authority, traced),
        place=_text_moved(found.place, traced),
        signatory_position=_text_moved(found.signatory_position, traced),
        signatory_name=_text_moved(found.signatory_name, traced),
        cited_acts=tuple(_act_moved(act, traced) for act in found.cited_acts),
    )


def _moved(found: Found[T], traced: TracedText) -> Found[T]:
    if found.value is None or found.start is None or found.end is None:
        return Found()
    start, end = traced.span(found.start, found.end)
    return replace(found, start=start, end=end)


def _text_moved(found: Found[str], traced: TracedText) -> Found[str]:
    """A text in its place, with the signs of numbers as they were printed."""
    if found.value is None or found.start is None or found.end is None:
        return Found()
    printed = as_printed(found.value, traced.printed_signs(found.start, found.end))
    return replace(_moved(found, traced), value=printed)


def _act_moved(act: CitedAct, traced: TracedText) -> CitedAct:
    start, end = traced.span(act.start, act.end)
    signs = traced.printed_signs(act.start, act.end)
    title = as_printed(act.title, signs[-act.title.count("№") :]) if act.title else act.title
    body = as_printed(act.authority, signs[: act.authority.count("№")]) if act.authority else act.authority
    return replace(act, title=title, authority=body, start=start, end=end)
