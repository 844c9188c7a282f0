from datetime import date, datetime

import numpy as np
import pytest

from asterism.errors import BadInput
from asterism.measurement.lift.panel import Panel
from asterism.measurement.lift.trial import day_of, trial_of
from tests.measurement.lift.regions import regions


@pytest.fixture(scope="module")
def panel() -> Panel:
    """Five places from 1 January to 1 March 2026; the last had nothing in January."""
    made = regions("independent", 60, 5, np.random.default_rng(0))
    made.y[:31, 4] = 0
    return made


@pytest.mark.parametrize(
    ("start", "before"),
    [("2026-02-01", 31), (date(2026, 2, 1), 31), (datetime(2026, 2, 1, 9), 31), ("2026-02-01T00:00", 31)],  # noqa: DTZ001
    ids=["text", "day", "time", "text of a time"],
)
def test_what_stands_before_the_start_is_untouched(panel: Panel, start: date, before: int) -> None:
    trial = trial_of(panel, ["p01", "P00"], start)
    assert (trial.before, trial.after, trial.places) == (before, 60 - before, ("p00", "p01"))
    assert trial.y.tolist() == (panel.y[:, 0] + panel.y[:, 1]).tolist()


def test_places_that_had_nothing_before_stand_in_for_nobody(panel: Panel) -> None:
    assert trial_of(panel, ["p00"], "2026-02-01").controls == (1, 2, 3)
    assert trial_of(panel, ["p00"], "2026-02-10").controls == (1, 2, 3, 4)


def test_an_end_cuts_the_panel_after_its_day(panel: Panel) -> None:
    trial = trial_of(panel, ["p00"], "2026-02-01", "2026-02-14")
    assert (trial.after, trial.panel.days[-1]) == (14, date(2026, 2, 14))


def test_another_place_in_its_stead_never_meets_the_treated_one(panel: Panel) -> None:
    trial = trial_of(panel, ["p00"], "2026-02-10")
    other = trial.elsewhere((2,))
    assert (other.treated, other.controls) == ((2,), (1, 3, 4))
    past = trial.earlier(20, 5)
    assert (past.before, past.after, past.panel.days[-1]) == (20, 5, date(2026, 1, 25))


@pytest.mark.parametrize(
    ("treated", "start", "end", "says"),
    [
        (["p00"], "2025-12-31", None, r"start 2025-12-31 lies outside the panel, which covers 2026-01-01 to"),
        (["p00"], "2026-03-02", None, r"lies outside"),
        (["p00"], "2026-01-05", None, r"4 rows before 2026-01-05, and 8 are the least"),
        (["p00"], "in spring", None, r"start `in spring` is no day"),
        (["p00"], "2026-02-01", "2026-04-01", r"end 2026-04-01 lies outside"),
        (["p00"], "2026-02-01", "2026-01-20", r"start 2026-02-01 lies outside"),
        (["p04"], "2026-02-01", None, r"`p04` had nothing before"),
        (["p0"], "2026-02-01", None, r"no place `p0`\. Did you mean `p0"),
        ([], "2026-02-01", None, r"No treated place"),
    ],
    ids=["before the panel", "after it", "too early", "no day", "end outside", "end before the start", "nothing before",
         "a slip", "nobody"],
)  # fmt: skip
def test_a_trial_that_cannot_be_is_refused(
    panel: Panel, treated: list[str], start: str, end: str | None, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        trial_of(panel, treated, start, end)


def test_a_day_between_two_weeks_starts_with_the_next_row() -> None:
    days = tuple(date.fromordinal(date(2026, 1, 5).toordinal() + 7 * i) for i in range(20))
    weekly = Panel(days, ("a", "b"), np.ones((20, 2)))
    trial = trial_of(weekly, ["a"], "2026-03-18")
    assert trial.panel.days[trial.before] == date(2026, 3, 23)
    assert day_of(date(2026, 3, 1), "start") == date(2026, 3, 1)
