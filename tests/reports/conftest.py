"""Two plans to look at: a rich one, and one at the edges of what a plan can be."""

from dataclasses import replace
from datetime import date

import pytest

from asterism.creators.tables import Reject
from asterism.planning.plan import (
    Alternative,
    Bound,
    CurvePoint,
    Duplication,
    Flip,
    Forecast,
    Phase,
    Pick,
    Plan,
    Price,
    Reason,
    Verdict,
)
from asterism.quantities import Interval

HOSTILE = '<script>alert("1")</script>\'&'
TIERS = ("micro", "micro", "macro", "nano", "micro", "micro", "nano", "micro", "macro", "micro", "nano", "micro")
PLATFORMS = ("instagram", "tiktok", "youtube")
HANDLES = (
    "@lena.bakes",
    "@studio_north",
    "@the.daily.wardrobe",
    "@a",
    "@marisol_en_casa",
    "@averyveryverylonghandle_official",
    "@kim",
    "@thrift.and.tonic",
    "@bigcityclosets",
    "@mika.makes",
    "@oat.milk.era",
    "@petra",
)


def alternatives() -> tuple[Alternative, ...]:
    pros = ("They cost least per sale.", "People who follow them reply and ask.")
    cons = ("You look after many of them.",)
    return (
        Alternative("nano", Interval(233, 170, 310), 11_420.0, 49.01, 40, 0.02, pros, ("40 creators is your limit.",)),
        Alternative("micro", Interval(412, 350, 480), 19_640.5, 47.67, 21, 0.81, pros, cons),
        Alternative(
            "macro",
            Interval(260, 200, 330),
            19_210.0,
            73.88,
            4,
            0.04,
            ("Few people to look after.",),
            ("Their price per sale is high.",),
        ),
        Alternative(
            "mega",
            Interval.exactly(0),
            0.0,
            None,
            0,
            0.0,
            why_empty="The cheapest mega creator costs $38,000, above the budget of $20,000.",
        ),
        Alternative(
            "mixed",
            Interval(421, 355, 494),
            19_874.5,
            47.21,
            12,
            0.11,
            ("Reach and sales together.",),
            ("Two kinds of collaboration to run.",),
        ),
        Alternative(
            "two_phase",
            Interval(418, 340, 505),
            19_990.0,
            47.82,
            14,
            0.03,
            ("Those who saw the opening buy more readily.",),
            ("Takes all 8 weeks.",),
        ),
    )


def picks() -> tuple[Pick, ...]:
    return tuple(
        Pick(
            f"c{i}",
            handle,
            PLATFORMS[i % 3],
            tier,
            "open" if tier == "macro" else "follow",
            "2 reel + 1 story" if i % 2 else "1 video",
            Price(Interval(412.5 * (i + 1), 350 * (i + 1), 480 * (i + 1)), "prior")
            if i % 3
            else Price(Interval.exactly(900.0), "quote"),
            60.4 / (i + 1),
            3,
            (
                "27% of the audience is in the countries you want.",
                "Engagement is 4.1% of followers, above nine in ten peers.",
            ),
            {"nano": 6_240.0, "micro": 48_200.0, "macro": 412_000.0}[tier],
            "fashion",
        )
        for i, (handle, tier) in enumerate(zip(HANDLES, TIERS, strict=True))
    )


def curve() -> tuple[CurvePoint, ...]:
    shape = {
        "nano": (260, 9_000),
        "micro": (760, 17_000),
        "macro": (1500, 95_000),
        "mega": (0, 1),
        "mixed": (900, 22_600),
        "two_phase": (890, 22_900),
    }
    budgets = (5_000.0, 10_000.0, 20_000.0, 30_000.0, 45_000.0, 60_000.0, 80_000.0)
    return tuple(CurvePoint(b, name, top * b / (b + half)) for name, (top, half) in shape.items() for b in budgets)


def verdict() -> Verdict:
    return Verdict(
        "micro",
        "micro",
        0.81,
        False,
        "Micro creators win at this budget: 412 sales (350–480) against 260 (200–330) for macro.",
        alternatives(),
        (
            Flip("budget", 52_000.0, "macro"),
            Flip("budget", 9_000.0, "nano"),
            Flip("max_creators", 6.0, "macro"),
            Flip("price", 1.62, "macro"),
        ),
        (
            Reason(
                "You want sales, and smaller creators turn more of the people they reach into buyers.",
                "goal",
                "buy_rate",
            ),
            Reason("At 20,000 USD only one macro creator would leave money for a second.", "budget", "expected_price"),
        ),
    )


def duplication(n: int = 12) -> Duplication:
    """Three circles of creators who share a quarter of the smaller audience, and a fiftieth across circles."""
    size = [9_000.0 * (1 + (7 * i) % 11) for i in range(n)]
    part = [[1.0 if a == b else 0.25 if a % 3 == b % 3 else 0.02 for b in range(n)] for a in range(n)]
    return Duplication(tuple(tuple(part[a][b] * min(size[a], size[b]) for b in range(n)) for a in range(n)))


def sample_plan() -> Plan:
    build_up = tuple(70_000.0 * (1 - 0.8 ** (i + 1)) for i in range(12))
    return Plan(
        name="Spring launch",
        goal="conversions",
        currency="USD",
        tier_scheme="industry",
        budget=20_000.0,
        rung=3,
        versions={
            "creators": "sha256 7c1b5d0e9f2a4c86b3d1e5f70a9c2b4d6e8f0a1b3c5d7e9f1a2b4c6d8e0f1a2b",
            "posts": "version 14",
        },
        verdict=verdict(),
        picks=picks(),
        phases=(
            Phase("open", date(2026, 12, 1), date(2026, 12, 14), "awareness", 8_000.0, ("macro",)),
            Phase("follow", date(2026, 12, 15), date(2027, 1, 25), "conversions", 12_000.0, ("nano", "micro")),
        ),
        forecast=Forecast(
            Interval(65_200, 54_100, 78_300),
            Interval(198_000, 160_000, 241_000),
            Interval(5_830, 4_700, 7_120),
            Interval(412, 350, 480),
            Interval(-1_240.5, -3_400, 820),
            (31_200.0, 17_400.0, 9_300.0, 7_300.0),
            tuple(Interval(n, 0.8 * n, 1.25 * n) for n in (65_200.0, 34_000.0, 16_600.0, 7_300.0, 410.0)),
        ),
        bound=Bound(412.0, 417.4, "linear relaxation with sampled cuts"),
        spent=19_640.5,
        unspent_because="the next useful creator costs more than the 359.50 USD left.",
        chance_over_budget=0.12,
        defaults_used=("weeks", "limits.max_creators", "platforms", "economics.handling_per_creator"),
        warnings=(
            "No price list given: fees are typical ones, ± a factor of two.",
            "On-target shares of 9 of 12 picks are one prior share, not measured profiles.",
        ),
        rejects=tuple(Reject("creators.csv", i + 2, "followers", "n/k", "not a number") for i in range(63)),
        curve=curve(),
        build_up=build_up,
        duplication=duplication(),
        evidence={
            "engagement rate": "own posts where there are ten or more, else shrunk toward platform, size and niche",
            "fees": "4 quotes; else the trade's typical fee by platform and followers (quality B, 2025)",
            "priming": "people reached before convert 1.3 times as well (assumption)",
        },
    )


def edge_plan_value() -> Plan:
    """Goal effective_reach in EUR, an own tier, no dates, no curve, a loss, next to nothing known."""
    base = sample_plan()
    alternatives = (
        Alternative("nano", Interval.exactly(0), 0.0, None, 0, 0.0, why_empty="No nano creator is in the table."),
        Alternative("celebrity", Interval(1_234_567, 998_000, 1_560_000), 950_000.0, 0.7695, 1, 1.0),
        Alternative("mixed", Interval(1_234_567, 998_000, 1_560_000), 950_000.0, 0.7695, 1, 0.0),
    )
    verdict = Verdict("celebrity", "celebrity", 1.0, True, "Too close to call; test both.", alternatives, (), ())
    pick = replace(
        base.picks[0], tier="celebrity", handle=HOSTILE, gain=1_234_567.0, rung=4, followers=None, niche=None
    )
    return replace(
        base,
        name='A "quoted" <name>',
        goal="effective_reach",
        currency="EUR",
        budget=1_000_000.0,
        rung=4,
        verdict=verdict,
        picks=(pick,),
        phases=(Phase("all", None, None, "effective_reach", 1_000_000.0, ("celebrity",)),),
        forecast=replace(base.forecast, profit=Interval(-950_000, -990_000, -900_000), frequency=(), at_least=()),
        duplication=Duplication(),
        bound=Bound(-10.0, 5.0, "sum of singles"),
        curve=(),
        build_up=(),
        evidence={},
        versions={},
        defaults_used=(),
        warnings=(),
        rejects=(),
        unspent_because=None,
        chance_over_budget=0.0,
    )


@pytest.fixture
def plan() -> Plan:
    return sample_plan()


@pytest.fixture
def edge_plan() -> Plan:
    return edge_plan_value()
