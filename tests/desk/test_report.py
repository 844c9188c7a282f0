"""Saving a plan: the kind of file its name asks for, whole or not at all."""

from pathlib import Path

import pyarrow as pa
import pytest

from asterism.brief import Brief
from asterism.desk.plan import plan
from asterism.desk.report import report_kind, save_profiles, save_report
from asterism.errors import OutsideFailure, WrongUsage
from asterism.planning.plan import Plan
from asterism.quantities import Interval
from asterism.signals.profile import Profile


@pytest.fixture(scope="module")
def small() -> Plan:
    """A plan with two creators to choose from."""
    table = pa.table({"creator_id": ["a", "b"], "platform": ["instagram"] * 2, "followers": [9_000, 50_000]})
    return plan(table, Brief(goal="awareness", budget="900 USD"))


STARTS = {
    "page.html": b"<!doctype html>",
    "PAGE.HTML": b"<!doctype html>",
    "book.v2.xlsx": b"PK\x03\x04",
    "plan.PDF": b"%PDF-",
}


@pytest.mark.parametrize(("name", "start"), STARTS.items(), ids=list(STARTS))
def test_a_name_says_what_is_written(small: Plan, tmp_path: Path, name: str, start: bytes) -> None:
    path = tmp_path / "not yet there" / name
    assert save_report(small, path) == path
    assert path.read_bytes().startswith(start)
    assert [p.name for p in path.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["plan.pdfx", "plan", "plan.htm", ".html", "html", "plan.xls", "plan.html.zip"])
def test_another_name_is_told_what_can_be_written(small: Plan, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage, match=r"a page, a PDF or a workbook\. Name it \.html .*\.pdf .* or \.xlsx"):
        report_kind(Path(name))
    with pytest.raises(WrongUsage, match="cannot be written as"):
        save_report(small, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_report_is_left_alone(small: Plan, tmp_path: Path) -> None:
    (tmp_path / "plan.html").mkdir()
    with pytest.raises(OutsideFailure, match="cannot be written"):
        save_report(small, tmp_path / "plan.html")
    assert [p.name for p in tmp_path.rglob("*")] == ["plan.html"]


def test_every_creator_has_a_page_of_its_own_whatever_the_handle(tmp_path: Path) -> None:
    handles = ["a b", "a_b", "A_b", "../../x", "é" * 300, "é" * 299]
    none = Interval(0.5, 0.4, 0.6)
    profiles = [
        Profile(h, h, "", "x", "nano", "", "", "", None, None, "", none, "", none, "", "", None) for h in handles
    ]
    paths = save_profiles(profiles, tmp_path / "pages")
    assert [path.name for path in paths[:4]] == ["x-a_b.html", "x-a_b-2.html", "x-A_b-3.html", "x-_.._x.html"]
    assert all(f"@{h}" in path.read_text() for h, path in zip(handles, paths, strict=True))
    assert len(list((tmp_path / "pages").iterdir())) == len({path.name.casefold() for path in paths}) == 6
