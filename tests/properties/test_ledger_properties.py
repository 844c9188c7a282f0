"""What must hold of every ledger, however its orders fell."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.measurement.costs import KINDS, Costs
from asterism.measurement.crediting import Attribution, Credit, Rule
from asterism.measurement.economics import Economics
from asterism.measurement.events import Partner
from asterism.measurement.ledger import DIMENSIONS, Deal
from asterism.measurement.returns import Terms, returns
from asterism.measurement.sharing import deal

START = datetime(2026, 5, 1, tzinfo=UTC)
GROUPINGS = (*((name,) for name in DIMENSIONS), ("tier", "phase"), ("platform", "tier", "phase"), ())
few = settings(max_examples=25, deadline=None, derandomize=True)
cents = st.integers(0, 100_000)


@st.composite
def campaigns(draw):
    """Up to six collaborations in two campaigns, and orders that each credit up to three of them."""
    n = draw(st.integers(1, 6))
    word = st.sampled_from(["", "a", "b"])
    partners = [Partner(str(i), draw(st.sampled_from(["x", "y"])), draw(word), draw(word), draw(word), draw(word))
                for i in range(n)]  # fmt: skip
    deals = [Deal(p, costs=Costs(**{kind: draw(cents) for kind in KINDS[:3]})) for p in partners]
    parts = []
    for i in range(draw(st.integers(0, 12))):
        chosen = draw(st.lists(st.sampled_from([*partners, Partner("", "x", "")]), min_size=1, max_size=3))
        gross, back = draw(cents), draw(st.integers(0, 100))
        shares = [Fraction(1, len(chosen))] * len(chosen)
        whole = deal(gross, shares)
        refunds = [each * back // 100 for each in whole]
        margin = draw(st.none() | st.integers(-500, 500))
        margins = [None] * len(chosen) if margin is None else deal(margin, shares)
        parts += [
            Credit(f"o{i}", p.key, p.campaign, START + timedelta(hours=i), "link", "k", s, g, r, g - r, m)
            for p, s, g, r, m in zip(chosen, shares, whole, refunds, margins, strict=True)
        ]
    own = {"x": Costs(other=draw(cents))}
    terms = Terms(Economics(share=Fraction(draw(st.integers(0, 100)), 100)), own, draw(st.booleans()))
    if terms.share_costs and not any(p.campaign == "x" for p in partners):
        terms = Terms(terms.economics, own)
    return deals, Attribution(Rule("linear"), "EUR", tuple(parts)), terms


@few
@given(campaigns())
def test_every_grouping_comes_to_the_total_to_the_cent(given_):
    deals, attribution, terms = given_
    result = returns(deals, attribution, terms)
    total = result.total
    for dimensions in GROUPINGS:
        groups = result.by(*dimensions)
        assert sum((group.costs for group in groups), Costs()) == total.costs
        tracked = [group.tracked for group in groups]
        for name in ("shares", "revenue", "refunds", "margin", "new_customers"):
            assert sum(getattr(one, name) for one in tracked) == getattr(total.tracked, name)
        assert sum(group.lines for group in groups) == len(deals)


@few
@given(campaigns())
def test_nothing_is_lost_between_credits_costs_and_ledger(given_):
    deals, attribution, terms = given_
    total = returns(deals, attribution, terms).total
    paid = sum(deal.costs.total for deal in deals) + sum(costs.total for costs in terms.campaign_costs.values())
    known = {deal.partner.campaign for deal in deals} | {"x"}
    mine = [credit for credit in attribution.credits if credit.campaign in known]
    assert total.costs.total == paid
    assert total.tracked.kept == sum(credit.revenue_cents for credit in mine)
    assert total.tracked.shares == sum(credit.share for credit in mine)


@few
@given(campaigns())
def test_return_is_never_infinite_and_three_figures_never_mix(given_):
    deals, attribution, terms = given_
    for group in returns(deals, attribution, terms).by("creator"):
        if not group.costs.total:
            assert group.roi.tracked is None
        elif group.roi.tracked is not None:
            expected = (group.tracked.margin - group.costs.total) / group.costs.total
            assert group.roi.tracked == pytest.approx(expected)
        assert group.roi.survey_adjusted is group.roi.causal is None
