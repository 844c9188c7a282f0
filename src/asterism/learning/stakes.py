"""Stakes: what a plan leaves open, as ways to split its budget, and the usual experiments that tell them apart."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from math import log1p
from typing import Any, Final

import numpy as np

from asterism.learning.experiments import Experiment, Option, Stakes, Tier, log_sds
from asterism.priors import Priors
from asterism.quantities import Interval, figure

SPLITS: Final = 8
"""Parts of the budget that may go to one tier or another."""
TESTED: Final = 3
"""Creators of a tier that a test books for one post each."""
POSTS: Final = 2.0
"""Posts of a usual package."""
HOUR: Final = 30.0
"""What an hour of one's own time is taken to cost, in the plan's currency (an assumption)."""
SURVEYED: Final = 400
ANSWER: Final = 1.0
"""What one answer of a survey costs (an assumption)."""
BOTH: Final = ("mixed", "two_phase")
_IN_QUESTION: Final = 0.25
"""Part of the best value from which a tier alone is worth asking about."""


def stakes_of(plan: Mapping[str, Any]) -> Stakes:
    """The stakes of a plan (`Plan.to_dict()`): its alternatives, and the splits of its budget between them."""
    alternatives = [a for a in plan["verdict"]["alternatives"] if a["why_empty"] is None and a["value"]["mean"] > 0]
    known = _part_known(plan["picks"])
    tiers = tuple(_tier(a, known) for a in alternatives if a["name"] not in BOTH)
    named = _named(alternatives, _mix(plan, tiers))
    best = max(alternatives, key=lambda a: float(a["value"]["mean"]))
    unit = 1.0 if plan["goal"] == "profit" else best["cost"] / best["value"]["mean"]
    return Stakes(tiers, (*named, *_splits(plan, tiers, named)), unit, plan["currency"])


def _tier(alternative: Mapping[str, Any], known: Mapping[str, float]) -> Tier:
    name, value = alternative["name"], Interval(**alternative["value"])
    return Tier(name, value, float(alternative["cost"]), int(alternative["creators"]), known.get(name, 0.0))


def _part_known(picks: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Part of each tier's fees, among the picks, that stands on a quote or a fee paid."""
    fees: dict[str, list[float]] = {}
    for pick in picks:
        fee = float(pick["price"]["mean"])
        both = fees.setdefault(pick["tier"], [0.0, 0.0])
        both[0] += fee
        both[1] += fee * (pick["price"]["source"] != "prior")
    return {tier: known / whole for tier, (whole, known) in fees.items() if whole}


def _mix(plan: Mapping[str, Any], tiers: Sequence[Tier]) -> dict[str, float]:
    """Part of the money each tier gets in the picks; of a plan of one tier, even parts stand for a mix."""
    cost = {tier.name: 0.0 for tier in tiers}
    for pick in plan["picks"]:
        if pick["tier"] in cost:
            cost[pick["tier"]] += float(pick["price"]["mean"])
    total = sum(cost.values())
    mixed = sum(c > 0 for c in cost.values()) > 1
    return {name: c / total if mixed else 1 / len(cost) for name, c in cost.items()}


def _named(alternatives: Sequence[Mapping[str, Any]], mix: Mapping[str, float]) -> list[Option]:
    """The plan's own alternatives; of two that are the same set, the simpler."""
    found: dict[tuple[float, float], Option] = {}
    for a in alternatives:
        name, mean = a["name"], float(a["value"]["mean"])
        shares = mix if name in BOTH else {name: 1.0}
        parts = {tier: share * mean for tier, share in shares.items()}
        found.setdefault((mean, a["cost"]), Option(name, parts, shares, name == "two_phase", float(a["chance_best"])))
    return list(found.values())


def _splits(plan: Mapping[str, Any], tiers: Sequence[Tier], named: Sequence[Option]) -> list[Option]:
    """Every split of the budget over two tiers or more, in one phase or two, by each tier's own budget–result curve.

    Tiers share people, and no split can bring more than the plan's best set of its kind: all are scaled to that.
    """
    found = [
        _split(dict(zip((t.name for t in tiers), parts, strict=True)), plan) for parts in _compositions(len(tiers))
    ]
    found = [option for option in found if len(option.parts) > 1]
    most = max((o.mean for o in found), default=0.0)
    made = []
    for primed in sorted({o.primed for o in named}):
        scale = max(o.mean for o in named if o.primed == primed) / most if most else 1.0
        made += [Option(o.name, {t: v * scale for t, v in o.parts.items()}, o.shares, primed) for o in found]
    return made


def _compositions(n: int) -> Iterator[list[float]]:
    for bars in combinations(range(SPLITS + n - 1), n - 1):
        edges = (-1, *bars, SPLITS + n - 1)
        yield [(b - a - 1) / SPLITS for a, b in pairwise(edges)]


def _split(shares: Mapping[str, float], plan: Mapping[str, Any]) -> Option:
    own = {tier: share for tier, share in shares.items() if share}
    parts = {tier: _value(plan, tier, share * plan["budget"]) for tier, share in own.items()}
    return Option(" + ".join(f"{figure(100 * share)}% {tier}" for tier, share in own.items()), parts, own)


def _value(plan: Mapping[str, Any], tier: str, budget: float) -> float:
    """What a tier brings for a budget, read from the plan's curve and through nothing for nothing."""
    points = sorted((p["budget"], p["value"]) for p in plan["curve"] if p["alternative"] == tier)
    at, worth = zip((0.0, 0.0), *points, strict=True) if points else ((0.0,), (0.0,))
    return float(np.interp(budget, at, worth))


def usual_experiments(stakes: Stakes, priors: Priors) -> tuple[Experiment, ...]:
    """What is usually tried: test posts, quotes and audience profiles of each tier in question, and a survey."""
    best = max((o.mean for o in stakes.options), default=0.0)
    asked = [t for t in stakes.tiers if t.value.mean >= _IN_QUESTION * best]
    found = [one for tier in asked for one in (_posts(tier, priors), _quotes(tier, priors), _profiles(tier, priors))]
    return (*found, *_survey(stakes))


def _posts(tier: Tier, priors: Priors) -> Experiment:
    sds, scatter = log_sds(priors), priors.entry("post_log_sd.reach").value
    results = TESTED * tier.value.mean / tier.creators / POSTS
    counted = log1p(1.0 / max(results, 0.2))
    error = {"response": sds["response"] ** 2 / TESTED + counted, "reach": (sds["reach"] ** 2 + scatter**2) / TESTED}
    how = f"{TESTED} creators publish one post each; about {figure(results)} results come of it"
    return Experiment(
        f"Test {TESTED} {tier.name} posts", tier.name, TESTED * tier.cost / tier.creators / POSTS, error, how
    )


def _quotes(tier: Tier, priors: Priors) -> Experiment:
    n, scatter = max(tier.creators, TESTED), priors.entry("fee_log_sd_of_quotes").value
    error = {"price": (log_sds(priors)["price"] ** 2 + scatter**2) / n}
    return Experiment(
        f"Ask {n} {tier.name} creators for quotes", tier.name, n * HOUR / 4, error, "four letters an hour"
    )


def _profiles(tier: Tier, priors: Priors) -> Experiment:
    n, measured = max(tier.creators, TESTED), priors.entry("profile_log_sd").value
    error = {"audience": (log_sds(priors)["audience"] ** 2 + measured**2) / n}
    how = "each sends a picture of the platform's own statistics, three an hour"
    return Experiment(f"Get audience profiles of {n} {tier.name} creators", tier.name, n * HOUR / 3, error, how)


def _survey(stakes: Stakes) -> list[Experiment]:
    """Asking buyers whom they had met first tells of priming; a campaign must have run for it."""
    if not any(option.primed for option in stakes.options):
        return []
    how = f"{SURVEYED} buyers of an earlier campaign say whom they saw first"
    return [Experiment(f"Survey {SURVEYED} buyers", "", SURVEYED * ANSWER, {"priming": 4.0 / SURVEYED}, how)]
