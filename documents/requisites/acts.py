"""Cited acts with their bodies, titles and relations, from the places where they are cited."""

import re
from collections.abc import Iterable
from dataclasses import replace

from documents.requisites.citations import Citation
from documents.requisites.found import CitedAct
from documents.requisites.phrases import NAME
from documents.requisites.quotes import quoted_after
from documents.requisites.relations import BASIS, Reasons

_TITLE_BEGINS = re.compile(r"(?:^|\s)[«\"“(]?(?:Об?|О\s+внесении|об?)\s+(?=[а-яё])")
_ABOUT = re.compile(r"(?:^|(?<=\s))об?\s+\w", re.IGNORECASE)
_CUT = re.compile(r"\[[^\]]{0,40}\]|\.\.\.|…")
_DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
_EDGES = " \n\t,;:.()[]-–—"
_STATE = ("федеральный закон", "федеральный конституционный закон")
_MEETING = re.compile(
    r"^(?:внеочередного\s+|очередного\s+|совместного\s+)?(?:заседани[яеию]+|совещани[яеию]+)\s+",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"(?:рассмотрен|одобрен|принят|утвержд[её]н|согласован)[аоы]?:?\s+(?:и\s+[а-яё]+\s+)?(?:(?:на|решением|"
    r"протоколом)\s+)?(?:заседани\w+\s+)?(?P<body>[^\d№]{3,200})$",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"_|{NAME}")
_BODY_END = re.compile(r"\s*\(.*$|\s*,?\s*(?:протокол\w*|решени\w*)\s*$", re.IGNORECASE | re.DOTALL)


def acts_of(text: str, citations: Iterable[Citation]) -> list[CitedAct]:
    """One act for each citation, in the order of the text; an act cited again is not repeated."""
    cited = list(citations)
    if not cited:
        return []
    reasons = Reasons(text, without=[citation.title for citation in cited if citation.title])
    acts = [
        _act(text, one, body=_body(text, one, reasons), relation=_relation(one, reasons)) for one in cited
    ]
    return _once(acts)


def _relation(citation: Citation, reasons: Reasons) -> str:
    behind = reasons.relation_after(citation.end)
    return reasons.relation_at(citation.start) if behind == BASIS else behind


def _act(text: str, citation: Citation, *, body: str | None, relation: str) -> CitedAct:
    reference, noun = citation.reference, citation.kind.noun
    if noun in _STATE or body is None:
        body = body if noun not in _STATE else None
    return CitedAct(
        kind=noun,
        number=_number(noun, body, reference.number),
        date=reference.date,
        authority=body,
        title=_title(text, citation),
        relation=relation,
        confidence=_confidence(citation),
        start=citation.start,
        end=citation.end,
    )


def _number(noun: str, body: str | None, number: str | None) -> str | None:
    """Directives of the Government are numbered «…-р»: a capital there is a misread small letter."""
    if number and noun == "распоряжение" and body and body.lower().startswith("правительства р"):
        return re.sub(r"(?<=\d-)Р$", "р", number)
    return number


def _confidence(citation: Citation) -> float:
    reference = citation.reference
    whole = 0.97 if reference.date and reference.number else 0.75
    return round(whole - 0.1 * citation.is_ditto - 0.15 * (not reference.is_signed), 2)


def _body(text: str, citation: Citation, reasons: Reasons) -> str | None:
    between = text[citation.between[0] : citation.between[1]] if citation.between else ""
    between = between if between.strip() else _meeting(text, citation)
    title = _title_between(text, citation)
    if title:
        between = text[citation.between[0] : title[0] - 1] if citation.between else between
    printed = _clean(_ABOUT.split(_clean(_CUT.sub(" ", between)))[0])
    printed = _MEETING.sub("", printed)
    printed = "" if _DAY.search(printed) else printed  # the words of another act lie between
    return printed or _stamp_body(citation, reasons)


def _meeting(text: str, citation: Citation) -> str:
    """«протоколом № 3 заседания педагогического совета от …»: the body stands inside the reference."""
    number, day = citation.reference.number_span, citation.reference.date_span
    return (
        text[number[1] : day[0]].rstrip().removesuffix("от") if number and day and number[1] < day[0] else ""
    )


def _stamp_body(citation: Citation, reasons: Reasons) -> str | None:
    """«Рассмотрен на Совете руководителей / Протокол от …»: the body stands in the stamp before the kind."""
    if citation.kind.noun not in ("протокол", "решение"):
        return None
    found = _STAMPED.search(_clean(reasons.before(citation.start)[-260:]))
    if not found:
        return None
    body = _BODY_END.sub("", found["body"]).strip(_EDGES)
    return None if not body or _PERSON.search(body) else body


def _title(text: str, citation: Citation) -> str | None:
    span = citation.title or _title_between(text, citation)
    if span is None:
        return None
    title = text[span[0] : span[1]]
    return None if _CUT.search(title) else _clean(title) or None


def _title_between(text: str, citation: Citation) -> tuple[int, int] | None:
    """«Законом Орловской области «Об образовании» от …»: the title stands before the date."""
    if citation.between is None:
        return None
    start, end = citation.between
    found = re.compile('[«"“](?=(?:Об?|О)\\s)').search(text, start, end)
    span = quoted_after(text, found.start()) if found else None
    return span if span and span[1] <= end else None


def _clean(text: str) -> str:
    cleaned = re.sub(r"\s+", " ", text).strip(_EDGES)
    is_cut = cleaned.count("(") > cleaned.count(")") and text.rstrip(" \n\t,;:.").endswith(")")
    return cleaned + ")" if is_cut else cleaned


def _once(acts: list[CitedAct]) -> list[CitedAct]:
    """Without repetitions, and without short mentions («приказ № 5») of an act that is cited in full."""
    kept: list[CitedAct] = []
    places: dict[tuple[str, str | None], list[int]] = {}
    for act in acts:
        near = [at for key in ((act.kind, act.number), (act.kind, None)) for at in places.get(key, ())]
        twin = next((at for at in near if _is_same(act, kept[at])), None)
        if twin is None:
            places.setdefault((act.kind, act.number), []).append(len(kept))
            kept.append(act)
        else:
            kept[twin] = _merged(kept[twin], act)
    return kept


def _merged(first: CitedAct, again: CitedAct) -> CitedAct:
    """The first mention with what a later one adds: its title, its body, and why the act is cited."""
    return replace(
        first,
        title=first.title or again.title,
        authority=first.authority or again.authority,
        relation=again.relation if first.relation == BASIS else first.relation,
    )


def _is_same(act: CitedAct, other: CitedAct) -> bool:
    if act.kind != other.kind:
        return False
    if (act.number, act.date) == (other.number, other.date):
        return True
    if act.number and act.number == other.number:
        return act.date is None
    return act.number is None and act.date == other.date
