"""Print how many rows of the labelled lists are read right: due periods per field, and statuses.

Usage: python bench/periods_accuracy.py [PERIODS.json [STATUSES.json]]"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from roadmap.phrase_files import periods_of, statuses_of  # noqa: E402

DOMAIN = ROOT.parent / "shared" / "domain"
FIELDS = ("start", "end", "recurrence", "kind")


def main(arguments: list[str]) -> None:
    """Measure both lists, the ambiguous rows apart, and print every miss."""
    paths = [Path(argument) for argument in arguments]
    periods = (paths + [DOMAIN / "periods_dev.json"])[0] if paths else DOMAIN / "periods_dev.json"
    statuses = paths[1] if len(paths) > 1 else DOMAIN / "statuses_dev.json"
    for path, measure in ((periods, measure_periods), (statuses, measure_statuses)):
        if path.exists():
            measure(json.loads(path.read_text(encoding="utf-8")))
        else:
            print(f"SKIP {path.name}: not there")


def measure_periods(rows: list[dict]) -> None:
    """Accuracy of each field and of whole rows."""
    for title, chosen in _apart(rows):
        found = periods_of(chosen)
        hits = {name: sum(a[name] == b[name] for a, b in zip(found, chosen, strict=True)) for name in FIELDS}
        whole = 0
        for got, row in zip(found, chosen, strict=True):
            right = all(got[name] == row[name] for name in FIELDS)
            whole += right
            if not right:
                print("  miss:", repr(row["text"]), row.get("context_year"), row.get("context_kind") or "",
                      [got[name] for name in FIELDS], "expected", [row[name] for name in FIELDS])  # fmt: skip
        print(
            f"periods, {title}: {len(chosen)} rows, whole {whole}, "
            + ", ".join(f"{k} {v}" for k, v in hits.items())
        )


def measure_statuses(rows: list[dict]) -> None:
    """Accuracy of the state."""
    for title, chosen in _apart(rows):
        found = statuses_of(chosen)
        missed = [(row["text"], got["state"], row["state"]) for got, row in zip(found, chosen, strict=True)
                  if got["state"] != row["state"]]  # fmt: skip
        for text, got, expected in missed:
            print("  miss:", repr(text), got, "expected", expected)
        print(f"statuses, {title}: {len(chosen)} rows, right {len(chosen) - len(missed)}")


def _apart(rows: list[dict]) -> list[tuple[str, list[dict]]]:
    plain = [row for row in rows if not row.get("ambiguous")]
    return [("unambiguous", plain), ("ambiguous", [row for row in rows if row.get("ambiguous")])]


if __name__ == "__main__":
    main(sys.argv[1:])
