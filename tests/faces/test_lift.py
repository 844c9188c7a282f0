import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.faces.asking import Run, refused
from tests.measurement.lift.regions import long_table, planted, regions

LIFT = "measure lift panel.csv --treated p00,p01 --start 2026-03-12"


@pytest.fixture
def panel(folder: Path) -> Path:
    """A panel in which p00 and p01 gained 30%, channels and a lift test, in files."""
    made = planted(regions("independent", 80, 15, np.random.default_rng(6)), (0, 1), 70, 0.3)
    pd.DataFrame(long_table(made)).to_csv(folder / "panel.csv", index=False)
    (folder / "channels.csv").write_text("date,tier,spend,impressions,reach\n2026-03-02,micro,100,1000,800\n")
    (folder / "tests.csv").write_text(
        "channel,spend,start,end,incremental,incremental_low,incremental_high,level\n"
        "micro,700,2026-03-02,2026-03-08,50,20,80,0.9\n"
    )
    return folder


def test_a_lift_is_shown_with_its_checks(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism(LIFT)
    assert code == 0
    assert out.startswith("Clear: +")
    assert "placebos in space" in out
    assert "On top:" in out
    assert "by synthetic control." in " ".join(out.split())
    code, out, _ = asterism(f"{LIFT} --level 0.8 --method differences --json")
    found = json.loads(out)
    assert (code, found["level"], found["method"], found["verdict"]) == (0, 0.8, "differences", "clear")


def test_too_small_a_test_is_refused_with_what_it_would_take(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"{LIFT} --effect 0.002 --json")
    found = json.loads(out)
    assert code == 1
    assert found["verdict"] == "cannot tell yet"
    assert "effect" not in found
    assert "80% would take" in found["sentence"]
    code, out, _ = asterism(f"{LIFT} --effect 0.002 --anyway --json")
    assert code == 0
    assert json.loads(out)["effect"] == pytest.approx(0.3, abs=0.1)
    code, out, _ = asterism(f"{LIFT} --effect 0.002")
    assert code == 1
    assert out.startswith("Cannot tell yet.")
    assert "On top" not in out


def test_each_tier_has_its_own_answer(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism("measure lift panel.csv --treated micro=p00 --treated macro=p01 --start 2026-03-12 --json")
    assert code == 0
    assert {tier: found["treated"] for tier, found in json.loads(out).items()} == {"micro": ["p00"], "macro": ["p01"]}
    code, out, _ = asterism("measure lift panel.csv --treated micro=p00 --treated macro=p01 --start 2026-03-12")
    assert "micro: Clear" in out
    assert "macro: Clear" in out


def test_posts_without_places_to_compare_go_by_the_series(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism("measure lift panel.csv --post 2026-02-01 --post 2026-02-20 --lasting 4 --json")
    assert code in (0, 1)
    assert json.loads(out)["method"] == "series"


def test_power_is_told_in_days_or_weeks(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism("measure power panel.csv --treated p05,p06 --weeks 2 --effect 0.1")
    assert code == 0
    assert "A lift of 10.0% would be found in" in out
    code, weeks, _ = asterism("measure power panel.csv --treated p05,p06 --weeks 2 --json")
    assert (code, weeks) == (0, asterism("measure power panel.csv --treated p05,p06 --days 14 --json")[1])


def test_shares_may_be_said_in_per_cent(panel: Path, asterism: Run) -> None:
    asked = "measure power panel.csv --treated p05 --days 14"
    percent = asterism(f"{asked} --effect 5% --level 80%")
    assert percent == asterism(f"{asked} --effect 0.05 --level 0.8")
    assert percent[0] == 0


def test_mix_models_get_their_files(panel: Path, asterism: Run) -> None:
    code, out, _ = asterism("measure export channels.csv --figures panel.csv --tests tests.csv --out mix --json")
    assert code == 0
    assert [Path(file).name for file in json.loads(out)["files"]] == [
        "meridian_channels.csv", "pymc_channels.csv", "meridian_experiments.csv", "pymc_lift_tests.csv"
    ]  # fmt: skip
    tests = (panel / "mix" / "pymc_lift_tests.csv").read_text().splitlines()
    assert tests[0] == '"channel","x","delta_x","delta_y","sigma"'
    assert tests[1].startswith('"micro",0,700,50,18.2')
    code, out, _ = asterism("measure export channels.csv --out mix")
    assert code == 0
    assert "Written:" in out


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("measure lift panel.csv --treated p0x --start 2026-03-12", 3, "no place `p0x`"),
        ("measure lift panel.csv --treated p00", 2, "Name the start"),
        ("measure lift panel.csv --treated p00 --start 2020-01-01", 3, "lies outside the panel"),
        ("measure lift panel.csv --treated p00 --start 2026-03-12 --method magic", 2, "no method `magic`"),
        ("measure lift creators.csv --treated p00 --start 2026-03-12", 3, "has no column"),
        ("measure lift nowhere.csv --treated p00 --start 2026-03-12", 3, "nowhere.csv"),
        ("measure power panel.csv --treated p00", 2, "Name --weeks 4, or --days 28"),
        ("measure power panel.csv --treated p00 --weeks 2 --effect five", 2, "`five` is no share"),
        ("measure export", 2, "nothing to hand on"),
        ("measure export panel.csv", 3, "no column `tier`"),
    ],
    ids=[
        "a stranger",
        "no start",
        "outside",
        "no method",
        "no panel",
        "no file",
        "no days",
        "no share",
        "nothing",
        "no channels",
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    panel: Path, asterism: Run, line: str, code: int, word: str
) -> None:
    refused(asterism(line), code, word)
