"""The tables of the roadmap room: plans and sections, measures, the work on them, import drafts."""

from roadmap.models.draft import ImportDraft
from roadmap.models.measure import Claim, Measure, Occurrence, Part, Participation
from roadmap.models.plan import Plan, PlanKind, Section
from roadmap.models.work import Answer, AnswerDraft, Comment, Extension, Notice

__all__ = [
    "Answer",
    "AnswerDraft",
    "Claim",
    "Comment",
    "Extension",
    "ImportDraft",
    "Measure",
    "Notice",
    "Occurrence",
    "Part",
    "Participation",
    "Plan",
    "PlanKind",
    "Section",
]
