"""Pages of publishing: the public ones, and those of the people who publish."""

from reports.publication.views import managing, public

__all__ = ["managing", "public"]
