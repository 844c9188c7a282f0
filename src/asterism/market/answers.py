"""What buyers of a simulated campaign answer to «how did you hear of us?», truthfully up to recall and error."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.market.campaign_options import CampaignOptions
from asterism.market.collaborations import Collaboration
from asterism.market.currencies import DAY
from asterism.market.sales import NOBODY, OWN, Sales
from asterism.market.tracking import instant, order_key
from asterism.measurement.survey import CREATOR, SurveyAnswer

OTHER_WAYS: Final = ("search", "friends", "advertising", "coupon site", "shop window")


def draw_answers(
    rng: np.random.Generator,
    sales: Sales,
    stands: NDArray[np.bool_],
    collaborations: Sequence[Collaboration],
    options: CampaignOptions,
) -> tuple[SurveyAnswer, ...]:
    """Answers of a sample of the buyers; `stands` (n,) says whose orders stand: nobody else is asked."""
    asked = np.flatnonzero(stands & (sales.kind != OWN) & (rng.random(sales.size) < options.answering))
    moved = sales.cause[asked] != NOBODY
    says = np.where(moved, rng.random(asked.size) < options.recall, rng.random(asked.size) < options.error)
    whom = np.where(moved, sales.cause[asked], rng.integers(0, len(collaborations), asked.size))
    how, way = rng.random(asked.size), rng.integers(0, len(OTHER_WAYS), asked.size)
    return tuple(
        SurveyAnswer(
            key=f"{options.name}-s{row:06d}",
            at=instant(int(sales.at[row]) + DAY // 24),
            channel=CREATOR if says[i] else OTHER_WAYS[way[i]],
            partner=collaborations[whom[i]].partner.key if says[i] and how[i] < options.named else "",
            tier=collaborations[whom[i]].partner.tier if says[i] and _tiered(float(how[i]), options) else "",
            order=order_key(options, int(row)),
        )
        for i, row in enumerate(asked.tolist())
    )


def _tiered(how: float, options: CampaignOptions) -> bool:
    return options.named <= how < options.named + options.tiered
