"""The truth against plain loops: sets of people, one person at a time."""

import itertools

import numpy as np
import pytest
from scipy.stats import betabinom

from asterism.errors import NotFound, WrongUsage
from asterism.market import Booking
from asterism.market.exposure import times_seen
from asterism.market.rates import FORMATS
from asterism.planning.offers import seen_at_least_once

US = {"country": ["US"], "gender": ["female"]}


def bookings(market, count=6, phases=(0,)):
    """Two formats of the largest creators of each platform, spread over the phases."""
    truth, found = market.truth, []
    order = np.argsort(-truth.follows.counts)[:count]
    for at, creator in enumerate(order.tolist()):
        makes = [f for f in FORMATS if not np.isnan(truth.rates.reach[creator, FORMATS.index(f)])]
        for made, posts in zip(makes[:2], (2, 1), strict=False):
            found.append(Booking(truth.roster.ids[creator], made, posts, phases[at % len(phases)]))
    return found


def naive(market, booked, wanted, product):
    """Reach, engagers, buyers and frequency, person by person."""
    truth, rates = market.truth, market.truth.rates
    inside, readily = truth.people.wanted(wanted), truth.propensity(product)
    packages = {}
    for booking in booked:
        packages.setdefault((booking.creator_id, booking.phase), []).append(booking)
    fans = {one: set(truth.following(one).tolist()) for one, _ in packages}
    reach = engagers = buyers = 0.0
    frequency = np.zeros(200)
    for person in np.flatnonzero(inside).tolist():
        unseen, idle = 1.0, 1.0
        stays = {0: 1.0, 1: 1.0, "primed": 1.0}
        unseen_first, counts = 1.0, np.array([1.0])
        for (creator_id, phase), parts in packages.items():
            if person not in fans[creator_id]:
                continue
            c = truth.column(creator_id)
            r = [rates.reach[c, FORMATS.index(b.format)] for b in parts]
            a = [rates.act[c, FORMATS.index(b.format)] * rates.sponsored[c] for b in parts]
            n = sum(b.posts for b in parts)
            m = sum(b.posts * x for b, x in zip(parts, r, strict=True))
            each = sum(b.posts * x * y for b, x, y in zip(parts, r, a, strict=True)) / m
            pmf = betabinom(n, 1, (1 - m / n) / (m / n)).pmf(range(n + 1))
            unseen *= pmf[0]
            idle *= sum(p * (1 - each) ** k for k, p in enumerate(pmf))
            buy = (1 - pmf[0]) * rates.click[c] * rates.convert[c] * readily[person]
            stays[phase] *= 1 - buy
            if phase == 0:
                unseen_first *= pmf[0]
            else:
                stays["primed"] *= 1 - buy * truth.priming
            counts = np.convolve(counts, pmf)
        reach += 1 - unseen
        engagers += 1 - idle
        bought_first = 1 - stays[0]
        reached_not_bought = (1 - unseen_first) - bought_first
        buyers += bought_first + unseen_first * (1 - stays[1]) + reached_not_bought * (1 - stays["primed"])
        frequency[: counts.size] += counts
    return np.array([reach, engagers, buyers]) * truth.scale, frequency[1:] * truth.scale


@pytest.mark.parametrize("posts", [1, 2, 5, 12])
@pytest.mark.parametrize("rate", [0.03, 0.4, 0.9])
def test_times_seen_is_the_beta_binomial_of_the_decision(posts, rate):
    seen = times_seen(posts, posts * rate)
    assert seen == pytest.approx(betabinom(posts, 1, (1 - rate) / rate).pmf(range(posts + 1)))
    assert 1 - seen[0] == pytest.approx(float(seen_at_least_once(np.array([posts]), np.array([posts * rate]))[0]))


def test_reach_is_the_union_of_followers(small):
    truth, ids = small.truth, small.truth.roster.ids
    for size in (1, 2, 10, 40):
        union = set().union(*(truth.following(one).tolist() for one in ids[:size]))
        assert truth.reach(ids[:size]) == pytest.approx(len(union) * truth.scale)


def test_reach_on_target_counts_the_target_only(small):
    truth, ids = small.truth, small.truth.roster.ids[:8]
    inside = truth.people.wanted(US)
    union = set().union(*(truth.following(one).tolist() for one in ids))
    assert truth.reach(ids, US) == pytest.approx(sum(bool(inside[p]) for p in union) * truth.scale)


def test_overlap_is_the_intersection(small):
    truth, ids = small.truth, small.truth.roster.ids
    for a, b in itertools.combinations(ids[:8], 2):
        shared = set(truth.following(a).tolist()) & set(truth.following(b).tolist())
        assert truth.overlap(a, b) == pytest.approx(len(shared) * truth.scale)


@pytest.mark.parametrize(
    ("phases", "wanted", "product"),
    [((0,), {}, None), ((0,), US, "fashion"), ((0, 1), {}, "food"), ((0, 1), US, None), ((1,), {}, None)],
    ids=["plain", "on target", "two phases", "two phases on target", "second phase only"],
)
def test_expected_agrees_with_plain_loops_over_people(small, phases, wanted, product):
    booked = bookings(small, phases=phases)
    totals, frequency = naive(small, booked, wanted, product)
    found = small.truth.expected(booked, wanted, product, most=5)
    assert [found.reach, found.engagers, found.buyers] == pytest.approx(totals.tolist())
    assert found.frequency[:4] == pytest.approx(frequency[:4].tolist())
    assert found.frequency[4] == pytest.approx(frequency[4:].sum())


def test_frequencies_add_up_to_the_reach(small):
    found = small.truth.expected(bookings(small))
    assert sum(found.frequency) == pytest.approx(found.reach)
    assert found.reached(1) == pytest.approx(found.reach)
    assert found.reached(3) == pytest.approx(sum(found.frequency[2:]))


def test_priming_sells_more_and_reaches_the_same(small):
    booked = bookings(small, phases=(0, 1))
    cold = [Booking(b.creator_id, b.format, b.posts) for b in booked]
    primed, plain = small.truth.expected(booked), small.truth.expected(cold)
    assert primed.buyers > plain.buyers
    assert primed.reach == pytest.approx(plain.reach)


def test_two_bookings_of_one_creator_are_one_package(small):
    one = small.truth.roster.ids[int(np.argmax(small.truth.follows.counts))]
    made = bookings(small, 1)[0].format
    apart = small.truth.expected([Booking(one, made, 1), Booking(one, made, 2)])
    assert apart.reach == pytest.approx(small.truth.expected([Booking(one, made, 3)]).reach)


def test_the_mean_follower_of_a_niche_buys_at_its_creators_rate(market):
    truth = market.truth
    readily = truth.propensity("beauty")
    own = [truth.follows.of(c) for c in np.flatnonzero(truth.roster.niche == truth.people.niches.index("beauty"))]
    assert readily[np.concatenate(own)].mean() == pytest.approx(1)
    assert readily.mean() < 0.8


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: Booking("c0001", "reels"), "Did you mean `reel`"),
        (lambda: Booking("c0001", "reel", 0), "at least one post"),
        (lambda: Booking("c0001", "reel", 1, 2), "phase 0 or 1"),
    ],
    ids=["format", "posts", "phase"],
)
def test_an_unsound_booking_is_refused(wrong, said):
    with pytest.raises(WrongUsage, match=said):
        wrong()


def test_a_format_of_another_platform_is_refused(small):
    on_tiktok = small.truth.roster.ids[small.truth.roster.platforms.index("tiktok")]
    with pytest.raises(WrongUsage, match="is on tiktok and makes no reel"):
        small.truth.expected([Booking(on_tiktok, "reel")])


def test_an_unknown_creator_or_niche_is_named(small):
    with pytest.raises(NotFound, match="no creator `c9999`"):
        small.truth.reach(["c9999"])
    with pytest.raises(NotFound, match="Did you mean `fashion`"):
        small.truth.expected([], product="fashoin")


def test_nobody_booked_brings_nothing(small):
    found = small.truth.expected([])
    assert (found.reach, found.engagers, found.buyers) == (0, 0, 0)


def test_a_frequency_beyond_those_told_apart_is_refused(small):
    with pytest.raises(WrongUsage, match="from 1 to 10"):
        small.truth.expected([]).reached(11)
