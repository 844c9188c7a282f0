"""The front door: it costs nothing to open, every name leads somewhere, and the first lines people type work."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import asterism as ast
from asterism.errors import Infeasible
from asterism.market import simulate

HEAVY = ("numba", "ibis", "pandas", "duckdb", "deltalake", "pyarrow", "numpy", "scipy", "jinja2", "xlsxwriter",
         "python_calamine", "pydantic", "django", "fastapi", "altair", "matplotlib")  # fmt: skip
"""Libraries that take a noticeable part of a second to import."""
PROMISED = ("AsterismError", "authenticity", "Brief", "Creators", "Plan", "Priors", "Samples", "compare", "forecast",
            "plan", "reach", "read_brief", "read_creators", "ripple")  # fmt: skip
SMALL = {"max_creators": 4}


def loaded_by(code: str) -> set[str]:
    """The libraries that a fresh interpreter has loaded after some code."""
    script = f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    """Sixty creators among five thousand people, and their posts."""
    market = simulate(60, 5_000, seed=3).tables
    return {"creators": market.creators, "posts": market.posts}


@pytest.fixture(scope="module")
def table(tables: dict[str, pa.Table]) -> pa.Table:
    """The creators alone."""
    return tables["creators"]


def brief(**fields: object) -> ast.Brief:
    """A brief that small markets answer quickly."""
    return ast.Brief(**{"goal": "awareness", "budget": "1500 USD", "limits": SMALL} | fields)


@pytest.mark.parametrize(
    "code",
    [
        "import asterism",
        "import asterism; dir(asterism); asterism.__version__",
        "from asterism.faces.main import main; assert main(['--help']) == 0",
        "from asterism.faces.main import main; assert main(['plan', '--help']) == 0",
        "from asterism.faces.main import main; assert main(['--version']) == 0",
    ],
    ids=["import", "looking around", "--help", "plan --help", "--version"],
)
def test_opening_the_door_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code) & set(HEAVY) <= ({"pydantic"} if "plan" in code else set())  # Typer's own, for options


def test_planning_needs_no_pandas_and_no_web() -> None:
    code = (
        "import sys\n"
        "class NoPandas:\n"  # Arrow loads it where it is installed
        "    def find_spec(self, name, *_):\n"
        "        if name == 'pandas': raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, NoPandas())\n"
        "import pyarrow as pa, asterism as ast\n"
        "table = pa.table({'creator_id': ['a', 'b'], 'platform': ['instagram'] * 2, 'followers': [9000, 50000]})\n"
        "ast.plan(table, ast.Brief(goal='awareness', budget='900 USD'))"
    )
    heavy = {"polars", "django", "fastapi", "altair", "typer", "statsmodels", "pysyncon", "pptx"}
    assert loaded_by(code) & heavy == set()


def test_every_name_leads_to_something_that_explains_itself() -> None:
    assert set(PROMISED) <= set(ast.__all__)
    for name in ast.__all__:
        assert getattr(ast, name).__doc__, name
        assert name in dir(ast)


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'plann'"):
        _ = ast.plann


def test_a_table_and_a_brief_give_a_plan(table: pa.Table) -> None:
    plan = ast.plan(table, brief())
    assert isinstance(plan, ast.Plan)
    assert plan.picks
    assert plan.spent <= plan.budget == 1_500
    assert ast.compare(table, brief()) == plan.verdict


def test_a_file_gives_the_plan_its_table_gives(table: pa.Table, tmp_path: Path) -> None:
    with (tmp_path / "creators.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        writer.writerows(row.values() for row in table.to_pylist())
    creators = ast.read_creators(tmp_path / "creators.csv")
    assert isinstance(creators, ast.Creators)
    assert (len(creators), creators.rejects) == (60, ())
    assert ast.plan(creators, brief()).picks == ast.plan(table, brief()).picks


def test_a_plain_mapping_will_do_for_a_table() -> None:
    columns = {"creator_id": ["a", "b"], "platform": ["instagram", "instagram"], "followers": [9_000, 50_000]}
    assert ast.plan(columns, brief()) == ast.plan(pa.table(columns), brief())


def test_a_brief_that_leaves_no_plan_is_an_answer(table: pa.Table) -> None:
    with pytest.raises(Infeasible, match="Raise budget to"):
        ast.plan(table, brief(budget="1 USD"))
    assert issubclass(Infeasible, ast.AsterismError)


def test_posts_give_a_forecast_of_the_next_one(tables: dict[str, pa.Table]) -> None:
    for forecast in (ast.forecast(tables["posts"]), ast.forecast(tables["posts"], tables["creators"])):
        assert {"creator_id", "format", "n_posts"} <= set(forecast.column_names)
        for what in ("engagement", "views"):
            mean, low, high = (forecast[f"{what}_{part}"].to_numpy() for part in ("mean", "low", "high"))
            known = np.isfinite(mean)
            assert known.any()
            assert (low[known] <= high[known]).all()
            assert (low[known] >= 0).all()


PEOPLE = {"a": range(300), "b": range(200, 500), "c": range(50)}


@pytest.mark.parametrize("people_are", ["text", "integers"])
def test_followers_become_samples_and_samples_tell_the_reach(people_are: str) -> None:
    pairs = [(name, person) for name, people in PEOPLE.items() for person in people]
    people = [f"p{person}" if people_are == "text" else person for _, person in pairs]
    samples = ast.Samples.from_followers(people, [name for name, _ in pairs], k=1024, seed=0)
    assert isinstance(samples, ast.Samples)
    for chosen in (["a"], ["a", "b"], ["a", "b", "c"], ["c", "a"]):
        reach = ast.reach(samples, chosen)
        seen = [person for name in chosen for person in PEOPLE[name]]
        assert reach.people == pytest.approx(len(set(seen)))
        assert reach.low <= reach.people <= reach.high
        assert sum(times * n for times, n in enumerate(reach.frequency, 1)) == pytest.approx(len(seen))
        assert (reach.rung, reach.kind) == (1, "potential")


def test_overlaps_become_samples() -> None:
    sizes = {"a": 3_000, "b": 3_000, "c": 500}
    pairs = {("a", "b"): 1_000, ("a", "c"): 500, ("b", "c"): 0}
    samples = ast.Samples.from_overlaps(sizes, pairs, universe=100_000)
    reach = ast.reach(samples, ["a", "b"])
    assert reach.people == pytest.approx(5_000, rel=0.05)
    assert reach.rung == 2


def test_profiles_become_samples() -> None:
    profiles = {"creator_id": ["a", "a", "b"], "dimension": ["country"] * 3, "bucket": ["US", "GB", "US"],
                "share": [0.7, 0.3, 1.0]}  # fmt: skip
    samples = ast.Samples.from_profiles({"a": 3_000, "b": 2_000}, pa.table(profiles), universe=100_000)
    reach = ast.reach(samples, ["a", "b"])
    assert 3_000 <= reach.people <= 5_000
    assert reach.rung == 3
