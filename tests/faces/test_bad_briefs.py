"""Briefs that cannot be planned: where, what to change, and by how much at the least."""

import json
import re
from pathlib import Path

import pytest

from tests.faces.asking import BRIEF, CREATORS, PLAN, Answer, Run, refused, tree

BRIEFS = {
    "no fields": ("", 3, "holds no fields"),
    "no text": ("\x00\x01\x02" * 300, 3, "is not text"),
    "TOML": ('goal = "awareness"\nbudget = 20 USD\n', 3, "line 2"),
    "JSON": ('{"goal": "awareness",\n "budget": }', 3, "line 2, column 12"),
    "a table instead": (CREATORS, 3, "line 1"),
    "NaN budget": ('goal = "awareness"\nbudget = nan\n', 3, "budget"),
    "NaN budget in words": ('goal = "awareness"\nbudget = "nan USD"\n', 3, "budget"),
    "infinite budget": ('goal = "awareness"\nbudget = inf\n', 3, "budget"),
    "no currency": ('goal = "awareness"\nbudget = 3000\n', 3, "20000 USD"),
    "negative budget": ('goal = "awareness"\nbudget = "-3000 USD"\n', 3, "budget"),
    "no rate": ('goal = "awareness"\nbudget = "3000 CHF"\n', 3, "No exchange rate is known for CHF. Add `[fx]`"),
    "no such currency": ('goal = "awareness"\nbudget = "3000 XYZ"\n', 3, "XYZ"),
    "rate of nothing": ('goal = "awareness"\nbudget = "3000 CHF"\n[fx]\nCHF = 0\n', 3, "above 0"),
    "no budget": ('goal = "awareness"\n', 3, "Add `budget = …`"),
    "no such goal": ('goal = "awarenes"\nbudget = "3000 USD"\n', 3, "'awareness'"),
    "platform": (f'{BRIEF}platforms = ["instgram"]\n', 3, "Did you mean `instagram`?"),
    "format": (f'{BRIEF}formats = ["reels"]\n', 3, "Did you mean `reel`?"),
    "field": (f'{BRIEF}nich = ["food"]\n', 3, "unknown field `nich`. Did you mean `niche`?"),
    "field of a part": (f"{BRIEF}[limits]\nmax_creator = 3\n", 3, "Did you mean `max_creators`?"),
    "tier": (f"{BRIEF}[limits.tier_share]\nmicr = {{min = 0.5}}\n", 3, "Did you mean `micro`?"),
    "tier scheme": (f'{BRIEF}tier_scheme = "industri"\n', 3, "Did you mean `industry`?"),
    "profit without margin": ('goal = "profit"\nbudget = "3000 USD"\n', 3, "margin_per_sale"),
    "weeks": (f"{BRIEF}weeks = 0\n", 3, "weeks"),
    "min above max": (f"{BRIEF}[limits.tier_share]\nmicro = {{min = 0.7, max = 0.1}}\n", 3, "min is above max"),
    "unknown include": (f'{BRIEF}[limits]\ninclude = ["@Nam12"]\n', 3, "Did you mean `name12`?"),
    "include and exclude": (f'{BRIEF}[limits]\ninclude = ["c1"]\nexclude = ["@name1"]\n', 1, "both name `c1`"),
    "mins above one": (
        f"{BRIEF}[limits.tier_share]\nmicro = {{min = 0.7}}\nnano = {{min = 0.6}}\n",
        1,
        "add up to 1.3",
    ),
    "nobody in the tier": (f"{BRIEF}[limits.tier_share]\nmega = {{min = 0.2}}\n", 1, "Drop limits.tier_share.mega.min"),
    "nobody there": (f"{BRIEF}[limits.platform_share]\ntiktok = {{min = 0.2}}\n", 1, "platform_share.tiktok"),
    "too many included": (
        f'{BRIEF}[limits]\nmax_creators = 1\ninclude = ["c1", "c2"]\n',
        1,
        "Raise limits.max_creators to 2",
    ),
}


@pytest.mark.parametrize("command", ["plan", "compare"])
@pytest.mark.parametrize(("text", "code", "words"), BRIEFS.values(), ids=list(BRIEFS))
def test_a_brief_that_cannot_be_planned_says_what_to_change(
    folder: Path, asterism: Run, text: str, code: int, words: str, command: str
) -> None:
    (folder / "brief.toml").write_text(text)
    before = tree(folder)
    refused(asterism(f"{command} brief.toml --creators creators.csv"), code, words)
    assert tree(folder) == before


def test_a_currency_with_its_rate_is_planned_in(folder: Path, asterism: Run) -> None:
    (folder / "brief.toml").write_text('goal = "awareness"\nbudget = "3000 CHF"\n[fx]\nCHF = 1.2\n')
    code, out, _ = asterism(f"{PLAN} --json")
    assert (code, json.loads(out)["currency"]) == (0, "CHF")


CONFLICTS = {
    "budget under the cheapest offer": ('budget = "20 USD"', "", "budget"),
    "include dearer than the budget": ('budget = "100 USD"', 'include = ["c29"]', "include"),
}


@pytest.mark.parametrize(("budget", "limit", "names"), CONFLICTS.values(), ids=list(CONFLICTS))
def test_the_relaxation_named_is_enough_and_the_cheapest(
    folder: Path, asterism: Run, budget: str, limit: str, names: str
) -> None:
    def plan(budget: str) -> Answer:
        (folder / "brief.toml").write_text(f'goal = "awareness"\n{budget}\n[limits]\n{limit}\n')
        return asterism(PLAN)

    answer = plan(budget)
    refused(answer, 1, names)
    enough = float(re.search(r"Raise budget to ([0-9,.]+) USD", answer[2])[1].replace(",", ""))
    assert plan(f'budget = "{enough:.2f} USD"')[0] == 0
    refused(plan(f'budget = "{enough - 0.01:.2f} USD"'), 1, names)


def test_a_least_share_that_cannot_be_met_is_lowered_to_what_can(folder: Path, asterism: Run) -> None:
    def plan(least: float) -> Answer:
        (folder / "brief.toml").write_text(
            f"{BRIEF}[limits]\nmax_creators = 1\n[limits.tier_share]\nnano = {{min = {least}}}\n"
        )
        return asterism(PLAN)

    answer = plan(0.9)
    refused(answer, 1, "limits.tier_share.nano.min")
    enough = float(re.search(r"to ([0-9.]+)\.$", answer[2].strip())[1])
    assert plan(enough)[0] == 0
    refused(plan(enough + 0.02), 1, "limits.tier_share.nano.min")
