"""What a file is, is told by its content; what it is called is only text."""

import struct
from pathlib import Path

import pytest

from core.errors import Unreadable
from core.limited import run_limited
from documents.intake import inspect
from documents.intake.names import display_name, name_for_type, stem
from documents.intake.types import ACCEPTED, TYPES, FileType
from documents.kinds import DocumentKind, kind_named_in
from tests.documents.containers import docx_of, ods_of, odt_of
from tests.uploads import docx_bytes, pdf_bytes, picture_bytes, xlsx_bytes

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"


def ole_of(*streams: str) -> bytes:
    """The smallest OLE2 file with streams of these names ([MS-CFB])."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<II", 1, 1)
    head = head.ljust(68, b"\0") + struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE)
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in ("Root Entry", *streams)
    )
    return head.ljust(512, b"\xff") + table.ljust(512, b"\xff") + entries.ljust(512, b"\0")


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(12)


REAL = {
    FileType.PDF: lambda: b"\n" * 600 + pdf_bytes(pages=3),
    FileType.DOCX: docx_bytes,
    FileType.XLSX: lambda: xlsx_bytes([["а"]]),
    FileType.ODT: lambda: odt_of("<p>текст</p>"),
    FileType.ODS: lambda: ods_of("<p>1</p>"),
    FileType.DOC: lambda: ole_of("WordDocument"),
    FileType.XLS: lambda: ole_of("Workbook"),
    FileType.RTF: lambda: b"{\\rtf1 text}",
    FileType.JPEG: lambda: picture_bytes("JPEG"),
    FileType.PNG: picture_bytes,
    FileType.TIFF: lambda: picture_bytes("TIFF"),
    FileType.HEIC: heic,
    FileType.SIGNATURE: lambda: b"\x30\x0b" + bytes.fromhex("06092a864886f70d010702"),
}


def inspected(data: bytes, tmp_path: Path, name: str = "файл") -> dict:
    path = tmp_path / "stored"
    path.write_bytes(data)
    return inspect(str(path), name)


@pytest.mark.parametrize("kind", list(FileType), ids=lambda kind: kind.name)
def test_every_type_is_known_by_its_content(kind, tmp_path):
    found = inspected(REAL[kind](), tmp_path)
    assert found["media_type"] == kind.media
    assert found["pages"] == {FileType.PDF: 3, FileType.JPEG: 1, FileType.PNG: 1, FileType.TIFF: 1}.get(kind)


def test_a_word_template_is_a_word_file(tmp_path):
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    assert inspected(docx_of("<d/>", main=main), tmp_path)["extension"] == "docx"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ole_of("EncryptedPackage"), "защищён паролем"),
        (ole_of("Message"), "не подходит"),
        (odt_of("<p/>", media="application/vnd.oasis.opendocument.presentation"), "не подходит"),
        (docx_of("<d/>", main=SLIDES), "не подходит"),
        (b"plain text", "не подходит"),
        (b"GIF89a", "не подходит"),
    ],
)
def test_other_types_are_refused_with_the_files_name(data, said, tmp_path):
    with pytest.raises(Unreadable, match=said) as refusal:
        inspected(data, tmp_path, "Отчёт.xyz")
    assert "«Отчёт.xyz»" in str(refusal.value)


def test_the_real_documents_come_in():
    if not INPUTS.is_dir():
        pytest.skip("the shared inputs are not there")
    files = sorted(path for path in INPUTS.iterdir() if path.suffix in (".docx", ".xlsx", ".pdf"))
    for path in files:
        found = run_limited("documents.intake:inspect", path=str(path), name=path.name)
        assert found["extension"] == path.suffix[1:]
    assert len(files) >= 10


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Приказ № 12.pdf", "Приказ № 12.pdf"),
        ("C:\\Мои документы\\Приказ.pdf", "Приказ.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\tc\x00.pdf", "abc.pdf"),
        ("\u202efdp.exe\u202c", "fdp.exe"),
        ("и\u0306.pdf", "й.pdf"),
        ("  . ", "Файл"),
        ("", "Файл"),
        ("много   пробелов.pdf", "много пробелов.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
    ],
)
def test_a_name_becomes_text_that_can_be_shown(given, shown):
    assert display_name(given) == shown


@pytest.mark.parametrize(
    "name", ["Я" * 255 + ".pdf", "z" * 300, "Я" * 300 + "." + "я" * 200, "🙂" * 99 + ".docx"]
)
def test_a_long_name_is_cut_to_255_bytes_and_keeps_its_extension(name):
    shown = display_name(name)
    assert 240 <= len(shown.encode()) <= 255
    extension = name.rpartition(".")[2]
    assert "." not in name or len(extension) > 20 or shown.endswith(f".{extension}")


def test_an_extension_that_lies_gets_a_true_one_behind_it():
    assert name_for_type("Скан.pdf", "image/jpeg") == "Скан.pdf.jpg"
    assert name_for_type("Скан.JPEG", "image/jpeg") == "Скан.JPEG"
    assert name_for_type("Скан", "application/pdf") == "Скан.pdf"
    assert len(name_for_type(display_name("Я" * 255 + ".pdf"), "image/png").encode()) <= 255


def test_a_title_comes_from_a_name_without_its_extension():
    assert stem("Приказ_12_от_05.03.pdf") == "Приказ 12 от 05.03"
    assert stem("Без расширения") == "Без расширения"


def test_every_type_can_be_chosen_in_the_dialog():
    assert set(ACCEPTED.split(",")) == {f".{e}" for kind in TYPES.values() for e in kind.extensions}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Скан_приказа_12.pdf", DocumentKind.ORDER),
        ("Выписка из протокола № 3.docx", DocumentKind.MINUTES_EXTRACT),
        ("протокол совещания.docx", DocumentKind.MINUTES),
        ("Договор с колледжем.pdf", DocumentKind.CONTRACT),
        ("IMG_20270305.jpg", DocumentKind.PHOTO),
        ("Аналитическая справка.docx", DocumentKind.MEMO),
        ("запланировано.docx", None),
        ("scan0001.pdf", None),
    ],
)
def test_a_name_may_speak_of_the_kind(name, kind):
    assert kind_named_in(name) is kind
