"""Lift from tables and files: what the contract promises, on simulated regions and on the public panels."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import asterism as ast
from asterism.desk.lift import Asked, lift, lift_by_tier, lift_file, power, power_file, read_panel
from asterism.errors import AsterismError, BadInput, WrongUsage
from asterism.measurement.lift import How
from tests.measurement.lift.regions import long_table, planted, regions

GEO = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geolift"


@pytest.fixture(scope="module")
def table() -> dict[str, list[object]]:
    """Eighty days of fifteen places; p00 and p01 sell 30% more from 12 March 2026 on."""
    made = regions("independent", 80, 15, np.random.default_rng(6))
    return long_table(planted(made, (0, 1), 70, 0.3))


@pytest.fixture(scope="module")
def file(table: dict[str, list[object]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same as a file."""
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["Location", "Y", "date"])
        writer.writerows(zip(table["location"], table["y"], table["date"], strict=True))
    return str(path)


def test_the_front_door_gives_a_lift(table: dict[str, list[object]]) -> None:
    found = ast.lift(table, treated=["p00", "p01"], start="2026-03-12", level=0.9)
    assert found.low < 0.3 < found.high
    assert found.verdict == "clear"
    assert found == lift(pd.DataFrame(table), ["P00", "p01"], pd.Timestamp("2026-03-12"))


def test_a_file_gives_the_lift_of_its_table(table: dict[str, list[object]], file: str) -> None:
    found = lift_file(file, Asked(("p00,p01",), "2026-03-12"))
    assert found[""].effect == pytest.approx(lift(table, ["p00", "p01"], "2026-03-12").effect)


def test_tiers_are_named_beside_their_places(table: dict[str, list[object]], file: str) -> None:
    found = lift_file(file, Asked(("micro=p00", "macro=p01,"), "2026-03-12"))
    assert found == lift_by_tier(read_panel(file), {"micro": ["p00"], "macro": ["p01"]}, "2026-03-12")
    assert lift_by_tier(table, {"micro": ["p00"]}, "2026-03-12")["micro"].treated == ("p00",)


def test_a_place_may_be_called_with_a_comma_or_an_equals_sign(tmp_path: Path) -> None:
    made = regions("independent", 40, 4, np.random.default_rng(1))
    renamed = type(made)(made.days, ("Washington, DC", "a=b", "p02", "p03"), made.y)
    path = tmp_path / "panel.csv"
    pd.DataFrame(long_table(renamed)).to_csv(path, index=False)
    found = lift_file(str(path), Asked(("washington, dc", "a=b"), "2026-02-01", how=How(method="differences")))
    assert found[""].treated == ("Washington, DC", "a=b")


def test_posts_of_several_days_go_by_the_series(file: str) -> None:
    asked = Asked(("p05",), posts=("2026-02-01", "2026-02-20"), lasting=5)
    assert lift_file(file, asked)[""].method == "series"
    found = lift(read_panel(file), ["p05"], ["2026-02-01", "2026-02-20"], lasting=5)
    assert found.method == "series"


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (Asked(("p00",)), WrongUsage, "Name the start, or the posts' days"),
        (Asked(("p00",), "2026-03-12", posts=("2026-03-12",)), WrongUsage, "Name the start"),
        (Asked(("micro=p00", "p01"), "2026-03-12"), WrongUsage, "Some treated places have a tier"),
        (Asked(("micro=p00",), posts=("2026-03-12",), lasting=3), WrongUsage, "do not go together"),
        (Asked(("p00",), posts=("2026-03-12",)), BadInput, "No post was named, or none that works"),
        (Asked(("p99",), "2026-03-12"), BadInput, "no place `p99`"),
    ],
    ids=["no start", "both", "tiers and none", "tiers and posts", "posts without days", "a stranger"],
)
def test_what_cannot_be_asked_of_a_file_is_refused(file: str, asked: Asked, error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        lift_file(file, asked)


def test_no_start_is_refused_in_words(table: dict[str, list[object]]) -> None:
    with pytest.raises(WrongUsage, match="No start was named"):
        lift(table, ["p00"])
    with pytest.raises(WrongUsage, match="neither a day nor several"):
        lift(table, ["p00"], 7)  # type: ignore[arg-type]


def test_power_is_told_before_a_test_runs(table: dict[str, list[object]], file: str) -> None:
    found = power(table, ["p05", "p06"], 14, 0.1)
    assert found.enough
    assert found.days == 14
    assert power_file(file, ["p05,p06"], 14, 0.1, 0.9) == found
    assert power(table, ["p05", "p06"], 14, 0.001).share < 0.3


@pytest.mark.parametrize(
    ("treated", "days", "says"),
    [(["p05"], 0, "shorter than a row"), (["p05"], 75, "too few to try"), (["p99"], 14, "no place")],
    ids=["no days", "too many", "a stranger"],
)
def test_a_test_that_cannot_be_planned_is_refused(
    table: dict[str, list[object]], treated: list[str], days: int, says: str
) -> None:
    with pytest.raises(AsterismError, match=says):
        power(table, treated, days)


def public(name: str) -> str:
    if not (GEO / name).is_file():
        pytest.skip("shared/data/geolift does not stand beside the repository")
    return str(GEO / name)


@pytest.mark.shared
def test_the_forty_cities_give_four_to_seven_percent_and_the_placebos_say_it_is_not_clear() -> None:
    found = ast.lift(read_panel(public("GeoLift_Test.csv")), treated=["chicago", "portland"], start="2021-04-01")
    assert 0.04 <= found.effect <= 0.07
    assert found.low <= 0.054 <= found.high
    assert next(check for check in found.checks if check.name == "power").passed
    space = next(check for check in found.checks if check.name == "placebos in space")
    assert (space.passed, found.verdict) == (False, "not clear")


@pytest.mark.shared
def test_denmark_gained_four_to_eight_percent_for_certain() -> None:
    found = ast.lift(read_panel(public("causalpy_geolift.csv")), treated=["Denmark"], start="2022-01-01")
    assert 0.04 <= found.effect <= 0.08
    assert found.low > 0
    assert found.verdict == "clear"
