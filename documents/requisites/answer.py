"""Requisites as plain data, in the shape the archive's labelled lists use."""

from typing import Any

from documents.requisites.found import CitedAct, Requisites


def as_json(requisites: Requisites) -> dict[str, Any]:
    """{kind, number, date (ISO), title, issuing_authority, place, signatory_position, signatory_name,
    cited_acts: [{kind, number, date, authority, title, relation}]}; None for what is not printed."""
    day = requisites.date.value
    return {
        "kind": requisites.kind.value,
        "number": requisites.number.value,
        "date": day.isoformat() if day else None,
        "title": requisites.title.value,
        "issuing_authority": requisites.authority.value,
        "place": requisites.place.value,
        "signatory_position": requisites.signatory_position.value,
        "signatory_name": requisites.signatory_name.value,
        "cited_acts": [_act(act) for act in requisites.cited_acts],
    }


def _act(act: CitedAct) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "number": act.number,
        "date": act.date.isoformat() if act.date else None,
        "authority": act.authority,
        "title": act.title,
        "relation": act.relation,
    }
