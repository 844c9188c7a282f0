"""Why: reasons that cite the field of the brief and the signal that drove it, and each tier's pros and cons.

A reason speaks of its own field and of the creators at hand, not of the other fields: change one field and only the
reasons that cite it change.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.planning.flights import most_posts
from asterism.planning.occasions import LAUNCH_WEEKS, NEARER, TEST_SHARE
from asterism.planning.offers import Offers
from asterism.planning.plan import Reason
from asterism.priors import Priors
from asterism.quantities import figure
from asterism.signals.table import Signals

GOAL_WORDS = {
    "awareness": "people reached",
    "effective_reach": "people reached often enough",
    "engagement": "people who act",
    "conversions": "buyers",
    "profit": "profit",
}
"""What a plan counts, per goal."""
_GOAL_SIGNAL = {"engagement": "engagement_rate", "conversions": "convert", "profit": "convert"}


@dataclass(frozen=True, slots=True)
class TierFacts:
    """Typical figures of one tier among the candidates: medians over creators, for one post.

    `fee` is in the brief's currency; `reached`, `acting` and `buying` are people of the whole audience, whether on
    target or not and whatever the product's positioning; `engagement` is as quoted, a share of followers or views;
    `niche` is the part of the tier's creators whose own niche is the brief's.
    """

    tier: str
    creators: int
    fee: float
    reached: float
    acting: float
    buying: float
    engagement: float
    on_target: float
    niche: float

    def per_result(self, goal: str) -> float:
        """Fee per person reached, acting or buying."""
        count = {"engagement": self.acting, "conversions": self.buying, "profit": self.buying}.get(goal, self.reached)
        return self.fee / count if count > 0 else float("inf")


def tier_facts(signals: Signals, offers: Offers, brief: Brief, priors: Priors) -> dict[str, TierFacts]:
    """The typical figures of every tier that has candidates, in the scheme's order."""
    single = np.flatnonzero(offers.posts == 1)
    first = single[np.unique(offers.creator[single], return_index=True)[1]]
    creators = offers.creator[first]
    table = signals.creators
    audience = table["audience"].to_numpy().astype(float)[creators]
    quoted = _by_creator(signals, "engagement_rate")[creators]
    target = table["on_target"].to_numpy().astype(float)[creators]
    in_niche = np.isin(np.array(table["niche"].to_pylist(), dtype=object)[creators].astype(str), brief.niche)
    followers = table["followers"].to_numpy().astype(float)[creators]
    neutral = priors.convert(followers, None).median / priors.convert(followers, brief.price_positioning).median
    facts = {}
    for tier in brief.tiers.names:
        own = offers.tier[first] == offers.tiers.index(tier)
        if own.any():
            rows = first[own]
            facts[tier] = TierFacts(
                tier,
                int(own.sum()),
                _median(offers.fee[rows]) / 100,
                _median(audience[own] * offers.reach[rows]),
                _median(audience[own] * offers.act[rows]),
                _median(audience[own] * offers.buy[rows] * neutral[own]),
                _median(quoted[own]),
                _median(target[own]),
                float(in_niche[own].mean()),
            )
    return facts


def _median(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0


def _by_creator(signals: Signals, name: str) -> NDArray[np.float64]:
    """One value per creator: that of its first format."""
    values = np.full(signals.creators.num_rows, np.nan)
    creator = signals.formats["creator"].to_numpy()
    first = np.unique(creator, return_index=True)[1]
    values[creator[first]] = signals.formats[name].to_numpy(zero_copy_only=False).astype(float)[first]
    return values


def reasons(facts: dict[str, TierFacts], brief: Brief, priors: Priors) -> tuple[Reason, ...]:
    """The reasons behind the verdict, one per field of the brief that bears on micro against macro."""
    if not facts:
        return ()
    found = [
        _goal(facts, brief),
        _budget(facts, brief),
        _slots(facts, brief),
        _handling(facts, brief),
        _audience(facts, brief),
        _niche(facts, brief),
        _weeks(brief, priors),
        _positioning(brief, priors),
        _frequency(brief),
        _tier_share(brief),
        _style(brief, priors),
        _occasion(brief),
    ]
    return tuple(reason for reason in found if reason is not None)


def _goal(facts: dict[str, TierFacts], brief: Brief) -> Reason:
    words = GOAL_WORDS[brief.goal].replace("profit", "buyers, for profit")
    many = ", ".join(f"{f.tier} {figure(1000 / max(f.per_result(brief.goal), 1e-9))}" for f in facts.values())
    money = f"1,000 {brief.budget.currency}"
    text = f"The goal counts {words}: on and off target, typical posts give this many per {money} of fees: {many}."
    return Reason(text, "goal", _GOAL_SIGNAL.get(brief.goal, "reach_rate"))


def _budget(facts: dict[str, TierFacts], brief: Brief) -> Reason:
    amount = float(brief.budget.amount)
    posts = ", ".join(f"{figure(amount / f.fee)} {f.tier}" for f in facts.values() if f.fee > 0)
    return Reason(f"{brief.budget} of fees buy about this many typical posts: {posts}.", "budget", "fee")


def _slots(facts: dict[str, TierFacts], brief: Brief) -> Reason:
    most = brief.limits.max_creators
    people = ", ".join(f"{f.tier} {figure(most * f.reached)}" for f in facts.values())
    return Reason(
        f"At most {most} creators: one typical post from each is seen by, without counting anybody once: {people}.",
        "limits.max_creators",
        "reach_rate",
    )


def _handling(facts: dict[str, TierFacts], brief: Brief) -> Reason | None:
    handling = brief.economics.handling_per_creator
    own = float(handling.amount) * brief.exchange.factor(handling.currency, brief.budget.currency)
    if own <= 0:
        text = "Handling is free: many small creators cost no more to run than a few large ones."
        return Reason(text, "economics.handling_per_creator", "fee")
    share = ", ".join(f"{f.tier} {100 * own / (own + f.fee):.2g}%" for f in facts.values())
    return Reason(
        f"Handling a creator costs {handling}; as a part of one typical post's full cost: {share}.",
        "economics.handling_per_creator",
        "fee",
    )


def _audience(facts: dict[str, TierFacts], brief: Brief) -> Reason | None:
    wanted = brief.audience.wanted
    if not wanted:
        return None
    who = "; ".join(f"{dimension} {', '.join(buckets)}" for dimension, buckets in wanted.items())
    share = ", ".join(f"{f.tier} {100 * f.on_target:.2g}%" for f in facts.values())
    return Reason(f"Only {who} counts: the on-target part of a typical audience is {share}.", "audience", "on_target")


def _niche(facts: dict[str, TierFacts], brief: Brief) -> Reason | None:
    if not brief.niche:
        return None
    share = ", ".join(f"{f.tier} {100 * f.niche:.2g}%" for f in facts.values())
    return Reason(f"Creators whose own niche is {' or '.join(brief.niche)}: {share}.", "niche", "niche")


def _weeks(brief: Brief, priors: Priors) -> Reason:
    posts = most_posts(brief)
    text = f"{brief.weeks} weeks leave room for {posts} post{'s' if posts > 1 else ''} per creator"
    if brief.weeks > 4 and posts > 1:
        most = 100 * (priors.entry("repeated_endorsement").value - 1)
        text = f"{text}; endorsement repeated over months is believed to sell up to {most:.2g}% more."
        return Reason(text, "weeks", "repeated_endorsement")
    return Reason(f"{text}.", "weeks", "saturation")


def _positioning(brief: Brief, priors: Priors) -> Reason | None:
    if brief.price_positioning is None or brief.goal not in ("conversions", "profit"):
        return None
    sizes = np.array([32e3, 707e3, 3e6])
    plain = priors.convert(sizes, None).mean
    effect = priors.convert(sizes, brief.price_positioning).mean / plain
    parts = ", ".join(f"{name} × {e:.2g}" for name, e in zip(("micro", "macro", "mega"), effect, strict=True))
    text = f"A {brief.price_positioning} product is believed differently by size of creator: {parts}."
    return Reason(text, "price_positioning", "convert")


def _frequency(brief: Brief) -> Reason | None:
    if brief.goal != "effective_reach":
        return None
    text = f"A person counts from {brief.frequency} exposures on: creators who share people do more than strangers."
    return Reason(text, "frequency", "overlap")


def _tier_share(brief: Brief) -> Reason | None:
    if not brief.limits.tier_share:
        return None
    shares = brief.limits.tier_share.items()
    limits = ", ".join(f"{tier} {100 * s.min:.3g} to {100 * s.max:.3g}%" for tier, s in shares)
    return Reason(f"Shares of the budget are limited: {limits}.", "limits.tier_share", "fee")


def _style(brief: Brief, priors: Priors) -> Reason | None:
    if not brief.style:
        return None
    more = 100 * (priors.entry("style_effect").value - 1)
    who = f"Creators who name {' or '.join(brief.style)} in their bio or captions"
    return Reason(f"{who} are believed to move {more:.2g}% more people.", "style", "style")


def _occasion(brief: Brief) -> Reason | None:
    said = {
        "launch": f"A launch opens at once: an opening lasts {LAUNCH_WEEKS} weeks at most.",
        "test": f"A test compares many: nobody may cost more than {100 * TEST_SHARE:.2g}% of the budget.",
        "local": f"Local comes first: creators with {NEARER:.2g} times the usual part of their audience on target.",
        "always_on": f"A relationship of months: up to {most_posts(brief)} posts per creator.",
    }
    if brief.occasion is None:
        return None
    signal = {"test": "fee", "local": "on_target", "always_on": "repeated_endorsement"}.get(brief.occasion, "priming")
    return Reason(said[brief.occasion], "occasion", signal)


def pros_and_cons(tier: str, facts: dict[str, TierFacts], brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for and against one tier in this brief, from its typical figures against the other tiers'."""
    if tier not in facts or len(facts) < 2:
        return (), ()
    own, others = facts[tier], [f for name, f in facts.items() if name != tier]
    money = brief.budget.currency
    scored: list[tuple[float, list[float], str, bool]] = [
        (own.engagement, [f.engagement for f in others], f"engagement {100 * own.engagement:.2g}%", True),
        (own.reached, [f.reached for f in others], f"{figure(own.reached)} people see one typical post", True),
        (own.per_result(brief.goal), [f.per_result(brief.goal) for f in others],
         f"{money} {own.per_result(brief.goal):,.2f} of fee per {_one(brief.goal)}", False),
        (own.fee, [f.fee for f in others], f"{money} {own.fee:,.0f} for one typical post", False),
        (own.on_target, [f.on_target for f in others], f"{100 * own.on_target:.2g}% of the audience on target", True),
        (own.creators, [f.creators for f in others], f"{own.creators} candidates to choose from", True),
    ]  # fmt: skip
    pros = [f"{_superlative(more)}{text}" for value, rest, text, more in scored if _best(value, rest, more)]
    cons = [f"{_superlative(not more)}{text}" for value, rest, text, more in scored if _best(value, rest, not more)]
    return tuple(pros), tuple(cons)


def _one(goal: str) -> str:
    return {"engagement": "person who acts", "conversions": "buyer", "profit": "buyer"}.get(goal, "person reached")


def _superlative(highest: bool) -> str:
    return "highest of all tiers: " if highest else "lowest of all tiers: "


def _best(value: float, rest: list[float], more: bool) -> bool:
    return value > max(rest) if more else value < min(rest)
