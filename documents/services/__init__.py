"""What may be done with dossiers and documents."""

from documents.services.changes import edit_requisites, remove, supersede
from documents.services.dossiers import (
    close_dossier_to,
    lock_dossier,
    new_dossier,
    open_dossier_to,
    show_dossier_to,
    unlock_dossier,
)
from documents.services.evidence import Outcome, attach, attach_each, attach_link, remember_blob
from documents.services.intake import Received, Upload, receive
from documents.services.keeping import keep_file, local_copy
from documents.services.rules import AlreadyAttached, Requisites

__all__ = [
    "AlreadyAttached",
    "Outcome",
    "Received",
    "Requisites",
    "Upload",
    "attach",
    "attach_each",
    "attach_link",
    "close_dossier_to",
    "edit_requisites",
    "keep_file",
    "local_copy",
    "lock_dossier",
    "new_dossier",
    "open_dossier_to",
    "receive",
    "remember_blob",
    "remove",
    "show_dossier_to",
    "supersede",
    "unlock_dossier",
]
