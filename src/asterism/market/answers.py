"""What buyers of a simulated campaign answer to «how did you hear of us?», truthfully up to recall and error."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.currencies import DAY
from asterism.market.sales import NOBODY, OWN, Sales
from asterism.market.tracking import instant, order_key
from asterism.measurement.events import Partner
from asterism.measurement.survey import CREATOR, SurveyAnswer

OTHER_WAYS: Final = ("search", "friends", "advertising", "coupon site", "shop window")


@dataclass(frozen=True, slots=True)
class Buyers:
    """Whose orders stand, int64 (n,): the position of the order, its time in seconds, and what caused it or NOBODY."""

    order: NDArray[np.int64]
    at: NDArray[np.int64]
    cause: NDArray[np.int64]

    @classmethod
    def of(cls, sales: Sales, cancelled: NDArray[np.bool_]) -> "Buyers":
        """The buyers of orders that were not called off, without creators who use their own codes."""
        rows = np.flatnonzero(~cancelled & (sales.kind != OWN))
        return cls(rows, sales.at[rows], sales.cause[rows])


def draw_answers(
    rng: np.random.Generator, buyers: Buyers, partners: Sequence[Partner], options: CampaignOptions
) -> tuple[SurveyAnswer, ...]:
    """Answers of a sample of the buyers, about the partners that `buyers.cause` counts."""
    asked = np.flatnonzero(rng.random(buyers.order.size) < options.answering)
    moved, n = buyers.cause[asked] != NOBODY, asked.size
    says = rng.random(n) < np.where(moved, options.recall, options.error)
    whom = np.where(moved, buyers.cause[asked], rng.integers(0, len(partners), n))
    how, way = rng.random(n), rng.integers(0, len(OTHER_WAYS), n)
    named, tiered = says & (how < options.named), says & (how >= options.named)
    tiered &= how < options.named + options.tiered
    return tuple(
        SurveyAnswer(
            key=f"{options.slug}-s{order:06d}",
            at=instant(at + DAY // 24),
            channel=CREATOR if says[i] else OTHER_WAYS[way[i]],
            partner=partners[whom[i]].key if named[i] else "",
            tier=partners[whom[i]].tier if tiered[i] else "",
            order=order_key(options, order),
        )
        for i, (order, at) in enumerate(zip(buyers.order[asked].tolist(), buyers.at[asked].tolist(), strict=True))
    )
