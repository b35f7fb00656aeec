"""What the pages of Word templates of all rooms share: an upload on disk, and words about the tags."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.words import gettext
from documents.filling.contract import Contract, described, filters_of


@contextmanager
def saved_upload(file: Any) -> Iterator[Path]:
    """An uploaded template as a file, for as long as the block lasts."""
    with tempfile.NamedTemporaryFile(prefix="vekha-", suffix=".docx") as kept:
        file.save(kept)
        kept.flush()
        yield Path(kept.name)


def tags_of(contract: Contract) -> dict[str, Any]:
    """What a template may name, with words for the reader."""
    named = [(tag, _meaning(words)) for tag, words in described(contract.fields)]
    return {
        "fields": named,
        "filters": {name: _meaning(words) for name, words in filters_of(contract).items()},
    }


def _meaning(words: str) -> str:
    """The words about a tag, translated half by half: «название столбца: статус исполнения»."""
    return ": ".join(gettext(half) for half in words.split(": "))
