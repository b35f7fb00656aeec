"""Rows and bytes are compared in both directions; what can be repaired is, the rest is named."""

import json
import os
from datetime import timedelta

import pytest

from core.clock import now
from documents.doctor import faults, repair
from documents.services import attach
from documents.storage import blob_folder, key_of, store
from documents.storage.local import LocalStore
from tests.uploads import docx_bytes, upload

LATER = timedelta(days=-1)


@pytest.fixture
def version(dossier, executor):
    return attach(dossier, upload(docx_bytes()), by=executor).versions[0]


@pytest.fixture
def folder(app):
    return blob_folder(app.config["SETTINGS"])


def kinds(**options):
    return [fault.kind for fault in faults(store(), **options)]


def test_a_whole_store_has_no_faults(version):
    assert kinds(grace=LATER) == []


def test_lost_cut_and_flipped_bytes_are_named_with_their_documents_and_not_repaired(version, folder):
    place = folder / key_of(version.sha256)
    data = place.read_bytes()
    for content, kind in (
        (data[:-1] + bytes([data[-1] ^ 1]), "damaged"),
        (data[:-1], "size"),
        (None, "missing"),
    ):
        place.unlink() if content is None else place.write_bytes(content)
        (fault,) = repair(store(), grace=LATER)
        assert (fault.kind, fault.documents, fault.is_repaired) == (kind, (version.document_id,), False)


def test_uploading_the_same_file_again_heals_it(version, folder, dossier, executor):
    place = folder / key_of(version.sha256)
    data = place.read_bytes()
    place.write_bytes(b"damaged")
    store().put(upload(data).stream)
    assert kinds() == []


def test_orphans_and_unfinished_files_go_once_they_are_old_and_foreign_ones_stay(version, folder):
    with_no_row = store().put(upload(b"nobody speaks of me").stream)
    (folder / "unfinished" / "cut.part").write_bytes(b"cu")
    (folder / "readme.txt").write_bytes(b"not ours")
    assert kinds() == []
    assert sorted(kinds(grace=LATER)) == ["foreign", "orphan", "unfinished"]
    mended = {fault.kind: fault.is_repaired for fault in repair(store(), grace=LATER)}
    assert mended == {"foreign": False, "orphan": True, "unfinished": True}
    assert kinds(grace=LATER) == ["foreign"]
    assert store().stat(with_no_row.sha256) is None
    assert store().stat(version.sha256)


def test_a_sweep_without_grace_would_take_what_is_being_uploaded(version, folder):
    """Why there is a grace period: bytes come before their row (reliability.md E7)."""
    young = store().put(upload(b"its row is on the way").stream)
    list(repair(store()))
    assert store().stat(young.sha256)


def test_the_command_prints_json_and_its_exit_code_tells(app, version, folder):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["documents", "doctor"]).exit_code == 0
    os.remove(folder / key_of(version.sha256))
    told = runner.invoke(args=["documents", "doctor", "--json", "--repair", "--grace-hours", "0"])
    (fault,) = json.loads(told.output)["faults"]
    assert (told.exit_code, fault["kind"], fault["documents"]) == (1, "missing", [version.document_id])


def test_the_old_bytes_of_a_store_are_as_old_as_their_last_upload(folder, app):
    with app.app_context():
        kept = LocalStore(folder)
        sha256 = kept.put(upload(b"twice").stream).sha256
        os.utime(folder / key_of(sha256), (0, 0))
        kept.put(upload(b"twice").stream)
        (found,) = kept.kept()
        assert now() - found.changed_at < timedelta(minutes=1)
