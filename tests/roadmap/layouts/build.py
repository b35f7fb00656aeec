"""Makes the files of all layouts with their golden data: python -m tests.roadmap.layouts.build FOLDER"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import accounts, errands, excel, figures, odd, plans, reports, school, torn, word
from .golden import Golden
from .paper import Sheet, write_docx
from .registry import LAYOUTS, Layout
from .sheet import write_xlsx

SOURCES = (plans, school, errands, reports, accounts, odd, figures, torn, word, excel)
CONVERTED_FROM = {"odt": "docx", "doc": "docx", "pdf": "docx", "ods": "xlsx"}
SECONDS_PER_FORMAT = 240


@dataclass(frozen=True)
class Built:
    """One file that was made and what a careful person reads in it."""

    path: Path
    golden: Golden


def build(folder: Path) -> list[Built]:
    """The .docx and .xlsx files of every layout, written into the folder beside their golden data."""
    return [one for layout in LAYOUTS for one in _sources(folder, layout)]


def convert(folder: Path, program: str) -> list[Built]:
    """The other formats of the layouts, made by LibreOffice from the files that `build` left there."""
    made = []
    for suffix, source in CONVERTED_FROM.items():
        wanted = [layout for layout in LAYOUTS if suffix in layout.formats]
        _run(program, suffix, folder, [folder / f"{layout.name}.{source}" for layout in wanted])
        made += [Built(folder / f"{layout.name}.{suffix}", layout.make()[1]) for layout in wanted]
    return made


def _sources(folder: Path, layout: Layout) -> list[Built]:
    content, golden = layout.make()
    needed = {CONVERTED_FROM.get(suffix, suffix) for suffix in layout.formats}
    text = json.dumps(golden, ensure_ascii=False, indent=1)
    (folder / f"{layout.name}.golden.json").write_text(text, encoding="utf-8")
    built = []
    for suffix in sorted(needed):
        path = folder / f"{layout.name}.{suffix}"
        _write(path, content)
        if layout.touch is not None:
            layout.touch(path)
        if suffix in layout.formats:
            built.append(Built(path, golden))
    return built


def _write(path: Path, content: list) -> None:
    if path.suffix == ".docx":
        write_docx(path, content)
    elif isinstance(content[0], Sheet):
        write_xlsx(path, content)
    else:
        write_xlsx(path, [Sheet("План", content)])


def _run(program: str, suffix: str, folder: Path, files: Iterable[Path]) -> None:
    """One run of LibreOffice for all files of a format, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=SECONDS_PER_FORMAT)


def libreoffice() -> str | None:
    """The program that converts, None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    files = build(target)
    converter = libreoffice()
    if converter:
        files += convert(target, converter)
    print(f"{len(files)} files in {target}")
