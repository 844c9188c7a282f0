"""Results move the entries they speak of, as far as they should, and say what they were."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from asterism.creators.tiers import scheme
from asterism.errors import UnknownCurrency
from asterism.learning.evidence import FAKES, PHASES, works
from asterism.learning.updating import learn
from asterism.measurement.matching import Judged
from asterism.priors import Priors
from tests.learning.made import campaigns, creators, evidence, outcome, paid, quote, table

SHIPPED = Priors.default()
LARGE = creators(40, followers=np.geomspace(2e4, 2e6, 40).astype(int).tolist())


def fees_times(factor, who=LARGE, slope=0.0, seed=0):
    rng = np.random.default_rng(seed)
    usual = [float(SHIPPED.fee("instagram", "post", w["followers"]).median) for w in who]
    tilt = [factor * (w["followers"] / 2e5) ** slope for w in who]
    return [quote(w, "1 post", u * t * float(rng.lognormal(0, 0.3))) for w, u, t in zip(who, usual, tilt, strict=True)]


@pytest.fixture(scope="module")
def responded():
    rng = np.random.default_rng(5)
    return learn(SHIPPED, evidence(LARGE, campaigns(rng, LARGE, 20, click=0.04, convert=0.01)))


def test_without_results_nothing_moves():
    found = learn(SHIPPED, evidence(LARGE))
    assert found.updates == ()
    assert found.priors == SHIPPED


def test_clicks_and_purchases_move_towards_what_came(responded):
    assert float(responded.priors.click("post").median) == pytest.approx(0.04, rel=0.15)
    sold = float(responded.priors.convert(2e5).median)
    assert 0.009 < sold < 0.8 * float(SHIPPED.convert(2e5).median)


def test_what_was_learnt_becomes_a_document_that_priors_read(responded):
    again = Priors.read(responded.document)
    for name in responded.document:
        assert again.entry(name) == replace(responded.priors.entry(name))
        assert again.entry(name).quality == "own"
        assert again.entry(name).source.startswith("learnt: ")


def test_an_update_says_of_how_many_when_and_how_much_it_weighs(responded):
    (update,) = [u for u in responded.updates if u.name == "click.any"]
    assert (update.results, update.campaigns) == (160, 20)
    assert update.first.isoformat() == "2026-01-05"
    assert update.last.isoformat() == "2026-05-18"
    assert update.weight > 0.8
    assert "1.8% (1.17–2.76%) → 4" in update.sentence
    assert "160 results of 40 creators in 20 campaigns, 2026-01-05 to 2026-05-18" in update.sentence


def test_few_results_move_little_and_many_move_far():
    few, many = (learn(SHIPPED, evidence(LARGE, rates=fees_times(3.0)[::step])) for step in (20, 1))
    usual = float(SHIPPED.fee("instagram", "post", 2e5).median)
    moved = [float(found.priors.fee("instagram", "post", 2e5).median) / usual for found in (few, many)]
    assert 1.1 < moved[0] < moved[1]
    assert moved[1] == pytest.approx(3.0, rel=0.2)
    weights = [next(u.weight for u in found.updates if u.name == "fee.instagram.post") for found in (few, many)]
    assert weights[0] < weights[1]


def test_a_curve_learns_its_slope_and_stays_a_function_of_followers():
    found = learn(SHIPPED, evidence(LARGE, rates=fees_times(1.0, slope=0.3))).priors
    ratio = [
        float(found.fee("instagram", "post", s).median / SHIPPED.fee("instagram", "post", s).median) for s in (3e4, 1e6)
    ]
    assert ratio[0] < 0.8 < 1.2 < ratio[1]
    size = np.geomspace(1e3, 1e7, 400)
    steps = np.diff(np.log(found.fee("instagram", "post", size).median))
    assert np.abs(steps).max() < 0.06  # no step anywhere: a change of scheme changes no forecast
    assert scheme("a").of(np.array([9_999.0])) != scheme("industry").of(np.array([9_999.0]))


def test_creators_who_agree_narrow_the_range_of_a_fee_and_those_who_differ_widen_it():
    rng = np.random.default_rng(3)
    wild = [{**q, "price": q["price"] * float(rng.lognormal(0, 1.4))} for q in fees_times(1.0)]
    usual, calm, far = (
        float(p.fee("instagram", "post", 2e5).log_sd)
        for p in (SHIPPED, *(learn(SHIPPED, evidence(LARGE, rates=r)).priors for r in (fees_times(1.0), wild)))
    )
    assert calm < usual < far


def test_what_is_paid_below_what_is_asked_teaches_haggling():
    asked = fees_times(1.0)
    given = [paid(w, "1 post", 0.7 * q["price"]) for w, q in zip(LARGE, asked, strict=True)]
    found = learn(SHIPPED, evidence(LARGE, rates=[*asked, *given])).priors
    assert found.entry("paid_to_quote").value == pytest.approx(0.72, abs=0.06)


def test_another_platform_gets_a_curve_of_its_own_and_leaves_the_one_it_borrowed_alone():
    who = creators(20, "twitch")
    usual = [float(SHIPPED.fee("twitch", "video", w["followers"]).median) for w in who]
    found = learn(SHIPPED, evidence(who, rates=[quote(w, "1 video", 4 * u) for w, u in zip(who, usual, strict=True)]))
    assert "fee.twitch.video" in found.document
    assert found.priors.fee("youtube", "video", 1e5) == SHIPPED.fee("youtube", "video", 1e5)
    assert float(Priors.read(found.document).fee("twitch", "video", 1e5).median) > 2.5 * float(
        SHIPPED.fee("twitch", "video", 1e5).median
    )


def post(who, i, likes, sponsored=False, **more):
    return {"post_id": f"{who['creator_id']}-{i}", "creator_id": who["creator_id"], "platform": who["platform"],
            "format": "post", "likes": likes, "sponsored": sponsored, "posted_at": datetime(2026, 3, 1, tzinfo=UTC),
            **more}  # fmt: skip


def test_posts_teach_engagement_scatter_and_what_being_paid_for_costs():
    rng = np.random.default_rng(10)
    rows = [
        post(w, i, int(w["followers"] * 0.03 * (0.6 if i > 3 else 1.0) * rng.lognormal(0, 0.3)), i > 3)
        for w in LARGE
        for i in range(6)
    ]
    found = learn(SHIPPED, evidence(LARGE, posts=rows)).priors
    assert found.entry("sponsored_effect").value == pytest.approx(0.61, abs=0.05)
    assert found.entry("post_log_sd").value == pytest.approx(0.3, abs=0.03)
    level = float(found.engagement_rate("instagram", "post", 2e5).belief.median)
    assert level == pytest.approx(0.03 * np.exp(0.045), rel=0.12)


def test_people_reached_by_several_posts_are_not_taken_for_the_rate_of_one():
    who = creators(30, followers=[100_000] * 30)
    of_three = 3 * 0.2 / (1 - 0.2 + 3 * 0.2)
    done = [outcome(w, f"campaign {i % 5}", reach=int(100_000 * of_three), cost=900.0) for i, w in enumerate(who)]
    bought = [paid(w, "3 posts", 900.0, i % 5) for i, w in enumerate(who)]
    found = learn(SHIPPED, evidence(who, done, bought)).priors
    assert float(found.reach_rate("instagram", "post", 1e5).median) == pytest.approx(0.2, rel=0.1)


def test_views_first_platforms_learn_views():
    who = creators(30, "tiktok", followers=[100_000] * 30)
    rows = [{**post(w, 0, 2_000), "format": "video", "views": 60_000} for w in who]
    found = learn(SHIPPED, evidence(who, posts=rows)).priors
    assert float(found.entry("views_rate.tiktok").at(1e5).median) > 0.45
    assert float(found.engagement_rate("tiktok", "video", 1e5).belief.median) == pytest.approx(2 / 60, rel=0.25)


def test_a_niche_that_buys_more_gets_a_factor_and_others_do_not():
    rng = np.random.default_rng(4)
    beauty = creators(15, niche="Beauty", followers=[200_000] * 15)
    gaming = creators(15, niche="gaming", first=50, followers=[200_000] * 15)
    done = [*campaigns(rng, beauty, 12, convert=0.04), *campaigns(rng, gaming, 12, convert=0.016)]
    learnt = learn(SHIPPED, evidence([*beauty, *gaming], done))
    more, less = (float(learnt.priors.leaning("convert", "instagram", n).median) for n in ("Beauty", "gaming"))
    assert more > 1.25 > 0.85 > less
    assert float(learnt.priors.leaning("convert", "instagram", "pets").median) == 1.0
    again = Priors.read(learnt.document)
    assert float(again.leaning("convert", "instagram", "beauty").median) == pytest.approx(more)


def test_niches_of_fees_are_noted_and_not_handed_to_the_planner():
    half = [{**w, "niche": "beauty" if i % 2 else "tech"} for i, w in enumerate(LARGE)]
    found = learn(SHIPPED, evidence(half, rates=fees_times(1.0)))
    (noted,) = [u for u in found.updates if u.name == "niche.fee.beauty"]
    assert not noted.used
    assert "niche.fee.beauty" not in found.document


def test_clicks_of_people_met_before_teach_priming():
    rng = np.random.default_rng(6)
    cold = campaigns(rng, LARGE, 15, click=0.05, convert=0.02)
    warm = [{**o, "orders": int(rng.binomial(o["clicks"], 0.034)), "campaign": f"later {o['campaign']}"}
            for o in campaigns(rng, LARGE, 15, click=0.05)]  # fmt: skip
    phases = table([{"creator_id": o["creator_id"], "campaign": o["campaign"], "primed": 1.0} for o in warm], PHASES)
    found = learn(SHIPPED, evidence(LARGE, [*cold, *warm], phases=phases)).priors
    assert found.entry("priming").value == pytest.approx(1.6, abs=0.2)


def test_audits_move_the_clusters_of_fake_followers():
    rng = np.random.default_rng(7)
    shares = np.where(rng.random(200) < 0.5, rng.beta(1, 24, 200), rng.beta(6, 6, 200))
    rows = [{"creator_id": str(i), "share": float(s)} for i, s in enumerate(shares)]
    found = learn(SHIPPED, evidence(LARGE, fakes=table(rows, FAKES))).priors
    assert found.entry("fake.weight").value == pytest.approx(0.53, abs=0.06)
    assert found.entry("fake.low_cluster").value < 0.1
    assert found.authentic().mean < SHIPPED.authentic().mean


def test_orders_without_counted_clicks_still_teach_purchases():
    rng = np.random.default_rng(9)
    done = [{**o, "clicks": None} for o in campaigns(rng, LARGE, 15, convert=0.04)]
    sold = float(learn(SHIPPED, evidence(LARGE, done)).priors.convert(2e5).median)
    assert sold > 1.4 * float(SHIPPED.convert(2e5).median)


def test_one_absurd_price_does_not_move_the_market():
    prices = fees_times(1.0)
    absurd = [{**prices[0], "price": prices[0]["price"] * 1e6}, *prices[1:]]
    calm, moved = (float(learn(SHIPPED, evidence(LARGE, rates=r)).priors.fee("instagram", "post", 2e5).median)
                   for r in (prices, absurd))  # fmt: skip
    assert moved == pytest.approx(calm, rel=0.2)


def test_costs_in_another_currency_need_a_rate():
    done = [{**o, "currency": "EUR"} for o in campaigns(np.random.default_rng(1), LARGE, 1)]
    with pytest.raises(UnknownCurrency, match="EUR"):
        works(evidence(LARGE, done))


def judged(spread, n=60):
    rng = np.random.default_rng(2)
    return Judged(np.full(n, "price", dtype=object), np.full(n, "micro", dtype=object), np.full(n, 100.0),
                  np.full(n, 400.0), 200.0 * np.exp(rng.normal(0.7, spread, n)))  # fmt: skip


@pytest.mark.parametrize(("spread", "wider"), [(1.2, True), (0.15, False)], ids=["too narrow", "too wide"])
def test_forecasts_that_held_too_few_or_too_many_change_ranges_without_moving_the_middle(spread, wider):
    found = learn(SHIPPED, evidence(LARGE), judged(spread))
    before, after = (p.fee("instagram", "post", 2e5) for p in (SHIPPED, found.priors))
    assert float(after.median) == pytest.approx(float(before.median))
    assert (float(after.log_sd) > float(before.log_sd)) == wider
    assert found.widths[0].n == 60
    assert ("wider" if wider else "narrower") in found.widths[0].sentence
    assert Priors.read(found.document).fee("instagram", "post", 2e5).log_sd == pytest.approx(after.log_sd)


def test_ranges_that_results_set_are_left_to_them():
    alone, both = (learn(SHIPPED, evidence(LARGE, rates=fees_times(1.0)), told) for told in (None, judged(1.2)))
    assert both.priors.entry("fee.instagram.post") == alone.priors.entry("fee.instagram.post")
    assert "fee.tiktok.video" in both.stretched


def test_too_few_forecasts_change_nothing():
    assert learn(SHIPPED, evidence(LARGE), judged(1.2, n=9)).priors == SHIPPED
