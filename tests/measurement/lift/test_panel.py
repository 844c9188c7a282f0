import math
from datetime import date, datetime, timedelta

import pandas as pd
import pyarrow as pa
import pytest

from asterism.errors import BadInput, MissingColumns
from asterism.measurement.lift.panel import panel_of, place_numbers

DAYS = [date(2026, 3, d) for d in range(1, 11)]


def table(**changed: object) -> dict[str, object]:
    """Two places over ten days, `a` with 1 … 10 and `b` with 11 … 20."""
    rows = {"location": ["a"] * 10 + ["b"] * 10, "date": [*DAYS, *DAYS], "y": [float(i) for i in range(1, 21)]}
    return {**rows, **changed}


def with_row(row: int, column: str, value: object) -> dict[str, object]:
    """The table with one cell changed."""
    made = table()
    made[column] = [value if i == row else old for i, old in enumerate(made[column])]  # type: ignore[arg-type, var-annotated]
    return made


def without_rows(*rows: int) -> dict[str, object]:
    return {name: [v for i, v in enumerate(values) if i not in rows] for name, values in table().items()}  # type: ignore[arg-type, var-annotated]


def capitals() -> dict[str, object]:
    made = table()
    return {"Y": made["y"], "Location": made["location"], "DATE": made["date"]}


def wide() -> dict[str, object]:
    return {"time": DAYS, "a": list(range(1, 11)), "b": list(range(11, 21))}


@pytest.mark.parametrize(
    "given",
    [
        table(),
        pa.table(table()),
        pd.DataFrame(table()),
        capitals(),
        table(date=[day.isoformat() for day in (*DAYS, *DAYS)]),
        table(date=[datetime(day.year, day.month, day.day, 7) for day in (*DAYS, *DAYS)]),  # noqa: DTZ001
        table(y=[str(i) for i in range(1, 21)]),
        {name: values[::-1] for name, values in table().items()},  # type: ignore[index]
        pa.table(table()).set_column(0, "location", pa.array(["a"] * 10 + ["b"] * 10).dictionary_encode()),
        pa.table(table()).set_column(0, "location", pa.array(["a"] * 10 + ["b"] * 10, pa.string_view())),
        wide(),
    ],
    ids=["mapping", "arrow", "pandas", "capitals", "texts for days", "times", "texts for figures", "backwards",
         "dictionary", "string view", "one column per place"],
)  # fmt: skip
def test_a_panel_is_read_from_any_table(given: object) -> None:
    panel = panel_of(given)
    assert panel.places == ("a", "b")
    assert panel.days == tuple(DAYS)
    assert panel.y.T.tolist() == [list(map(float, range(1, 11))), list(map(float, range(11, 21)))]
    assert panel.step == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (without_rows(3), r"`a` has no 2026-03-04\. Add the rows"),
        (without_rows(3, 4, 17), r"`a` has no 2026-03-04 and 1 more day.*; `b` has no 2026-03-08"),
        (without_rows(3, 13), r"goes from 2026-03-03 to 2026-03-05, though 1 day"),
        (with_row(5, "y", -1.0), r"figure of `a` on 2026-03-06 is below zero; 1 of 20"),
        (with_row(5, "y", math.nan), r"figure of `a` on 2026-03-06 is no number"),
        (with_row(5, "y", math.inf), r"is no number"),
        (with_row(5, "y", None), r"is no number"),
        (table(y=["much"] * 20), r"is no number; 20 of 20"),
        (with_row(3, "date", date(2026, 3, 3)), r"`a` stands 2 times on 2026-03-03"),
        (with_row(3, "date", None), r"Row 4 has no date"),
        (with_row(3, "location", None), r"Row 4 has no location"),
        (with_row(3, "location", "  "), r"Row 4 has no location"),
        (table(date=[1.5] * 20), r"dates are no dates"),
        (table(y=[[1]] * 20), r"column y holds no numbers"),
        (pa.table(table()).slice(0, 0), r"has no rows"),
        (pa.table(table()).slice(0, 3), r"covers 3 days"),
        ({"location": ["a"], "date": ["2026-03-01", "2026-03-02"], "y": [1]}, r"cannot be read"),
        (7, r"cannot be read"),
    ],
    ids=["a place lacks a day", "several lack days", "a day is skipped", "below zero", "nan", "infinite", "empty",
         "words", "copies", "no date", "no place", "blank place", "numbers for days", "lists", "no rows", "too short",
         "uneven columns", "no table"],
)  # fmt: skip
def test_what_is_no_panel_is_refused_with_the_place_and_the_day(given: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        panel_of(given)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"location": ["a"], "when": ["2026-03-01"], "y": [1]}, ("date",)),
        ({"location": ["a"], "date": ["2026-03-01"]}, ("y",)),
        ({"date": ["2026-03-01"], "y": [1]}, ("location",)),
        ({"date": ["2026-03-01"]}, ("y",)),
    ],
    ids=["no date", "no y", "no location", "dates alone"],
)
def test_a_column_that_is_not_there_is_named(given: dict[str, object], lacks: tuple[str, ...]) -> None:
    with pytest.raises(MissingColumns, match=r"date|`y`|`location`") as told:
        panel_of(given)
    assert told.value.columns == lacks


def test_weeks_and_months_are_even_too() -> None:
    weeks = [date(2026, 1, 5) + timedelta(days=7 * i) for i in range(9)]
    assert panel_of({"location": ["a"] * 9, "date": weeks, "y": [1.0] * 9}).step == 7
    months = [date(2026, m, 1) for m in range(1, 10)]
    assert panel_of({"location": ["a"] * 9, "date": months, "y": [1.0] * 9}).step in range(28, 32)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [(["c"], r"no place `c`\. Known: a, b"), ([], r"No treated place")],
    ids=["a stranger", "nobody"],
)
def test_places_that_are_not_there_are_refused(wanted: list[str], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        place_numbers(panel_of(table()), wanted)


def test_places_are_found_whatever_their_case_and_once() -> None:
    assert place_numbers(panel_of(table()), ["B", "b", " a"]) == (0, 1)
    assert place_numbers(panel_of(table()), "b") == (1,)
