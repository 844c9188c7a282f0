"""The workbook is judged by reading it back with another library."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from asterism.creators.tables import Reject
from asterism.planning.plan import Flight, Plan, Post
from asterism.reports.spreadsheet_safety import inert
from asterism.reports.workbook import plan_workbook

NAMES = ["Verdict", "Picks", "Calendar", "Alternatives", "Forecast", "Evidence", "Rejects"]


def tables(plan: Plan) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(plan_workbook(plan)))
    assert book.sheet_names == NAMES
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def column(table: list[list[object]], name: str) -> list[object]:
    at = table[0].index(name)
    return [row[at] for row in table[1:]]


def test_numbers_come_back_as_numbers(plan: Plan) -> None:
    read = tables(plan)
    assert column(read["Picks"], "fee, USD") == [p.price.interval.mean for p in plan.picks]
    assert column(read["Picks"], "fee, USD, high") == [p.price.interval.high for p in plan.picks]
    assert column(read["Picks"], "adds, buyers") == pytest.approx([p.gain for p in plan.picks])
    assert column(read["Alternatives"], "buyers") == [a.value.mean for a in plan.verdict.alternatives]
    assert column(read["Forecast"], "mean") == [65200, 198000, 5830, 412, -1240.5, 31200, 17400, 9300, 7300]
    spent = next(row for row in read["Verdict"] if row[0] == "Spent")
    assert spent[1:] == [19640.5, "", "", "USD"]


def test_every_reject_is_in_the_workbook(plan: Plan) -> None:
    assert len(tables(plan)["Rejects"]) == 1 + len(plan.rejects)


def test_reasons_and_dates_come_along(plan: Plan) -> None:
    read = tables(plan)
    assert "27% of the audience" in str(column(read["Picks"], "reasons")[0])
    notes = [str(row[4]) for row in read["Verdict"] if row[0] == "Phase"]
    assert notes[0] == "2026-12-01 to 2026-12-14; awareness; 8000.00 USD; macro"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\tmicro", "' micro"),
        ("＝1", "'＝1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ("\x00=1", "'=1"),
        ("micro", "micro"),
        ("a=1", "a=1"),
        ("–", "–"),
        ("", ""),
    ],
    ids=repr,
)
def test_text_that_a_spreadsheet_could_run_is_neutralised(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_no_cell_of_a_hostile_plan_is_a_formula_or_a_link(plan: Plan) -> None:
    nasty = ("=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3", "@@SUM(A1)", "\t=1", "\r=1", "http://a.example", "{=1}")
    picks = tuple(
        replace(p, handle=n, package=n, creator_id=n, niche=n, tier=n, reasons=(n,))
        for p, n in zip(plan.picks, nasty, strict=False)
    )
    hostile = replace(
        plan,
        name="=1",
        picks=picks,
        warnings=nasty,
        evidence={n: n for n in nasty},
        versions={n: n for n in nasty},
        rejects=tuple(Reject(n, 1, n, n, n) for n in nasty),
        verdict=replace(plan.verdict, sentence="=1"),
    )
    for table in tables(hostile).values():
        for cell in (cell for row in table for cell in row if isinstance(cell, str)):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    with zipfile.ZipFile(BytesIO(plan_workbook(hostile))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")}
    assert len(parts) == len(NAMES)
    assert not any("<f>" in part or "<f " in part or "hyperlink" in part for part in parts.values())


def test_a_handle_stands_without_its_sign_so_that_it_needs_no_apostrophe(plan: Plan) -> None:
    assert column(tables(plan)["Picks"], "handle")[0] == "lena.bakes"


def test_the_head_is_frozen_and_columns_have_widths(plan: Plan) -> None:
    with zipfile.ZipFile(BytesIO(plan_workbook(plan))) as book:
        for name in (n for n in book.namelist() if n.startswith("xl/worksheets/sheet")):
            part = book.read(name).decode()
            assert 'ySplit="1"' in part
            assert 'state="frozen"' in part
            assert "customWidth" in part


def test_the_same_plan_is_the_same_bytes_and_knows_no_clock(plan: Plan) -> None:
    first = plan_workbook(plan)
    with zipfile.ZipFile(BytesIO(first)) as book:
        assert "1980-01-01T00:00:00Z" in book.read("docProps/core.xml").decode()
    assert first == plan_workbook(plan)


def test_an_edge_plan_is_a_workbook_too(edge_plan: Plan) -> None:
    read = tables(edge_plan)
    assert read["Rejects"] == [["file", "row", "column", "value", "reason"]]
    assert "week 1" in str([row[4] for row in read["Verdict"] if row[0] == "Phase"])
    assert column(read["Alternatives"], "why empty")[0] == "No nano creator is in the table."


def test_the_calendar_sheet_holds_every_post_by_date(plan: Plan) -> None:
    posts = (Post("reel", 2, date(2026, 12, 9)), Post("story", 1, date(2026, 12, 1)))
    read = tables(replace(plan, flights=(Flight("c1", "@ann", "instagram", "open", "1 reel + 1 story", posts),)))
    assert read["Calendar"][1:] == [
        [date(2026, 12, 1), 1, "ann", "instagram", "story", "open"],
        [date(2026, 12, 9), 2, "ann", "instagram", "reel", "open"],
    ]
