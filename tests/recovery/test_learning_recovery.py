"""After thirty campaigns forecasts are better and their ranges hold; waves by Thompson sampling lose least.

Each market's truth lies away from the shipped benchmarks as real niches do: every rate and the fees are off by a factor
drawn with a log-sd of 0.45, and fees and purchases lean with size. Campaigns to come are held out, book anew, and are
forecast from the priors alone, so that nothing but learning can tell the two forecasts apart.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.tables import POSTS, RATES
from asterism.creators.tiers import scheme
from asterism.learning.collaborations import Booked, expect, kept_collaborations
from asterism.learning.evidence import Evidence, known
from asterism.learning.trials import POLICIES, Trial, simulate_waves
from asterism.learning.updating import learn
from asterism.learning.waves import Arm, Level, Rules, State
from asterism.market.bookings import Booking
from asterism.market.campaign_options import CampaignOptions
from asterism.market.campaigns import run_campaign
from asterism.market.rates import CRAFTS, FORMATS
from asterism.measurement.matching import matched
from asterism.priors import Priors
from tests.recovery.campaigned import START, Shift, evidence_of, market_of, run, shifted

pytestmark = pytest.mark.campaign

SHIPPED = Priors.default()
MARKETS = 12
OFF = 0.45


def judged(priors, booked, outcomes):
    """Of each forecast kept before the start: what it is of, its tier, whether it held, its absolute log error."""
    kept = kept_collaborations(priors, booked, START + timedelta(days=200))
    found = matched(kept, POSTS.empty(), outcomes, scheme("industry"))
    middle = (np.log(found.low + 0.5) + np.log(found.high + 0.5)) / 2
    inside = (found.low <= found.came) & (found.came <= found.high)
    return list(zip(found.what, found.tier, inside, np.abs(np.log(found.came + 0.5) - middle), strict=True))


@pytest.fixture(scope="module")
def fared():
    """What came of 360 held-out campaigns of twelve markets, by the shipped and by the learnt priors."""
    far = np.random.default_rng(5)
    found = {"shipped": [], "learnt": []}
    for seed in range(MARKETS):
        shift = Shift(*np.exp(far.normal(0, OFF, 5)).tolist(), slope=float(far.normal(0, 0.08)))
        market, rng = market_of(seed), np.random.default_rng(100 + seed)
        truth = shifted(market, shift)
        past, to_come = run(truth, market, 30, rng), run(truth, market, 30, rng, first=40)
        learnt = learn(SHIPPED, evidence_of(market, past)).priors
        for name, priors in (("shipped", SHIPPED), ("learnt", learnt)):
            found[name] += judged(priors, to_come.booked, to_come.outcomes)
    return found


def errors(rows, whole):
    """Mean absolute log error by kind, of whole campaigns or of single collaborations."""
    found = defaultdict(list)
    for what, tier, _, error in rows:
        if (tier == "all") == whole:
            found[what].append(error)
    return {what: float(np.mean(each)) for what, each in found.items()}


def test_campaigns_are_forecast_a_quarter_better(fared):
    shipped, learnt = (errors(fared[name], True) for name in ("shipped", "learnt"))
    print({what: (round(shipped[what], 3), round(learnt[what], 3)) for what in shipped})
    assert set(shipped) == {"engagements", "clicks", "conversions", "price"}
    assert np.mean([*learnt.values()]) < 0.75 * np.mean([*shipped.values()])
    assert all(learnt[what] < shipped[what] for what in shipped)


def test_single_collaborations_are_forecast_better_of_every_kind(fared):
    shipped, learnt = (errors(fared[name], False) for name in ("shipped", "learnt"))
    print({what: (round(shipped[what], 3), round(learnt[what], 3)) for what in shipped})
    assert all(learnt[what] < shipped[what] for what in shipped)
    assert np.mean([*learnt.values()]) < 0.85 * np.mean([*shipped.values()])


def test_ranges_hold_four_of_five_after_learning(fared):
    held = np.array([inside for _, _, inside, _ in fared["learnt"]])
    before = np.array([inside for _, _, inside, _ in fared["shipped"]])
    by = defaultdict(list)
    for what, tier, inside, _ in fared["learnt"]:
        by[what, "campaign" if tier == "all" else "each"].append(inside)
    print(held.size, held.mean(), before.mean(), {k: (len(v), round(float(np.mean(v)), 3)) for k, v in by.items()})
    assert 0.77 <= held.mean() <= 0.83
    for (what, _), each in by.items():
        # Few orders come in whole numbers: no range of them holds exactly four in five.
        assert (0.74 if what != "conversions" else 0.77) <= np.mean(each) <= (0.87 if what != "conversions" else 0.91)


def test_where_the_benchmarks_are_right_learning_does_no_harm():
    found = {"shipped": [], "learnt": []}
    for seed in range(4):
        market, rng = market_of(50 + seed), np.random.default_rng(seed)
        truth = shifted(market, Shift())
        past, to_come = run(truth, market, 30, rng), run(truth, market, 30, rng, first=40)
        learnt = learn(SHIPPED, evidence_of(market, past)).priors
        for name, priors in (("shipped", SHIPPED), ("learnt", learnt)):
            found[name] += judged(priors, to_come.booked, to_come.outcomes)
    shipped, learnt = (np.mean([*errors(found[name], True).values()]) for name in ("shipped", "learnt"))
    print(shipped, learnt)
    assert learnt < shipped


def test_thirty_tracked_campaigns_with_leaked_codes_teach_too():
    """Campaigns from click to order, codes leaking as planted: tracked orders are what is learnt and forecast."""
    far, found = np.random.default_rng(5), {"shipped": [], "learnt": []}
    for seed in range(3):
        shift = Shift(*np.exp(far.normal(0, OFF, 5)).tolist(), slope=float(far.normal(0, 0.08)))
        market = market_of(seed, 200)
        market = replace(market, truth=shifted(market, shift))
        rng, people = np.random.default_rng(seed), known(market.tables.creators)
        tracked = [_tracked(market, people, number, rng) for number in range(50)]
        learnt = learn(SHIPPED, _told(market, tracked[:30])).priors
        came = pa.concat_tables([ran.outcomes() for ran, _, _ in tracked[30:]])
        booked = [one for _, each, _ in tracked[30:] for one in each]
        for name, priors in (("shipped", SHIPPED), ("learnt", learnt)):
            found[name] += judged(priors, booked, came)
    shipped, learnt = (errors(found[name], True) for name in ("shipped", "learnt"))
    print(shipped, learnt)
    assert np.mean([*learnt.values()]) < 0.75 * np.mean([*shipped.values()])


def _told(market, tracked):
    posts = pa.concat_tables([ran.posts_table() for ran, _, _ in tracked])
    rates = pa.Table.from_pylist([row for _, _, paid in tracked for row in paid], RATES.arrow)
    return Evidence(market.tables.creators, pa.concat_tables([ran.outcomes() for ran, _, _ in tracked]), rates, posts)


def _tracked(market, people, number, rng):
    truth, name = market.truth, f"campaign {number:03}"
    start = (START + timedelta(days=7 * number)).date()
    hired = rng.choice(truth.roster.size, 6, replace=False).tolist()
    made = {
        c: max(crafts, key=lambda k: crafts[k].usual) for c in hired if (crafts := CRAFTS[truth.roster.platforms[c]])
    }
    bookings = [Booking(truth.roster.ids[c], kind, 2) for c, kind in made.items()]
    ran = run_campaign(market, bookings, rng, CampaignOptions(name=name, start=start))
    cost = {row["creator_id"]: row["cost"] for row in ran.outcomes().to_pylist()}
    paid = [{"creator_id": b.creator_id, "package": f"2 {b.format}", "price": cost[b.creator_id], "currency": "USD",
             "kind": "paid", "date": START + timedelta(days=7 * number)} for b in bookings]  # fmt: skip
    return ran, [Booked(people[b.creator_id], name, b.format, b.posts) for b in bookings], paid


TIERS = (("nano", 0.0, 1e4), ("micro", 1e4, 1e5), ("macro", 1e5, 1e6), ("mega", 1e6, 1e9))


def trial_of(seed, market, waves=10):
    """Sixty creators of a market away from the benchmarks, untried; tiers are believed to bring what priors say."""
    rng = np.random.default_rng(seed)
    shift = Shift(*np.exp(rng.normal(0, 0.4, 5)).tolist(), slope=float(rng.normal(0, 0.08)))
    truth, people = shifted(market, shift), known(market.tables.creators)
    arms, rate, hoped = [], [], defaultdict(list)
    for creator in rng.choice(truth.roster.size, 60, replace=False).tolist():
        who = people[truth.roster.ids[creator]]
        made = max(CRAFTS[who.platform], key=lambda kind: CRAFTS[who.platform][kind].usual)
        fee = float(2 * truth.rates.fee[creator, FORMATS.index(made)]) + 60
        rate.append(truth.audience[creator] * truth.package([Booking(who.creator_id, made, 2)]).buy / fee)
        tier = next(name for name, low, high in TIERS if low <= who.followers < high)
        belief = expect(SHIPPED, Booked(who, "", made, 2))
        orders = float(belief.reach.mean * belief.click.mean * belief.convert.mean)
        hoped[tier].append(np.log(orders / (float(belief.price.mean) + 60)))
        arms.append(Arm(who.creator_id, tier, round(fee, 2)))
    levels = {tier: Level(float(np.exp(np.mean(logs)))) for tier, logs in hoped.items()}
    budget = float(np.sort([arm.cost for arm in arms])[:30].sum() / 4)
    return Trial(State(tuple(arms), levels, Rules(waves=waves)), np.array(rate), (budget,) * waves)


def test_thompson_sampling_regrets_least_over_two_hundred_seeds():
    markets = [market_of(seed, 300) for seed in range(8)]
    regret = {name: [] for name in POLICIES}
    for seed in range(200):
        trial = trial_of(seed, markets[seed % 8])
        for name, policy in POLICIES.items():
            regret[name].append(simulate_waves(trial, policy, np.random.default_rng(10_000 + seed)).sum())
    found = {name: np.array(each) for name, each in regret.items()}
    for name, each in found.items():
        less = each - found["thompson"]
        print(name, each.mean(), each.std() / 200**0.5, "more than Thompson:", less.mean(), less.std() / 200**0.5)
    for other in ("greedy", "equal split"):
        less = found[other] - found["thompson"]
        assert less.mean() > 0
    assert found["thompson"].mean() < found["greedy"].mean() < found["equal split"].mean()
