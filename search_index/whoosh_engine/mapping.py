"""Files of the index mapped into memory: shared by all processes, gone with the last who reads them."""

import mmap
from pathlib import Path
from typing import Any


def mapped(file: Path) -> Any:
    """The bytes of a file that never changes."""
    with open(file, "rb") as opened:
        if file.stat().st_size == 0:
            return b""
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
