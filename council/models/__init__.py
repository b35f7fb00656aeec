"""The tables of the council room: councils and members, sittings and agenda, attendance, votes, decisions."""

from council.models.agenda import AgendaItem, ItemKind, Material, Outcome
from council.models.council import PRESIDING, Council, CouncilKind, Membership, Seat
from council.models.invitation import Invitation
from council.models.review import ADDRESSEES, Addressee, Remark, RowMark
from council.models.sitting import Sitting, SittingForm
from council.models.voting import Attendance, Choice, Decision, Presence, Vote

__all__ = [
    "ADDRESSEES",
    "Addressee",
    "PRESIDING",
    "Remark",
    "RowMark",
    "AgendaItem",
    "Attendance",
    "Choice",
    "Council",
    "CouncilKind",
    "Decision",
    "SittingForm",
    "Invitation",
    "ItemKind",
    "Material",
    "Membership",
    "Outcome",
    "Presence",
    "Seat",
    "Sitting",
    "Vote",
]
