"""Attaching, superseding, removing: what is noticed, what is refused, what is kept."""

import io
from datetime import date

import pytest

from accounts.models import Role
from core.audit import history_of
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, NotFound, NotYours, Stale, TooLarge, Unreadable
from core.past import rows_as_of
from documents.kinds import DocumentKind
from documents.models import Document, Dossier
from documents.queries import (
    can_add,
    can_change,
    document_of,
    dossier_of,
    evidence_of,
    history_of_dossier,
    removed_from,
    version_of,
)
from documents.services import (
    AlreadyAttached,
    Upload,
    attach,
    attach_each,
    attach_link,
    close_dossier_to,
    edit_requisites,
    lock_dossier,
    open_dossier_to,
    remove,
    show_dossier_to,
    supersede,
    unlock_dossier,
)
from documents.storage import store
from tests import factories
from tests.uploads import docx_bytes, kept_bytes, pdf_bytes, picture_bytes, upload


def test_an_attached_file_is_a_document_with_a_first_version_whose_bytes_are_kept(dossier, executor):
    data = docx_bytes("Об утверждении положения")
    document = attach(
        dossier,
        upload(data, "Скан.docx"),
        by=executor,
        kind=DocumentKind.ORDER,
        number=" 12-р ",
        date=date(2027, 3, 5),
        title="О наставничестве",
        evidence_date=date(2027, 3, 1),
    )
    version = document_of(document.id, seen_by=executor).versions[0]
    assert (version.number, version.name, version.size) == (1, "Скан.docx", len(data))
    assert kept_bytes(version.sha256) == data
    assert document.caption == "Приказ от 05.03.2027 № 12-р"
    assert document.evidence_date == date(2027, 3, 1)


def test_without_requisites_the_kind_and_the_title_come_from_the_name(dossier, executor):
    document = attach(dossier, upload(docx_bytes(), "Протокол_совещания_4.docx"), by=executor)
    assert document.document_kind is DocumentKind.MINUTES
    assert document.title == "Протокол совещания 4"


def test_the_same_file_twice_is_noticed_and_named(dossier, executor):
    data = docx_bytes()
    first = attach(dossier, upload(data, "Приказ 5.docx"), by=executor, number="5")
    with pytest.raises(AlreadyAttached, match="Этот файл уже приложен: «Приказ 5.docx», Приказ № 5"):
        attach(dossier, upload(data, "приказ другой.docx"), by=executor)
    assert evidence_of(dossier, seen_by=executor) == [first]


def test_one_scan_of_two_documents_may_stand_as_two_kinds(dossier, executor):
    data = pdf_bytes()
    attach(dossier, upload(data, "Скан.pdf"), by=executor, kind=DocumentKind.ORDER)
    attach(dossier, upload(data, "Скан.pdf"), by=executor, kind=DocumentKind.MINUTES)
    kinds = [d.document_kind for d in evidence_of(dossier, seen_by=executor)]
    assert kinds == [DocumentKind.ORDER, DocumentKind.MINUTES]


def test_a_repeated_try_gives_the_same_document(dossier, executor):
    data = docx_bytes()
    first = attach(dossier, upload(data), by=executor, key="try-1")
    again = attach(dossier, upload(data), by=executor, key="try-1")
    assert again is first
    with pytest.raises(Invalid, match="другой файл"):
        attach(dossier, upload(docx_bytes()), by=executor, key="try-1")


def test_of_several_files_a_bad_one_does_not_stop_the_others(dossier, executor):
    uploads = [upload(docx_bytes(), "а.docx"), upload(b"Rar!", "архив.rar"), upload(picture_bytes(), "б.png")]
    outcomes = attach_each(dossier, uploads, by=executor)
    assert [bool(o.document) for o in outcomes] == [True, False, True]
    assert str(outcomes[1].refusal) == "Файл «архив.rar» не подходит. Можно PDF, Word, Excel, фото."


def test_a_file_above_the_limit_is_refused_with_both_sizes(dossier, executor):
    class Long(io.RawIOBase):
        left = 34 << 20

        def read(self, size: int = -1) -> bytes:
            given = min(size, self.left)
            self.left -= given
            return b"\0" * given

    with pytest.raises(TooLarge) as refusal:
        attach(dossier, Upload("Скан.pdf", Long()), by=executor)
    said = str(refusal.value).replace("\u00a0", " ")
    assert said == "Файл «Скан.pdf» — 34 МБ, можно до 20 МБ. Сожмите скан или разделите на части."


def test_an_empty_file_is_refused(dossier, executor):
    with pytest.raises(Unreadable, match="пустой"):
        attach(dossier, upload(b"", "Скан.pdf"), by=executor)


def test_a_title_that_does_not_fit_is_refused_and_not_cut(dossier, executor):
    with pytest.raises(Invalid, match="Слишком длинно"):
        attach(dossier, upload(docx_bytes()), by=executor, number="1" * 121)


def test_a_publication_is_a_link_without_a_file(dossier, executor):
    document = attach_link(dossier, "https://example.ru/news/12", by=executor, title="Новость")
    assert document.document_kind is DocumentKind.PUBLICATION
    assert document.latest is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/news", "ftp://example.ru/x", "https://", "https://a b"]
)
def test_a_link_is_an_address_on_the_web(dossier, executor, url):
    with pytest.raises(Invalid, match="адрес страницы"):
        attach_link(dossier, url, by=executor)


def test_a_new_version_supersedes_the_old_one_and_both_are_kept(dossier, executor):
    first, second = docx_bytes("первый"), docx_bytes("второй")
    document = attach(dossier, upload(first), by=executor)
    supersede(document, upload(second, "Приказ исправленный.docx"), by=executor, reason="Опечатка в дате")
    old, new = document_of(document.id, seen_by=executor).versions
    assert (old.is_superseded, new.is_superseded) == (True, False)
    assert [kept_bytes(v.sha256) for v in (old, new)] == [first, second]
    assert history_of(document)[0].note == "Опечатка в дате"


def test_a_new_version_must_differ_and_needs_a_reason(dossier, executor):
    data = docx_bytes()
    document = attach(dossier, upload(data), by=executor)
    with pytest.raises(AlreadyAttached):
        supersede(document, upload(data), by=executor, reason="Ещё раз")
    with pytest.raises(Invalid, match="Напишите причину"):
        supersede(document, upload(docx_bytes()), by=executor, reason=" ")
    assert len(document_of(document.id, seen_by=executor).versions) == 1


def test_a_stale_version_is_refused(dossier, executor):
    document = attach(dossier, upload(docx_bytes()), by=executor)
    seen = document.version
    edit_requisites(document, by=executor, number="7")
    with pytest.raises(Stale):
        supersede(document, upload(docx_bytes()), by=executor, reason="Опечатка", version=seen)
    with pytest.raises(Stale):
        edit_requisites(document, by=executor, number="8", version=seen)


def test_a_removed_document_leaves_the_evidence_and_keeps_its_file(dossier, executor):
    document = attach(dossier, upload(docx_bytes()), by=executor)
    remove(document, by=executor, reason="Приложен не туда")
    assert evidence_of(dossier, seen_by=executor) == []
    assert removed_from(dossier, seen_by=executor) == [document]
    assert store().stat(version_of(document.id, 1, seen_by=executor).sha256)
    with pytest.raises(Blocked, match="убран"):
        edit_requisites(document, by=executor, number="1")


def test_a_removed_file_may_be_attached_again(dossier, executor):
    data = docx_bytes()
    remove(attach(dossier, upload(data), by=executor), by=executor, reason="Ошибка")
    assert attach(dossier, upload(data), by=executor).removed_at is None


def test_a_locked_dossier_takes_and_gives_nothing_back(dossier, executor):
    document = attach(dossier, upload(docx_bytes()), by=executor)
    lock_dossier(dossier)
    for change in (
        lambda: attach(dossier, upload(docx_bytes()), by=executor),
        lambda: attach_link(dossier, "https://example.ru", by=executor),
        lambda: supersede(document, upload(docx_bytes()), by=executor, reason="Опечатка"),
        lambda: remove(document, by=executor, reason="Лишний"),
        lambda: edit_requisites(document, by=executor, number="1"),
    ):
        with pytest.raises(Blocked, match="Документы закреплены"):
            change()
    unlock_dossier(dossier)
    edit_requisites(document, by=executor, number="1")


def test_the_journal_tells_every_change_under_the_owners_scope(executor, session):
    with transaction():
        dossier = Dossier(organisation=executor.organisation, title="п. 3.5", scope="plan:7")
        session.add(dossier)
    document = attach(dossier, upload(docx_bytes()), by=executor, number="3")
    edit_requisites(document, by=executor, number="4")
    actions = {entry.action for entry in history_of_dossier(dossier)}
    assert actions == {"document.attach", "document.edit"}
    assert history_of(document)[0].changes == {"number": ["3", "4"]}
    assert rows_as_of("plan:7", now())["document"][document.id]["number"] == "4"


class TestAccess:
    """Documents know dossiers only: their organisation and those who take part."""

    def test_a_stranger_sees_nothing(self, dossier, executor):
        document = factories.document(dossier, by=executor)
        stranger = factories.person(Role.ADMINISTRATOR)
        assert evidence_of(dossier, seen_by=stranger) == []
        for ask in (
            lambda: dossier_of(dossier.id, seen_by=stranger),
            lambda: document_of(document.id, seen_by=stranger),
            lambda: version_of(document.id, 1, seen_by=stranger),
        ):
            with pytest.raises(NotFound):
                ask()

    def test_a_grant_above_reaches_the_dossiers_below_but_not_an_executors(self, session):
        district = factories.municipality()
        school = factories.institution(district)
        dossier = factories.dossier(school)
        above, beside = factories.coordinator(district), factories.executor(district)
        assert dossier_of(dossier.id, seen_by=above) is dossier
        with pytest.raises(NotFound):
            dossier_of(dossier.id, seen_by=beside)

    def test_who_takes_part_reads_and_adds_until_it_is_taken_back(self, dossier, session):
        guest = factories.executor()
        open_dossier_to(dossier, organisation_id=guest.organisation_id)
        assert can_add(dossier_of(dossier.id, seen_by=guest), guest)
        close_dossier_to(dossier, organisation_id=guest.organisation_id)
        with pytest.raises(NotFound):
            dossier_of(dossier.id, seen_by=guest)

    def test_a_named_person_takes_part_alone(self, dossier, session):
        named = factories.person()
        open_dossier_to(dossier, user_id=named.id)
        assert can_add(dossier_of(dossier.id, seen_by=named), named)

    def test_who_is_only_shown_a_dossier_does_not_add(self, dossier, session):
        guest = factories.executor()
        show_dossier_to(dossier, organisation_id=guest.organisation_id)
        with pytest.raises(NotYours):
            attach(dossier, upload(docx_bytes()), by=guest)

    def test_a_reader_does_not_add(self, dossier, executor):
        reader = factories.person(Role.READER, organisation=executor.organisation)
        with pytest.raises(NotYours):
            attach(dossier, upload(docx_bytes()), by=reader)

    def test_a_guest_does_not_change_what_others_attached(self, dossier, executor):
        document = factories.document(dossier, by=executor)
        guest = factories.executor()
        open_dossier_to(dossier, organisation_id=guest.organisation_id)
        db.session.expire(dossier)
        assert not can_change(document, guest)
        with pytest.raises(NotYours):
            remove(document, by=guest, reason="Мешает")

    def test_a_guests_own_document_may_be_changed_by_a_colleague_and_by_the_owner(self, dossier, executor):
        guest = factories.executor()
        open_dossier_to(dossier, organisation_id=guest.organisation_id)
        document: Document = factories.document(dossier, by=guest)
        colleague = factories.executor(guest.organisation)
        assert can_change(document, colleague)
        assert can_change(document, executor)
        assert not can_change(document, factories.executor())
