"""Print how many requisites of the labelled documents are read right, by field and by form of the text.

Usage: python bench/requisites_accuracy.py [REQUISITES.json]"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.requisites.answer import as_json  # noqa: E402
from documents.requisites.recognition import recognise  # noqa: E402

SHARED = ROOT.parent / "shared"
FIELDS = (
    "kind", "number", "date", "title", "issuing_authority", "place", "signatory_position", "signatory_name",
)  # fmt: skip
LENIENT = {"issuing_authority", "place"}
Row = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Measure the list, each form apart and the noisy rows apart, and print every miss."""
    path = Path(arguments[0]) if arguments else SHARED / "domain" / "requisites_dev.json"
    if not path.exists():
        print(f"SKIP {path.name}: not there")
        return
    rows = json.loads(path.read_text(encoding="utf-8"))
    for row in rows:
        row["found"] = as_json(recognise(row["text"]))
        _print_misses(row)
    forms = sorted({row["text_form"] for row in rows})
    for form in forms:
        measure(form, [row for row in rows if row["text_form"] == form])
    measure("noisy", [row for row in rows if row.get("ocr_noise")])
    measure("all", rows)


def measure(title: str, rows: list[Row]) -> None:
    """Accuracy of each field, F1 of the cited acts, and how many of their relations, bodies and titles
    agree."""
    shares = []
    for name in FIELDS:
        scored = [row for row in rows if name not in row["skip"]]
        right = sum(is_right(name, row["found"][name], row["expected"][name]) for row in scored)
        shares.append(f"{name} {right}/{len(scored)}")
    print(f"\n{title}: {len(rows)} rows; " + ", ".join(shares))
    print("  cited acts: " + _cited(row for row in rows if "cited_acts" not in row["skip"]))


def is_right(name: str, found: str | None, expected: str | None) -> bool:
    """Whether two values of a field agree; bodies and places leniently, as README of the list says."""
    left, right = folded(found), folded(expected)
    if left == right:
        return True
    if name not in LENIENT or not left or not right:
        return False
    return left in right or right in left or SequenceMatcher(None, left, right).ratio() >= 0.85


def folded(value: str | None) -> str:
    """Without case, spaces, asterisks and differences of quotes, dashes and ё."""
    text = re.sub(r"[«»“”„\"']", '"', (value or "").lower().replace("ё", "е").replace("*", ""))
    return re.sub(r"\s+", " ", re.sub("[–—]", "-", text)).strip()


def _key(act: Row) -> tuple[str | None, ...]:
    return act["kind"], act["number"], act["date"]


def _cited(rows: Iterable[Row]) -> str:
    count: Counter[str] = Counter()
    for row in rows:
        found, expected = (
            {_key(act): act for act in side["cited_acts"]} for side in (row["found"], row["expected"])
        )
        both = found.keys() & expected.keys()
        count.update(found=len(found), expected=len(expected), both=len(both))
        count["relation"] += sum(found[key]["relation"] == expected[key]["relation"] for key in both)
        if "cited_acts.authority" not in row["skip"]:
            count["bodies"] += len(both)
            bodies = [(found[key]["authority"], expected[key]["authority"]) for key in both]
            count["body"] += sum(is_right("issuing_authority", *pair) for pair in bodies)
        titled = [key for key in both if expected[key]["title"]]
        count["titles"] += len(titled)
        count["title"] += sum(
            is_right("title", found[key]["title"], expected[key]["title"]) for key in titled
        )
    f1 = 200 * count["both"] / max(1, count["found"] + count["expected"])
    return (
        f"F1 {f1:.1f} % ({count['both']} of {count['expected']} expected, {count['found']} found), relation "
        f"{count['relation']}/{count['both']}, body {count['body']}/{count['bodies']}, "
        f"title {count['title']}/{count['titles']}"
    )


def _print_misses(row: Row) -> None:
    for name in FIELDS:
        if name not in row["skip"] and not is_right(name, row["found"][name], row["expected"][name]):
            print(f"  miss {row['id']} {name}: {row['found'][name]!r} expected {row['expected'][name]!r}")
    found, expected = (
        {_key(act): act for act in side["cited_acts"]} for side in (row["found"], row["expected"])
    )
    for key in sorted(expected.keys() ^ found.keys(), key=str):
        print(f"  {row['id']} act {'missed' if key in expected else 'made up'}: {key}")
    for key in found.keys() & expected.keys():
        for name in ("relation", "title", "authority"):
            left, right = found[key][name], expected[key][name]
            if folded(left) != folded(right) and f"cited_acts.{name}" not in row["skip"]:
                print(f"  {row['id']} act {key[1]} {name}: {left!r} expected {right!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
