"""A campaign's results whose figures are known: micro gains, macro loses, nano has too little data."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from asterism.measurement.costs import Costs
from asterism.measurement.crediting import Attribution, Credit, Rule
from asterism.measurement.delivered import Delivered, ReachOnce
from asterism.measurement.economics import Economics
from asterism.measurement.events import Partner
from asterism.measurement.leakage import Leak
from asterism.measurement.ledger import Deal
from asterism.measurement.returns import Terms, returns
from asterism.measurement.roi_of import Beside
from asterism.measurement.uplift import Uplift
from asterism.quantities import Interval
from asterism.reports.results import Aside, Changed, Clicks, Closed, Compared, Ledger, Results

START = datetime(2026, 9, 1, 12, tzinfo=UTC)
PARTNERS = (
    ("ana", "micro", "convert", 240), ("ben", "micro", "convert", 180), ("cleo", "micro", "convert", 96),
    ("dora", "micro", "convert", 0), ("max", "macro", "open", 150), ("nia", "nano", "convert", 4),
)  # fmt: skip
"""Handle, tier, phase and tracked orders of each collaboration."""
FEES = {"micro": 90_000, "macro": 900_000, "nano": 6_000}


def deals(partners=PARTNERS):
    """A collaboration per partner, with its fee and figures of its posts."""
    return [_deal(n, *partner[:3]) for n, partner in enumerate(partners, 1)]


def _deal(n, who, tier, phase):
    size = {"micro": 40_000, "macro": 600_000, "nano": 5_000}[tier]
    costs = Costs(fee=FEES[tier], product=2_500, shipping=900, boost=40_000 if tier == "macro" else 0)
    came = Delivered(impressions=size * 2, reach=size, engagements=size // 25, clicks=size // 100,
                     origin="creator" if who == "cleo" else "measured")  # fmt: skip
    partner = Partner(str(n), "7", f"c-{who}", "tiktok" if who == "ben" else "instagram", tier, phase)
    return Deal(partner, f"@{who}", costs, came)


def attribution(partners=PARTNERS):
    """Every order is worth 20.00 USD and is credited by the last click."""
    found = []
    for n, (_, _, _, orders) in enumerate(partners, 1):
        for i in range(orders):
            at = START + timedelta(hours=3 * i)
            found.append(
                Credit(f"{n}:{i}", str(n), "7", at, "code", "CODE", Fraction(1), 2_000, 0, 2_000, None, i % 3 > 0)
            )
    return Attribution(Rule(), "USD", tuple(found))


def returned(partners=PARTNERS, beside=None, economics="50%", warnings=()):
    """The ledger; half of revenue is margin unless said otherwise."""
    given = Beside({"micro": Uplift(Interval(1.5, 1.3, 1.8), 516.0, 258.0)}) if beside is None else beside
    terms = Terms(Economics.parse(economics), {"7": Costs(hours=60_000)}, False, given, date(2026, 11, 1))
    made = returns(deals(partners), attribution(partners), terms)
    from dataclasses import replace

    reach = ReachOnce(Interval(590_000, 520_000, 655_000), Interval(2.4, 2.1, 2.7), 0.62, 6, 0, 4, "creator",
                      "the duplication of creators of one niche was assumed")  # fmt: skip
    return replace(made, reaches={(): {(): reach}}, warnings=(*made.warnings, *warnings))


def results(**fields):
    """Everything a report can tell."""
    given = {
        "title": "Autumn launch", "brand": "Aurora", "agency": "North & Co", "returned": Ledger.of(returned()),
        "planned": "Micro creators win at this budget: 412 buyers (350–480) against 260 (200–330) for macro.",
        "start": date(2026, 9, 1), "end": date(2026, 10, 15),
        "compared": (
            Compared("reach", Interval(610_000, 540_000, 690_000), Interval(590_000, 520_000, 655_000), "people"),
            Compared("engagements", Interval(20_000, 15_000, 26_000), Interval.exactly(31_000)),
            Compared("orders", Interval(900, 760, 1050), Interval.exactly(670), note="tracked orders only"),
            Compared("cost", Interval(14_000, 13_000, 15_200), Interval.exactly(14_260), "money"),
            Compared("impressions", Interval(1_400_000, 1_100_000, 1_700_000), None),
        ),
        "aside": (Aside("ordered by the creator", 3, 6_000), Aside("cancelled", 11, 22_000)),
        "clicks": Clicks(14_200, (("robot", 2_310), ("prefetch", 412))),
        "leaks": (Leak("BEN15", "coupon_sites", START, 0.001, "38 of 180 orders came from coupon sites."),),
        "closed": Closed(1, date(2026, 10, 20), (Changed("orders", "655", "670"),)),
    }  # fmt: skip
    return Results(**{**given, **fields})
