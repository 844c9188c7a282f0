"""No text of ours is run by a spreadsheet, whichever file it stands in."""

import csv
import io

import pyarrow as pa
import pytest

from asterism.reports.sheets import table_csv

NASTY = (
    '=HYPERLINK("http://a.example")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "\n+1",
    "=cmd|' /C calc'!A0",
)
KINDS = {
    "text": pa.string(), "long text": pa.large_string(), "text in a dictionary": pa.dictionary(pa.int32(), pa.string()),
}  # fmt: skip


def cells(content):
    return [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_cell_of_a_csv_begins_as_a_formula(kind):
    table = pa.table({"=name": pa.array([*NASTY, "micro", "a=1"]).cast(kind)})
    found = cells(table_csv(table))
    assert len(found) == len(NASTY) + 3
    assert all(cell.startswith("'") for cell in found[: len(NASTY) + 1])
    assert found[-2:] == ["micro", "a=1"]


def test_figures_below_zero_stay_figures():
    assert cells(table_csv(pa.table({"profit": [-2.5]}))) == ["profit", "-2.5"]


def test_a_separator_in_a_text_opens_no_new_cell():
    assert b'"a;=1+1,=2"' in table_csv(pa.table({"name": ["a;=1+1,=2"]}))
