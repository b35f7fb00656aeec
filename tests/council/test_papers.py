"""The Word file of minutes."""

from collections.abc import Iterator
from pathlib import Path

import docx

from council import paper_template


def texts(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_template_at_hand_is_the_one_that_is_built(tmp_path):
    paper_template.build(tmp_path / "minutes.docx")

    assert list(texts(tmp_path / "minutes.docx")) == list(texts(paper_template.PATH))
