"""Every benchmark, one after another: `make bench`, or `make bench ARGS="plan_page report_render"`."""

import subprocess
import sys

BENCHES = (
    "periods_accuracy",
    "requisites_accuracy",
    "import_speed",
    "import_plan",
    "ocr_speed",
    "ocr_beside_web",
    "plan_page",
    "archive_pages",
    "report_render",
    "limited_start",
    "review_page",
    "contradictions",
    "search_speed",
    "search_pages",
    "search_quality",
    "fuzz_upload",
)


def main(chosen: list[str]) -> int:
    """Run the named benches, all when none is named; 1 when any of them fails."""
    failed = []
    for name in chosen or BENCHES:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    sys.stdout.write(f"\nfailed: {', '.join(failed)}\n" if failed else "\nall ran\n")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
