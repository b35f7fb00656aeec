"""A sitting as a calendar entry (RFC 5545): what mail programs and phones put into their calendars."""

from datetime import UTC, datetime, time, timedelta

from core.clock import ZONE, now
from council.models import Sitting

LENGTH = timedelta(hours=2)
#: Lines are folded after this many bytes (RFC 5545, 3.1).
MOST_BYTES = 74


def calendar_entry(sitting: Sitting, *, host: str, url: str, is_cancelled: bool) -> str:
    """The entry with the number of its round, so that a later letter replaces an earlier one."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vekha//Council//RU",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:sitting-{sitting.id}@{host}",
        f"SEQUENCE:{sitting.invitation_round + is_cancelled}",
        f"DTSTAMP:{_moment(now())}",
        *_times(sitting),
        f"SUMMARY:{_text(sitting.council.name)}",
        f"LOCATION:{_text(sitting.place or sitting.council.place)}",
        f"DESCRIPTION:{_text(_agenda(sitting))}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(folded for line in lines for folded in _fold(line)) + "\r\n"


def _times(sitting: Sitting) -> list[str]:
    """The hour when it is known, else the whole day; by correspondence the end of voting."""
    if sitting.is_by_correspondence and sitting.deadline:
        begin = sitting.deadline - timedelta(minutes=30)
        return [f"DTSTART:{_moment(begin)}", f"DTEND:{_moment(sitting.deadline)}"]
    if not sitting.starts_at:
        after = sitting.date + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{sitting.date:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    start = datetime.combine(sitting.date, time.fromisoformat(sitting.starts_at), ZONE)
    return [f"DTSTART:{_moment(start)}", f"DTEND:{_moment(start + LENGTH)}"]


def _agenda(sitting: Sitting) -> str:
    return "\n".join(f"{item.position}. {item.title}" for item in sitting.items)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _fold(line: str) -> list[str]:
    """The line in pieces that are no longer than allowed; a letter is never cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > MOST_BYTES:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]
