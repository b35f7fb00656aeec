"""Pages of the room, one module per kind of page; all on one blueprint."""

from roadmap.views import (
    answers,
    building,
    decisions,
    imports,
    measure_building,
    measures,
    my_work,
    plans,
)
from roadmap.views.blueprint import bp, nav_items

__all__ = [
    "answers",
    "bp",
    "building",
    "decisions",
    "imports",
    "measure_building",
    "measures",
    "my_work",
    "nav_items",
    "plans",
]
