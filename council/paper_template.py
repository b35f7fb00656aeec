"""The template of minutes on A4: letterhead, number and date, who was there, agenda, items, signatures.

Regenerate templates/docx/minutes.docx by `python -m council.paper_template`; a test compares the two by
their text.
"""

from pathlib import Path

from orders.paper_template import BOTH, CENTRE, RIGHT, Line, add_signatures, sheet_of

PATH = Path(__file__).resolve().parent.parent / "templates" / "docx" / "minutes.docx"


def _each(names: str, *, bold: bool = False, indent: int = 12) -> tuple[Line, ...]:
    return (
        (f"{{%p for line in {names} %}}", None, False, 0, 0),
        ("{{ line }}", BOTH, bold, indent, 3),
        ("{%p endfor %}", None, False, 0, 0),
    )


LINES: tuple[Line, ...] = (
    ("{{ organisation }}", CENTRE, True, 0, 0),
    ("{{ kind }}", CENTRE, True, 0, 12),
    ("{{ council }}", CENTRE, False, 0, 0),
    ("{{ date }} № {{ number }}", CENTRE, False, 0, 6),
    ("{{ place }}", CENTRE, False, 0, 0),
    *_each("head", indent=0),
    ("ПОВЕСТКА ДНЯ:", None, True, 0, 12),
    *_each("agenda"),
    ("{%p for item in items %}", None, False, 0, 0),
    ("{{ item.title }}", BOTH, True, 0, 12),
    *_each("item.heard"),
    *_each("item.spoke"),
    *_each("item.voted"),
    *_each("item.decided"),
    ("{%p endfor %}", None, False, 0, 0),
    *_each("annexes", indent=0),
)


def build(path: str | Path) -> None:
    """The template written to `path`."""
    document = sheet_of(LINES, size=13)
    table = add_signatures(document, rows=3)
    table.rows[0].cells[0].text = "{%tr for row in signatures %}"
    left, right = table.rows[1].cells
    left.text, right.text = "{{ row.post }}", "{{ row.name }}"
    right.paragraphs[0].alignment = RIGHT
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(str(path))


if __name__ == "__main__":
    build(PATH)
