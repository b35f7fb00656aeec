"""The tables of the room: dossiers, documents and their files, what was read in them, what they cite."""

from documents.models.citation import RELATIONS, Citation, Relation
from documents.models.document import FILINGS, Document, FileVersion, Filing
from documents.models.dossier import Blob, Confidentiality, Dossier, DossierReader
from documents.models.template_file import TemplateFile
from documents.models.text import Extraction, ExtractionState, MailMessage, PageText, Recognition

__all__ = [
    "FILINGS",
    "RELATIONS",
    "Blob",
    "Citation",
    "Confidentiality",
    "Document",
    "Dossier",
    "DossierReader",
    "Extraction",
    "ExtractionState",
    "FileVersion",
    "Filing",
    "MailMessage",
    "PageText",
    "Recognition",
    "Relation",
    "TemplateFile",
]
