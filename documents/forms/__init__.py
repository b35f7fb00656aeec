"""Forms of the room: evidence in one module, the archive in the other."""

from documents.forms.archive import (
    AccessForm,
    AnnexForm,
    CitationForm,
    DecisionForm,
    DraftsForm,
    EditionForm,
    FilingForm,
)
from documents.forms.evidence import AddingForm, RemovalForm, RequisitesForm, VersionForm, uploads

__all__ = [
    "AccessForm",
    "AddingForm",
    "AnnexForm",
    "CitationForm",
    "DecisionForm",
    "DraftsForm",
    "EditionForm",
    "FilingForm",
    "RemovalForm",
    "RequisitesForm",
    "VersionForm",
    "uploads",
]
