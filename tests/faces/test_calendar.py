"""`asterism plan --calendar`: every post's day in a file, or one line that says why not."""

import json
import re
from pathlib import Path

from tests.faces.asking import BRIEF, PLAN, Run, refused, tree

DATED = f"{BRIEF}start = 2026-12-01\nblackout = [2026-12-24]\n"


def test_the_calendar_holds_the_days_of_the_plan(asterism: Run, folder: Path):
    (folder / "brief.toml").write_text(DATED)
    code, out, err = asterism(f"{PLAN} --calendar posts.ics --json")
    assert (code, err) == (0, "")
    plan, text = json.loads(out), (folder / "posts.ics").read_bytes().decode()
    days = [post["date"].replace("-", "") for flight in plan["flights"] for post in flight["posts"]]
    found = re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\n", text)
    assert sorted(found) == sorted(["20261201", *days])
    assert "20261224" not in days
    assert {f["creator_id"] for f in plan["flights"]} == {p["creator_id"] for p in plan["picks"]}


def test_people_are_told_where_the_calendar_is(asterism: Run, folder: Path):
    (folder / "brief.toml").write_text(DATED)
    code, out, _ = asterism(f"{PLAN} --calendar posts.ics")
    assert code == 0
    assert "Calendar: posts.ics" in out


def test_a_plan_without_dates_has_no_calendar(asterism: Run, folder: Path):
    before = tree(folder)
    refused(asterism(f"{PLAN} --calendar posts.ics"), 2, "has no dates", "start")
    assert tree(folder) == before


def test_a_calendar_by_another_name_is_refused_before_the_work(asterism: Run, folder: Path):
    refused(asterism(f"{PLAN} --calendar posts.txt"), 2, "posts.txt", ".ics")


def test_a_blackout_of_everything_is_infeasible(asterism: Run, folder: Path):
    (folder / "brief.toml").write_text(
        f"{BRIEF}start = 2026-12-01\nweeks = 2\nblackout = {{ from = 2026-12-01, to = 2027-01-01 }}\n"
    )
    refused(asterism(PLAN), 1, "blackout", "start")
