"""How long a table of 600 measures takes from the upload to the written plan, and how much memory.

    python bench/import_plan.py [--measures 600] [--report]

Counts the parsing subprocess too: the memory printed is the sum of both peaks, the second one measured in
a fresh process, because ru_maxrss of a child also counts what its parent held. `--report` imports a report,
whose statuses become claims through the lifecycle.
"""

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

from accounts.models import Level, Organisation, Role, User
from accounts.services import add_organisation, add_person, grant
from app import create_app
from config import Settings
from core.audit import SYSTEM
from core.db import db
from documents.services import Upload
from roadmap.queries.measures import marks_of
from roadmap.services.imports import confirm_import, start_import
from roadmap.services.plans import PlanFacts

COLUMNS = ["№", "Мероприятие", "Ожидаемый результат", "Срок", "Исполнитель", "Форма исполнения"]
REPORT = ["Статус исполнения", "Отчет об исполнении"]


def word_file(measures: int, is_report: bool) -> bytes:
    """A plan of six sections; written with python-docx, which is slow, so outside the measured time."""
    paper = docx.Document()
    paper.add_paragraph("Дорожная карта «Учитель» на 2027 год")
    columns = COLUMNS + REPORT if is_report else COLUMNS
    table = paper.add_table(rows=measures + 7, cols=len(columns))
    texts = [columns]
    for number in range(measures):
        section, row = divmod(number, max(1, measures // 6))
        if row == 0:
            texts.append([f"{section + 1}. Раздел {section + 1}"] * len(columns))
        told = ["исполнено", "Проведено, участвовали 58 человек"] if is_report else []
        texts.append(
            [f"{section + 1}.{row + 1}", f"Провести семинар наставников № {number}", "Семинар проведён",
             f"до {1 + number % 28:02}.{1 + number % 12:02}.2027", f"Школа № {number % 40}", "Приказ", *told]
        )  # fmt: skip
    for row, line in zip(table._tbl.tr_lst, texts, strict=False):
        for cell, text in zip(row.tc_lst, line, strict=True):
            cell.p_lst[0].add_r().text = text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def coordinator_of(town: Organisation) -> User:
    person = add_person("coordinator", surname="Тополева", given_name="С", organisation=town, by=SYSTEM)
    grant(person, Role.COORDINATOR, organisation=town, by=SYSTEM)
    return person


def parsing_mb(file: bytes, folder: Path) -> float:
    """Peak resident memory of a fresh process that only reads the file (Linux)."""
    path = folder / "План.docx"
    path.write_bytes(file)
    program = (
        "import re, sys; from roadmap.reading.recognise import read_plan; read_plan(sys.argv[1]);"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
    )
    command = [sys.executable, "-c", program, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=600)
    parser.add_argument("--report", action="store_true")
    given = parser.parse_args()
    file = word_file(given.measures, given.report)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data=Path(folder), env="test", secret_key="a secret for measuring, 32 characters and more"
        )
        app = create_app(settings, TESTING=True)
        with app.app_context():
            db.create_all()
            town = add_organisation("Приозёрный район", level=Level.MUNICIPALITY, by=SYSTEM)
            person = coordinator_of(town)
            began = time.perf_counter()
            draft = start_import(town, Upload("План.docx", io.BytesIO(file)), by=person)
            read = time.perf_counter()
            plan = confirm_import(draft, PlanFacts("Учитель", 2027, 2027), by=person)
            done = time.perf_counter()
            print(f"{len(marks_of(plan))} measures from {len(file):,} bytes")
            child = parsing_mb(file, Path(folder))
    print(f"read {read - began:.2f} s + written {done - read:.2f} s = {done - began:.2f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {own:.0f} MB own + {child:.0f} MB of the parsing process = {own + child:.0f} MB")


if __name__ == "__main__":
    main()
