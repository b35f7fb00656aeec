"""Sittings at every stage for the instance that the walks go through (tests/site.py)."""

from datetime import date
from typing import Any

from accounts.models import User
from core.clock import today
from council.models import Choice, Council, Presence, Seat, Sitting
from council.rules import Rules
from council.services.agenda import ItemFacts, add_item, add_material
from council.services.attendance import mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, create_council, name_member
from council.services.deciding import DecisionFacts, decide_item, note_item
from council.services.minutes import print_minutes, sign_minutes
from council.services.sittings import SittingFacts, close_sitting, open_sitting, plan_sitting, send_agenda
from council.services.voting import cast_vote, enter_unanimous, open_voting
from documents.kinds import DocumentKind
from orders.services.registers import RegisterFacts, open_register
from tests import uploads


def councils_of(secretary: User, chair: User, member: User, clerk: User) -> dict[str, Any]:
    """A council of the secretary's organisation with sittings planned, open, closed and signed."""
    council = _council(secretary, chair, member, clerk)
    planned = _planned(council, secretary)
    material = add_material(
        planned.items[0], uploads.upload(uploads.pdf_bytes(), "Справка.pdf"), by=secretary
    )
    voting = _opened(council, secretary)
    open_voting(voting.items[0], by=secretary)
    cast_vote(voting.items[0], Choice.FOR, by=chair)
    closed = _closed(council, secretary)
    signed = _closed(council, secretary)
    sign_minutes(signed, by=secretary)
    return {
        "council_id": council.id, "membership_id": council.memberships[1].id, "sitting_id": voting.id,
        "planned_sitting_id": planned.id, "closed_sitting_id": closed.id, "signed_sitting_id": signed.id,
        "agenda_item_id": voting.items[0].id, "spare_item_id": voting.items[1].id,
        "planned_item_id": planned.items[0].id, "closed_item_id": closed.items[0].id,
        "material_id": material.id,
    }  # fmt: skip


def _council(secretary: User, chair: User, member: User, clerk: User) -> Council:
    assert secretary.organisation
    register = open_register(
        secretary.organisation,
        RegisterFacts("Протоколы Совета"),
        document_kind=DocumentKind.MINUTES,
        by=clerk,
    )
    facts = CouncilFacts(
        "Совет руководителей", name_prepositional="Совете руководителей",
        rules=Rules(norm="п. 12 Положения о Совете руководителей"),
    )  # fmt: skip
    council = create_council(secretary.organisation, facts, register=register, by=secretary)
    seats = ((chair, Seat.CHAIR, True), (member, Seat.MEMBER, True), (secretary, Seat.SECRETARY, False))
    for person, seat, has_vote in seats:
        known = MemberFacts(user=person, seat=seat, has_vote=has_vote, since=date(2026, 1, 1))
        name_member(council, known, by=secretary)
    return council


def _planned(council: Council, secretary: User) -> Sitting:
    sitting = plan_sitting(council, SittingFacts(today(), "10:00", "с. Озёрное"), by=secretary)
    for title in ("О готовности школ", "О подвозе учеников"):
        add_item(sitting, ItemFacts(title, "Тополева С. М.", "Принять к сведению"), by=secretary)
    return sitting


def _opened(council: Council, secretary: User) -> Sitting:
    sitting = _planned(council, secretary)
    send_agenda(sitting, by=secretary)
    mark_attendance(sitting, {s.id: Presence.PRESENT for s in sitting.voters}, by=secretary)
    open_sitting(sitting, by=secretary)
    return sitting


def _closed(council: Council, secretary: User) -> Sitting:
    sitting = _opened(council, secretary)
    for item in sitting.items:
        open_voting(item, by=secretary)
        enter_unanimous(item, by=secretary)
        points = (DecisionFacts("Провести сверку", "Школа № 1", "до 01.03.2027"),)
        note_item(item, heard="Тополеву С. М.", spoke="Берёзкин А. А.", decisions=points, by=secretary)
        decide_item(item, by=secretary)
    close_sitting(sitting, by=secretary)
    print_minutes(sitting, by=secretary)
    return sitting
