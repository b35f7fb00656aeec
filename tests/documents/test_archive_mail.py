"""Letters of a mailbox become drafts: a small IMAP server, hostile letters, nothing twice."""

import socketserver
import threading
from email.message import EmailMessage

import pytest

from documents.queries import inbox
from documents.services import take_mail
from documents.services.mailbox import mailbox_of
from tests import factories
from tests.documents.archive import clerk
from tests.uploads import docx_bytes


def letter(*files, subject="Сканы приказов", message_id="<1@example.ru>"):
    found = EmailMessage()
    found["From"], found["Subject"], found["Message-ID"] = "school@example.ru", subject, message_id
    found.set_content("Во вложении приказы.")
    for name, data in files:
        found.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return found.as_bytes()


class Server(socketserver.ThreadingTCPServer):
    """As much of IMAP as is asked for: sign-in, unread letters, their text, the mark of a read one."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.letters, self.seen, self.marks = [], set(), True

    @property
    def port(self):
        return self.server_address[1]


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("* OK ready")
        for line in iter(self.rfile.readline, b""):
            tag, name, *rest = line.decode().split()
            words = [name.upper(), *rest]
            if words[0] == "UID":
                words = [words[1].upper(), *words[2:]]
            answer = getattr(self, f"on_{words[0].lower()}", lambda *_: "")(*words[1:])
            self.say(f"{tag} {answer or 'OK done'}")
            if words[0] == "LOGOUT":
                return

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def on_capability(self):
        self.say("* CAPABILITY IMAP4rev1")

    def on_login(self, user, password):
        return "" if (user.strip('"'), password.strip('"')) == ("archive", ["s3", "cret"][0]) else "NO wrong"

    def on_select(self, *_folder):
        self.say(f"* {len(self.server.letters)} EXISTS")

    def on_search(self, *_what):
        unread = [str(n) for n in range(1, len(self.server.letters) + 1) if n not in self.server.seen]
        self.say(f"* SEARCH {' '.join(unread)}")

    def on_fetch(self, uid, *_what):
        body = self.server.letters[int(uid) - 1]
        self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(body)}}}\r\n".encode() + body + b")\r\n")

    def on_store(self, uid, *_what):
        if self.server.marks:
            self.server.seen.add(int(uid))


@pytest.fixture
def server():
    with Server() as found:
        threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def mailbox(app, session, server):
    """The clerk whose organisation's mailbox it is."""
    me = clerk(factories.region())
    url = f"imap://archive:s3@127.0.0.1:{server.port}/INBOX?organisation={me.organisation_id}"
    object.__setattr__(app.config["SETTINGS"], "imap_url", url)
    yield me
    object.__setattr__(app.config["SETTINGS"], "imap_url", "")


def test_the_files_of_unread_letters_become_drafts(mailbox, server):
    server.letters += [
        letter(("Приказ 1.docx", docx_bytes()), ("вирус.exe", b"MZ" * 50)),
        letter(message_id="<2@x>"),
    ]

    assert take_mail() == 1

    (draft,) = inbox(seen_by=mailbox)
    assert draft.latest.name == "Приказ 1.docx"
    assert server.seen == {1, 2}


def test_a_letter_that_could_not_be_marked_is_not_taken_twice(mailbox, server):
    server.letters += [letter(("Приказ 1.docx", docx_bytes()))]
    server.marks = False

    assert [take_mail(), take_mail()] == [1, 0]
    assert len(inbox(seen_by=mailbox)) == 1


def test_a_hostile_letter_does_no_harm(mailbox, server):
    server.letters += [
        b"\xff\x00 no letter at all",
        letter(("../../etc/passwd", b"root"), message_id="<3@x>"),
    ]

    assert take_mail() == 0
    assert server.seen == {1, 2}


def test_a_mailbox_that_does_not_answer_is_left_for_the_next_time(app, mailbox, server):
    object.__setattr__(
        app.config["SETTINGS"], "imap_url", f"imap://archive:wrong@127.0.0.1:{server.port}/INBOX"
    )

    assert take_mail() == 0


def test_the_address_of_a_mailbox_is_read_as_it_is_documented():
    found = mailbox_of("imaps://archive%40example.ru:p%3Ass@mail.example.ru/Scans?organisation=7")

    assert found and (found.user, found.password, found.port) == ("archive@example.ru", "p:ss", 993)
    assert (found.folder, found.organisation_id, mailbox_of("")) == ("Scans", 7, None)
    with pytest.raises(ValueError):
        mailbox_of("https://mail.example.ru")
