"""Leakage: codes that are used by people whom their creator never reached, with the evidence."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.measurement.coupon_sites import is_coupon_site
from asterism.measurement.crediting import LINEAR, Rule
from asterism.measurement.events import Click, Code, Order, Seen
from asterism.measurement.instants import instant
from asterism.measurement.peers import UNLIKE, chances
from asterism.measurement.redemptions import words
from asterism.measurement.spikes import BLOCK, jumps
from asterism.measurement.touches import Clicks, touches

WITHOUT_CLICKS: Final = "without_clicks"
COUPON_SITES: Final = "coupon_sites"
SPIKE: Final = "spike"
FEW_NEW: Final = "few_new_customers"
ALARMS: Final = 0.05
"""How often an honest code may be found leaking, by any of the kinds."""
LEVEL_EACH: Final = ALARMS / 4
"""The chance below which one kind speaks: four kinds share the alarms (Bonferroni)."""
FEWEST: Final = 5
"""Orders below which nothing is said of a code."""
STRAYS: Final = 0.02
"""Orders by way of coupon sites that every code is held to have: people look for codes by themselves."""
MOST_STRAYS: Final = 0.05
"""The most of them that an honest code is held to have, however many other codes leak or however few there are."""
ALIKE: Final = 0.02
"""Overdispersion of such strays: how a creator presents a code hardly matters for them."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A sign that a code leaked: `kind` is without_clicks, coupon_sites, spike or few_new_customers.

    `since` is the first order that the finding rests on, `strength` the chance of as much by accident (smaller is
    stronger), `says` the evidence with its figures in one sentence.
    """

    code: str
    kind: str
    since: datetime
    strength: float
    says: str


@dataclass(frozen=True, slots=True)
class _Use:
    """One order with a code: whether its creator's click led to it, a coupon site did, and whether the buyer is new."""

    at: datetime
    clicked: bool
    coupon: bool
    new: bool | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """A share that is compared between codes: which uses are counted, which of them are bad, and how to say so."""

    name: str
    bad: Callable[[_Use], bool]
    among: Callable[[_Use], bool]
    says: str
    least: float = 0.0
    unlike: float = UNLIKE
    most: float = 1.0


_KINDS: Final = (
    _Kind(WITHOUT_CLICKS, lambda u: not u.clicked, lambda _: True, "came without a click on the creator's links"),
    _Kind(
        *(COUPON_SITES, lambda u: u.coupon, lambda _: True, "came from a site that collects codes"),
        *(STRAYS, ALIKE, MOST_STRAYS),
    ),
    _Kind(FEW_NEW, lambda u: u.new is False, lambda u: u.new is not None, "are of customers who bought before"),
)


def leaks(seen: Seen) -> tuple[Leak, ...]:
    """The signs of leaking codes, by code, the strongest first; a code without a sign is absent.

    Each kind gives the chance of as much on an honest code and speaks below a quarter of `ALARMS`; so an honest code is
    named in at most 5% of cases by all of them together. Codes are held against the other codes of the workspace,
    orders by way of coupon sites against a fixed share too, and a spike against the code's own past and clicks.
    Cancelled orders and codes for everybody are left out.
    """
    owned = {c.word.strip().upper(): c for c in seen.codes if not c.sitewide}
    uses = _uses(seen, owned)
    judged = sorted(word for word, found in uses.items() if len(found) >= FEWEST)
    found = [leak for kind in _KINDS for leak in _compared(kind, judged, uses)]
    found += _spiking(seen.clicks, judged, uses, owned)
    return tuple(sorted(found, key=lambda leak: (leak.code, leak.strength, leak.kind)))


def _uses(seen: Seen, owned: Mapping[str, Code]) -> dict[str, list[_Use]]:
    """The orders with each code, in order of time."""
    clicks = Clicks.of({click.key: click for click in seen.clicks})
    found: defaultdict[str, list[_Use]] = defaultdict(list)
    for order in {order.key: order for order in seen.orders if not order.cancelled}.values():
        mine = [word for word in words(order) if word in owned]
        if mine:
            led = {touch.partner for touch in touches(order, clicks, Rule(LINEAR), lambda _: False)[0]}
            for word in mine:
                found[word].append(_use(order, owned[word].partner in led))
    return {word: sorted(used, key=lambda use: use.at) for word, used in found.items()}


def _use(order: Order, clicked: bool) -> _Use:
    at = instant(order.at, f"the order `{order.key}`")
    return _Use(at, clicked, is_coupon_site(order.referrer), order.new_customer)


def _compared(kind: _Kind, judged: Sequence[str], uses: Mapping[str, list[_Use]]) -> Iterator[Leak]:
    """Where a code's bad share is beyond what other codes let expect."""
    among = [[use for use in uses[word] if kind.among(use)] for word in judged]
    bad = [[use for use in used if kind.bad(use)] for used in among]
    hits, of = (np.array([len(used) for used in lists], dtype=float) for lists in (bad, among))
    for i, chance in enumerate(chances(hits, of, kind.least, kind.unlike, kind.most)):
        if chance <= LEVEL_EACH:
            rest = of.sum() - of[i]
            usual = f"; with other codes {(hits.sum() - hits[i]) / rest:.0%}" if rest else ""
            says = f"{hits[i]:.0f} of {of[i]:.0f} orders with {judged[i]} {kind.says}{usual}."
            yield Leak(judged[i], kind.name, bad[i][0].at, float(chance), says)


def _spiking(
    clicks: Sequence[Click], judged: Sequence[str], uses: Mapping[str, list[_Use]], owned: Mapping[str, Code]
) -> Iterator[Leak]:
    """Where a code's orders jumped above its own past without clicks to explain it."""
    wanted = {owned[word].partner for word in judged}
    clicked: defaultdict[str, list[datetime]] = defaultdict(list)
    for click in {click.key: click for click in clicks}.values():
        if click.counted and click.partner in wanted:
            clicked[click.partner].append(instant(click.at, f"the click `{click.key}`"))
    for word in judged:
        used, came = [use.at for use in uses[word]], clicked[owned[word].partner]
        start = min([used[0], *came])
        orders, pulls = (_per_block(times, start, used[-1]) for times in (used, came))
        chance, block = jumps(orders, pulls)
        if chance <= LEVEL_EACH:
            first = next(at for at in used if at >= start + timedelta(days=BLOCK * block))
            yield Leak(word, SPIKE, first, chance, _jumped(word, first, orders, block))


def _per_block(times: Sequence[datetime], start: datetime, end: datetime) -> NDArray[np.float64]:
    blocks = [(at - start) // timedelta(days=BLOCK) for at in times if at <= end]
    return np.bincount(blocks, minlength=(end - start) // timedelta(days=BLOCK) + 1).astype(float)


def _jumped(word: str, first: datetime, orders: NDArray[np.float64], block: int) -> str:
    usual = float(orders[:block].mean())
    return (
        f"{orders[block]:.0f} orders with {word} in {BLOCK} days from {first:%Y-%m-%d}, against {usual:.1f} before; "
        "clicks do not explain them."
    )
