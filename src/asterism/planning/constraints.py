"""What a plan may not exceed, whom it must or must not hold, and whether that leaves anything to choose."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from asterism.errors import Infeasible
from asterism.planning.offers import Offers

Rows = NDArray[np.int64]
Shares = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Constraints:
    """The limits of a plan; besides, at most one offer per creator.

    Parameters
    ----------
    budget_cents
        The most that all offers may cost together.
    max_creators
        The most creators.
    tier_share, platform_share
        Least and greatest share of the *budget* (not of what is spent) that goes to a tier or platform.
    include, exclude
        Columns of creators that must, or must not, be in the plan.
    allowed_tiers
        Tiers one may choose from; None for all.
    """

    budget_cents: int
    max_creators: int = 40
    tier_share: Shares = field(default_factory=dict)
    platform_share: Shares = field(default_factory=dict)
    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    allowed_tiers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A share limit in cents: `least` ≤ cost of the offers in `members` (n_offers,) ≤ `most`."""

    limit: str
    members: NDArray[np.bool_]
    least: int
    most: int


def groups(constraints: Constraints, offers: Offers) -> tuple[Group, ...]:
    """The share limits in cents, tiers first; a name that no offer has is an empty group."""
    budget = constraints.budget_cents

    def of(what: str, shares: Shares, names: tuple[str, ...], codes: NDArray[np.int16]) -> list[Group]:
        return [
            Group(
                f"limits.{what}.{name}",
                codes == names.index(name) if name in names else np.zeros(len(offers), dtype=bool),
                math.ceil(low * budget - 1e-6),
                math.floor(high * budget + 1e-6),
            )
            for name, (low, high) in shares.items()
        ]

    return (
        *of("tier_share", constraints.tier_share, offers.tiers, offers.tier),
        *of("platform_share", constraints.platform_share, offers.platforms, offers.platform),
    )


def allowed(constraints: Constraints, offers: Offers) -> NDArray[np.bool_]:
    """Which offers may be bought at all: their tier is allowed, their creator is not excluded; (n_offers,)."""
    may = ~np.isin(offers.creator, constraints.exclude)
    if constraints.allowed_tiers is not None:
        codes = [i for i, tier in enumerate(offers.tiers) if tier in constraints.allowed_tiers]
        may &= np.isin(offers.tier, codes)
    return np.asarray(may)


def broken(constraints: Constraints, offers: Offers, chosen: ArrayLike) -> tuple[str, ...]:
    """The limits that `chosen` (rows of `offers`) breaks, by the names of the brief's fields."""
    rows = np.asarray(chosen, dtype=np.int64).reshape(-1)
    creators, cost = offers.creator[rows], offers.cost[rows]
    found = {
        "one offer per creator": np.unique(creators).size < creators.size,
        "budget": int(cost.sum()) > constraints.budget_cents,
        "limits.max_creators": rows.size > constraints.max_creators,
        "limits.include": not set(constraints.include) <= set(creators.tolist()),
        "limits.exclude": not allowed(constraints, offers)[rows].all(),
    }
    for group in groups(constraints, offers):
        found[group.limit] = not group.least <= int(cost[group.members[rows]].sum()) <= group.most
    return tuple(limit for limit, is_broken in found.items() if is_broken)


def feasible(constraints: Constraints, offers: Offers, chosen: ArrayLike) -> bool:
    """Whether `chosen` (rows of `offers`) keeps every limit."""
    return not broken(constraints, offers, chosen)


def linear_optimum(
    constraints: Constraints, offers: Offers, gain: NDArray[np.float64], may: NDArray[np.bool_]
) -> Rows | None:
    """The feasible rows with the largest Σ gain, as if gains simply added up; None if no set is feasible.

    A 0/1 program, solved by HiGHS. `may` (n_offers,) says which offers can be bought.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    columns = np.flatnonzero(may)
    if not columns.size:
        return np.zeros(0, dtype=np.int64) if _nothing_needed(constraints, offers) else None
    matrix, low, high = _rows_of_limits(constraints, offers, columns)
    scale = max(float(np.abs(gain[columns]).max()), 1e-300)
    found = milp(
        -gain[columns] / scale,
        integrality=np.ones(columns.size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": 1e-3, "node_limit": 20_000},
    )
    rows = columns[found.x > 0.5] if found.x is not None else None
    return rows if rows is not None and feasible(constraints, offers, rows) else None


def _nothing_needed(constraints: Constraints, offers: Offers) -> bool:
    return not constraints.include and all(group.least <= 0 for group in groups(constraints, offers))


def _rows_of_limits(
    constraints: Constraints, offers: Offers, columns: Rows
) -> tuple[sparse.csr_matrix, NDArray[np.float64], NDArray[np.float64]]:
    cost, creator = offers.cost[columns].astype(float), offers.creator[columns]
    names, place = np.unique(creator, return_inverse=True)
    once = sparse.csr_matrix((np.ones(columns.size), (place, np.arange(columns.size))))
    shares = groups(constraints, offers)
    dense = [cost, np.ones(columns.size), *(cost * group.members[columns] for group in shares)]
    low = [0.0, 0.0, *(group.least for group in shares), *np.isin(names, constraints.include).astype(float)]
    high = [constraints.budget_cents, constraints.max_creators, *(group.most for group in shares), *np.ones(names.size)]
    return sparse.vstack([sparse.csr_matrix(np.array(dense)), once]).tocsr(), np.array(low), np.array(high, dtype=float)


def least_cost_of_included(constraints: Constraints, offers: Offers, may: NDArray[np.bool_]) -> Rows:
    """The cheapest offer that may be bought of each included creator, rows; creators without one are left out."""
    cheapest = []
    for creator in dict.fromkeys(constraints.include):
        rows = np.flatnonzero((offers.creator == creator) & may)
        if rows.size:
            cheapest.append(int(rows[np.argmin(offers.cost[rows])]))
    return np.array(cheapest, dtype=np.int64)


def check_possible(constraints: Constraints, offers: Offers, creators: Sequence[str], currency: str = "USD") -> None:
    """Raise `Infeasible` if no plan keeps the limits; `creators` names the columns, for the message.

    Raises
    ------
    Infeasible
        With the limits in conflict and the cheapest relaxation.
    """
    may = allowed(constraints, offers)
    for conflict in chain(
        _include_conflicts(constraints, offers, creators, currency),
        _share_conflicts(constraints, offers, may),
        _budget_conflicts(constraints, offers, may, currency),
        _joint_conflicts(constraints, offers, may),
    ):
        raise conflict


def _money(cents: int, currency: str) -> str:
    whole = f"{cents // 100:,}" if cents % 100 == 0 else f"{cents / 100:,.2f}"
    return f"{whole} {currency}"


def _names(columns: Sequence[int], creators: Sequence[str]) -> str:
    return ", ".join(f"`{creators[c]}`" for c in columns)


def _include_conflicts(
    constraints: Constraints, offers: Offers, creators: Sequence[str], currency: str
) -> Iterator[Infeasible]:
    both = [c for c in constraints.include if c in constraints.exclude]
    if both:
        what = f"limits.include and limits.exclude both name {_names(both, creators)}."
        yield Infeasible(what, "Drop one of the two.", ("limits.include", "limits.exclude"))
    cheapest = least_cost_of_included(constraints, offers, allowed(constraints, offers))
    missing = [c for c in constraints.include if c not in offers.creator[cheapest]]
    if missing:
        what = f"limits.include names {_names(missing, creators)}, who cannot be bought here."
        yield Infeasible(what, "Drop them from limits.include, or allow their tier.", ("limits.include",))
    if cheapest.size > constraints.max_creators:
        what = f"limits.include names {cheapest.size} creators, limits.max_creators is {constraints.max_creators}."
        fix = f"Raise limits.max_creators to {cheapest.size}."
        yield Infeasible(what, fix, ("limits.include", "limits.max_creators"))
    needed = int(offers.cost[cheapest].sum())
    if needed > constraints.budget_cents:
        dearest = _names([int(offers.creator[cheapest[np.argmax(offers.cost[cheapest])]])], creators)
        budget = _money(constraints.budget_cents, currency)
        what = f"limits.include costs {_money(needed, currency)}, the budget is {budget}."
        fix = f"Raise budget to {_money(needed, currency)}, or drop {dearest}."
        yield Infeasible(what, fix, ("limits.include", "budget"))
    for group in groups(constraints, offers):
        inside = int(offers.cost[cheapest][group.members[cheapest]].sum())
        if inside > group.most:
            what = (
                f"limits.include costs {_money(inside, currency)}, {group.limit} allows {_money(group.most, currency)}."
            )
            fix = f"Raise {group.limit}.max to {_rounded_up(inside / constraints.budget_cents)}."
            yield Infeasible(what, fix, ("limits.include", group.limit))


def _rounded_up(share: float) -> str:
    return f"{math.ceil(share * 100 - 1e-9) / 100:g}"


def _share_conflicts(constraints: Constraints, offers: Offers, may: NDArray[np.bool_]) -> Iterator[Infeasible]:
    for name, shares in (("tier_share", constraints.tier_share), ("platform_share", constraints.platform_share)):
        total = sum(low for low, _ in shares.values())
        if total > 1 + 1e-9:
            what = f"The least shares of limits.{name} add up to {total:g} of the budget."
            yield Infeasible(
                what, "Lower them until they add up to 1 or less.", tuple(f"limits.{name}.{k}" for k in shares)
            )
    for group in groups(constraints, offers):
        if group.least > group.most:
            what = f"{group.limit} has a min above its max."
            yield Infeasible(what, f"Lower {group.limit}.min.", (group.limit,))
        if group.least > 0 and not (group.members & may).any():
            what = f"{group.limit} asks for a least share, but nobody of that kind can be bought."
            yield Infeasible(what, f"Drop {group.limit}.min.", (group.limit,))


def _budget_conflicts(
    constraints: Constraints, offers: Offers, may: NDArray[np.bool_], currency: str
) -> Iterator[Infeasible]:
    if not may.any():
        yield Infeasible(
            "No creator is left to choose from.", "Allow more tiers, or exclude fewer creators.", ("limits",)
        )
        return
    least = int(offers.cost[may].min())
    if least > constraints.budget_cents:
        budget = _money(constraints.budget_cents, currency)
        what = f"The cheapest offer costs {_money(least, currency)}, the budget is {budget}."
        yield Infeasible(what, f"Raise budget to {_money(least, currency)}.", ("budget",))


def _joint_conflicts(constraints: Constraints, offers: Offers, may: NDArray[np.bool_]) -> Iterator[Infeasible]:
    needy = [group for group in groups(constraints, offers) if group.least > 0]
    if not needy or linear_optimum(constraints, offers, -offers.cost.astype(float), may) is not None:
        return
    for group in needy:
        without = _without_least(constraints, group.limit)
        reached = linear_optimum(without, offers, offers.cost * group.members.astype(float), may)
        if reached is not None:
            spent = int(offers.cost[reached][group.members[reached]].sum())
            share = math.floor(100 * spent / constraints.budget_cents) / 100
            what = f"{group.limit}.min cannot be met beside the other limits: the most that can go there is {share:g}."
            yield Infeasible(what, f"Lower {group.limit}.min to {share:g}.", (group.limit, "budget"))
    what = "The least shares cannot all be met within the budget, limits.max_creators and the greatest shares."
    yield Infeasible(what, "Lower the min of two or more of them.", tuple(group.limit for group in needy))


def _without_least(constraints: Constraints, limit: str) -> Constraints:
    def eased(what: str, shares: Shares) -> dict[str, tuple[float, float]]:
        return {k: (0.0 if limit == f"limits.{what}.{k}" else low, high) for k, (low, high) in shares.items()}

    return replace(
        constraints,
        tier_share=eased("tier_share", constraints.tier_share),
        platform_share=eased("platform_share", constraints.platform_share),
    )
