"""Templates and documents for the tests of rendering: made in six places, read back without our code."""

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACES = ("body", "table", "header", "footer", "footnote", "property")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2">{}</w:footnote></w:footnotes>'
)

WHOLE = [
    "{%tr for section in sections %}",
    "{{ section.heading }}",
    "{%tr for measure in section.measures %}",
    "{{ measure.number }}|{{ measure.title }}|{{ measure.executors }}",
    "{%tr endfor %}",
    "{%tr endfor %}",
]


def template(path: Path, *, rows: list[str] | None = None, **places: list[str]) -> Path:
    """A template with the paragraphs given in each place; `rows` are rows of a table, cells divided by |."""
    document = Document()
    section = document.sections[0]
    _write(document, places.get("body", []))
    if "table" in places:
        _write(document.add_table(rows=1, cols=1).rows[0].cells[0], places["table"])
    _write(section.header, places.get("header", []))
    _write(section.footer, places.get("footer", []))
    document.core_properties.title = "".join(places.get("property", []))
    if rows:
        _fill(document, rows)
    document.save(str(path))
    if "footnote" in places:
        _add_footnotes(path, places["footnote"])
    return path


def _write(holder: Any, paragraphs: list[str]) -> None:
    for text in paragraphs:
        holder.add_paragraph(text)


def _fill(document: Any, rows: list[str]) -> None:
    width = max(row.count("|") for row in rows) + 1
    table = document.add_table(rows=0, cols=width)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.split("|"), strict=False):
            cell.text = text


def _add_footnotes(path: Path, paragraphs: list[str]) -> None:
    made = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    change(
        path,
        {
            "word/footnotes.xml": lambda _: _NOTES.format(made),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_FOOTNOTES}"/></Types>'
            ),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                f'<Relationship Id="r99" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>',
            ),
        },
    )


def change(path: Path, changes: dict[str, Any]) -> Path:
    """The file with members replaced: each by what its function makes of the present text, or of nothing."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, made in changes.items():
        members[name] = made(members.get(name, b"").decode()).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(held.getvalue())
    return path


def xml_of(path: Path, name: str) -> Any:
    """A part, parsed strictly."""
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))


def text_of(path: Path, name: str) -> str:
    """A member as it is."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def parts_of(path: Path) -> list[str]:
    """Names of all XML members."""
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def lines_of(root: Any) -> list[str]:
    """The text of each paragraph in order; tabs as tabs."""
    return ["".join(map(_character, each.iter(W + "t", W + "tab"))) for each in root.iter(W + "p")]


def _character(element: Any) -> str:
    return "\t" if element.tag == W + "tab" else element.text or ""


def table_of(path: Path, number: int = 0) -> list[list[str]]:
    """The cells of a table row by row, paragraphs divided by line feeds."""
    table = list(xml_of(path, "word/document.xml").iter(W + "tbl"))[number]
    return [["\n".join(lines_of(cell)) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")]


def report(**more: Any) -> dict[str, Any]:
    """A small report: two sections, three measures."""
    made = {
        "title": "Отчёт об исполнении\nза 2020 год",
        "columns": ["№", "Мероприятие", "Подготовка", "Условия", "Срок", "Кто", "Форма", "Статус", "Отчёт"],
        "sections": [
            {
                "number": "1",
                "title": "Первый",
                "measures": [measure("1.1"), measure("1.2", executors=["А", "Б"])],
            },
            {"number": "", "title": "", "measures": [measure("2.1", title="строка\nвторая\tс табуляцией")]},
        ],
    }
    return made | more


def measure(number: str, **more: Any) -> dict[str, Any]:
    """A measure with a title made of its number."""
    return {"number": number, "title": f"Мероприятие {number} <&>", "executors": ["Специалист"]} | more
