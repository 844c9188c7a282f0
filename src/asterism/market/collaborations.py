"""Who does what in a simulated campaign: collaborations with their posts, days, codes and full costs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.creators.tiers import scheme
from asterism.errors import BadInput
from asterism.market.bookings import Booking, Package
from asterism.market.campaign_options import PHASES, CampaignOptions
from asterism.market.currencies import DAY, seconds
from asterism.market.exposure import times_seen
from asterism.market.rates import FORMATS
from asterism.market.truth import Truth
from asterism.measurement.costs import Costs
from asterism.measurement.events import Partner

_PRODUCT: Final = {"nano": 40.0, "micro": 60.0, "macro": 90.0, "mega": 150.0}
"""Mean worth of the product that a creator is sent."""


@dataclass(frozen=True, slots=True)
class Collaboration:
    """One creator in one phase of a campaign.

    `formats` and `posted` (seconds, UTC) have one entry per post; `package` holds the chances of this campaign.
    """

    partner: Partner
    creator: int
    formats: tuple[str, ...]
    posted: NDArray[np.int64]
    code: str
    package: Package
    costs: Costs

    @property
    def phase(self) -> int:
        """0 for the opening, 1 for the follow-up."""
        return PHASES.index(self.partner.phase)


def draw_collaborations(
    rng: np.random.Generator, truth: Truth, bookings: Sequence[Booking], options: CampaignOptions
) -> tuple[Collaboration, ...]:
    """One collaboration per creator and phase booked, by phase, then by creator.

    Raises
    ------
    BadInput
        Nobody is booked.
    """
    together: defaultdict[tuple[int, str], list[Booking]] = defaultdict(list)
    for booking in bookings:
        together[booking.phase, booking.creator_id].append(booking)
    if not together:
        raise BadInput("Nobody is booked.", "Book at least one creator.")
    days = _days(options, {phase for phase, _ in together})
    found = [_one(rng, truth, together[at], options) for at in sorted(together)]
    return tuple(replace(c, posted=_dates(rng, days[c.phase], len(c.formats), options)) for c in found)


def _days(options: CampaignOptions, phases: set[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last day of each phase, counted from the start; a phase alone has all of them."""
    if len(phases) == 1:
        return (0, options.days), (0, options.days)
    turn = max(1, round(options.opening * options.days))
    return (0, turn), (turn, options.days)


def _dates(rng: np.random.Generator, days: tuple[int, int], posts: int, options: CampaignOptions) -> NDArray[np.int64]:
    """Posts go out between 7 and 21 o'clock of a day of their phase."""
    day = rng.integers(days[0], days[1], posts)
    return np.asarray(np.sort(seconds(options.start) + day * DAY + rng.integers(7 * 3_600, 21 * 3_600, posts)))


def _one(rng: np.random.Generator, truth: Truth, bookings: list[Booking], options: CampaignOptions) -> Collaboration:
    creator_id, phase = bookings[0].creator_id, bookings[0].phase
    creator = truth.column(creator_id)
    tier = scheme("industry").of(truth.followers[[creator]])[0]
    partner = Partner(
        key=f"{options.slug}/{creator_id}/{PHASES[phase]}",
        campaign=options.name,
        creator_id=creator_id,
        platform=truth.roster.platforms[creator],
        tier=str(tier),
        phase=PHASES[phase],
        customer=f"customer-{creator_id}",
    )
    return Collaboration(
        partner=partner,
        creator=creator,
        formats=tuple(b.format for b in bookings for _ in range(b.posts)),
        posted=np.empty(0, dtype=np.int64),
        code=_code(truth.roster.handles[creator], creator_id, phase, options.name),
        package=_varied(truth.package(bookings), float(rng.lognormal(-(options.spread**2) / 2, options.spread))),
        costs=_costs(rng, truth, bookings, str(tier)),
    )


def _code(handle: str, creator_id: str, phase: int, campaign: str) -> str:
    """Upper case, no two alike: the handle's letters, the creator's number, one letter for the phase."""
    stem = "".join(letter for letter in handle.upper() if letter.isalnum())[:8]
    return f"{stem}{creator_id[1:]}{PHASES[phase][0].upper()}{campaign[:2].upper()}"


def _varied(package: Package, factor: float) -> Package:
    """The package when its posts are shown `factor` times as often as usual."""
    posts = package.seen.size - 1
    exposures = float(package.seen @ np.arange(posts + 1))
    return replace(package, seen=times_seen(posts, min(exposures * factor, 0.95 * posts)))


def _costs(rng: np.random.Generator, truth: Truth, bookings: list[Booking], tier: str) -> Costs:
    """Full costs in cents: the true fee around which people haggle, and everything else that is spent."""
    creator = truth.column(bookings[0].creator_id)
    fee = sum(b.posts * truth.rates.fee[creator, FORMATS.index(b.format)] for b in bookings) * rng.lognormal(
        -0.07, 0.15
    )
    product, extra = _PRODUCT.get(tier, 40.0) * rng.lognormal(0, 0.2), rng.random(3)
    amounts = {
        "fee": fee,
        "product": product,
        "shipping": rng.uniform(4, 15),
        "usage_rights": 0.2 * fee if extra[0] < 0.2 else 0.0,
        "boost": fee * rng.uniform(0.1, 0.5) if extra[1] < 0.15 else 0.0,
        "hours": rng.uniform(20, 60),
        "platform_fee": 0.05 * fee if extra[2] < 0.5 else 0.0,
    }
    return Costs(**{kind: round(100 * amount) for kind, amount in amounts.items()})
