"""Due dates as an iCalendar file (RFC 5545)."""

from collections.abc import Callable, Iterable

from core.clock import now
from roadmap.models import Measure


def as_calendar(measures: Iterable[Measure], link: Callable[[Measure], str]) -> str:
    """All-day events on the control dates, with a reminder a week before; lines folded at 75 bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vekha//due dates//RU"]
    for measure in measures:
        if measure.control_date:
            lines += _event(measure, link(measure))
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(measure: Measure, url: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:measure-{measure.id}@vekha",
        f"DTSTAMP:{now():%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{measure.control_date:%Y%m%d}",
        f"SUMMARY:{_escaped(f'{measure.number} {measure.title}'.strip())}",
        f"DESCRIPTION:{_escaped(measure.form_of_execution)}",
        f"URL:{url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P7D",
        f"DESCRIPTION:{_escaped(measure.title)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines longer than 75 bytes go on after a line break and a space, never inside a letter."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
