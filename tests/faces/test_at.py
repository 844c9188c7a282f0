"""`plan --at` as a person types it: today's plan, tomorrow's import, today's plan again."""

import json
from pathlib import Path

from tests.faces.asking import CREATORS, Run, refused

AGAIN = "plan brief.toml --catalogue kept --json"


def test_an_earlier_plan_is_printed_again(folder: Path, asterism: Run) -> None:
    asterism("import creators.csv --catalogue kept")
    code, first, _ = asterism(AGAIN)
    assert code == 0
    (folder / "plan.json").write_text(first)
    (folder / "more.csv").write_text(CREATORS.replace(",5000,", ",90000,").replace("c3,", "d3,"))
    asterism("import more.csv --catalogue kept")
    assert asterism(AGAIN)[1] != first
    assert asterism(f"{AGAIN} --at plan.json")[:2] == (0, first)
    assert asterism(f"{AGAIN} --at {json.loads(first)['versions']['creators'].removeprefix('delta:')}")[1] == first


def test_a_version_that_never_was_is_refused_in_one_line(folder: Path, asterism: Run) -> None:
    asterism("import creators.csv --catalogue kept")
    refused(asterism("plan brief.toml --catalogue kept --at 99"), 3, "no version 99", "Versions run from 0 to")
    refused(asterism("plan brief.toml --catalogue kept --at yesterday"), 3, "no plan, version or time `yesterday`")
    refused(asterism("plan brief.toml --catalogue kept --at 2998-01-01"), 3, "lies in the future")
