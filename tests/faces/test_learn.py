"""`asterism learn` from the command line."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from asterism.creators.tables import CREATORS, OUTCOMES, RATES
from asterism.reports.sheets import table_csv
from tests.faces.asking import Run, refused
from tests.learning.made import campaigns, creators, quote, table
from tests.learning.test_experiments import PLAN

WHO = creators(12, followers=[50_000] * 12)
FILES = "--creators who.csv --outcomes done.csv --rates asked.csv"


@pytest.fixture
def results(folder: Path) -> Path:
    done = campaigns(np.random.default_rng(1), WHO, 6, click=0.05, per=6)
    (folder / "who.csv").write_bytes(table_csv(table(WHO, CREATORS)))
    (folder / "done.csv").write_bytes(table_csv(table(done, OUTCOMES)))
    (folder / "asked.csv").write_bytes(table_csv(table([quote(w, "1 post", 300.0) for w in WHO], RATES)))
    (folder / "plan.json").write_text(json.dumps(PLAN))
    return folder


def test_results_become_priors_that_the_next_plan_reads(results: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"learn {FILES} --out learnt.toml")
    assert code == 0
    said = " ".join(out.split())
    assert said.startswith("After 6 campaigns: clicks per person reached came out ")
    assert "benchmarks moved" in said
    assert "click.any" not in out
    assert (results / "learnt.toml").read_text().startswith('["')
    (results / "posts.csv").write_text("post_id,creator_id,platform,format,posted_at,likes,comments\n"
                                       f"p,{WHO[0]['creator_id']},instagram,post,2026-10-01,5,1\n")  # fmt: skip
    (results / "brief.toml").write_text('goal = "awareness"\nbudget = "3000 USD"\n')
    said = " ".join(asterism("plan brief.toml --creators who.csv --priors learnt.toml")[1].split())
    assert re.search(r"start from own figures: learnt\.toml, [1-9]\d* of \d+ figures own\.", said)
    assert "own figures" not in asterism("plan brief.toml --creators who.csv")[1]
    assert asterism("forecast --posts posts.csv --creators who.csv --priors learnt.toml")[0] == 0
    refused(asterism(f"learn {FILES} --priors learnt.toml"), 2, "Those priors were learnt")


def test_programs_get_entries_with_their_evidence(results: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"learn {FILES} --json")
    found = json.loads(out)
    assert code == 0
    (click,) = [u for u in found["updates"] if u["name"] == "click.any"]
    assert (click["campaigns"], click["used"]) == (6, True)
    assert click["sizes"][0]["before"]["mean"] == 0.018
    assert found["entries"]["click.any"]["quality"] == "own"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (f"learn rebook {FILES} --margin 0.5", "orders for"),
        (f"learn next --budget 1500 --waves 4 {FILES}", "to be among the best"),
        ("learn experiments plan.json", "Knowing everything before the start"),
    ],
    ids=["rebook", "next", "experiments"],
)
def test_each_question_has_an_answer_for_people_and_for_programs(
    results: Path, asterism: Run, line: str, word: str
) -> None:
    code, out, _ = asterism(line)
    assert code == 0
    assert word in " ".join(out.split())
    code, out, _ = asterism(f"{line} --json")
    assert code == 0
    assert json.loads(out)


@pytest.mark.parametrize("line", ["learn", "learn rebook", "learn next --budget 1500"])
def test_what_nothing_is_learnt_from_is_said(results: Path, asterism: Run, line: str) -> None:
    """A creator of unknown size, one whom nobody knows, and a cost that is no figure."""
    who, done = (results / name for name in ("who.csv", "done.csv"))
    columns = who.read_text().splitlines()[0].replace('"', "").split(",")
    cells = {"creator_id": "small", "platform": "instagram"}
    who.write_text(who.read_text() + ",".join(cells.get(name, "") for name in columns) + "\n")
    fields = done.read_text().splitlines()[0].replace('"', "").split(",")
    rows = [{"creator_id": name, "campaign": "x", "cost": cost} for name, cost in (("small", "9"), ("nobody", "lots"))]
    done.write_text(done.read_text() + "".join(",".join(row.get(f, "") for f in fields) + "\n" for row in rows))
    code, out, _ = asterism(f"{line} {FILES}")
    said = " ".join(out.partition("Nothing is learnt from")[2].split())
    assert code == 0
    assert "1 of 38 rows of outcomes name a creator" in said
    assert "1 value could not be read" in said
    assert "outcomes are of creators whose followers nobody knows" in said


def test_a_margin_may_be_said_in_per_cent(results: Path, asterism: Run) -> None:
    percent, share = (asterism(f"learn rebook {FILES} --margin {margin}") for margin in ("40%", "0.4"))
    assert percent == share
    assert percent[0] == 0


def test_rebooking_without_a_margin_says_that_it_takes_all_for_it(results: Path, asterism: Run) -> None:
    without, stated = (asterism(f"learn rebook {FILES}{more}")[1] for more in ("", " --margin 0.5"))
    assert "state what is left, as --margin 40%" in " ".join(without.split())
    assert "--margin" not in stated


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("learn --outcomes done.csv", 2, "Tables were named without creators"),
        ("learn --creators who.csv", 3, "no results to learn from"),
        ("learn rebook --creators who.csv --outcomes done.csv --margin 0", 3, "margin of 0"),
        (f"learn rebook {FILES} --margin 40", 2, "`40` is no share. Write it as in `5%` or `0.05`"),
        (f"learn next --budget 5 {FILES}", 3, "Nobody can be booked for 5"),
        ("learn experiments who.csv", 3, "Mend the TOML"),
    ],
    ids=["outcomes alone", "nothing", "no margin", "a bare margin", "too little", "a table"],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    results: Path, asterism: Run, line: str, code: int, word: str
) -> None:
    refused(asterism(line), code, word)
