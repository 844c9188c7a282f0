"""Orders of a simulated campaign: those it causes, those that come anyway, leaked codes and creators' own."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.collaborations import Collaboration
from asterism.market.contacts import Contact, Contacts
from asterism.market.currencies import DAY, seconds
from asterism.market.leaks import TAIL, Leaking, draw_leaks
from asterism.market.truth import Truth

CAUSED: Final = 0
BASELINE: Final = 1
LEAKED: Final = 2
OWN: Final = 3
"""Kinds of orders: caused by a collaboration, would come anyway, with a leaked code, of the creator."""
NOBODY: Final = -1
CAMPAIGN: Final = -2
"""In the place of a collaboration: none, and the campaign itself."""
_LONGEST: Final = 25 * DAY
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sales:
    """Orders, one entry each, int64 (n,).

    Parameters
    ----------
    kind
        CAUSED, BASELINE, LEAKED or OWN.
    cause
        The collaboration that caused it, or NOBODY.
    code, link
        Whose code came with it and whose link led to it: a collaboration, CAMPAIGN or NOBODY.
    person
        Who ordered; no two alike.
    moved
        When the person saw the post, in seconds; a click can lie between that and the order.
    at
        When it was ordered, in seconds.
    """

    kind: Ints
    cause: Ints
    code: Ints
    link: Ints
    person: Ints
    moved: Ints
    at: Ints

    @property
    def size(self) -> int:
        """How many orders there are."""
        return int(self.at.size)

    @property
    def owner(self) -> Ints:
        """The collaboration whose creator ordered with the own code, or NOBODY."""
        return np.where(self.kind == OWN, self.code, NOBODY)

    def take(self, rows: Ints) -> "Sales":
        """Some of the orders, in a given order."""
        return Sales(*(getattr(self, f.name)[rows] for f in fields(self)))


def draw_sales(
    rng: np.random.Generator,
    truth: Truth,
    collaborations: Sequence[Collaboration],
    contacts: Contacts,
    options: CampaignOptions,
) -> tuple[Sales, tuple[Leaking, ...]]:
    """All orders by time, and the codes that leaked."""
    caused = _paths(rng, _caused(rng, truth, collaborations, contacts, options), collaborations, options)
    outsiders = contacts.opened.size
    came = _baseline(rng, outsiders, options)
    leaking = draw_leaks(rng, collaborations, options)
    leaked = _leaked(outsiders + came.size, leaking)
    own = _own(rng, outsiders + came.size + leaked.size, collaborations, options)
    parts = (caused, came, leaked, own)
    whole = Sales(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Sales)))
    return whole.take(np.argsort(whole.at, kind="stable")), leaking


def _caused(
    rng: np.random.Generator,
    truth: Truth,
    collaborations: Sequence[Collaboration],
    contacts: Contacts,
    options: CampaignOptions,
) -> Sales:
    """Each person buys once at most: in the opening if moved then, else at the first time in the follow-up."""
    propensity = options.pull * truth.propensity(options.product)
    found = []
    for i, (collaboration, contact) in enumerate(zip(collaborations, contacts.each, strict=True)):
        chance = float(truth.rates.click[collaboration.creator] * truth.rates.convert[collaboration.creator])
        factor = propensity[contact.person // contacts.likes_of]
        if collaboration.phase == 1:
            factor = np.where(contacts.opened[contact.person], truth.priming * factor, factor)
        found.append(_bought(rng, i, collaboration, contact, chance * factor))
    whole = Sales(*(np.concatenate([getattr(part, f.name) for part in found]) for f in fields(Sales)))
    phase = np.array([c.phase for c in collaborations])[whole.cause]
    by_person = np.lexsort((whole.at, phase, whole.person))
    _, first = np.unique(whole.person[by_person], return_index=True)
    return whole.take(by_person[first])


def _bought(
    rng: np.random.Generator, i: int, collaboration: Collaboration, contact: Contact, chance: NDArray[np.float64]
) -> Sales:
    person = contact.person[rng.random(chance.size) < chance]
    moved = rng.choice(collaboration.posted, person.size)
    wait = np.minimum(300 + rng.exponential(3 * DAY, person.size), _LONGEST).astype(np.int64)
    return _sales(CAUSED, person, moved + wait, cause=i, moved=moved)


def _paths(
    rng: np.random.Generator, caused: Sales, collaborations: Sequence[Collaboration], options: CampaignOptions
) -> Sales:
    """How tracking sees what was caused: not at all, by code, by link, or by both."""
    dark = np.array([options.dark.get(c.partner.tier, 0.5) for c in collaborations])[caused.cause]
    usual = np.array([options.by_code, options.by_link, max(1 - options.by_code - options.by_link, 0.0)])
    by_code, by_link = unlike(rng, usual, len(collaborations), options.habits)[caused.cause, :2].T
    shown, how = rng.random(caused.size) >= dark, rng.random(caused.size)
    coded = shown & ((how < by_code) | (how >= by_code + by_link))
    linked = shown & (how >= by_code)
    code, link = (np.where(seen, caused.cause, NOBODY) for seen in (coded, linked))
    return Sales(caused.kind, caused.cause, code, link, caused.person, caused.moved, caused.at)


def unlike(rng: np.random.Generator, usual: NDArray[np.float64], n: int, habits: float) -> NDArray[np.float64]:
    """`n` sets of shares around the usual ones, (n, n_shares): Dirichlet with an overdispersion of `habits`."""
    if habits == 0:
        return np.tile(usual, (n, 1))
    drawn = rng.standard_gamma(np.tile(usual * max(1 / habits - 1, 0.01), (n, 1))) + 1e-12 * usual
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _baseline(rng: np.random.Generator, first: int, options: CampaignOptions) -> Sales:
    """Orders of people whom nobody moved, some with a code for everybody or by the campaign's own link."""
    days = options.days + TAIL
    count, start = rng.poisson(options.baseline * days), seconds(options.start)
    at, how = start + rng.integers(DAY, days * DAY, count), rng.random(count)
    code = np.where(how < options.sitewide, CAMPAIGN, NOBODY)
    link = np.where((how >= options.sitewide) & (how < options.sitewide + options.own_links), CAMPAIGN, NOBODY)
    return _sales(BASELINE, first + np.arange(count), at, code=code, link=link, moved=at - DAY)


def _leaked(first: int, leaking: Sequence[Leaking]) -> Sales:
    at = np.concatenate([np.empty(0, dtype=np.int64), *(leak.at for leak in leaking)])
    code = np.repeat([leak.collaboration for leak in leaking], [leak.at.size for leak in leaking])
    return _sales(LEAKED, first + np.arange(at.size), at, code=code)


def _own(
    rng: np.random.Generator, first: int, collaborations: Sequence[Collaboration], options: CampaignOptions
) -> Sales:
    """Creators who order with their own code, in the days after their first post."""
    who = np.flatnonzero(rng.random(len(collaborations)) < options.self_orders)
    posted = np.array([c.posted[0] for c in collaborations])[who]
    at = posted + rng.integers(3_600, 10 * DAY, who.size)
    return _sales(OWN, first + np.arange(who.size), at, code=who)


def _sales(kind: int, person: Ints, at: Ints, **given: Ints | int) -> Sales:
    """Sales of one kind; what is not given is nobody's, and `moved` the time of the order."""
    usual: dict[str, Ints | int] = {"cause": NOBODY, "code": NOBODY, "link": NOBODY, "moved": at}
    columns = {"kind": kind, "person": person, "at": at} | usual | given
    return Sales(*(np.broadcast_to(np.asarray(columns[f.name], dtype=np.int64), at.shape) for f in fields(Sales)))
