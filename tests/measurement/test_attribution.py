import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.errors import BadInput
from asterism.measurement.attribution import attribute
from asterism.measurement.crediting import VERSIONS, Attribution, Rule
from asterism.measurement.events import Click, Code, Order, Partner, Refund, Seen
from asterism.measurement.exchange import DatedRates
from asterism.measurement.sharing import deal
from asterism.quantities import Money

AT = datetime(2026, 5, 10, 12, tzinfo=UTC)
PARTNERS = tuple(Partner(f"p{i}", f"c{i % 2}", f"creator{i}", customer=f"customer{i}") for i in range(4))
CODES = (*(Code(f"P{i}", f"p{i}") for i in range(3)), Code("P3", "p3", limit=2, ends=AT), Code("ALL"))
RATES = DatedRates.of([("EUR", date(2026, 4, 1), Decimal("1.10")), ("EUR", date(2026, 5, 12), Decimal("1.07"))])


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def order(**given: object) -> Order:
    return Order(**{"key": "o", "at": AT, "amount": usd("100"), "codes": ("P1",)} | given)  # type: ignore[arg-type]


def attributed(*orders: Order, clicks: tuple[Click, ...] = (), rule: Rule | None = None) -> Attribution:
    return attribute(Seen(PARTNERS, clicks, CODES, orders), rule or Rule(), "USD", RATES)


def test_a_credit_says_whose_it_is_why_and_what_is_left() -> None:
    bought = order(refunds=(Refund("r", AT, usd("25")),), margin=usd("40"), new_customer=True)
    (credit,) = attributed(bought).credits
    assert (credit.order, credit.partner, credit.campaign, credit.at) == ("o", "p1", "c1", AT)
    assert (credit.why, credit.evidence, credit.share) == ("code", "P1", 1)
    assert (credit.gross_cents, credit.refunded_cents, credit.revenue_cents) == (100_00, 25_00, 75_00)
    assert (credit.margin_cents, credit.new_customer) == (30_00, True)


def test_a_link_is_told_from_a_visitor() -> None:
    clicks = (Click("k1", AT, "p1", visitor="v"), Click("k2", AT, "p2", visitor="v"))
    found = attributed(order(codes=(), clicks=("k1",), visitor="v"), clicks=clicks, rule=Rule("linear"))
    assert {(c.partner, c.why, c.evidence) for c in found.credits} == {("p1", "link", "k1"), ("p2", "visitor", "k2")}


def test_shares_of_several_clicks_are_joined_per_creator() -> None:
    clicks = tuple(Click(f"k{i}", AT - timedelta(hours=9 - i), f"p{i % 2}") for i in range(3))
    found = attributed(order(codes=(), clicks=("k0", "k1", "k2")), clicks=clicks, rule=Rule("linear"))
    assert [(c.partner, c.share, c.evidence) for c in found.credits] == [
        ("p0", Fraction(2, 3), "k2"),
        ("p1", Fraction(1, 3), "k1"),
    ]


@pytest.mark.parametrize(
    ("given", "margin"),
    [
        ({"margin": None}, None),
        ({"margin": usd("40")}, 40_00),
        ({"margin": usd("40"), "refunds": (Refund("r", AT, usd("50")),)}, 20_00),
        ({"margin": usd("40"), "refunds": (Refund("r", AT, usd("100")),)}, 0),
        ({"margin": usd("-40"), "refunds": (Refund("r", AT, usd("50")),)}, -20_00),
        ({"margin": usd("-5"), "amount": usd("0")}, -5_00),
        ({"margin": Money(Decimal(40), "EUR")}, 44_00),
    ],
    ids=["unknown", "whole", "half given back", "all given back", "below zero", "a gift", "in euros"],
)
def test_a_margin_shrinks_with_what_is_left(given: dict[str, object], margin: int | None) -> None:
    assert attributed(order(**given)).credits[0].margin_cents == margin


def test_an_order_without_a_rate_is_named_and_nothing_else_is_lost() -> None:
    found = attributed(order(), order(key="yen", amount=Money(Decimal(5), "JPY")))
    (aside,) = found.set_aside
    assert (aside.order, aside.why, aside.partner, aside.revenue_cents) == ("yen", "no_rate", "p1", None)
    assert aside.says.startswith("No exchange rate is known for JPY on 2026-05-10.")
    assert found.revenue_cents == 100_00


@pytest.mark.parametrize(
    ("given", "rule", "why", "cents"),
    [
        ({"cancelled": True}, Rule(), "cancelled", 0),
        ({"customer": "customer1"}, Rule(), "self_order", 100_00),
        ({"new_customer": False}, Rule(returning="set_aside"), "returning", 100_00),
    ],
    ids=["cancelled", "self", "returning"],
)
def test_what_is_set_aside_keeps_its_worth_and_where_it_would_have_gone(
    given: dict[str, object], rule: Rule, why: str, cents: int
) -> None:
    (aside,) = attributed(order(**given), rule=rule).set_aside
    assert (aside.why, aside.partner, aside.campaign, aside.revenue_cents) == (why, "p1", "c1", cents)
    assert aside.says.endswith(".")


def test_orders_count_those_credited_and_those_that_are_nobodys() -> None:
    found = attributed(order(), order(key="n", codes=()), order(key="x", cancelled=True))
    assert found.orders == 2
    assert [c.order for c in found.of(["p1"])] == ["o"] == [c.order for c in found.of_campaign("c1")]
    assert found.of(["p2"]) == () == found.of_campaign("c0")


def test_the_same_order_twice_counts_once() -> None:
    refunds = (Refund("a", AT, usd("1")), Refund("b", AT, usd("2")))
    twice = (order(refunds=refunds), order(refunds=refunds[::-1], at=AT.astimezone()))
    assert attributed(*twice).revenue_cents == 97_00


@pytest.mark.parametrize(
    "seen",
    [
        Seen(orders=(order(), order(amount=usd("99")))),
        Seen(clicks=(Click("k", AT, "p1"), Click("k", AT, "p2"))),
        Seen(codes=(Code("P1", "p1"), Code("p1", "p2"))),
        Seen(partners=(PARTNERS[0], replace(PARTNERS[0], campaign="other"))),
    ],
    ids=["order", "click", "code", "partner"],
)
def test_two_things_under_one_key_are_a_contradiction(seen: Seen) -> None:
    with pytest.raises(BadInput, match=r"stands twice and differs\. Send each once"):
        attribute(seen, Rule(), "USD", RATES)


@pytest.mark.parametrize(
    ("seen", "whose"),
    [
        (Seen(orders=(order(at=AT.replace(tzinfo=None)),)), "the order `o`"),
        (Seen(clicks=(Click("k", AT.replace(tzinfo=None), "p1"),)), "the click `k`"),
        (Seen(codes=(Code("P1", "p1", starts=AT.replace(tzinfo=None)),)), "the code `P1`"),
        (Seen(codes=(Code("P1", "p1", ends=AT.replace(tzinfo=None)),)), "the code `P1`"),
    ],
    ids=["order", "click", "start", "end"],
)
def test_a_time_without_an_offset_is_refused(seen: Seen, whose: str) -> None:
    with pytest.raises(BadInput, match=f"The time of {whose} has no offset"):
        attribute(seen, Rule(), "USD", RATES)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"name": "lastclick"}, "Did you mean `last_click`"),
        ({"version": 7}, "has no version 7"),
        ({"window": timedelta(days=-1)}, "below zero"),
        ({"self_orders": "ignored"}, "`ignored` is no way"),
        ({"returning": "ignored"}, "`ignored` is no way"),
    ],
    ids=["name", "version", "window", "self", "returning"],
)
def test_a_rule_that_is_not_known_is_refused(given: dict[str, object], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        Rule(**given)  # type: ignore[arg-type]


def test_the_label_of_a_rule_is_its_name_and_version() -> None:
    assert [Rule(name).label for name in VERSIONS] == ["last_click 1", "first_click 1", "linear 1"]


def test_an_address_shared_by_many_is_read_from_the_end_that_counts() -> None:
    clicks = tuple(Click(f"k{i:03}", AT - timedelta(minutes=200 - i), f"p{i % 2}", visitor="v") for i in range(200))
    bought = order(codes=(), visitor="v", customer="customer1")
    for name, evidence in (("last_click", "k198"), ("first_click", "k000")):
        assert attributed(bought, clicks=clicks, rule=Rule(name)).credits[0].evidence == evidence


def everything(chance: random.Random) -> Seen:
    """Up to 12 clicks and 8 orders with every kind of trouble, from a seed: drawn part by part they take minutes."""

    def moment() -> datetime:
        return AT - timedelta(days=30) + timedelta(hours=chance.randint(0, 24 * 60))

    clicks = tuple(
        Click(
            f"k{i}",
            moment(),
            chance.choice(["p0", "p1", "p2", "p3", ""]),
            chance.choice(["c0", "c1"]),
            visitor=chance.choice(["", "v", "w"]),
            filtered=chance.choice(["", "", "", "bot"]),
        )
        for i in chance.sample(range(100), chance.randint(0, 12))
    )
    keys = [click.key for click in clicks] + ["k?"]
    bought = [an_order(f"o{i}", moment(), keys, chance) for i in chance.sample(range(100), chance.randint(0, 8))]
    return Seen(PARTNERS, clicks, CODES, tuple(bought))


def an_order(key: str, at: datetime, keys: list[str], chance: random.Random) -> Order:
    cents = chance.choice([0, 1, chance.randint(0, 99_99)])
    currency = chance.choice(["USD", "EUR", "JPY"])

    def money(n: int) -> Money:
        return Money(Decimal(n) / 100, currency)

    back = chance.choice([0, cents, chance.randint(0, cents)])
    return Order(
        key,
        at,
        money(cents),
        codes=tuple(chance.choices(["P0", "P1", "P2", "P3", "ALL", "NOPE"], k=chance.choice([0, 0, 1, 2]))),
        clicks=tuple(chance.choices(keys, k=chance.randint(0, 3))),
        visitor=chance.choice(["", "v", "w"]),
        customer=chance.choice(["", "somebody", "customer0", "customer1"]),
        new_customer=chance.choice([True, False, None]),
        margin=chance.choice([None, money(chance.randint(-50_00, 50_00))]),
        cancelled=chance.random() < 0.1,
        refunds=tuple(Refund(f"r{i}", AT, money(part)) for i, part in enumerate((back // 2, back - back // 2))),
    )


SEEN = st.integers(0, 10**9).map(lambda seed: everything(random.Random(seed)))
RULES = st.builds(
    Rule,
    name=st.sampled_from(sorted(VERSIONS)),
    window=st.integers(0, 40).map(lambda days: timedelta(days=days)),
    self_orders=st.sampled_from(["set_aside", "counted"]),
    returning=st.sampled_from(["set_aside", "counted"]),
)


@given(SEEN, RULES, st.integers(0, 10**9))
@settings(max_examples=120, deadline=None)
def test_the_order_in_which_things_arrive_changes_nothing(seen: Seen, rule: Rule, seed: int) -> None:
    chance = random.Random(seed)
    shuffled = Seen(*(tuple(chance.sample(part, len(part))) for part in parts(seen)))
    assert attribute(shuffled, rule, "USD", RATES) == attribute(seen, rule, "USD", RATES)


@given(SEEN, RULES)
@settings(max_examples=120, deadline=None)
def test_arriving_twice_changes_nothing(seen: Seen, rule: Rule) -> None:
    twice = Seen(*(part + part for part in parts(seen)))
    assert attribute(twice, rule, "USD", RATES) == attribute(seen, rule, "USD", RATES)


@given(SEEN, RULES)
@settings(max_examples=200, deadline=None)
def test_every_order_stands_in_one_list_and_every_cent_is_found_again(seen: Seen, rule: Rule) -> None:
    found = attribute(seen, rule, "USD", RATES)
    lists = [
        {c.order for c in found.credits},
        {a.order for a in found.set_aside},
        {u.order for u in found.unattributed},
    ]
    assert sorted(key for keys in lists for key in keys) == sorted(o.key for o in seen.orders)
    worth = {u.order: u.revenue_cents for u in found.unattributed}
    worth |= {a.order: a.revenue_cents for a in found.set_aside if a.revenue_cents is not None}
    for credit in found.credits:
        assert credit.gross_cents - credit.refunded_cents == credit.revenue_cents
        assert credit.gross_cents >= credit.revenue_cents >= 0
        worth[credit.order] = worth.get(credit.order, 0) + credit.revenue_cents
    rated = [o for o in seen.orders if o.amount.currency != "JPY"]
    expected = {o.key: RATES.convert(o.kept, "USD", o.at.date()).cents for o in rated}
    assert worth == expected | {o.key: 0 for o in seen.orders if o.cancelled}


@given(SEEN, RULES)
@settings(max_examples=200, deadline=None)
def test_the_shares_of_an_order_come_to_one(seen: Seen, rule: Rule) -> None:
    found = attribute(seen, rule, "USD", RATES)
    for key in {c.order for c in found.credits}:
        assert sum(c.share for c in found.credits if c.order == key) == 1


@given(SEEN, RULES, st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_a_wider_window_never_loses_a_credited_order(seen: Seen, rule: Rule, days: int) -> None:
    wider = replace(rule, window=rule.window + timedelta(days=days))
    narrow, wide = ({c.order for c in attribute(seen, r, "USD", RATES).credits} for r in (rule, wider))
    assert narrow <= wide


@given(st.integers(-10_000, 10_000), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_dealt_cents_come_to_the_whole_and_lie_within_a_cent_of_their_share(cents: int, weights: list[int]) -> None:
    shares = [Fraction(w, sum(weights)) for w in weights]
    dealt = deal(cents, shares)
    assert sum(dealt) == cents
    assert all(abs(part - cents * share) < 1 for part, share in zip(dealt, shares, strict=True))


def parts(seen: Seen) -> tuple[tuple[object, ...], ...]:
    return seen.partners, seen.clicks, seen.codes, seen.orders
