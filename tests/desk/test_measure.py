"""The return of a campaign from files: what is read, what is refused, what is said."""

import csv
import json
from pathlib import Path

import pytest

from asterism.desk.measure import Choices, measure_files
from asterism.desk.measure_files import ReturnFiles
from asterism.errors import BadInput, MissingColumns, NotFound, WrongUsage

KAG = Path(__file__).resolve().parents[3] / "shared" / "data" / "facebook_ads_kag" / "KAG_conversion_data.csv"
DEALS = """creator,handle,platform,tier,phase,fee (EUR),product,code,impressions,reach,clicks
ann,@ann,instagram,micro,open,500,20,ANN,12000,8000,120
bob,@bob,tiktok,macro,open,1500,,BOB,90000,70000,400
,,,,,100,,,,,
"""
ORDERS = "order id,created at,subtotal,currency,discount code,refunded amount,new\n" + "".join(
    f"{i},2026-05-{1 + i % 28:02d} 12:00,50,EUR,{'ANN' if i % 4 else 'BOB'},{10 if i == 1 else ''},yes\n"
    for i in range(80)
)


@pytest.fixture
def files(tmp_path):
    """Writes named contents into a folder and says where they are."""

    def write(**contents):
        paths = {}
        for name, content in contents.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(content)
            paths[name] = str(path)
        return ReturnFiles(**paths)

    return write


def measured(files, **choices):
    return measure_files(files, Choices(margin="40%", **choices))


def test_deals_and_orders_make_the_return_to_the_cent(files):
    """60 orders of 50 euros by ANN, one with 10 given back; 20 by BOB; 40% of each is margin."""
    found = measured(files(deals=DEALS, orders=ORDERS))
    by = {group.name: group for group in found.result.by("tier")}
    assert (by["micro"].costs.total, by["micro"].tracked.kept, by["micro"].tracked.margin) == (52_000, 299_000, 119_600)
    assert (by["macro"].costs.total, by["macro"].tracked.margin) == (150_000, 40_000)
    assert found.result.total.roi.tracked == (159_600 - 212_000) / 212_000
    assert found.comparison.sentence.startswith("Micro returned 2.30 per euro")
    assert found.rejects == ()
    assert found.result.total.reach.people.low >= 70_000


def test_what_cannot_be_used_is_listed_and_said_first(files):
    bad = ORDERS + "1,2026-05-01,50,EUR,ANN,,\nx,2026-05-01,fifty,EUR,ANN,,\ny,2026-05-01,5,EUR,ANN,9,\n"
    found = measured(files(deals=DEALS, orders=bad))
    assert [(reject.row, reject.column) for reject in found.rejects] == [
        (83, "subtotal"), (82, "order id"), (84, "refunded amount"),
    ]  # fmt: skip
    assert found.warnings[0].startswith("3 values or rows could not be used")
    told = found.to_dict()["files"][1]
    assert (told["kind"], told["rows"], len(told["rejects"])) == ("orders", 83, 3)


def test_columns_without_a_use_are_named_and_codes_that_no_file_explains(files, tmp_path):
    header, rest = DEALS.split("\n", 1)
    deals = header.replace("code", "Zeichen").replace("product", "Dreingabe") + "\n" + rest
    asked = files(deals=deals, orders=ORDERS)
    said = measured(asked).warnings
    assert "Not used of deals.csv: columns `Dreingabe`, `Zeichen`." in said
    assert any(one.startswith("80 orders carry promo codes, and no file says whose they are") for one in said)
    (tmp_path / "map.toml").write_text('Dreingabe = ""\nZeichen = "code"\n')
    said = " ".join(measured(asked, mapping=tmp_path / "map.toml").warnings)
    assert "Not used of" not in said
    assert "promo codes" not in said


@pytest.mark.parametrize(
    ("currency", "choices", "word"),
    [
        ("EUR", {"currency": "USD"}, "No exchange rate is known for EUR on 2026-05-01"),
        ("EURO", {}, "row 2: `EURO` in column `currency`: not a currency code"),
        ("EUR", {"currency": "EURO"}, "`EURO` is no code of a currency"),
    ],
    ids=["no rate", "no code in the file", "no code asked for"],
)
def test_a_currency_that_cannot_be_used_is_named(files, currency, choices, word):
    deals = f"creator,fee,currency,date\nann,5,{currency},2026-05-01\n"
    bad = "bob,lots,EUR,2026-05-02\n"
    with pytest.raises(BadInput, match=word):
        measured(files(deals=deals + bad, orders=ORDERS), **choices)


def test_the_currency_of_orders_without_a_rate_and_the_row_without_a_creator_are_named(files):
    orders = ORDERS + "a,2026-05-01,5,GBP,ANN,,\nb,2026-05-01,5,SEK,ANN,,\nc,2026-05-01,5,EURO,ANN,,\n"
    found = measured(files(deals=DEALS, orders=orders))
    assert "2 orders set aside: no rate is known for GBP or SEK: name one with --fx." in found.warnings
    assert "Row 4 of the deals names no creator: it is a cost of the campaign itself." in found.warnings
    assert [(reject.row, reject.value) for reject in found.rejects] == [(84, "EURO")]
    assert sum(group.tracked.kept for group in found.result.by("tier")) == 399_000


def test_orders_that_count_for_nobody_are_counted_by_reason(files):
    more = "n,2026-05-01,50,EUR,NOBODY,,\nf,2026-05-01,50,CHF,ANN,,\n"
    said = " ".join(measured(files(deals=DEALS, orders=ORDERS + more)).warnings)
    assert "1 order leads to nobody" in said
    assert "1 order set aside: no rate is known for CHF: name one with --fx." in said
    assert "unknown code" in said


def test_a_currency_with_a_rate_is_converted_at_its_day(files):
    more = "f,2026-05-01,50,CHF,ANN,,\n"
    fx = "currency,date,usd\nCHF,2026-01-01,1.1\nEUR,2026-01-01,1.0\n"
    plain = measured(files(deals=DEALS, orders=ORDERS)).result.total.tracked.kept
    assert measured(files(deals=DEALS, orders=ORDERS + more, fx=fx)).result.total.tracked.kept == plain + 5_500


def test_codes_and_clicks_of_files_of_their_own_are_counted(files):
    codes = "code,creator\nMAY,@ann\n"
    clicks = "click id,time,creator,visitor,bot\nk1,2026-05-01 09:00,bob,v,\nk2,2026-05-01 09:00,bob,,robots\n"
    orders = "order,at,amount,code,click id\n1,2026-05-01 12:00,50,MAY,\n2,2026-05-01 12:00,50,,k1\n"
    found = measured(files(deals=DEALS, orders=orders, codes=codes, clicks=clicks))
    by = {group.name: group for group in found.result.by("creator")}
    assert (by["ann"].tracked.orders, by["bob"].tracked.orders) == (1, 1)
    assert (by["bob"].delivered.clicks, by["bob"].delivered.filtered_invalid, by["ann"].delivered.clicks) == (1, 1, 0)


def test_answers_to_the_survey_stand_beside_the_tracked_figure(files):
    answers = "heard,creator\n" + "influencer,ann\n" * 60 + "influencer,bob\n" * 20 + "google,\n" * 80
    orders = ORDERS + "".join(f"z{i},2026-05-09,50,EUR,,,\n" for i in range(160))
    found = measured(files(deals=DEALS, orders=orders, survey=answers))
    roi = found.result.total.roi
    assert roi.survey_adjusted is not None
    assert roi.survey_adjusted.mean > roi.tracked + 0.2
    assert {each["tier"] for each in found.to_dict()["survey"]} >= {"micro", "macro"}


def test_answers_that_name_creators_of_no_deal_count_as_another_way(files):
    """160 of 160 name Ann or somebody; with somebody for another way, Ann has half of the buyers and not all."""
    answers = "heard,creator\n" + "influencer,ann\n" * 80 + "influencer,somebody\n" * 80
    orders = ORDERS + "".join(f"z{i},2026-05-09,50,EUR,,,\n" for i in range(160))
    found = measured(files(deals=DEALS, orders=orders, survey=answers))
    assert found.multipliers[-1].projected.mean == pytest.approx(120, rel=0.03)
    assert "80 survey answers name creators of no deal: they count as another way." in found.warnings


def test_orders_of_a_campaign_without_a_deal_are_said(files):
    clicks = "click id,time,campaign\nk1,2026-05-01 09:00,autumn\nk2,2026-05-01 09:00,\n"
    orders = "order,at,amount,click id\n1,2026-05-01 12:00,50,k1\n2,2026-05-01 12:00,50,k2\n"
    found = measured(files(deals=DEALS, orders=orders, clicks=clicks))
    assert found.result.total.tracked.orders == 1
    assert "1 order is left to campaigns without a deal: autumn." in found.warnings


def test_a_lift_of_a_tier_that_is_not_there_is_said(files):
    found = measured(
        files(deals=DEALS, orders=ORDERS, lifts="tier,revenue,low,high\nmirco,2000,1000,3000\nall,9,8,10\n")
    )
    assert [w for w in found.warnings if "lift" in w] == [
        "The lift of mirco is of no tier of the deals, so it stands nowhere."
    ]


def test_lift_tests_stand_beside_per_tier(files):
    lifts = (
        "tier,revenue,low,high,level\nmicro,2000,1000,3000,80%\nmacro,500,-500,1500,0.9\nmicro,1,0,2,\nmega,5,6,7,\n"
    )
    found = measured(files(deals=DEALS, orders=ORDERS, lifts=lifts))
    by = {group.name: group.roi for group in found.result.by("tier")}
    assert by["micro"].causal.low == pytest.approx((100_000 * 0.4 - 52_000) / 52_000)
    assert by["macro"].causal.high == pytest.approx((50_000 + 100_000 * 1.2816 / 1.6449) * 0.4 / 150_000 - 1, abs=1e-4)
    assert found.result.total.roi.causal is not None
    assert [(reject.row, reject.reason) for reject in found.rejects] == [
        (4, "a lift of this tier stands above"), (5, "the lift does not lie inside its range"),
    ]  # fmt: skip


def test_costs_of_the_campaign_can_be_dealt_out(files):
    found = measured(files(deals=DEALS, orders=ORDERS), share_costs=True)
    assert [line.costs.fee for line in found.result.lines] == [52_500, 157_500]


def test_earned_media_value_comes_only_when_asked(files):
    given = files(deals=DEALS, orders=ORDERS)
    assert measured(given).to_dict()["earned_media"] is None
    assert measured(given, emv=True).to_dict()["earned_media"]["version"] == "1"


def test_outcomes_alone_make_a_return_per_tier(files):
    header = "creator_id,campaign,cost,reach,clicks,orders,revenue,currency\n"
    outcomes = f"{header}c1,x,100,900,40,30,900,USD\nc2,x,500,,9,12,90,USD\n"
    creators = "creator_id,platform,followers\nc1,instagram,20000\nc2,instagram,300000\n"
    found = measured(files(outcomes=outcomes, creators=creators))
    assert {group.name: group.roi.tracked for group in found.result.by("tier")} == {"micro": 2.6, "macro": -0.928}
    assert found.result.rule == "as reported"


@pytest.mark.parametrize(
    ("contents", "choices", "error", "word"),
    [
        ({}, {}, WrongUsage, "Nothing says what was spent"),
        ({"deals": DEALS, "outcomes": "x"}, {}, WrongUsage, "named together"),
        ({"outcomes": "creator,cost\na,1\n", "survey": "x"}, {}, WrongUsage, "--survey says nothing"),
        ({"deals": "creator,fee\nann,5\n"}, {}, BadInput, "no currency"),
        ({"deals": "creator,fee\nann,5 EUR\nbob,6 USD\n"}, {}, BadInput, "several currencies: EUR, USD"),
        ({"deals": "creator,fee\nann,five\n"}, {"currency": "EUR"}, BadInput, "No row of .*not a number"),
        ({"deals": ORDERS}, {}, MissingColumns, "no table of deals: no column for creator_id or handle or key"),
        ({"deals": DEALS, "orders": "a,b\n1,2\n"}, {}, MissingColumns, "no table of orders"),
        ({"deals": DEALS, "orders": ORDERS}, {"rule": "last"}, BadInput, "No rule of attribution"),
        ({"deals": DEALS, "orders": ORDERS}, {"window": 1e12}, BadInput, "window"),
        ({"deals": DEALS, "orders": ORDERS}, {"window": float("nan")}, BadInput, "window"),
        ({"deals": DEALS, "orders": ORDERS}, {"tier_scheme": "mine"}, BadInput, "no tier scheme"),
    ],
    ids=["nothing", "both", "survey of outcomes", "no currency", "two currencies", "no row", "no deals", "no orders",
         "rule", "window", "no window", "scheme"],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(files, contents, choices, error, word):
    with pytest.raises(error, match=word):
        measured(files(**contents), **choices)


def test_no_orders_file_is_said(files):
    assert any("No orders were named" in warning for warning in measured(files(deals=DEALS)).warnings)


@pytest.mark.shared
@pytest.mark.skipif(not KAG.exists(), reason="needs shared/data/facebook_ads_kag beside the repository")
def test_real_ads_are_reckoned_as_the_file_adds_up(tmp_path):
    mapping = tmp_path / "kag.json"
    names = {"ad_id": "creator_id", "xyz_campaign_id": "campaign", "age": "tier", "gender": "phase", "Spent": "cost",
             "Approved_Conversion": "orders"}  # fmt: skip
    mapping.write_text(json.dumps(names))
    found = measure_files(
        ReturnFiles(outcomes=str(KAG)), Choices(margin="100 USD", currency="USD", mapping=mapping)
    ).result
    with KAG.open() as opened:
        rows = list(csv.DictReader(opened))
    spent = sum(round(100 * float(row["Spent"])) for row in rows)
    assert len(found.lines) == len(rows) == 1_143
    assert abs(found.total.costs.total - spent) <= 10
    assert found.total.tracked.orders == sum(int(row["Approved_Conversion"]) for row in rows) == 1_079
    assert found.total.metrics["cpm"] == pytest.approx(
        found.total.costs.total / 100 / sum(int(row["Impressions"]) for row in rows) * 1_000
    )


def test_people_are_counted_once_on_the_evidence_a_plan_would_have(files):
    """Ann and Bob share all of Ann's people: with overlaps known the two reach hardly more than Bob alone."""
    deals = "creator,tier,fee,reach\n@ann,micro,5 EUR,8000\nbob,macro,9 EUR,70000\n"
    creators = "creator_id,handle,platform,followers\nc1,ann,instagram,8000\nc2,bob,instagram,80000\n"
    overlaps = "a,b,shared\nc1,c2,8000\n"
    prior = measured(files(deals=deals)).result.total.reach
    known = measured(files(deals=deals, creators=creators, overlaps=overlaps)).result.total.reach
    assert (prior.rung, known.rung) == (4, 2)
    assert known.people.mean == pytest.approx(71_000, rel=0.02)
    assert known.people.high < prior.people.high


@pytest.mark.parametrize(
    ("contents", "word"),
    [({"overlaps": "x"}, "without creators"), ({"followers": "x"}, "without creators")],
    ids=["overlaps", "followers"],
)
def test_audiences_need_creators(files, contents, word):
    with pytest.raises(WrongUsage, match=word):
        measured(files(deals=DEALS, **contents))


def test_files_of_a_folder_go_by_their_names_and_a_named_one_goes_first(tmp_path):
    for name in ("deals.csv", "orders.csv", "Survey.csv", "outcomes.csv", "notes.txt"):
        (tmp_path / name).write_text("a\n1\n")
    files = ReturnFiles.within(tmp_path, {"orders": "mine.csv", "deals": None})
    assert files == ReturnFiles(
        deals=str(tmp_path / "deals.csv"), orders="mine.csv", survey=str(tmp_path / "Survey.csv")
    )


def test_a_folder_without_deals_says_what_is_missing(tmp_path):
    with pytest.raises(NotFound, match="no file deals or outcomes"):
        ReturnFiles.within(tmp_path, {})
    with pytest.raises(NotFound, match="no folder"):
        ReturnFiles.within(tmp_path / "none", {})
