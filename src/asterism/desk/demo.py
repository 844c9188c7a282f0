"""The demo: a simulated market, a brief, a plan, and the files to try it again."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from asterism.brief import Brief
from asterism.desk.demo_campaign import campaign_files
from asterism.desk.documents import parse
from asterism.desk.plan import Evidence, plan_tables
from asterism.desk.report import save_report
from asterism.market import simulate
from asterism.planning.plan import Plan
from asterism.reports.sheets import table_csv
from asterism.store.save import save_bytes

PEOPLE: Final = 60_000
BRIEF: Final = """\
name = "Spring launch"
goal = "conversions"
budget = "20000 USD"
niche = ["fashion", "beauty"]
start = 2027-03-01
weeks = 8
price_positioning = "mass"

[audience]
genders = ["female"]

"""


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's plan, where its report lies, and the commands that make the plan again and that measure it."""

    plan: Plan
    report: Path
    command: str
    measure: str


def run_demo(out: Path, *, creators: int, seed: int, tell: Callable[[str, float], None]) -> Demo:
    """The plan of the demo's brief on a simulated market, with brief, tables and report written to `out`."""
    tell("Simulating a market", 0.0)
    market = simulate(creators, PEOPLE, seed=seed)
    tables = market.tables
    plan = plan_tables(Evidence(tables), Brief(**parse(BRIEF, "brief.toml")), seed=seed, tell=tell)
    save_bytes(out / "brief.toml", BRIEF.encode())
    named = {"creators": tables.creators, "posts": tables.posts, "audiences": tables.audiences, "rates": tables.rates}
    for name, table in named.items():
        save_bytes(out / f"{name}.csv", table_csv(table))
    save_bytes(out / "outcomes.csv", table_csv(tables.outcomes))
    options = [word for name in named for word in (f"--{name}", str(out / f"{name}.csv"))]
    options += ["--with", f"outcomes={out / 'outcomes.csv'}"]
    again = ["asterism", "plan", str(out / "brief.toml"), *options, *(("--seed", str(seed)) if seed else ())]
    happened = campaign_files(market, plan, seed)
    for name, table in happened.items():
        save_bytes(out / f"{name}.csv", table_csv(table))
    report = save_report(plan, out / "report.html")
    return Demo(plan, report, shlex.join(again), shlex.join(["asterism", "measure", "return", str(out)]))
