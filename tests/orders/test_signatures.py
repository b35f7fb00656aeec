"""A detached signature: it fits the order's file, fits none of its versions, or cannot be checked here."""

import io
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from core.errors import OutOfTurn, Unreadable
from documents.intake.signatures import signed_data
from documents.services import Upload, supersede
from orders.models import Verdict
from orders.services.papers import print_order
from orders.services.signing import Signature, keep_signature, sign_order
from orders.signature_check import check_signature
from tests import uploads
from tests.orders.scene import TODAY

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
SUBJECT = "/CN=Рогожина Вера Степановна/O=Комитет образования"
#: Of the signature algorithm: ecdsa-with-SHA256, and GOST R 34.10-2012 in as many bytes.
ECDSA, GOST = bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a85030701010302")
SHA256 = bytes.fromhex("0609608648016503040201")


def openssl(*arguments: str, **more) -> bytes:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True, **more).stdout


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-utf8",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "own.pem"), "-days", "30", "-subj", SUBJECT,
    )  # fmt: skip
    return folder


def signature_of(data: bytes, keys) -> bytes:
    own, key = str(keys / "own.pem"), str(keys / "key.pem")
    return openssl("cms", "-sign", "-binary", "-signer", own, "-inkey", key, "-outform", "DER", input=data)


def signed_order(scene):
    order = scene.draft()
    print_order(order, by=scene.clerk)
    sign_order(scene.seen(order), Signature("Начальник", "Рогожина В. С.", TODAY), by=scene.clerk)
    return scene.seen(order)


def kept(scene, order, data: bytes, name: str = "Приказ.docx.sig"):
    return keep_signature(order, Upload(name, io.BytesIO(data)), by=scene.clerk)


@needs_openssl
def test_a_signature_of_the_file_is_valid_and_names_its_signer(scene, keys):
    order = signed_order(scene)
    file = uploads.kept_bytes(order.document.latest.sha256)

    found = kept(scene, order, signature_of(file, keys))

    assert (found.verdict, found.file_version) == (Verdict.VALID, 1)
    assert found.signer == "Рогожина Вера Степановна, Комитет образования"
    assert found.signed_at is not None and found.valid_until is not None
    assert found.document.title.startswith("Файл подписи к документу")


@needs_openssl
def test_a_signature_of_the_text_before_is_valid_for_that_version(scene, keys):
    order = signed_order(scene)
    file = uploads.kept_bytes(order.document.latest.sha256)
    supersede(
        order.document, uploads.upload(uploads.docx_bytes("Другой текст")), by=scene.clerk, reason="Правка"
    )

    found = kept(scene, scene.seen(order), signature_of(file, keys))

    assert (found.verdict, found.file_version) == (Verdict.VALID, 1)


@needs_openssl
def test_a_signature_of_another_file_is_said_to_be_one(scene, keys):
    found = kept(scene, signed_order(scene), signature_of(b"another file", keys))

    assert (found.verdict, found.file_version) == (Verdict.OTHER, None)
    assert found.signer.startswith("Рогожина")


@needs_openssl
@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda data: data.replace(ECDSA, GOST), "gost"),
        (lambda data: data.replace(SHA256, SHA256[:-1] + b"\x0b"), "algorithm"),
    ],
)
def test_an_algorithm_that_is_not_known_here_is_neither_right_nor_wrong(keys, tmp_path, change, verdict):
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "sig").write_bytes(change(signature_of(b"text", keys)))

    found = check_signature(str(tmp_path / "sig"), [str(tmp_path / "file")])

    assert found["problem"] == verdict


@needs_openssl
@pytest.mark.parametrize("form", ["PEM", "base64"])
def test_a_signature_comes_in_as_text_too(keys, tmp_path, form):
    import base64

    (tmp_path / "file").write_bytes(b"text")
    der = signature_of(b"text", keys)
    text = base64.encodebytes(der)
    if form == "PEM":
        text = b"-----BEGIN PKCS7-----\n" + text + b"-----END PKCS7-----\n"
    (tmp_path / "sig").write_bytes(text)

    assert check_signature(str(tmp_path / "sig"), [str(tmp_path / "file")])["file"] == 0


@needs_openssl
def test_any_changed_byte_of_the_file_is_noticed(keys, tmp_path):
    data = bytes(range(64))
    (tmp_path / "sig").write_bytes(signature_of(data, keys))
    files = []
    for place in range(0, 64, 8):
        changed = bytearray(data)
        changed[place] ^= 1
        files.append(tmp_path / f"file-{place}")
        files[-1].write_bytes(changed)

    found = check_signature(str(tmp_path / "sig"), [str(file) for file in files])

    assert (found["problem"], found["file"]) == ("", None)


@needs_openssl
def test_without_the_program_nothing_is_claimed(keys, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "sig").write_bytes(signature_of(b"text", keys))
    monkeypatch.setattr("orders.signature_check.shutil.which", lambda _name: None)

    assert check_signature(str(tmp_path / "sig"), [str(tmp_path / "file")])["problem"] == "no_program"


def test_what_is_no_signature_is_told_so_and_what_nobody_knows_stays_out(scene):
    order = signed_order(scene)

    found = kept(scene, order, uploads.picture_bytes(), "подпись.png")

    assert found.verdict is Verdict.NO_SIGNATURE
    with pytest.raises(Unreadable):
        kept(scene, scene.seen(order), b"\x30\x03abc" + b"tail")


def test_a_signature_waits_for_the_signing(scene):
    with pytest.raises(OutOfTurn):
        kept(scene, scene.draft(), uploads.picture_bytes(), "sig.png")


def test_bytes_after_the_structure_make_it_none():
    oid = bytes.fromhex("06092a864886f70d010702")
    whole = bytes([0x30, len(oid)]) + oid

    assert signed_data(whole) == whole
    assert signed_data(whole + b"<html>") is None
    assert signed_data(b"") is None


def test_the_page_shows_the_verdict_the_signer_and_the_day(scene, session):
    from orders.models import OrderSignature
    from orders.views.order_page import _about

    row = OrderSignature(
        verdict=Verdict.VALID, file_version=2, signer="Рогожина", signed_at=datetime(2027, 3, 10, tzinfo=UTC)
    )

    assert [str(text) for text in _about(row)] == [
        "подпись подходит к версии 2 файла приказа", "Рогожина", "подписано 10.03.2027",
    ]  # fmt: skip


@needs_openssl
def test_the_story_of_the_order_tells_of_visas_and_signatures(scene, keys):
    from orders.views.order_page import events_of

    order = scene.agreed()
    sign_order(scene.seen(order), Signature("Начальник", "Рогожина В. С.", TODAY), by=scene.clerk)
    kept(scene, scene.seen(order), signature_of(b"another file", keys))

    told = [str(event["what"]) for event in events_of(scene.seen(order))]

    assert told[0] == "Приложили файл подписи"
    assert told.count("Дали визу") == told.count("Назвали, кто согласует") == 1
