"""Drafts, what a clerk makes of them, duplicates, annexes, editions, access."""

import threading
from datetime import date

import pytest

from accounts.models import Role
from core.audit import SYSTEM
from core.errors import Blocked, NotFound, NotYours, OutOfTurn, Stale, Unreadable
from documents.kinds import DocumentKind
from documents.models import Confidentiality, Filing
from documents.queries import (
    Wanted,
    annexes_of,
    document_of,
    edition_on,
    editions_of,
    inbox,
    listed,
    surroundings_of,
)
from documents.services import (
    LikelyDuplicate,
    add_annex,
    add_draft,
    add_drafts,
    add_edition,
    change_access,
    edit_requisites,
    file_document,
    remove,
)
from tests import factories
from tests.documents.archive import (
    AUTHORITY,
    ORDER,
    clerk,
    draft,
    filed,
    fresh,
    uploaded,
    windows_zip,
    zip_of,
)
from tests.uploads import docx_bytes, pdf_bytes, upload

pytestmark = pytest.mark.usefixtures("session")
DAY = date(2026, 3, 12)


def titles(documents):
    return [document.title for document in documents]


def test_a_draft_waits_in_the_inbox_and_in_no_list():
    me = clerk()

    waiting = uploaded(me, name="Приказ_12.docx")

    assert (waiting.filing, waiting.title, waiting.document_kind) == (Filing.INBOX, "Приказ 12", ORDER)
    assert inbox(seen_by=me) == [waiting]
    assert listed(Wanted(), seen_by=me).rows == []


def test_only_clerks_of_the_organisation_see_a_draft():
    me = clerk()
    waiting = draft(me)
    colleague, stranger = factories.person(Role.READER, organisation=me.organisation), clerk()

    for person in (colleague, stranger):
        assert inbox(seen_by=person) == []
        with pytest.raises(NotFound):
            document_of(waiting.id, seen_by=person)
    assert document_of(waiting.id, seen_by=clerk(me.organisation)) == waiting


def test_nobody_but_clerks_puts_documents_into_the_archive():
    for role in (Role.EXECUTOR, Role.COORDINATOR, Role.READER, Role.ADMINISTRATOR):
        person = factories.person(role)
        with pytest.raises(NotYours):
            add_draft(person.organisation, upload(b"never read"), by=person)


def test_a_repeated_try_makes_no_second_draft():
    me, data = clerk(), docx_bytes()

    first = add_draft(me.organisation, upload(data), by=me, key="k1")
    again = add_draft(me.organisation, upload(data), by=me, key="k1")

    assert first == again
    assert len(inbox(seen_by=me)) == 1


def test_the_files_of_a_zip_become_drafts_each():
    me = clerk()
    bundle = zip_of({"2020/Приказ 1.docx": docx_bytes(), "2020/скан.pdf": pdf_bytes(), "Thumbs.db": b"x"})

    outcomes = add_drafts(me.organisation, [bundle, upload(docx_bytes(), "Отдельно.docx")], by=me)

    assert [o.document.latest.name for o in outcomes] == ["Приказ 1.docx", "скан.pdf", "Отдельно.docx"]


def test_names_in_a_zip_that_windows_made_are_read_as_russian():
    me = clerk()

    (outcome,) = add_drafts(me.organisation, [windows_zip("Приказ.docx", docx_bytes())], by=me)

    assert outcome.name == outcome.document.latest.name == "Приказ.docx"


def test_a_bad_file_in_a_zip_does_not_stop_the_others():
    me = clerk()
    bundle = zip_of({"a.exe": b"MZ" * 40, "b.docx": docx_bytes(), "c.zip": zip_of({"x": b"y"}).stream.read()})

    bad, good, nested = add_drafts(me.organisation, [bundle], by=me)

    assert good.document and isinstance(bad.refusal, Unreadable) and isinstance(nested.refusal, Unreadable)


def test_a_zip_that_cannot_be_read_is_refused_by_name():
    me = clerk()
    broken, empty = upload(b"PK\x03\x04 no zip", "Архив.zip"), upload(zip_of({}).stream.read(), "Пусто.zip")

    outcomes = add_drafts(me.organisation, [broken, empty], by=me)

    assert ["Архив.zip" in str(outcomes[0].refusal), "Пусто.zip" in str(outcomes[1].refusal)] == [True, True]


def test_a_zip_that_swells_is_refused():
    me = clerk()

    (outcome,) = add_drafts(me.organisation, [zip_of({"a.pdf": b"\0" * (40 << 20)})], by=me)

    assert "слишком большой объём" in str(outcome.refusal)


def test_a_filed_document_stands_in_the_list_with_its_requisites():
    me = clerk()

    act = filed(me, number="60/1", date=DAY, title="О Концепции", case_file_index="01-07", pages=18)

    assert listed(Wanted(), seen_by=me).rows == [act]
    assert (act.filing, act.case_file_index, act.pages) == (Filing.FILED, "01-07", 18)
    assert act.dossier.title == "Приказ от 12.03.2026 № 60/1"


def test_a_document_is_filed_once():
    me = clerk()
    act = filed(me)

    with pytest.raises(OutOfTurn):
        file_document(act, by=me, title="Ещё раз")


def test_a_stale_draft_is_not_filed_over_the_other_clerks_work():
    me = clerk()
    waiting = draft(me)
    seen = waiting.version
    edit_requisites(waiting, by=me, place="Приозёрск", version=seen)

    with pytest.raises(Stale):
        file_document(waiting, by=me, version=seen, title="О наставничестве")


SAME = {"number": "N 5-p", "date": DAY, "authority": AUTHORITY}


def test_a_likely_duplicate_is_shown_and_not_merged():
    me = clerk()
    first = filed(me, **SAME)
    second = draft(me)

    with pytest.raises(LikelyDuplicate) as refused:
        file_document(second, by=me, **SAME | {"kind": ORDER, "number": "№ 5-Р", "title": "Тот же"})

    assert refused.value.twins == [first]
    assert fresh(second).filing is Filing.INBOX


def test_a_duplicate_that_was_compared_is_filed_beside():
    me = clerk()
    first, second = filed(me, **SAME), draft(me)

    file_document(second, by=me, despite=[first.id], **SAME | {"kind": ORDER, "title": "Другой"})

    assert len(listed(Wanted(), seen_by=me).rows) == 2


def test_another_key_is_another_act():
    me = clerk()
    filed(me, **SAME)

    for other in ({"number": "6-р"}, {"date": date(2025, 3, 12)}, {"kind": DocumentKind.DECREE},
                  {"authority": "Администрация Лугового сельсовета"}):  # fmt: skip
        assert filed(me, **SAME | other)


def test_the_same_file_is_a_likely_duplicate_whatever_its_requisites():
    me, data = clerk(), docx_bytes()
    first, second = uploaded(me, data=data), uploaded(me, data=data)
    file_document(first, by=me, kind=ORDER, number="1", date=DAY, title="Первый")

    with pytest.raises(LikelyDuplicate):
        file_document(second, by=me, kind=ORDER, number="2", date=DAY, title="Второй")


def test_a_duplicate_that_one_may_not_read_is_not_told_of():
    owner, me = clerk(), clerk()
    filed(owner, **SAME)

    assert filed(me, **SAME)


def test_annexes_have_their_own_number_and_the_readers_of_their_document():
    me = clerk()
    act = filed(me, access=Confidentiality.RESTRICTED)

    annex = add_annex(act, upload(docx_bytes()), by=me, annex_number="2", title="График")

    assert annexes_of(act, seen_by=me) == [annex]
    assert (annex.annex_number, annex.dossier_id) == ("2", act.dossier_id)
    with pytest.raises(NotFound):
        document_of(annex.id, seen_by=factories.person(Role.READER, organisation=me.organisation))
    with pytest.raises(Blocked):
        add_annex(annex, upload(docx_bytes()), by=me, annex_number="1", title="Приложение к приложению")


def test_the_edition_of_a_day_is_found_and_the_old_text_stays():
    me = clerk()
    act = filed(me, date=date(2020, 1, 1))
    for day in (date(2022, 1, 1), date(2021, 1, 1)):
        edition = add_edition(act, upload(docx_bytes()), by=me)
        filed(me, of=edition, number=act.number, date=act.date, title=f"ред. {day.year}", in_force_from=day)

    editions = editions_of(act, seen_by=me)

    assert titles(editions) == ["ред. 2021", "ред. 2022"]
    found = [edition_on(editions, day) for day in (date(2020, 6, 1), date(2021, 6, 1), date(2023, 1, 1))]
    assert found == [None, *editions]
    assert surroundings_of(editions[0], seen_by=me).editions == editions
    assert fresh(act).title == "О наставничестве"


def test_access_is_changed_for_a_document_and_whoever_saw_the_old_one_is_stale():
    me = clerk()
    act, reader = filed(me), factories.person(Role.READER)
    seen = act.version

    change_access(act, by=me, access=Confidentiality.RESTRICTED, readers=[reader.id], version=seen)

    assert document_of(act.id, seen_by=reader) == act
    assert {row.user_id for row in fresh(act).dossier.readers} == {me.id, reader.id}
    with pytest.raises(Stale):
        change_access(act, by=me, access=Confidentiality.PUBLIC, version=seen)


def test_a_public_document_is_seen_by_everybody_and_changed_by_its_clerks():
    me, stranger = clerk(), clerk()
    act = filed(me, access=Confidentiality.PUBLIC)

    assert document_of(act.id, seen_by=stranger) == act
    with pytest.raises(NotYours):
        edit_requisites(act, by=stranger, place="Луговое")


def test_executors_do_not_change_the_archive_of_their_organisation():
    me = clerk()
    act, executor = filed(me), factories.executor(me.organisation)

    with pytest.raises(NotYours):
        edit_requisites(act, by=executor, place="Луговое")
    with pytest.raises(NotYours):
        remove(act, by=executor, reason="не нужен")


def test_a_removed_document_leaves_the_list_and_keeps_its_reason():
    me = clerk()
    act = filed(me)

    remove(act, by=me, reason="загружен дважды")

    assert listed(Wanted(), seen_by=me).rows == []
    assert document_of(act.id, seen_by=me).removed_reason == "загружен дважды"


def test_two_clerks_filing_one_draft_at_once_file_it_once(app):
    me = clerk()
    waiting = draft(me)
    seen, number, organisation = waiting.version, waiting.id, me.organisation
    other = clerk(organisation)
    ids, outcomes, start = (me.id, other.id), [], threading.Barrier(2)

    def go(person_id):
        from accounts.models import User
        from core.db import db
        from documents.models import Document

        with app.app_context():
            person, document = db.session.get_one(User, person_id), db.session.get_one(Document, number)
            start.wait()
            try:
                file_document(document, by=person, version=seen, kind=ORDER, title="О наставничестве")
            except (Stale, OutOfTurn) as refusal:
                outcomes.append(type(refusal).__name__)
            else:
                outcomes.append("filed")

    threads = [threading.Thread(target=go, args=(person_id,)) for person_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Stale", "filed"]


def test_the_system_may_make_drafts_too():
    organisation = factories.municipality()

    assert add_draft(organisation, upload(docx_bytes()), by=SYSTEM, note="Из письма").filing is Filing.INBOX
