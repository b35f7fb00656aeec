"""Pages of the room: the list, what is missing before a report is made, one report, changes, templates."""

from reports.views import assembling, changes, listing, report_page, templates
from reports.views.blueprint import bp, nav_items

__all__ = ["assembling", "bp", "changes", "listing", "nav_items", "report_page", "templates"]
