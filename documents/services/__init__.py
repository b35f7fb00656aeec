"""What may be done with dossiers and documents."""

from documents.services.changes import edit_requisites, remove, supersede
from documents.services.citing import (
    Cited,
    add_citation,
    confirm_citation,
    dismiss_citation,
    link_arrived,
    propose_citations,
    relink,
)
from documents.services.confidentiality import change_access
from documents.services.dossiers import (
    close_dossier_to,
    lock_dossier,
    new_dossier,
    open_dossier_to,
    show_dossier_to,
    unlock_dossier,
)
from documents.services.evidence import Outcome, attach, attach_each, attach_link, remember_blob
from documents.services.filing import (
    LikelyDuplicate,
    add_annex,
    add_draft,
    add_drafts,
    add_edition,
    file_document,
)
from documents.services.intake import Received, Upload, receive
from documents.services.keeping import keep_file, local_copy
from documents.services.mailbox import take_mail
from documents.services.reading import begin_reading, read_again, read_on, recognise_all, take_up_waiting
from documents.services.recognising import recognise_document
from documents.services.rules import AlreadyAttached, Requisites

__all__ = [
    "AlreadyAttached",
    "Cited",
    "LikelyDuplicate",
    "Outcome",
    "Received",
    "Requisites",
    "Upload",
    "add_annex",
    "add_citation",
    "add_draft",
    "add_drafts",
    "add_edition",
    "attach",
    "attach_each",
    "attach_link",
    "begin_reading",
    "change_access",
    "close_dossier_to",
    "confirm_citation",
    "dismiss_citation",
    "edit_requisites",
    "file_document",
    "keep_file",
    "link_arrived",
    "local_copy",
    "lock_dossier",
    "new_dossier",
    "open_dossier_to",
    "propose_citations",
    "read_again",
    "read_on",
    "receive",
    "recognise_all",
    "recognise_document",
    "relink",
    "remember_blob",
    "remove",
    "show_dossier_to",
    "supersede",
    "take_mail",
    "take_up_waiting",
    "unlock_dossier",
]
