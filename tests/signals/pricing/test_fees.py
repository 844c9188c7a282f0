from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import norm

from asterism.creators.schema import FORMATS
from asterism.priors import LogNormal, Priors
from asterism.signals.pricing.fees import FEWEST, Fees, dear, dearer, expected_fees, percentile_of
from asterism.signals.pricing.price import Quotes, parse_package
from asterism.signals.pricing.traits import Traits

PRIORS = Priors.default()
POST, REEL, STORY = (FORMATS.index(f) for f in ("post", "reel", "story"))
Row = tuple[int, str, float, str]


def quotes(*rows: Row, add_ons: LogNormal | None = None) -> Quotes:
    creator, text, fee, source = zip(*rows, strict=True)
    when, ones = np.full(len(rows), np.datetime64("NaT", "us")), np.ones(len(rows))
    return Quotes(
        np.array(creator), tuple(map(parse_package, text)), np.array(fee, dtype=float), tuple(source), when,
        ("",) * len(rows), add_ons or LogNormal(ones, ones - 1),
    )  # fmt: skip


def usual(n: int = 2) -> tuple[LogNormal, np.ndarray]:
    median, log_sd = np.full((n, len(FORMATS)), 400.0), np.full((n, len(FORMATS)), 0.8)
    median[:, STORY], log_sd[:, STORY] = 120.0, 0.9
    return LogNormal(median, log_sd), np.full(n, 0.8)


def traits(n: int = 2, **given: object) -> Traits:
    plain = {
        "platform": np.full(n, "instagram", dtype=object), "size": np.full(n, 32e3),
        "niche": np.full(n, "food", dtype=object), "country": np.full(n, "us", dtype=object),
        "engagement": np.full(n, np.nan), "verified": np.zeros(n),
    }  # fmt: skip
    return Traits(**{**plain, **given})


def fees_of(known: Quotes, n: int = 2, **given: object) -> Fees:
    return expected_fees(*usual(n), known, traits(n, **given), PRIORS)


def test_without_quotes_the_expected_fee_is_the_prior_itself() -> None:
    found = fees_of(Quotes.none())
    prior, _ = usual()
    np.testing.assert_allclose(found.belief.median, prior.median)
    np.testing.assert_allclose(found.belief.log_sd, prior.log_sd, rtol=1e-3)
    assert set(found.source.ravel()) == {"prior"}
    assert found.breakdown(0, "reel").source == "prior"


def test_a_quote_moves_every_format_and_leaves_less_doubt() -> None:
    found = fees_of(quotes((0, "1 reel", 1200, "quote")))
    assert found.belief.median[0, REEL] == pytest.approx(1200, rel=0.15)
    assert found.belief.median[0, STORY] / 120 == pytest.approx(found.belief.median[0, REEL] / 400, rel=0.05)
    assert found.belief.log_sd[0, REEL] < 0.3 < found.belief.log_sd[0, STORY] < 0.9
    assert (found.source[0, REEL], found.source[0, STORY]) == ("quote", "prior")


def test_one_dear_creator_makes_others_a_little_dearer_too() -> None:
    found = fees_of(quotes((0, "1 reel", 1200, "quote")))
    assert 400 < found.belief.median[1, REEL] < 700


def test_more_quotes_pull_harder_and_a_package_is_the_sum_of_its_posts() -> None:
    one = fees_of(quotes((0, "1 reel", 800, "quote")))
    two = fees_of(quotes((0, "1 reel", 800, "quote"), (0, "1 post + 1 story", 1040, "quote")))
    assert 400 < one.belief.median[0, POST] < two.belief.median[0, POST] < 850
    assert two.belief.log_sd[0, POST] < one.belief.log_sd[0, REEL]
    assert two.source[0, STORY] == "quote"


def test_a_fee_that_was_paid_speaks_of_a_dearer_ask() -> None:
    asked, paid = (fees_of(quotes((0, "1 reel", 800, kind))) for kind in ("quote", "paid"))
    assert paid.belief.median[0, REEL] > asked.belief.median[0, REEL]
    assert paid.source[0, REEL] == "paid"


def test_a_quote_with_usage_rights_is_no_dear_creator() -> None:
    rights = LogNormal(np.array([1.5]), np.array([0.14]))
    plain, whole = (fees_of(quotes((0, "1 reel", fee, "quote"), add_ons=a)) for fee, a in ((800, None), (1200, rights)))
    assert whole.belief.median[0, REEL] == pytest.approx(plain.belief.median[0, REEL], rel=0.1)
    assert whole.belief.log_sd[0, REEL] > plain.belief.log_sd[0, REEL]


def market(price: Callable[[int, np.random.Generator], float], n: int = 200, **given: object) -> Fees:
    """Every second creator has quoted one reel at `price`."""
    rng = np.random.default_rng(3)
    rows = [(i, "1 reel", price(i, rng), "quote") for i in range(0, n, 2)]
    return fees_of(quotes(*rows), n, **given)


def scattered(median: float, rng: np.random.Generator) -> float:
    return float(median * np.exp(rng.normal(0, 0.4)))


def test_many_quotes_make_the_market() -> None:
    found = market(lambda _, rng: scattered(800, rng))
    assert found.belief.median[1, REEL] == pytest.approx(800, rel=0.1)
    assert found.belief.log_sd[1, REEL] == pytest.approx(0.42, rel=0.15)
    assert found.breakdown(1, "reel").source == "market"


@pytest.mark.parametrize("trait", ["niche", "country", "verified", "engagement", "size"])
def test_what_makes_fees_dearer_is_learned(trait: str) -> None:
    n = 240
    half = np.arange(n) // 2 % 2
    given = {
        "niche": np.where(half, "beauty", "food").astype(object), "country": np.where(half, "us", "de").astype(object),
        "verified": half.astype(float), "engagement": np.where(half, 0.75, 0.25), "size": np.where(half, 7e5, 4e3),
    }[trait]  # fmt: skip
    found = market(lambda i, rng: scattered(600 if half[i] else 400, rng), n, **{trait: given})
    assert found.belief.median[3, REEL] / found.belief.median[1, REEL] == pytest.approx(1.5, rel=0.17)
    effect = {e.name: e.factor for e in found.breakdown(3, "reel").effects}
    assert effect[trait] > 1.05


def test_the_parts_of_a_fee_multiply_to_it() -> None:
    found = market(lambda _, rng: scattered(800, rng), verified=np.arange(200) % 3 / 2.0)
    for row, kind in ((0, "reel"), (1, "story"), (7, "post")):
        one = found.breakdown(row, kind)
        assert one.median == pytest.approx(one.usual * np.prod([e.factor for e in one.effects]))
        assert one.median == pytest.approx(found.belief.median[row, FORMATS.index(kind)])
        assert one.prices == (row % 2 == 0)
        assert one.fee.low < one.median < one.fee.mean < one.fee.high
    assert str(found.breakdown(0, "reel")).startswith("usually 400 USD; ")
    assert "own prices" in str(found.breakdown(0, "reel"))


def test_a_bundle_costs_less_than_its_sum_where_the_quotes_say_so() -> None:
    rng = np.random.default_rng(8)
    rows: list[Row] = []
    for i in range(80):
        fee = scattered(400, rng)
        rows += [(i, "1 reel", fee, "quote"), (i, "3 reel", 3 * fee * 0.85, "quote")]
    found = fees_of(quotes(*rows), 80)
    assert np.exp(found.bundle * np.log(3)) == pytest.approx(0.85, abs=0.03)
    even = fees_of(quotes(*[(i, t, f / (0.85 if t == "3 reel" else 1), k) for i, t, f, k in rows]), 80)
    assert np.exp(even.bundle * np.log(3)) == pytest.approx(1.0, abs=0.02)


def test_haggling_is_learned_from_creators_asked_and_paid() -> None:
    rng = np.random.default_rng(9)
    rows: list[Row] = []
    for i in range(80):
        fee = scattered(400, rng)
        rows += [(i, "1 reel", fee, "quote"), (i, "1 reel", fee * 0.8, "paid")]
    assert np.exp(fees_of(quotes(*rows), 80).haggling) == pytest.approx(0.8, abs=0.03)


def test_a_slipped_decimal_point_hardly_moves_the_market() -> None:
    wrong, right = (
        market(lambda i, rng, times=times: scattered(400, rng) * (times if i == 0 else 1)) for times in (10_000, 1)
    )
    assert wrong.belief.median[1, REEL] / right.belief.median[1, REEL] == pytest.approx(1.0, abs=0.06)


def test_ten_sellers_make_a_market_and_nine_do_not() -> None:
    for count in (FEWEST - 1, FEWEST):
        found = fees_of(quotes(*[(i, "1 reel", 500.0, "quote") for i in range(count)]), 20)
        assert found.breakdown(19, "reel").source == ("market" if count == FEWEST else "prior")


def test_a_percentile_leaves_the_creators_own_prices_aside() -> None:
    known = [(i, "1 reel", scattered(400, np.random.default_rng(i)), "quote") for i in range(100)]
    cheap, dear_ = (quotes(*known[:-1], (99, "1 reel", fee, "quote")) for fee in (400.0, 40_000.0))
    same = [fees_of(q, 100).comparable.median[99, REEL] for q in (cheap, dear_)]
    assert same[0] == pytest.approx(same[1], rel=0.02)
    found = percentile_of(dear_, fees_of(dear_, 100))
    assert found[99] > 0.999
    assert 0.4 < found[:99].mean() < 0.6


def test_a_percentile_is_the_place_among_comparable_asks() -> None:
    known = quotes((0, "2 reel", 1000, "quote"), (1, "1 story", 120, "quote"))
    found = Fees(**{**{f: getattr(fees_of(known), f) for f in Fees.__slots__}, "bundle": 0.0})
    middle, spread = found.comparable.median[0, REEL] * 2, found.comparable.log_sd[0, REEL]
    assert percentile_of(known, found)[0] == pytest.approx(norm.cdf(np.log(1000 / middle) / spread))


def test_prices_above_the_90th_percentile_are_called_out() -> None:
    known = quotes((0, "1 post", 2400, "quote"), (1, "1 post", 500, "quote"))
    found = fees_of(known)
    (line,) = dear(known, found, ["@dear", "@fair"])
    assert line.startswith(
        "1 of 2 known prices are above the 90th percentile of usual fees: @dear (1 post: 2,400 USD, dearer than 9"
    )
    fair = quotes((0, "1 post", 600, "quote"), (1, "1 post", 500, "quote"))
    assert dear(fair, fees_of(fair), ["@dear", "@fair"]) == []
    assert dear(Quotes.none(), fees_of(Quotes.none()), []) == []


def test_nothing_is_dearer_than_all() -> None:
    assert dearer(1.0) == "dearer than 99 of 100 comparable asks"
