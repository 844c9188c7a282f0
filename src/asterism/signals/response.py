"""Responses: what one sponsored post does to one member of a creator's audience, from reach to purchase."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import FORMATS
from asterism.priors import Priors
from asterism.signals.audience_size import Sizes
from asterism.signals.rates import UNKNOWN_SIZE, Rates

Floats = NDArray[np.float64]

RELATIVE_RANGE: Final = (0.25, 4.0)
"""Engagement relative to peers beyond which clicks follow no further."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Chances of one post per member of the audience and their doubt, (n, n_formats); `convert` is (n, 1);
    `usual_convert` is that of a product of any price positioning.

    `reach` per member of the audience, `engagement` likewise and never above it, `click` per person reached, `convert`
    per person who clicked, `buy_log_sd` for click × convert together. The `post_log_sd` are scatter from post to post:
    what comes of a few posts is less sure than the rates behind them. `buy_common_log_sd` is the part of `buy_log_sd`
    that all creators share.
    """

    reach: Floats
    reach_log_sd: Floats
    reach_post_log_sd: Floats
    engagement: Floats
    engagement_log_sd: Floats
    engagement_post_log_sd: Floats
    click: Floats
    convert: Floats
    usual_convert: Floats
    buy_log_sd: Floats
    buy_common_log_sd: Floats


def responses(engagement: Rates, reached: Rates, sizes: Sizes, brief: Brief, priors: Priors) -> Responses:
    """The responses to every creator × format, from the two rates.

    Engaging takes being reached: where a creator's own engagement exceeds the believed reach, the reach is raised to
    it. Views-first engagement by views becomes per unique viewer. Clicks rise with engagement against peers of the
    same size and niche, with the elasticity of the priors.
    """
    organic = np.minimum(engagement.posterior.mean / sizes.viewers_per_view[:, None], 1.0)
    reach = np.minimum(np.maximum(reached.posterior.mean, organic), 1.0)
    sponsored = priors.sponsored_effect
    doubt = priors.entry("sponsored_effect").sd
    click, click_log_sd = _clicks(engagement, priors)
    size = np.where(np.isfinite(sizes.followers), sizes.followers, UNKNOWN_SIZE)
    convert = priors.convert(size, brief.price_positioning)
    # Where an audience is estimated from views, it is uncertain together with the part of it that a post reaches:
    # their product, the viewers of a post, is what the views tell.
    own, post = sizes.log_sd[:, None], sizes.post_log_sd[:, None]
    rate = engagement.posterior
    return Responses(
        reach=reach,
        reach_log_sd=np.where(np.isfinite(post), own, reached.posterior.log_sd),
        reach_post_log_sd=np.where(np.isfinite(post), post, reached.posterior.post_log_sd),
        engagement=np.minimum(organic * sponsored.mean, reach),
        engagement_log_sd=np.sqrt(rate.log_sd**2 + doubt**2 + own**2),
        engagement_post_log_sd=np.hypot(rate.post_log_sd, np.nan_to_num(post)),
        click=click,
        convert=np.minimum(convert.mean, 1.0)[:, None],
        usual_convert=np.broadcast_to(priors.convert(size).mean[:, None], click.shape),
        buy_log_sd=np.hypot(click_log_sd, convert.log_sd[:, None]),
        buy_common_log_sd=np.zeros(click.shape),
    )


def _clicks(engagement: Rates, priors: Priors) -> tuple[Floats, Floats]:
    elasticity = priors.entry("click_elasticity")
    relative = np.log(np.clip(engagement.posterior.relative, *RELATIVE_RANGE))
    usual = [priors.click(kind) for kind in FORMATS]
    mean = np.array([float(belief.mean) for belief in usual])
    log_sd = np.array([float(belief.log_sd) for belief in usual])
    click = np.minimum(mean * np.exp(elasticity.value * relative), 1.0)
    return click, np.hypot(log_sd, elasticity.sd * np.abs(relative))
