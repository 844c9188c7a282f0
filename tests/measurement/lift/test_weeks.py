"""Weekly tier channels and lift tests in the shapes that Meridian and PyMC-Marketing read."""

from datetime import date

import pyarrow as pa
import pytest

from asterism.errors import BadInput, MissingColumns
from asterism.measurement.lift import Lift
from asterism.measurement.lift.calibration import (
    MERIDIAN,
    NEEDED,
    PYMC,
    LiftTest,
    experiments,
    lift_test,
    measurements,
    read_tests,
)
from asterism.measurement.lift.panel import Panel, panel_of
from asterism.measurement.lift.weeks import for_meridian, for_pymc, partial_warning, reach_warning, weeks_of

CHANNELS = {
    "date": ["2026-03-02", "2026-03-08", "2026-03-09", "2026-03-23"],
    "tier": ["micro", "micro", "macro", "micro"],
    "spend": [100, 50, 900, 30],
    "impressions": [1000, 500, 9000, 300],
    "reach": [800, 450, 6000, 300],
}
FIGURES = {
    "location": ["boston"] * 28 + ["denver"] * 28,
    "date": [date(2026, 3, 2 + i).isoformat() for i in range(28)] * 2,
    "y": [1.0] * 28 + [2.0] * 28,
}


def rows(table: pa.Table) -> list[dict[str, object]]:
    return table.to_pylist()  # type: ignore[no-any-return]


def test_weeks_begin_on_monday_and_add_up() -> None:
    weeks = weeks_of(CHANNELS)
    assert [(w.monday, w.tier, w.spend, w.impressions, w.reach) for w in weeks] == [
        (date(2026, 3, 2), "micro", 150, 1500, 1250),
        (date(2026, 3, 9), "macro", 900, 9000, 6000),
        (date(2026, 3, 23), "micro", 30, 300, 300),
    ]
    assert weeks[0].frequency == pytest.approx(1.2)
    assert reach_warning(weeks) == "In 1 weeks the reach of several rows was added up, which counts people twice."
    assert reach_warning(weeks[1:]) == ""


def test_meridian_gets_every_tier_in_every_week() -> None:
    table = for_meridian(weeks_of(CHANNELS))
    assert table.column_names == [
        "geo", "time", "macro_impression", "macro_spend", "macro_reach", "macro_frequency",
        "micro_impression", "micro_spend", "micro_reach", "micro_frequency",
    ]  # fmt: skip
    assert [row["time"] for row in rows(table)] == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"]
    assert [row["micro_spend"] for row in rows(table)] == [150, 0, 0, 30]
    assert rows(table)[2]["micro_frequency"] == 0


def test_pymc_gets_the_spend_of_each_tier() -> None:
    table = for_pymc(weeks_of(CHANNELS), panel_of(FIGURES))
    assert table.column_names == ["date", "macro", "micro", "y"]
    assert [row["y"] for row in rows(table)] == [21, 21, 21, 21]


def test_places_of_channels_and_figures_meet() -> None:
    placed = CHANNELS | {"geo": ["boston", "boston", "denver", "denver"]}
    table = for_meridian(weeks_of(placed), panel_of(FIGURES))
    assert [(r["geo"], r["time"], r["kpi"]) for r in rows(table)][3:5] == [
        ("boston", "2026-03-23", 7), ("denver", "2026-03-02", 14)
    ]  # fmt: skip
    assert sum(r["macro_spend"] for r in rows(table)) == 900  # type: ignore[misc]
    assert for_pymc(weeks_of(placed), panel_of(FIGURES)).column_names == ["date", "geo", "macro", "micro", "y"]
    with pytest.raises(BadInput, match="The channels name `austin`, which has no figures; 1 places"):
        for_meridian(weeks_of(CHANNELS | {"geo": ["austin"] * 4}), panel_of(FIGURES))


def figures_of(first: date, last: date, step: int = 1) -> Panel:
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, step)]
    return panel_of({"location": ["boston"] * len(days), "date": days, "y": [1.0] * len(days)})


def test_weeks_that_the_figures_cover_in_part_are_left_out_and_said() -> None:
    """The figures go from a Wednesday to a Saturday; the channels begin a week earlier."""
    weeks = weeks_of(CHANNELS)
    figures = figures_of(date(2026, 3, 11), date(2026, 3, 28))
    table = for_pymc(weeks, figures)
    assert [(row["date"], row["y"]) for row in rows(table)] == [("2026-03-16", 7)]
    assert for_meridian(weeks, figures)["time"].to_pylist() == ["2026-03-16"]
    assert partial_warning(weeks, figures) == (
        "3 weeks are left out, since the figures do not cover them in full; from Monday: "
        "2026-03-02, 2026-03-09, 2026-03-23."
    )
    with pytest.raises(BadInput, match="cover no week in full"):
        for_pymc(weeks, figures_of(date(2026, 3, 10), date(2026, 3, 15)))


def test_figures_per_week_cover_their_weeks() -> None:
    figures = figures_of(date(2026, 3, 4), date(2026, 3, 25), 7)
    assert [row["y"] for row in rows(for_pymc(weeks_of(CHANNELS), figures))] == [1, 1, 1, 1]
    assert partial_warning(weeks_of(CHANNELS), figures) == ""


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"date": ["2026-03-02"], "tier": ["micro"]}, r"no column `spend`"),
        (CHANNELS | {"spend": [1, 2, -3, 4]}, r"Row 3 of the channels has no spend of 0 or more"),
        (CHANNELS | {"reach": [1, None, 3, 4]}, r"Row 2 of the channels has no reach"),
        (CHANNELS | {"tier": ["micro", "", "macro", "micro"]}, r"Row 2 has no tier"),
    ],
    ids=["no spend", "below zero", "an empty cell", "no tier"],
)
def test_channels_that_cannot_be_used_are_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        weeks_of(given)


def test_no_channels_are_no_export() -> None:
    with pytest.raises(BadInput, match="no channels"):
        for_meridian(())


TEST = LiftTest("micro", date(2026, 3, 2), date(2026, 3, 15), incremental=400.0, error=100.0, spend=2000.0, usual=50.0)


def test_a_lift_becomes_a_measurement_per_week() -> None:
    table, said = measurements([TEST])
    assert tuple(table.column_names) == PYMC
    assert rows(table) == [{"channel": "micro", "x": 50, "delta_x": 1000, "delta_y": 200, "sigma": 50}]
    assert said == ()


def test_a_lift_below_nothing_is_left_out_and_said() -> None:
    worse = LiftTest("macro", TEST.start, TEST.end, -10.0, 5.0, 100.0)
    table, said = measurements([TEST, worse])
    assert table.num_rows == 1
    assert said == ("The test of macro found no lift above 0, which PyMC-Marketing cannot take: left out.",)


def test_meridian_gets_the_return_on_what_was_spent() -> None:
    table = experiments([TEST], revenue=True)
    assert tuple(table.column_names) == MERIDIAN
    assert rows(table) == [
        {"channel_name": "micro", "point_estimate": 0.2, "standard_error": 0.05, "experiment_kpi_type": "revenue",
         "experiment_total_spend": 2000, "experiment_start_date": "2026-03-02", "experiment_end_date": "2026-03-15"}
    ]  # fmt: skip
    assert rows(experiments([TEST], revenue=False))[0]["experiment_kpi_type"] == "non-revenue"


LIFT = Lift(0.1, 0.1 - 0.01645, 0.1 + 0.01645, 1000.0, 0.01, 0.9, "synthetic", ("boston",), TEST.start, TEST.end, 9,
            "clear", "")  # fmt: skip


def test_a_lift_is_a_test_with_its_standard_error() -> None:
    made = lift_test("micro", LIFT, spend=500)
    assert (made.incremental, made.spend, made.weeks) == (pytest.approx(100), 500, 2)
    assert made.error == pytest.approx(10, rel=1e-3)


def test_tests_are_read_by_the_names_a_lift_gives_them() -> None:
    table = {name: [value] for name, value in LIFT.to_dict().items() if name in NEEDED}
    (read,) = read_tests(table | {"channel": ["micro"], "spend": ["500"]})
    assert read == lift_test("micro", LIFT, 500.0)
    (read,) = read_tests(table | {"channel": ["micro"], "spend": [500], "usual": [20]})
    assert read.usual == 20
    with pytest.raises(MissingColumns, match="no column `channel` and no column `spend`"):
        read_tests(table)
    with pytest.raises(BadInput, match="A lift test has no spend"):
        read_tests(table | {"channel": ["micro"], "spend": [None]})


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"end": date(2026, 3, 1)}, "ends"), ({"spend": 0.0}, "spent nothing"), ({"error": 0.0}, "has no range")],
    ids=["backwards", "free", "exact"],
)
def test_a_test_that_cannot_be_is_refused(changed: dict[str, object], says: str) -> None:
    given = {"channel": "micro", "start": TEST.start, "end": TEST.end, "incremental": 1.0, "error": 1.0, "spend": 1.0}
    with pytest.raises(BadInput, match=says):
        LiftTest(**(given | changed))  # type: ignore[arg-type]
