"""Openings of links in a simulated campaign: of buyers, of the curious, of programs."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.collaborations import Collaboration
from asterism.market.contacts import Contact, Contacts
from asterism.market.currencies import DAY
from asterism.market.sales import NOBODY, Sales
from asterism.market.truth import Truth

FILTERS: Final = ("known robot", "preview", "data centre")
"""Why a click is no person's."""
AGAIN: Final = 0.2
"""Share of the curious who open the link twice."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clicks:
    """Clicks, int64 (n,): whose link, which person, when in seconds; `filtered` is 0, or 1 + position in `FILTERS`."""

    partner: Ints
    person: Ints
    at: Ints
    filtered: Ints

    @property
    def size(self) -> int:
        """How many clicks there are."""
        return int(self.at.size)


def draw_clicks(
    rng: np.random.Generator,
    truth: Truth,
    collaborations: Sequence[Collaboration],
    contacts: Contacts,
    sales: Sales,
) -> Clicks:
    """The clicks of people; those of buyers by link come first, in the order of `sales`."""
    rows = np.flatnonzero(sales.link != NOBODY)
    lag = np.minimum(60 + rng.exponential(DAY / 4, rows.size), 20 * DAY).astype(np.int64)
    at = np.maximum(sales.at[rows] - lag, sales.moved[rows] + 30)
    bought = Clicks(sales.link[rows], sales.person[rows], at, np.zeros(rows.size, dtype=np.int64))
    each = [
        _curious(rng, i, collaboration, contact, float(truth.rates.click[collaboration.creator]))
        for i, (collaboration, contact) in enumerate(zip(collaborations, contacts.each, strict=True))
    ]
    others = _joined(each)
    apart = ~np.isin(others.person, bought.person)
    return _joined([bought, Clicks(*(getattr(others, f.name)[apart] for f in fields(Clicks)))])


def _curious(rng: np.random.Generator, i: int, collaboration: Collaboration, contact: Contact, chance: float) -> Clicks:
    """People who open the link and buy nothing, some of them twice."""
    person = contact.person[rng.random(contact.person.size, dtype=np.float32) < chance]
    at = rng.choice(collaboration.posted, person.size) + 30 + rng.exponential(DAY, person.size).astype(np.int64)
    again = rng.random(person.size) < AGAIN
    person = np.concatenate((person, person[again]))
    at = np.concatenate((at, at[again] + rng.integers(5, 3_600, int(again.sum()))))
    return Clicks(np.full(at.size, i), person, at, np.zeros(at.size, dtype=np.int64))


def with_detours(rng: np.random.Generator, clicks: Clicks, sales: Sales, n: int, share: float) -> tuple[Clicks, Ints]:
    """Clicks with those of buyers who opened another of `n` links too, and each order's last click (n_sales,).

    Without a code the other link was opened before, so that the last click stays the cause's; with one it may come
    after, for a code counts before any link. Orders without a link have −1.
    """
    rows = np.flatnonzero(sales.link != NOBODY)
    last = np.full(sales.size, -1)
    last[rows] = np.arange(rows.size)
    astray = np.flatnonzero((sales.link[rows] >= 0) & (rng.random(rows.size) < share)) if n > 1 else rows[:0]
    sale, own = rows[astray], clicks.at[astray]
    before = own - rng.integers(600, 2 * DAY, sale.size)
    after = own + (rng.random(sale.size) * (sales.at[sale] - own)).astype(np.int64)
    coded = sales.code[sale] >= 0
    other = (sales.link[sale] + rng.integers(1, max(n, 2), sale.size)) % n
    last[sale[coded]] = clicks.size + np.flatnonzero(coded)
    more = Clicks(other, sales.person[sale], np.where(coded, after, before), np.zeros(sale.size, dtype=np.int64))
    return _joined([clicks, more]), last


def with_programs(rng: np.random.Generator, clicks: Clicks, options: CampaignOptions, first: int) -> Clicks:
    """Clicks with those of programs, filtered; they open the links that people open, as visitors from `first` on."""
    count = rng.poisson(options.bots * clicks.size) if clicks.size else 0
    like = rng.integers(0, max(clicks.size, 1), count)
    at = clicks.at[like] + rng.integers(1, 3 * DAY, count)
    return _joined(
        [clicks, Clicks(clicks.partner[like], first + np.arange(count), at, rng.integers(1, 1 + len(FILTERS), count))]
    )


def _joined(parts: Sequence[Clicks]) -> Clicks:
    return Clicks(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Clicks)))
