"""Takes the files out of a letter. Runs in the limited subprocess only.

Names and texts of the letter are data: files are written as 0, 1, 2 … into the folder that was given.
"""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

MOST_FILES = 100
MOST_TEXT = 300


def taken_out(path: str, folder: str) -> dict[str, Any]:
    """{"message_id", "subject", "sender", "files": [names]}: the attachments lie in `folder` as 0, 1, …

    Pictures that only decorate the text (inline, without a name) are no documents and left out.
    """
    with Path(path).open("rb") as file:
        letter = email.message_from_binary_file(file, policy=email.policy.default)
    names: list[str] = []
    for part in letter.walk():
        name = _name(part)
        if name and len(names) < MOST_FILES:
            payload = part.get_payload(decode=True)
            Path(folder, str(len(names))).write_bytes(payload if isinstance(payload, bytes) else b"")
            names.append(name)
    return {
        "message_id": _header(letter, "Message-ID"),
        "subject": _header(letter, "Subject"),
        "sender": _header(letter, "From"),
        "files": names,
    }


def _name(part: Any) -> str:
    if part.is_multipart():
        return ""
    name = str(part.get_filename() or "")
    return name if part.get_content_disposition() == "attachment" or name else ""


def _header(letter: EmailMessage, name: str) -> str:
    return " ".join(str(letter.get(name, "")).split())[:MOST_TEXT]
