"""Letters of the council: to whom they go, what they say, the calendar entry that comes with them."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import time_machine

from core.clock import ZONE
from core.db import db
from core.outbox import Task
from core.settings import settings
from core.worker import run
from council.models import Choice, Invitation, SittingForm
from council.services.sittings import SittingFacts, cancel_sitting, edit_sitting, send_agenda
from council.services.voting import cast_vote, open_voting
from council.tasks import look_for_deadlines
from tests.council import scene as scenes

TEN = datetime(2027, 1, 27, 10, 0, tzinfo=ZONE)
ESCAPED = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def entry_of(text: str) -> dict[str, str]:
    """The properties of the one event of a calendar, read strictly as RFC 5545 has it."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    assert [line for line in whole if line.startswith(("BEGIN:", "END:"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    found = {}
    for line in whole:
        name, colon, value = line.partition(":")
        assert colon and re.fullmatch(r"[A-Z]+(;[A-Z]+=[A-Z]+)?", name)
        assert name in ("BEGIN", "END") or name not in found
        found[name] = re.sub(r"\\[n,;\\]", lambda piece: ESCAPED[piece[0]], value)
    assert found["VERSION"] == "2.0" and found["PRODID"] and found["UID"] and found["DTSTAMP"]
    return found


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def delivered(name: str = "sitting.invite") -> list:
    """Let the worker send what waits; the letters that lie in the folder then."""
    for task in db.session.query(Task).filter(Task.name == name, Task.done_at.is_(None)).order_by(Task.id):
        run(task)
    files = sorted((settings().data / "outgoing").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def attached(letter):
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    return part, entry_of(part.get_content().replace("\r\n", "\n").replace("\n", "\r\n"))


def test_the_agenda_goes_to_every_member_with_an_entry_at_moscow_time(scene):
    sitting = scene.planned(
        "О школах; о подвозе, питании", "О дорогах", starts_at="10:00", place="с. Озёрное"
    )
    send_agenda(sitting, by=scene.secretary)

    letters = delivered()

    assert {letter["To"] for letter in letters} == {p.email for p in [*scene.voters, scene.secretary]}
    letter = letters[0]
    words = letter.get_body(("plain",)).get_content()
    assert "1. О школах; о подвозе, питании" in words and "10:00, с. Озёрное" in words
    assert f"/sittings/{sitting.id}" in words
    part, entry = attached(letter)
    assert (part.get_param("method"), entry["METHOD"], entry["STATUS"]) == ("PUBLISH", "PUBLISH", "CONFIRMED")
    assert (moment(entry["DTSTART"]), moment(entry["DTEND"])) == (TEN, TEN + timedelta(hours=2))
    assert entry["DESCRIPTION"] == "1. О школах; о подвозе, питании\n2. О дорогах"
    assert entry["LOCATION"] == "с. Озёрное"
    assert all(row.sent_at for row in db.session.query(Invitation))
    assert len(delivered()) == len(letters)


def test_a_sitting_that_is_not_held_is_taken_out_of_calendars(scene):
    sitting = scene.planned(starts_at="10:00")
    send_agenda(sitting, by=scene.secretary)
    first = attached(delivered()[0])[1]
    cancel_sitting(sitting, reason="Отключили свет", by=scene.secretary)

    letter = delivered()[-1]

    part, entry = attached(letter)
    assert "не состоится" in letter.get_body(("plain",)).get_content()
    assert (part.get_param("method"), entry["METHOD"], entry["STATUS"]) == ("CANCEL", "CANCEL", "CANCELLED")
    assert entry["UID"] == first["UID"] and int(entry["SEQUENCE"]) > int(first["SEQUENCE"])


def test_an_agenda_that_is_sent_again_replaces_the_entry(scene):
    sitting = scene.planned()
    send_agenda(sitting, by=scene.secretary)
    first = attached(delivered()[0])[1]
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20270127", "20270128")
    edit_sitting(sitting, SittingFacts(scenes.DAY, starts_at="11:30"), by=scene.secretary)
    send_agenda(scene.seen(sitting), by=scene.secretary)

    again = attached(delivered()[-1])[1]

    assert moment(again["DTSTART"]) == TEN + timedelta(minutes=90)
    assert again["UID"] == first["UID"] and int(again["SEQUENCE"]) > int(first["SEQUENCE"])


def test_the_silent_are_reminded_once_a_day_before_a_vote_by_correspondence_ends(scene):
    ends = scenes.NOW + timedelta(days=3)
    sitting = scene.opened(scene.planned(form=SittingForm.CORRESPONDENCE, deadline=ends))
    open_voting(sitting.items[0], by=scene.secretary)
    cast_vote(scene.seen(sitting).items[0], Choice.FOR, by=scene.chair)
    calls = len(delivered())
    look_for_deadlines()
    assert len(delivered("sitting.vote_ends")) == calls

    with time_machine.travel(ends - timedelta(hours=5)):
        look_for_deadlines()
        look_for_deadlines()
        delivered("sitting.vote_ends")
        letters = delivered()[calls:]

    assert sorted(letter["To"] for letter in letters) == sorted(p.email for p in scene.members)
    assert "Вы ещё не проголосовали" in letters[0].get_body(("plain",)).get_content()
    assert list(letters[0].iter_attachments()) == []


def test_the_entry_from_the_page_is_that_of_the_letter(scene, signed_in):
    sitting = scene.planned(starts_at="10:00")

    answer = signed_in(scene.members[0]).get(f"/sittings/{sitting.id}/calendar.ics")

    assert answer.mimetype == "text/calendar"
    assert moment(entry_of(answer.get_data(as_text=True))["DTSTART"]) == TEN
