"""Signals over millions of posts, beside DuckDB's bare aggregation of the same columns: `python -m benchmarks.signals`.

The posts are made up, in Parquet: 100,000 creators, four formats, captions of eight words and two tags, a tenth of them
disclosed; the source says of every third post whether it was paid, of the rest the caption has to. «Bare» is count,
mean, variance and largest value of every column read, per creator × platform × format, as DuckDB's own SQL. Both run on
the same threads, by turns, each in a process of its own, whose peak memory is stated.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa

from asterism.creators.tables import CREATORS
from asterism.signals.posting import habits, partners
from asterism.signals.statistics import SufficientStatistics
from asterism.store.engines import Engine, engine

POSTS = 10_000_000
CREATORS_COUNT = 100_000
THREADS = 2
RUNS = 3
RATES = ("likes", "comments", "shares", "views", "reach", "posted_at")
HABITS = ("likes", "comments", "shares", "saves", "posted_at", "seen_at", "caption", "sponsored", "sponsor")
READ = {"rates": RATES, "profiles": HABITS, "both": tuple(dict.fromkeys((*RATES, *HABITS)))}
"""What is measured, and the columns each reads besides creator, platform and format."""

MAKE = """
copy (
    select
        'p' || i as post_id,
        'creator_' || lpad((h % {creators})::varchar, 6, '0') as creator_id,
        ['instagram', 'tiktok', 'youtube'][(1 + h % {creators} % 3)::int] as platform,
        ['post', 'reel', 'carousel', 'video'][(1 + (h >> 17) % 4)::int] as format,
        timestamptz '2026-11-01 00:00:00+00' - to_minutes(((h >> 9) % 525600)::bigint) as posted_at,
        timestamptz '2026-11-01 00:00:00+00' as seen_at,
        exp(5 + (hash(i, 1) % 1000) / 200.0)::bigint as likes,
        exp(2 + (hash(i, 2) % 1000) / 250.0)::bigint as comments,
        exp(1 + (hash(i, 3) % 1000) / 250.0)::bigint as shares,
        case when hash(i, 4) % 3 = 0 then exp(1 + (hash(i, 5) % 1000) / 250.0)::bigint end as saves,
        exp(8 + (hash(i, 6) % 1000) / 200.0)::bigint as views,
        case when hash(i, 7) % 3 = 0 then exp(7 + (hash(i, 8) % 1000) / 200.0)::bigint end as reach,
        'What I made of week ' || hash(i, 9) % 5000 || ', honestly #daily #' || (h % 900)
            || case when hash(i, 10) % 10 = 0 then ' #ad' else '' end as caption,
        case when hash(i, 11) % 3 = 0 then hash(i, 10) % 10 = 0 end as sponsored,
        case when hash(i, 10) % 40 = 0 then 'brand ' || hash(i, 12) % 500 end as sponsor
    from (select i, hash(i) as h from range({posts}) as t(i))
) to '{path}' (format parquet)
"""


def make(posts: int, path: Path) -> None:
    """The posts of everybody, in one Parquet file."""
    with duckdb.connect(config={"threads": THREADS}) as duck:
        duck.sql("set TimeZone = 'UTC'")
        duck.sql(MAKE.format(posts=posts, creators=CREATORS_COUNT, path=path))


def creators() -> pa.Table:
    """The creators with their followers."""
    columns = {
        "creator_id": pa.array([f"creator_{i:06d}" for i in range(CREATORS_COUNT)]),
        "followers": pa.array(range(1_000, 1_000 + CREATORS_COUNT)),
    }
    return pa.table(
        [columns.get(f.name, pa.nulls(CREATORS_COUNT, f.type)) for f in CREATORS.fields], schema=CREATORS.arrow
    )


def bare(duck: Engine, path: Path, what: str) -> int:
    """Rows of DuckDB's own aggregation of the columns that `what` reads."""
    asked = ", ".join(_moments(column) for column in READ[what])
    keys = "creator_id, platform, format"
    found = duck.connection.con.sql(f"select {keys}, {asked} from '{path}' group by {keys}")  # noqa: S608
    return found.to_arrow_table().num_rows


def _moments(column: str) -> str:
    number = {
        "caption": "length(caption)", "sponsor": "length(sponsor)", "sponsored": "sponsored::int",
        "posted_at": "epoch(posted_at)", "seen_at": "epoch(seen_at)",
    }.get(column, column)  # fmt: skip
    return f"count({column}), avg({number}), var_samp({number}), max({column})"


def ours(duck: Engine, path: Path, what: str) -> int:
    """Rows of the signals' statistics over the same posts."""
    posts, rows = duck.connection.read_parquet(str(path)), 0
    if what in ("rates", "both"):
        rows += SufficientStatistics.of(duck.run, posts, duck.table(creators())).by_followers.num_rows
    if what in ("profiles", "both"):
        rows += sum(duck.run(expression(posts)).num_rows for expression in (habits, partners))
    return rows


def once(who: str, what: str, path: Path) -> None:
    """One run in this process: seconds of the clock and of the processor, and peak memory, as JSON."""
    with engine(threads=THREADS) as duck:
        clock, processor = time.perf_counter(), time.process_time()
        rows = {"bare": bare, "ours": ours}[who](duck, path, what)
        took = {"s": time.perf_counter() - clock, "cpu": time.process_time() - processor, "rows": rows}
    print(json.dumps({**took, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def measured(path: Path, what: str) -> str:
    """One row of the table: medians of `RUNS` runs by turns."""
    taken: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    for _ in range(RUNS):
        for who, runs in taken.items():
            command = [sys.executable, "-m", "benchmarks.signals", "--once", who, what, str(path)]
            runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, env=os.environ).stdout))
    middle = {who: {k: statistics.median(r[k] for r in runs) for k in runs[0]} for who, runs in taken.items()}
    us, them = middle["ours"], middle["bare"]
    return (
        f"| {what} | {them['s']:.1f} | {us['s']:.1f} | {us['s'] / them['s']:.2f} | {them['cpu']:.1f} | "
        f"{us['cpu']:.1f} | {us['cpu'] / them['cpu']:.2f} | {them['mb']:,.0f} | {us['mb']:,.0f} |"
    )


def main(posts: int = POSTS) -> None:
    """The table, for so many posts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.parquet"
        make(posts, path)
        print(f"{posts:,} posts, {path.stat().st_size / 1e6:,.0f} MB of Parquet, {THREADS} threads\n")
        print("| statistics of | bare s | ours s | ratio | bare processor s | ours | ratio | bare MB | ours MB |")
        print("|---|---|---|---|---|---|---|---|---|")
        for what in READ:
            print(measured(path, what), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        main(*(int(n) for n in sys.argv[1:2]))
