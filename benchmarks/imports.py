"""Files of creators into the catalogue, beside DuckDB's `read_csv` into Parquet: `python -m benchmarks.imports`.

The creators are made up: twelve columns, ids in no order, names with and without accents, some blank cells, a date
each. «Fresh» is the first import into an empty catalogue: reading, mapping, typing, refusing, one row per key, the past
of the figures and the creators, each a Delta commit. «Upsert» imports the same creators with other figures a month
later into that catalogue. DuckDB guesses the types of the same file and writes it as Parquet, nothing else. All run by
turns, each in a process of its own, whose start is not counted and whose peak memory is stated.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from asterism.desk.import_ import Choices, import_files

SIZES = (10_000, 100_000, 1_000_000)
THREADS = 2
RUNS = 3
TURNS = ("duckdb", "fresh", "upsert")

MAKE = """
copy (
    select
        'c' || lpad(i::varchar, 8, '0') as creator_id,
        '@user.' || hash(i) % 1000 || '_' || i as handle,
        ['Zoë', 'Ana', 'Björn', 'Chloé', 'Dan', 'Eve', 'Finn', 'Gül'][(1 + hash(i, 1) % 8)::int] || ' '
            || ['Ng', 'Silva', 'Müller', 'Roy', 'Costa', 'Ito'][(1 + hash(i, 2) % 6)::int] as name,
        ['instagram', 'tiktok', 'youtube'][(1 + hash(i, 3) % 3)::int] as platform,
        exp(6 + (hash(i, 4, {turn}) % 1000) / 120.0)::bigint as followers,
        hash(i, 5) % 5000 as following,
        hash(i, 6, {turn}) % 3000 as posts,
        case when hash(i, 7) % 50 > 0 then
            ['fashion', 'beauty', 'food', 'travel', 'fitness', 'gaming', 'tech', 'pets'][(1 + hash(i, 8) % 8)::int]
        end as niche,
        case when hash(i, 9) % 20 > 0 then
            ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'BR', 'IN'][(1 + hash(i, 10) % 8)::int] end as country,
        round(exp(2 + (hash(i, 11, {turn}) % 1000) / 120.0), 1) as avg_likes,
        round(exp(0 + (hash(i, 12, {turn}) % 1000) / 120.0), 2) as avg_comments,
        date '2026-10-01' + ({turn} * 30 + hash(i, 13) % 28)::int as as_of
    from range({creators}) as t(i)
    order by hash(i, 14)
) to '{path}' (format csv, header)
"""


def make(creators: int, turn: int, path: Path) -> None:
    """So many creators in one CSV; another turn has other figures, a month later."""
    with duckdb.connect(config={"threads": THREADS}) as duck:
        duck.sql(MAKE.format(creators=creators, turn=turn, path=path))


def duckdbs(folder: Path) -> int:
    """Rows of DuckDB's own copy of the file into Parquet."""
    with duckdb.connect(config={"threads": THREADS}) as duck:
        duck.sql(f"copy (select * from read_csv('{folder / '0.csv'}')) to '{folder / 'duckdb.parquet'}'")  # noqa: S608
        return int(duck.sql(f"select count(*) from '{folder / 'duckdb.parquet'}'").fetchall()[0][0])  # noqa: S608


def ours(folder: Path, turn: int) -> int:
    """Rows that an import put into the catalogue."""
    if turn == 0:
        shutil.rmtree(folder / "catalogue", ignore_errors=True)
    (done,) = import_files([str(folder / f"{turn}.csv")], Choices(catalogue=folder / "catalogue"))
    return done.accepted


def once(who: str, folder: Path) -> None:
    """One run in this process: seconds of the clock and of the processor, and peak memory, as JSON."""
    clock, processor = time.perf_counter(), time.process_time()
    rows = duckdbs(folder) if who == "duckdb" else ours(folder, TURNS.index(who) - 1)
    took = {"s": time.perf_counter() - clock, "cpu": time.process_time() - processor, "rows": rows}
    print(json.dumps({**took, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def measured(creators: int) -> str:
    """One row of the table: medians of `RUNS` runs by turns."""
    taken: dict[str, list[dict[str, float]]] = {who: [] for who in TURNS}
    with tempfile.TemporaryDirectory() as folder:
        for turn in (0, 1):
            make(creators, turn, Path(folder) / f"{turn}.csv")
        size = (Path(folder) / "0.csv").stat().st_size / 1e6
        for _ in range(RUNS):
            for who, runs in taken.items():
                command = [sys.executable, "-m", "benchmarks.imports", "--once", who, folder]
                runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, env=os.environ).stdout))
    middle = {who: {k: statistics.median(r[k] for r in runs) for k in runs[0]} for who, runs in taken.items()}
    assert {one["rows"] for one in middle.values()} == {creators}, "every run must take in every row"
    them, fresh, upsert = (middle[who] for who in TURNS)
    return (
        f"| {creators:,} | {size:,.1f} | {them['s']:.2f} | {fresh['s']:.2f} | {fresh['s'] / them['s']:.1f} | "
        f"{upsert['s']:.2f} | {upsert['s'] / them['s']:.1f} | {them['cpu']:.2f} | {fresh['cpu']:.2f} | "
        f"{upsert['cpu']:.2f} | {them['mb']:,.0f} | {fresh['mb']:,.0f} | {upsert['mb']:,.0f} |"
    )


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """The table, one row per size."""
    print(
        "| rows | MB of CSV | DuckDB s | fresh s | ratio | upsert s | ratio | DuckDB processor s | fresh | upsert | "
        "DuckDB peak MB | fresh | upsert |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for creators in sizes:
        print(measured(creators), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(sys.argv[2], Path(sys.argv[3]))
    else:
        main(tuple(int(n) for n in sys.argv[1:]) or SIZES)
