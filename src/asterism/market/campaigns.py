"""One campaign on the simulated market from end to end: what tracking sees of it, and what it truly brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.market.amounts import draw_amounts
from asterism.market.answers import Buyers, draw_answers
from asterism.market.bookings import Booking
from asterism.market.campaign_options import CampaignOptions
from asterism.market.clicks import draw_clicks, with_detours, with_programs
from asterism.market.collaborations import Collaboration, draw_collaborations
from asterism.market.contacts import Contact, draw_contacts, per_post
from asterism.market.currencies import draw_currencies
from asterism.market.leaks import TAIL
from asterism.market.rates import FORMATS, UNIQUE_VIEWS
from asterism.market.sales import draw_sales
from asterism.market.simulation import Market
from asterism.market.tracking import Drawn, instant, written
from asterism.market.true_return import TrueReturn, Turned, true_return
from asterism.market.truth import Truth
from asterism.measurement.delivered import Delivered
from asterism.measurement.events import Seen
from asterism.measurement.exchange import DatedRates
from asterism.measurement.ledger import Deal
from asterism.measurement.survey import SurveyAnswer

VIDEO: Final = ("reel", "short", "video")


@dataclass(frozen=True, slots=True)
class Published:
    """One post of a campaign with the figures it ended with."""

    key: str
    partner: str
    creator_id: str
    platform: str
    format: str
    at: datetime
    reach: int
    impressions: int
    engagements: int


@dataclass(frozen=True, slots=True)
class Ran:
    """A campaign that ran: what a brand would know of it, and beside that the truth.

    Parameters
    ----------
    seen, answers, deals, posts, rates
        What tracking saw, what buyers answered, what was agreed and delivered, each post, the exchange rates.
    reach, frequency
        Real people reached, each once; `frequency[i]` of them saw exactly i + 1 posts. Truth too.
    truth, buyers
        What it truly brought and cost, and why each buyer bought.
    """

    options: CampaignOptions
    seen: Seen
    answers: tuple[SurveyAnswer, ...]
    deals: tuple[Deal, ...]
    posts: tuple[Published, ...]
    rates: DatedRates
    reach: int
    frequency: tuple[int, ...]
    truth: TrueReturn
    buyers: Buyers

    def asked_again(self, rng: np.random.Generator) -> tuple[SurveyAnswer, ...]:
        """The answers if chance had let others answer the survey."""
        return draw_answers(rng, self.buyers, self.seen.partners, self.options)

    @property
    def ended(self) -> datetime:
        """When its codes ended, and with them what is counted."""
        return datetime.combine(self.options.start, time(), UTC) + timedelta(days=self.options.days + TAIL)

    def outcomes(self) -> pa.Table:
        """What a brand would write down per creator, in the schema `OUTCOMES`; orders and revenue are tracked ones."""
        found: dict[str, NDArray[np.float64]] = {}
        for deal in self.deals:
            sold, made = self.truth.lines[deal.partner].tracked, deal.delivered
            counts = (deal.costs.total / 100, made.reach, made.engagements, made.clicks, sold.orders, sold.kept / 100)
            creator_id = deal.partner.creator_id
            found[creator_id] = found.get(creator_id, np.zeros(6)) + np.array(counts, dtype=float)
        n, figures = len(found), np.array([*found.values()]).reshape(-1, 6).T
        columns = {
            "creator_id": pa.array([*found]),
            "campaign": pa.array([self.options.name] * n),
            "currency": pa.array([self.options.currency] * n),
            "date": pa.array([self.ended] * n),
            **dict(zip(_COUNTED, map(pa.array, figures.round(2)), strict=True)),
        }
        return pa.table([columns[f.name].cast(f.type) for f in OUTCOMES.fields], OUTCOMES.arrow)

    def posts_table(self) -> pa.Table:
        """Its posts as the creators share them, in the schema `POSTS`: all engagements stand as likes."""
        return pa.Table.from_pylist([self._shown(post) for post in self.posts], POSTS.arrow)

    def _shown(self, post: Published) -> dict[str, object]:
        return {
            "post_id": post.key,
            "creator_id": post.creator_id,
            "platform": post.platform,
            "format": post.format,
            "posted_at": post.at,
            "seen_at": self.ended,
            "likes": post.engagements,
            "views": post.impressions if post.format in VIDEO else None,
            "reach": post.reach,
            "sponsored": True,
            "sponsor": self.options.name,
        }


_COUNTED: Final = ("cost", "reach", "engagements", "clicks", "orders", "revenue")


def run_campaign(
    market: Market, bookings: Sequence[Booking], rng: np.random.Generator, options: CampaignOptions | None = None
) -> Ran:
    """One campaign with these bookings, from its posts to what became of its orders.

    Each step draws from its own stream, so that a knob of one step leaves the others' luck alone.

    Raises
    ------
    BadInput
        Nobody is booked, or a currency is unknown here.
    """
    chosen, truth = options or CampaignOptions(), market.truth
    streams = rng.spawn(10)
    collaborations = draw_collaborations(streams[0], truth, bookings, chosen)
    contacts = draw_contacts(streams[1], truth, collaborations)
    sales, leaking = draw_sales(streams[2], truth, collaborations, contacts, chosen)
    words = tuple(sorted({"USD", chosen.currency, *chosen.currencies}))
    rates = draw_currencies(streams[3], words, chosen.start, (chosen.days + TAIL) // 7 + 2)
    amounts = draw_amounts(streams[4], sales, words, chosen)
    clicks = draw_clicks(streams[5], truth, collaborations, contacts, sales)
    clicks, last = with_detours(streams[6], clicks, sales, len(collaborations), chosen.detours)
    clicks = with_programs(streams[7], clicks, chosen, contacts.opened.size + sales.size)
    drawn = Drawn(collaborations, sales, amounts, clicks, last, words)
    posts = _published(streams[8], truth, collaborations, contacts.each)
    opened = np.bincount(clicks.partner[(clicks.filtered == 0) & (clicks.partner >= 0)], minlength=len(collaborations))
    ears, pen = streams[9].spawn(2)
    buyers = Buyers.of(sales, amounts.cancelled)
    in_cents = Turned.of(amounts, sales.at, rates, chosen.currency)
    leaks = {collaborations[leak.collaboration].code: instant(leak.since) for leak in leaking}
    return Ran(
        options=chosen,
        seen=written(pen, drawn, chosen),
        buyers=buyers,
        answers=draw_answers(ears, buyers, [c.partner for c in collaborations], chosen),
        deals=tuple(
            _deal(c, contact.person.size, clicked, posts)
            for c, contact, clicked in zip(collaborations, contacts.each, opened.tolist(), strict=True)
        ),
        posts=posts,
        rates=DatedRates.of(rates.quoted()),
        reach=contacts.reach,
        frequency=contacts.frequency,
        truth=true_return(collaborations, sales, amounts, in_cents, leaks),
    )


def _published(
    rng: np.random.Generator, truth: Truth, collaborations: Sequence[Collaboration], each: Sequence[Contact]
) -> tuple[Published, ...]:
    """Every post with whom it reached, views that repeat, and those who acted on it."""
    found = []
    for c, contact in zip(collaborations, each, strict=True):
        partner = c.partner
        reach = per_post(rng, contact, len(c.formats))
        act = truth.rates.act[c.creator, [FORMATS.index(made) for made in c.formats]]
        engagements = rng.binomial(reach, np.minimum(act * truth.rates.sponsored[c.creator], 1.0))
        views = reach + rng.poisson(reach * (1 / UNIQUE_VIEWS[partner.platform] - 1))
        rows = zip(c.formats, c.posted.tolist(), reach.tolist(), views.tolist(), engagements.tolist(), strict=True)
        found += [
            Published(f"{partner.key}/{i}", partner.key, partner.creator_id, partner.platform, made, instant(at), *seen)
            for i, (made, at, *seen) in enumerate(rows)
        ]
    return tuple(found)


def _deal(collaboration: Collaboration, reach: int, clicks: int, posts: Sequence[Published]) -> Deal:
    own = [post for post in posts if post.partner == collaboration.partner.key]
    delivered = Delivered(
        impressions=sum(post.impressions for post in own),
        reach=reach,
        engagements=sum(post.engagements for post in own),
        clicks=clicks,
        posts=len(own),
    )
    return Deal(collaboration.partner, collaboration.partner.creator_id, collaboration.costs, delivered)
