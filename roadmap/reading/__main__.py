"""`python -m roadmap.reading FILE` prints what is recognised in FILE as JSON."""

import json
import sys

from core.errors import Refusal
from roadmap.reading.recognise import read_plan


def main() -> int:
    """The exit status: 0 when the file was read, 1 when it was refused, 2 without a file."""
    if len(sys.argv) != 2:
        print("python -m roadmap.reading FILE", file=sys.stderr)
        return 2
    try:
        print(json.dumps(read_plan(sys.argv[1]), ensure_ascii=False, indent=1))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
