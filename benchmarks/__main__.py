"""All figures of `benchmarks/RESULTS.md`: `make bench`. Run it on a machine that does nothing else."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import coverage, end_to_end, imports, ripple, scale, signals

ASTERISM = Path(sys.executable).with_name("asterism")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "kim_instagram"
BRIEFS = {
    "awareness, 500,000 USD": 'goal = "awareness"\nbudget = "500000 USD"\n',
    "conversions for beauty, 8,000 USD": 'goal = "conversions"\nbudget = "8000 USD"\nniche = ["beauty"]\n',
    "engagement for food, 40,000 USD, 12 weeks": (
        'goal = "engagement"\nbudget = "40000 USD"\nniche = ["food"]\nweeks = 12\n'
    ),
}


def seconds(arguments: Sequence[str], runs: int) -> str:
    """Median and worst wall seconds of a command, after one run that nobody times."""
    taken = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run([str(ASTERISM), *arguments], check=True, capture_output=True, env=os.environ)
        taken.append(time.perf_counter() - start)
    words = " ".join(Path(a).name for a in arguments)
    return f"| `asterism {words}` | {statistics.median(taken[1:]):.2f} | {max(taken[1:]):.2f} |"


def main() -> None:
    print("| command | median s | worst s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print(seconds(["--help"], 7))
        print(seconds(["demo", "--out", folder], 5))
        if SHARED.is_dir():
            for name, text in BRIEFS.items():
                brief = Path(folder) / f"{name.split(',')[0].replace(' ', '-')}.toml"
                brief.write_text(f'name = "{name}"\n{text}', encoding="utf-8")
                files = ["--creators", str(SHARED / "influencers.txt"), "--posts", str(SHARED / "posts.parquet")]
                print(seconds(["plan", str(brief), *files], 3))
    print()
    coverage.main(["A", "B", "C", "D", "E", "F"])
    print()
    with tempfile.TemporaryDirectory() as folder:
        ripple.main(Path(folder))
        print()
        end_to_end.main(Path(folder))
    print()
    scale.main(scale.POPULATIONS)
    print()
    imports.main()
    print()
    signals.main()


if __name__ == "__main__":
    main()
