"""What may be done with reports: making versions, deciding on them, templates, sending gaps back."""

from documents.services.templates import DOCX
from reports.services.deciding import Decided, Stamp, decide_version, link_protocol, stamp_of
from reports.services.gaps import send_back
from reports.services.moving import move_version
from reports.services.printing import digest_of, rendered
from reports.services.rules import may_make, require_maker
from reports.services.templates import add_template, remove_template
from reports.services.versions import begin_report, make_version

__all__ = [
    "DOCX",
    "Decided",
    "Stamp",
    "add_template",
    "begin_report",
    "decide_version",
    "digest_of",
    "link_protocol",
    "make_version",
    "may_make",
    "move_version",
    "remove_template",
    "rendered",
    "require_maker",
    "send_back",
    "stamp_of",
]
