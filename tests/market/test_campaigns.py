"""Simulated campaigns: people drawn as the truth says, orders as the options say, and a truth that adds up."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.errors import AsterismError, BadInput
from asterism.market import Booking, CampaignOptions, MarketOptions, draw_bookings, run_campaign, simulate
from asterism.market.currencies import draw_currencies, seconds
from asterism.market.sales import unlike
from asterism.measurement.survey import CREATOR
from asterism.quantities import Money

CAST = {"nano": 6, "micro": 6, "macro": 3}
BUSY = CampaignOptions(pull=4, baseline=12.0, order_value=50.0, leaked=0.3, self_orders=0.3)


@pytest.fixture(scope="module")
def market():
    return simulate(60, 6_000, seed=11, options=MarketOptions(universe=2_000_000))


@pytest.fixture(scope="module")
def bookings(market):
    return draw_bookings(np.random.default_rng(1), market.truth, CAST)


@pytest.fixture(scope="module")
def ran(market, bookings):
    return run_campaign(market, bookings, np.random.default_rng(2), BUSY)


def again(market, bookings, **changed):
    return run_campaign(market, bookings, np.random.default_rng(2), replace(BUSY, **changed))


# People


def test_what_happens_on_average_is_what_the_truth_expects(market, bookings):
    """Mean reach, frequency and buyers of 8 campaigns, against `Truth.expected` of the same bookings."""
    plain = CampaignOptions(spread=0, product="beauty", cancelled=0.0, bots=0.0, baseline=0.0, leaked=0.0)
    expected = market.truth.expected(bookings, product="beauty")
    runs = [run_campaign(market, bookings, np.random.default_rng(seed), plain) for seed in range(8)]
    assert np.mean([run.reach for run in runs]) == pytest.approx(expected.reach, rel=0.005)
    often = [sum(run.frequency[2:]) for run in runs]
    assert np.mean(often) == pytest.approx(expected.reached(3), rel=0.02)
    buyers = [run.truth.total.caused.orders for run in runs]
    assert np.mean(buyers) == pytest.approx(expected.buyers, abs=3 * np.sqrt(expected.buyers / 8))


def test_a_person_reached_by_several_counts_once(ran):
    assert ran.reach == sum(ran.frequency) < sum(deal.delivered.reach for deal in ran.deals)


def test_posts_tell_how_often_the_people_reached_saw_them(ran):
    seen = sum((i + 1) * people for i, people in enumerate(ran.frequency))
    assert seen == sum(post.reach for post in ran.posts)
    for deal in ran.deals:
        own = [post.reach for post in ran.posts if post.partner == deal.partner.key]
        assert max(own) <= deal.delivered.reach <= sum(own)


def test_every_post_of_a_collaboration_reaches_about_as_many(ran):
    """Who sees n of its posts sees any n: the reach of each is alike, within four standard errors."""
    for deal in ran.deals:
        own = np.array([post.reach for post in ran.posts if post.partner == deal.partner.key])
        assert np.abs(own - own.mean()).max() <= 4 * np.sqrt(own.mean())


def test_nobody_buys_twice(market):
    """Of an offer that a third of those reached take, by several creators of both phases."""
    bookings = draw_bookings(np.random.default_rng(3), market.truth, {"nano": 4})
    ran = run_campaign(
        market, [*bookings, *(replace(b, phase=0) for b in bookings)], np.random.default_rng(0), replace(BUSY, pull=900)
    )
    of = Counter(order.customer for order in ran.seen.orders if order.customer.startswith("buyer"))
    assert set(of.values()) == {1}
    assert of.total() > 0.2 * ran.reach


def test_people_reached_before_buy_more_readily(market, bookings):
    """With a priming of 8 the same follow-up sells more after an opening than without one."""
    primed = replace(market, truth=replace(market.truth, priming=8.0))
    options = CampaignOptions(pull=4, spread=0, baseline=0.0, bots=0.0, leaked=0.0)
    follow = [b for b in bookings if b.phase == 1]
    both, alone = (
        sum(
            line.caused.orders
            for seed in range(2)
            for partner, line in run_campaign(primed, cast, np.random.default_rng(seed), options).truth.lines.items()
            if partner.phase == "follow"
        )
        for cast in (bookings, follow)
    )
    assert both > 1.1 * alone


# Posts


def test_the_second_phase_begins_where_the_first_ends(ran):
    turn = datetime.combine(BUSY.start, datetime.min.time(), UTC) + timedelta(days=round(BUSY.opening * BUSY.days))
    phase = {deal.partner.key: deal.partner.phase for deal in ran.deals}
    assert all((post.at < turn) == (phase[post.partner] == "open") for post in ran.posts)
    assert {7 <= post.at.hour < 21 for post in ran.posts} == {True}


def test_posts_and_outcomes_obey_their_schemas(ran):
    posts, outcomes = ran.posts_table(), ran.outcomes()
    assert (posts.schema, outcomes.schema) == (POSTS.arrow, OUTCOMES.arrow)
    assert posts.num_rows == len(ran.posts)


def test_outcomes_add_up_to_what_was_tracked_and_paid(ran):
    outcomes, total = ran.outcomes(), ran.truth.total
    assert sum(outcomes["orders"].to_pylist()) == total.tracked.orders
    assert round(100 * sum(outcomes["revenue"].to_pylist())) == total.tracked.kept
    assert round(100 * sum(outcomes["cost"].to_pylist())) == total.cost == sum(d.costs.total for d in ran.deals)
    counted = sum(click.counted and bool(click.partner) for click in ran.seen.clicks)
    assert sum(outcomes["clicks"].to_pylist()) == counted


def test_one_creator_in_both_phases_has_two_collaborations_and_one_outcome(market, bookings):
    both = [replace(bookings[0], phase=phase) for phase in (0, 1)]
    ran = run_campaign(market, both, np.random.default_rng(0), BUSY)
    assert [deal.partner.phase for deal in ran.deals] == ["open", "follow"]
    assert ran.outcomes().num_rows == 1
    assert len({code.word for code in ran.seen.codes}) == 3


# Orders


def test_orders_say_how_they_are_seen_as_often_as_planted(market, bookings):
    """Dark 0.3 of nano's and so on; of the others 35% by code alone, 40% by link alone, the rest by both."""
    ran = again(market, bookings, pull=20, habits=0, leaked=0, self_orders=0, cancelled=0)
    for tier, line in ran.truth.by("tier").items():
        n, tracked = line.caused.orders, line.tracked.orders
        assert 1 - tracked / n == pytest.approx(BUSY.dark[tier[0]], abs=3 * np.sqrt(0.25 / n))
        assert line.coupons.orders / tracked == pytest.approx(0.6, abs=3 * np.sqrt(0.25 / tracked))


@pytest.mark.parametrize("habits", [0.0, 0.1, 0.5])
def test_shares_differ_between_collaborations_as_much_as_asked(habits):
    """Means stay, and the variance of each share is p (1 − p) times the overdispersion."""
    usual = np.array([0.35, 0.4, 0.25])
    drawn = unlike(np.random.default_rng(0), usual, 20_000, habits)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx(usual, abs=0.01)
    assert drawn.var(axis=0) == pytest.approx(habits * usual * (1 - usual), rel=0.05)


def test_the_truth_counts_orders_as_they_are_written(ran):
    """By hand, order by order: a partner's code goes before a link, and nothing else leads to a partner."""
    codes = {code.word: code.partner for code in ran.seen.codes}
    clicks = {click.key: click for click in ran.seen.clicks}
    of_visitor = defaultdict(list)
    for click in sorted(ran.seen.clicks, key=lambda c: c.at):
        of_visitor[click.visitor].append(click)
    owner = {partner.key: partner.customer for partner in ran.seen.partners}
    orders = Counter()
    for order in ran.seen.orders:
        by_code = [codes[word] for word in order.codes if codes[word]]
        before = [c for c in of_visitor[order.visitor] if c.at <= order.at]
        by_link = [clicks[key].partner for key in order.clicks] or [c.partner for c in before[-1:]]
        whose = (by_code + by_link + [""])[0]
        if whose and not order.cancelled and order.customer != owner[whose]:
            orders[whose] += 1
    assert orders == Counter({p.key: line.tracked.orders for p, line in ran.truth.lines.items() if line.tracked.orders})


def test_a_handed_back_click_is_the_visitors_last_before_the_order(ran):
    clicks = {click.key: click for click in ran.seen.clicks}
    handed = [order for order in ran.seen.orders if order.clicks]
    assert handed
    last = defaultdict(lambda: datetime.min.replace(tzinfo=UTC))
    for click in ran.seen.clicks:
        last[click.visitor] = max(last[click.visitor], click.at)
    for order in handed:
        click = clicks[order.clicks[0]]
        assert click.visitor == order.visitor
        assert timedelta(0) <= order.at - click.at <= timedelta(days=30)
        assert click.at == last[order.visitor]


def test_some_who_buy_by_one_link_opened_another(ran):
    partners = defaultdict(set)
    for click in ran.seen.clicks:
        partners[click.visitor].add(click.partner)
    linked = [order for order in ran.seen.orders if partners.get(order.visitor)]
    astray = sum(len(partners[order.visitor]) > 1 for order in linked)
    assert 0.04 < astray / len(linked) < 0.16


def test_revenue_is_what_the_orders_come_to_at_the_rates_of_their_days(ran):
    """Exact fractions here, whole numbers there: all orders of the campaign's partners, in cents."""
    total = ran.truth.total.tracked
    codes = {code.word: code.partner for code in ran.seen.codes}
    clicks = {click.key: click.partner for click in ran.seen.clicks}
    visitors = {click.visitor for click in ran.seen.clicks if click.partner}
    gross = refunded = margin = 0
    for order in ran.seen.orders:
        mine = any(codes[word] for word in order.codes) or any(clicks[key] for key in order.clicks)
        if not (mine or order.visitor in visitors) or order.cancelled or order.customer.startswith("customer-"):
            continue
        full, kept = (_in_usd(ran, money, order) for money in (order.amount, order.kept))
        left = round(Fraction(order.margin.cents) * order.kept.cents / order.amount.cents)
        gross, refunded = gross + full, refunded + full - kept
        margin += _in_usd(
            ran, Money(left * order.amount.amount / order.amount.amount / 100, order.amount.currency), order
        )
    assert (gross, refunded, margin) == (total.gross, total.refunded, total.margin)


def _in_usd(ran, money, order):
    known = ran.rates.usd.get(money.currency)
    if known is None:
        return money.cents
    at = sum(day <= order.at.date() for day in ran.rates.days[money.currency]) - 1
    return round(Fraction(money.cents) * Fraction(known[at]))


def test_orders_come_in_every_currency_of_the_options(ran):
    paid = Counter(order.amount.currency for order in ran.seen.orders)
    assert paid["EUR"] / paid.total() == pytest.approx(0.12, abs=0.02)
    assert paid["GBP"] / paid.total() == pytest.approx(0.08, abs=0.02)
    worth = defaultdict(list)
    for order in ran.seen.orders:
        worth[order.amount.currency].append(_in_usd(ran, order.amount, order))
    assert all(np.mean(cents) == pytest.approx(5_000, rel=0.1) for cents in worth.values())


def test_refunds_are_partial_or_full_and_some_come_in_two(ran):
    back = [order for order in ran.seen.orders if order.refunds]
    assert len(back) / len(ran.seen.orders) == pytest.approx(0.08, abs=0.02)
    full = sum(order.kept.cents == 0 for order in back) / len(back)
    assert 0.2 < full < 0.5
    assert {len(order.refunds) for order in back} == {1, 2}
    assert not any(order.cancelled for order in back)
    assert all(refund.at > order.at for order in back for refund in order.refunds)


# What strangers do


def test_strangers_use_leaked_codes_only_and_only_since(ran):
    leaks = ran.truth.leaks
    assert leaks
    sites = [order for order in ran.seen.orders if "coupon" in order.referrer or "retailmenot" in order.referrer]
    assert sites
    for order in sites:
        assert order.at >= leaks[order.codes[0]]
        assert not order.clicks
    leaked = sum(line.leaked.orders for line in ran.truth.lines.values())
    assert len(sites) / leaked == pytest.approx(BUSY.strangers, abs=0.2)


def test_what_a_leak_brings_is_tracked_and_caused_by_nobody(market, bookings):
    with_leaks, without = again(market, bookings, leaked=1.0), again(market, bookings, leaked=0.0)
    for partner, line in with_leaks.truth.lines.items():
        honest = without.truth.lines[partner]
        assert line.caused.orders == pytest.approx(honest.caused.orders, abs=6 + 0.2 * honest.caused.orders)
        assert line.leaked.orders > 5 > honest.leaked.orders == 0
        assert line.tracked.orders >= line.leaked.orders
    assert len(with_leaks.truth.leaks) == len(bookings)
    assert not without.truth.leaks


def test_creators_who_order_themselves_are_in_no_sum(ran):
    own = [order for order in ran.seen.orders if order.customer.startswith("customer-")]
    assert own
    standing = [o for o in ran.seen.orders if not o.cancelled and not o.customer.startswith("customer-")]
    assert ran.truth.orders == len(standing) == ran.buyers.order.size


def test_some_orders_come_by_the_campaign_itself(ran):
    own = {click.key for click in ran.seen.clicks if not click.partner and click.counted}
    visitors = {click.visitor for click in ran.seen.clicks if click.key in own}
    came = [order for order in ran.seen.orders if order.visitor in visitors and not order.cancelled]
    assert ran.truth.own.orders == len(came) > 0


def test_programs_are_filtered_and_never_buy(ran):
    programs = [click for click in ran.seen.clicks if click.filtered]
    assert len(programs) / (len(ran.seen.clicks) - len(programs)) == pytest.approx(BUSY.bots, abs=0.02)
    assert not {c.visitor for c in programs} & {order.visitor for order in ran.seen.orders}


# Answers


def test_answers_are_the_truth_where_everybody_remembers(market, bookings):
    ran = again(market, bookings, answering=1.0, named=1.0, tiered=0.0)
    assert len(ran.answers) == ran.truth.orders
    said = Counter(answer.partner for answer in ran.answers if answer.channel == CREATOR)
    assert said == Counter({p.key: t.caused.orders for p, t in ran.truth.lines.items() if t.caused.orders})


def test_recall_and_error_blur_the_answers(market, bookings):
    clear = again(market, bookings, answering=1.0)
    ran = again(market, bookings, answering=1.0, recall=0.6, error=0.1)
    caused = ran.truth.total.caused.orders
    expected = 0.6 * caused + 0.1 * (ran.truth.orders - caused)
    say = sum(answer.channel == CREATOR for answer in ran.answers)
    assert say == pytest.approx(expected, abs=4 * np.sqrt(expected))
    assert clear.truth == ran.truth


def test_some_name_the_creator_some_the_tier_some_neither(market, bookings):
    ran = again(market, bookings, answering=1.0)
    say = [answer for answer in ran.answers if answer.channel == CREATOR]
    named, tiered = (np.mean([bool(getattr(a, what)) for a in say]) for what in ("partner", "tier"))
    assert (named, tiered) == (pytest.approx(0.6, abs=0.06), pytest.approx(0.3, abs=0.06))
    assert not any(a.partner and a.tier for a in say)


def test_asked_again_others_answer_and_the_truth_stays(ran):
    other = ran.asked_again(np.random.default_rng(9))
    assert {a.order for a in other} != {a.order for a in ran.answers}
    assert len(other) / ran.truth.orders == pytest.approx(BUSY.answering, abs=0.03)


# Sums, chance, and what is refused


def test_groups_add_up_to_the_total(ran):
    for dimensions in (("tier",), ("phase", "platform"), ("creator_id",)):
        groups = ran.truth.by(*dimensions)
        assert sum(groups.values(), type(ran.truth.total)()) == ran.truth.total


def test_the_same_chance_gives_the_same_campaign(market, bookings, ran):
    assert again(market, bookings).seen == ran.seen


def test_a_knob_of_one_step_leaves_the_others_luck_alone(market, bookings, ran):
    other = again(market, bookings, bots=0.0, answering=0.5, refunded=0.0)
    assert other.frequency == ran.frequency
    assert [order.at for order in other.seen.orders] == [order.at for order in ran.seen.orders]


def test_rates_hold_for_a_week_and_turn_halves_to_even():
    rates = draw_currencies(np.random.default_rng(0), ("EUR", "USD"), date(2026, 1, 5), 3)
    pinned = replace(rates, usd=np.array([[1_250_000, 1_000_000]] * 2 + [[2_000_000, 1_000_000]]))
    last = seconds(date(2026, 1, 19))
    cents, at = np.array([2, 6, 10, 7, 7]), np.array([last - 1] * 3 + [last - 1, last])
    turned = pinned.turned(cents, np.zeros(5, dtype=np.int64), at, "USD")
    assert turned.tolist() == [2, 8, 12, 9, 14]


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"dark": {"nano": 1.2}}, r"`dark\[nano\]` is 1.2"),
        ({"answering": -0.1}, "`answering` is -0.1"),
        ({"pull": 0}, "`pull` is 0"),
        ({"baseline": -1}, "`baseline` is -1"),
        ({"by_code": 0.7, "by_link": 0.7}, "`by_code` and `by_link` come to more than 1"),
        ({"currencies": {}}, "Nobody pays in any currency"),
        ({"currencies": {"EUR": 0.0}}, "Nobody pays in any currency"),
    ],
    ids=lambda case: str(case)[:30],
)
def test_options_that_cannot_be_are_refused(changed, match):
    with pytest.raises(BadInput, match=match):
        CampaignOptions(**changed)


@pytest.mark.parametrize(
    ("bookings", "options", "match"),
    [
        ((), CampaignOptions(), "Nobody is booked"),
        ((Booking("nobody", "reel"),), CampaignOptions(), "There is no creator `nobody`"),
        (None, CampaignOptions(currencies={"XAU": 1.0}), "Nobody here pays in XAU"),
    ],
    ids=["nobody", "a stranger", "gold"],
)
def test_campaigns_that_cannot_be_are_refused(market, bookings, options, match):
    some = draw_bookings(np.random.default_rng(0), market.truth, {"nano": 1}) if bookings is None else bookings
    with pytest.raises(AsterismError, match=match):
        run_campaign(market, some, np.random.default_rng(0), options)


def test_a_tier_that_nobody_has_cannot_be_booked(market):
    with pytest.raises(BadInput, match="Nobody in this market is giant"):
        draw_bookings(np.random.default_rng(0), market.truth, {"giant": 1})
