import json
from pathlib import Path

import pytest

from tests.desk.test_measure import DEALS, ORDERS
from tests.faces.asking import Run, refused

LINE = "measure return --deals deals.csv --orders orders.csv --margin 40%"


@pytest.fixture
def sold(folder: Path) -> Path:
    (folder / "deals.csv").write_text(DEALS)
    (folder / "orders.csv").write_text(ORDERS)
    return folder


def test_the_decision_stands_first_then_each_tier_with_its_range(sold: Path, asterism: Run) -> None:
    code, out, err = asterism(LINE)
    assert (code, err) == (0, "")
    assert out.startswith("The campaign lost money: ROI -24.7%")
    order = [
        out.index(word) for word in ("lost money", "Back for each €1.00", "micro     ", "People reached", "Evidence")
    ]
    assert order == sorted(order)
    assert "2.30 (1.93–2.73)" in out
    assert max(map(len, out.splitlines())) <= 80


def test_what_buyers_said_is_told_per_tier(sold: Path, asterism: Run) -> None:
    """Ann's code brought 60 orders and hardly anybody names her: a sign of a leak that no figure alone would show."""
    answers = "heard,creator\n" + "influencer,ann\n" * 4 + "influencer,bob\n" * 40 + "google,\n" * 36
    (sold / "heard.csv").write_text(answers)
    _, out, _ = asterism(f"{LINE} --survey heard.csv")
    said = " ".join(out.partition("What buyers said")[2].split())
    assert "4 of 80 answers name micro creators: 4 (4–4) of 80 orders, against 60 tracked" in said
    assert "look for leaked codes" in said


def test_a_report_is_named_after_the_campaign_the_folder_or_as_asked(sold: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"{LINE} --report made/out.html")
    assert code == 0
    assert out.splitlines()[-1] == "Report: made/out.html"
    assert "<title>deals: " in (sold / "made" / "out.html").read_text()
    _, out, _ = asterism("measure return . --margin 40% --report out.html --title Autumn --json")
    assert "Report:" not in out
    assert "<title>Autumn: " in (sold / "out.html").read_text()
    asterism("measure return . --margin 40% --report out.html")
    assert f"<title>{sold.resolve().name}: " in (sold / "out.html").read_text()
    (sold / "deals.csv").write_text(DEALS.replace("creator,", "creator,campaign,").replace("\nann,", "\nann,Spring,")
                                    .replace("\nbob,", "\nbob,Spring,").replace("\n,,", "\n,Spring,,"))  # fmt: skip
    asterism("measure return . --margin 40% --report out.html")
    assert "<title>Spring: " in (sold / "out.html").read_text()


def test_creators_are_ordered_by_a_figure_that_is_shown_and_the_campaign_is_none(sold: Path, asterism: Run) -> None:
    more = "".join(f"c{i:02d},@c,tiktok,nano,open,{i},,C{i},,,\n" for i in range(1, 31))
    (sold / "deals.csv").write_text(DEALS + more)
    out = " ".join(asterism(LINE)[1].split())
    assert "The best 25 of 32 creators by the lower end of their best figure of ROI (`at least`)" in out
    rows = asterism(LINE)[1].partition("The best 25")[2].splitlines()[2:]
    assert rows[0].split()[-2:] == ["at", "least"]
    least = [row.split()[-1] for row in rows[2:27]]
    assert (rows[2].split()[0], least[0]) == ("ann", "92.9%")
    assert not any("campaign" in row for row in rows[2:27])


def test_json_holds_the_ledger_its_metrics_and_their_dictionary(sold: Path, asterism: Run) -> None:
    code, out, _ = asterism(f"{LINE} --json --emv")
    found = json.loads(out)
    assert code == 0
    assert found["rule"] == "last_click 1"
    assert found["total"]["roi"]["tracked"] < 0
    assert {entry["name"] for entry in found["dictionary"]} == set(found["total"]["metrics"])
    assert "not a return" in found["earned_media"]["sentence"]


def test_a_campaign_with_too_little_says_so_and_how_much_more_it_needs(sold: Path, asterism: Run) -> None:
    (sold / "orders.csv").write_text("\n".join(ORDERS.splitlines()[:5]))
    code, out, _ = asterism(LINE)
    assert code == 0
    assert "cannot be told yet" in out
    assert "at least 6 more orders" in " ".join(out.split())


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("measure return", 2, "Nothing says what was spent"),
        ("measure return --deals missing.csv", 3, "missing.csv"),
        ("measure return --deals orders.csv --orders deals.csv", 3, "no table of deals"),
        (f"{LINE} --rule best", 3, "No rule of attribution"),
        (f"{LINE} --margin lots", 3, "no margin"),
        (f"{LINE} --margin 40", 3, "Write `40%` of revenue, or `6 USD` per sale"),
    ],
    ids=["nothing", "no file", "swapped", "rule", "margin", "a bare margin"],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    sold: Path, asterism: Run, line: str, code: int, word: str
) -> None:
    refused(asterism(line), code, word)
