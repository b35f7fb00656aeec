"""One contract for every store, then what only a folder on disk can be asked."""

import errno
import hashlib
import io
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import UnsafeSettings
from documents.storage import FileLost, StorageDown, StorageFull, Store, _opened, hash_in, key_of, local
from documents.storage.local import LocalStore
from documents.storage.s3 import S3Store
from tests.documents.s3_server import KEY, SECRET, s3_server

LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def s3_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture(params=["local", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "local":
        yield LocalStore(tmp_path / "blobs")
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    url = request.getfixturevalue("s3_url")
    _opened.cache_clear()
    store = _opened(url, tmp_path)
    assert isinstance(store, S3Store)
    yield store
    for found in list(store.kept()):
        store.sweep(found, before=LATER)
    store._client.close()
    _opened.cache_clear()


def put(store: Store, data: bytes) -> str:
    return store.put(io.BytesIO(data)).sha256


class TestEveryStore:
    def test_what_is_put_comes_back_under_its_hash(self, kept):
        data = os.urandom(3 << 20)
        blob = kept.put(io.BytesIO(data))
        with kept.open(blob.sha256) as file:
            assert file.read() == data
        assert (blob.sha256, blob.size) == (hashlib.sha256(data).hexdigest(), len(data))
        assert kept.stat(blob.sha256) == blob

    def test_the_rest_of_a_stream_is_kept_and_an_empty_one_as_well(self, kept):
        stream = io.BytesIO(b"head and rest")
        stream.read(9)
        assert kept.put(stream).sha256 == hashlib.sha256(b"rest").hexdigest()
        assert kept.put(io.BytesIO(b"")).size == 0

    def test_the_same_bytes_are_kept_once(self, kept):
        assert put(kept, b"same") == put(kept, b"same")
        assert [found.size for found in kept.kept()] == [4]

    def test_a_local_file_has_the_bytes_for_as_long_as_the_block_lasts(self, kept):
        with kept.at_path(put(kept, b"to be parsed")) as path:
            assert path.read_bytes() == b"to be parsed"

    def test_what_is_not_there_is_lost_and_not_a_fault_of_ours(self, kept):
        absent = "0" * 64
        assert kept.stat(absent) is None
        with pytest.raises(FileLost):
            kept.open(absent)
        with pytest.raises(FileLost), kept.at_path(absent):
            pass

    def test_what_is_deleted_is_gone_and_deleting_twice_does_no_harm(self, kept):
        sha256 = put(kept, b"gone")
        kept.delete(sha256)
        kept.delete(sha256)
        assert kept.stat(sha256) is None

    def test_everything_kept_is_listed_with_its_hash(self, kept):
        put(kept, b"one")
        put(kept, b"three")
        listed = {found.sha256: found.size for found in kept.kept()}
        assert listed == {hashlib.sha256(b"one").hexdigest(): 3, hashlib.sha256(b"three").hexdigest(): 5}

    def test_the_sweep_spares_what_is_young(self, kept):
        sha256 = put(kept, b"young")
        (found,) = kept.kept()
        assert not kept.sweep(found, before=datetime.now(UTC) - timedelta(hours=1))
        assert kept.stat(sha256)
        assert kept.sweep(found, before=LATER)
        assert kept.stat(sha256) is None


@pytest.mark.parametrize(
    "key", ["sha256/ab/cd/abcd", "unfinished/x.part", "sha256/00/00/" + "g" * 64, "0" * 64]
)
def test_a_name_that_is_no_hash_in_its_place_is_foreign(key):
    assert hash_in(key) == ""


def test_a_hash_knows_its_place():
    sha256 = hashlib.sha256(b"").hexdigest()
    assert key_of(sha256) == f"sha256/e3/b0/{sha256}"
    assert hash_in(key_of(sha256)) == sha256


@pytest.mark.parametrize("url", ["http://example.ru", "s3://", "bucket"])
def test_an_address_of_no_store_is_refused(url, tmp_path):
    with pytest.raises(UnsafeSettings):
        _opened(url, tmp_path)


def test_an_s3_server_that_is_not_there_refuses_the_request(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    store = S3Store("vekha", endpoint="http://127.0.0.1:9")
    with pytest.raises(StorageDown):
        store.put(io.BytesIO(b"x"))
    store._client.close()


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> LocalStore:
        return LocalStore(tmp_path / "blobs")

    @pytest.mark.parametrize(("number", "kind"), [(errno.EIO, StorageDown), (errno.ENOSPC, StorageFull)])
    def test_a_failed_fsync_refuses_and_is_never_tried_again(self, folder, monkeypatch, number, kind):
        calls = []

        def fail(handle: int) -> None:
            calls.append(handle)
            raise OSError(number, os.strerror(number))

        put(folder, b"the folders are there now")
        monkeypatch.setattr(local.os, "fsync", fail)
        with pytest.raises(kind):
            put(folder, b"x")
        assert len(calls) == 1
        assert list(folder.unfinished.iterdir()) == []

    def test_a_full_disk_at_every_write_leaves_nothing_behind(self, folder, monkeypatch):
        put(folder, b"before")

        class Full(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                raise OSError(errno.ENOSPC, "no space")

        with pytest.raises(StorageFull):
            folder.put(Full(b"x"))
        assert len(list(folder.kept())) == 1

    def test_damaged_bytes_are_healed_by_putting_them_again(self, folder):
        sha256 = put(folder, b"whole")
        (folder.folder / key_of(sha256)).write_bytes(b"whale")
        put(folder, b"whole")
        with folder.open(sha256) as file:
            assert file.read() == b"whole"

    def test_files_are_for_the_owner_alone(self, folder):
        sha256 = put(folder, b"secret")
        place = folder.folder / key_of(sha256)
        assert [p.stat().st_mode & 0o077 for p in (folder.folder, place.parent)] == [0, 0]

    def test_sweeping_while_the_same_bytes_are_put_again_never_loses_them(self, folder):
        """A sweep that has seen an old orphan must not take the bytes that have just been put anew."""
        data = b"again and again"
        sha256 = put(folder, data)
        place = folder.folder / key_of(sha256)
        stop = threading.Event()

        def sweep() -> None:
            while not stop.is_set():
                for found in folder.kept():
                    folder.sweep(found, before=datetime.now(UTC) - timedelta(hours=1))

        sweeper = threading.Thread(target=sweep)
        sweeper.start()
        try:
            for _turn in range(150):
                if place.exists():
                    os.utime(place, (0, 0))
                put(folder, data)
                assert place.exists()
        finally:
            stop.set()
            sweeper.join()
