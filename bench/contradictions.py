"""Print precision and recall of the checks for contradictions on the labelled rows, part by part.

Usage: python -m bench.contradictions. A kind found in a row counts once; docs/publication.md says how the
rows were written and what the parts are worth.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.reports.contradictions.labelled import PARTS, part, precision, recall, score


def main() -> None:
    """One line for each part, and every row that was judged wrongly."""
    for name in PARTS:
        rows = part(name)
        counted, wrong = score(rows)
        clean = sum(not row["found"] for row in rows)
        print(
            f"{name}: {len(rows)} rows ({clean} clean), precision {precision(counted):.3f}, "
            f"recall {recall(counted):.3f}, hits {counted['hit']}, false {counted['false']}, "
            f"missed {counted['missed']}"
        )
    for line in wrong:
        print("  wrong:", line)


if __name__ == "__main__":
    main()
