"""The container of an uploaded template: what may not be in it at all, before any tag is read.

Runs in the limited subprocess only. What is refused here is what makes word processors fetch, run or
embed something: external links, macros, OLE objects, foreign chunks, field codes that read files.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from core.errors import TooLarge, Unreadable
from documents.filling.row_text import WORD, W

MOST_MEMBERS = 2_000
MOST_BYTES = 50 << 20
MOST_RATIO = 200
MOST_XML = 5 << 20
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NOT_WORD = "Это не документ Word. Сохраните шаблон в формате .docx."
_KINDS = {
    _MAIN: "",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml": "в верхнем колонтитуле",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml": "в нижнем колонтитуле",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml": "в сноске",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml": "в концевой сноске",
    "application/vnd.openxmlformats-package.core-properties+xml": "в свойствах документа",
}
_PROPERTIES = "в свойствах документа"
_FORBIDDEN_PARTS = {
    "vbaProject": "макросы",
    "/embeddings/": "внедрённый объект",
    "/activeX/": "элемент управления ActiveX",
    "/afchunk": "вложенный документ",
}
_FORBIDDEN_RELATIONS = {
    "oleObject": "внедрённый объект",
    "vbaProject": "макросы",
    "aFChunk": "вложенный документ",
    "subDocument": "вложенный документ",
    "package": "внедрённый объект",
    "control": "элемент управления ActiveX",
}
_FORBIDDEN_ELEMENTS = (W + "altChunk", W + "object", W + "control", W + "subDoc")
_READING_FIELDS = "INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT DDE DDEAUTO LINK DATABASE MACROBUTTON RD EMBED"
_FIELDS = re.compile(rf"\b({_READING_FIELDS.replace(' ', '|')})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One XML member: its name, bytes and root, and where a person finds it («» is the body)."""

    name: str
    raw: bytes
    root: Any
    where: str
    is_filled: bool

    @property
    def is_properties(self) -> bool:
        return self.where == _PROPERTIES


def parts(path: str) -> list[Part]:
    """The XML parts of the template at `path`; raises Unreadable or TooLarge for what is not to be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_container(archive.infolist())
            types = _types(archive)
            return list(_read(archive, types))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable(_NOT_WORD) from error


def _check_container(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_BYTES:
        raise TooLarge("Шаблон слишком велик. Уберите из него лишние рисунки.")
    names = [each.filename for each in members]
    if len(set(names)) < len(names) or any(_is_unsafe(each) for each in members):
        raise Unreadable("Файл шаблона устроен необычно. Откройте его в Word и сохраните заново как .docx.")
    for each in members:
        if each.filename.endswith((".xml", ".rels")) and each.file_size > MOST_XML:
            raise TooLarge("Текст шаблона слишком велик. Оставьте в шаблоне только оформление и теги.")


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    squeezed = member.file_size > 1 << 20 and member.file_size > MOST_RATIO * max(1, member.compress_size)
    return name.startswith(("/", "\\")) or ".." in name.split("/") or bool(member.flag_bits & 1) or squeezed


def _types(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        root = _parsed("[Content_Types].xml", archive.read("[Content_Types].xml"))
    except KeyError:
        raise Unreadable(_NOT_WORD) from None
    types = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in root}
    if any("macroEnabled" in each or "vbaProject" in each for each in types.values()):
        raise Unreadable("В шаблоне есть макросы. Сохраните его в формате .docx, без макросов.")
    if _MAIN not in types.values():
        raise Unreadable(_NOT_WORD)
    return types


def _read(archive: zipfile.ZipFile, types: dict[str, str]) -> Iterator[Part]:
    for name in archive.namelist():
        for mark, what in _FORBIDDEN_PARTS.items():
            if mark.lower() in f"/{name}".lower():
                raise _forbidden(what, name)
        kind = types.get(name, "")
        if name.endswith((".xml", ".rels")) or kind.endswith("+xml"):
            raw = archive.read(name)
            root = _parsed(name, raw)
            _check_content(name, root)
            where = _KINDS.get(kind)
            yield Part(name, raw, root, f"в части {name}" if where is None else where, where is not None)


def _parsed(name: str, raw: bytes) -> Any:
    try:
        tree = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True)).getroottree()
    except etree.XMLSyntaxError as error:
        reason = f"Часть {name} шаблона испорчена ({error.msg})"
        raise Unreadable(f"{reason}. Сохраните файл в Word заново.") from None
    unusual = tree.docinfo.doctype or any(True for _ in tree.getroot().iter(etree.PI, etree.Entity))
    if unusual or (tree.docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        raise Unreadable(f"Часть {name} шаблона устроена необычно. Откройте файл в Word и сохраните заново.")
    return tree.getroot()


def _check_content(name: str, root: Any) -> None:
    if name.endswith(".rels"):
        for relation in root:
            _check_relation(relation)
    if root.nsmap.get("w", WORD) != WORD:
        raise Unreadable("Шаблон сохранён в особом варианте .docx. Сохраните его как обычный документ Word.")
    for element in root.iter(*_FORBIDDEN_ELEMENTS):
        raise _forbidden("внедрённый объект", etree.QName(element).localname)
    codes = "".join(each.text or "" for each in root.iter(W + "instrText"))
    codes += " ".join(each.get(W + "instr", "") for each in root.iter(W + "fldSimple"))
    if found := _FIELDS.search(codes):
        raise _forbidden("поле Word, которое читает другие файлы", found[1])


def _check_relation(relation: Any) -> None:
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    target = relation.get("Target", "")
    if relation.get("TargetMode", "").lower() == "external" or "://" in target:
        raise _forbidden("внешняя ссылка", target)
    if kind in _FORBIDDEN_RELATIONS:
        raise _forbidden(_FORBIDDEN_RELATIONS[kind], target)


def _forbidden(what: str, detail: str) -> Unreadable:
    return Unreadable(
        f"В шаблоне есть {what} ({detail[:200]}): такое не принимается. Уберите это и загрузите шаблон снова."
    )
