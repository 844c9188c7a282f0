"""The terminal is judged by what lands on it, at the widths people have."""

from dataclasses import asdict, dataclass, replace
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from asterism.audience.reach import Reach
from asterism.planning.plan import Plan
from asterism.reports.terminal import check_table, import_table, plan_table, reach_table, verdict_table

CHECK = {
    "files": [
        {
            "file": "creators.csv",
            "kind": "creators",
            "rows": 1200,
            "accepted": 1187,
            "rejected": 13,
            "columns": [
                {"source": "Followers", "field": "followers", "unit": "people", "how": "name"},
                {
                    "source": "ER",
                    "field": "engagement_rate",
                    "unit": "share of followers",
                    "how": "values are per cent",
                },
            ],
            "unmapped": [{"source": "Rank", "why": "no field means this"}],
            "rejects": [
                {"row": 7 + i, "column": "Followers", "value": "[n/k]", "reason": "not a number"} for i in range(13)
            ],
            "warnings": ["The column `Views avg.` holds countries."],
        }
    ]
}


def shown(renderable: RenderableType, width: int) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(renderable)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", ["plan", "edge_plan"])
def test_nothing_is_wider_than_the_terminal(name: str, width: int, request: pytest.FixtureRequest) -> None:
    text = shown(plan_table(request.getfixturevalue(name)), width)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_figure_survives_the_width(plan: Plan, edge_plan: Plan, width: int) -> None:
    text = shown(plan_table(plan), width)
    for figure in ("412 (350–480)", "$47.67", "81%", "$19,640.50 of $20,000.00", "198,000 (160,000–241,000)", "60.4"):
        assert figure in text
    edge = shown(plan_table(edge_plan), width)
    for figure in ("1,230,000 (998,000–1,560,000)", "€950,000", "€0.77", "100%", "-€950,000 (-990,000 to -900,000)"):
        assert figure in edge


def test_the_decision_stands_first(plan: Plan) -> None:
    text = shown(plan_table(plan), 120)
    assert text.startswith(plan.verdict.sentence)
    order = [
        "412 (350–480) buyers",
        "At least 98.7%",
        "Alternatives",
        "Picks",
        "What to expect",
        "Phases",
        "Where the answer changes",
        "Warnings",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_every_pick_is_a_row(plan: Plan) -> None:
    text = shown(plan_table(plan), 120)
    for pick in plan.picks:
        row = next(line for line in text.splitlines() if line.startswith(f"{pick.handle} "))
        assert pick.platform in row
        assert pick.tier in row
        assert pick.package in row


def test_an_impossible_alternative_says_why(plan: Plan) -> None:
    assert "mega: The cheapest mega creator costs $38,000" in shown(plan_table(plan), 80)


def test_handles_are_not_read_as_markup_or_escapes(plan: Plan) -> None:
    nasty = replace(plan.picks[0], handle="[red]x[/red]\x1b[31m:smile:")
    text = shown(plan_table(replace(plan, picks=(nasty,))), 120)
    assert "[red]x[/red][31m:smile:" in text
    assert "\x1b" not in text


def test_only_plain_characters_stand_between_words(plan: Plan) -> None:
    allowed = set("–─±…\N{NO-BREAK SPACE}€£")
    assert {c for c in shown(plan_table(plan), 80) if ord(c) > 126} <= allowed


def test_tiers_carry_their_colour_and_their_name(plan: Plan) -> None:
    console = Console(file=StringIO(), width=120, force_terminal=True, color_system="truecolor", no_color=False)
    console.print(plan_table(plan))
    assert "38;2;230;159;0mmacro" in console.file.getvalue()


def test_a_check_shows_what_was_mapped_what_was_not_and_what_was_refused() -> None:
    text = shown(check_table(CHECK), 100)
    assert text.startswith("creators.csv: creators, 1,187 of 1,200 rows usable")
    for part in (
        "engagement_rate",
        "values are per cent",
        "Rank",
        "no field means this",
        "[n/k]",
        "not a number",
        "The column `Views avg.` holds countries.",
    ):
        assert part in text
    assert "Rejects, 10 of 13" in text
    assert text.count("not a number") == 10


def test_a_clean_check_has_no_empty_tables() -> None:
    clean = {**CHECK["files"][0], "unmapped": [], "rejects": [], "rejected": 0, "warnings": []}
    text = shown(check_table({"files": [clean]}), 80)
    assert "Rejects" not in text
    assert "Warnings" not in text
    assert "Columns not used" not in text


def test_a_file_that_cannot_be_read_has_no_kind_to_name() -> None:
    unread = {**CHECK["files"][0], "file": "notes.bin", "kind": None, "rows": 0, "accepted": 0, "rejected": 0,
              "columns": [], "unmapped": [], "rejects": [], "warnings": ["notes.bin is no table."]}  # fmt: skip
    text = shown(check_table({"files": [unread]}), 80)
    assert text.startswith("notes.bin: no table we can use")
    assert "None" not in text
    assert "notes.bin is no table." in text


def test_a_reach_says_how_often_and_on_which_rung() -> None:
    reach = Reach(54_000.0, 40_000.0, 61_000.0, (30_000.0, 20_000.0, 4_000.0), 3, "potential")
    text = shown(reach_table(reach), 80)
    assert text.startswith("54,000 (40,000–61,000) people, potential")
    assert "3 times or more" in text
    assert "Rung 3 of 4, audience profiles" in text


def test_a_verdict_alone_has_no_picks_but_all_its_grounds(plan: Plan) -> None:
    text = shown(verdict_table(plan), 80)
    assert text.startswith("Micro creators win at this budget")
    for part in ("412 (350–480)", "mega: The cheapest mega", "Where the answer changes", "Why", "Warnings"):
        assert part in text
    assert "@lena.bakes" not in text


@dataclass(frozen=True)
class Done:
    file: str
    kind: str
    rows: int
    accepted: int
    rejected: int
    version: int
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def test_an_import_says_what_became_of_each_table() -> None:
    done = [Done("a.csv", "creators", 1200, 1187, 13, 4), Done("b.csv", "posts", 9, 9, 0, 0, ("Dates were mixed.",))]
    lines = shown(import_table(done), 80).splitlines()
    assert any(line.split() == ["a.csv", "creators", "1,187", "13", "4"] for line in lines)
    assert any("b.csv: Dates were mixed." in line for line in lines)
