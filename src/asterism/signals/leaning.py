"""Leaning: how far clicks and purchases of a platform and a niche lie from the usual, where it was learnt."""

from dataclasses import replace

import numpy as np

from asterism.priors import LogNormal, Priors
from asterism.signals.lineup import Lineup
from asterism.signals.response import Responses


def with_leanings(answers: Responses, lineup: Lineup, priors: Priors) -> Responses:
    """The responses of each creator times what the priors know of its platform and niche; as they were without any."""
    if not any(name.startswith(("platform.", "niche.")) for name in priors.entries):
        return answers
    click, convert = (_of(measure, lineup, priors) for measure in ("click", "convert"))
    sold = np.minimum(answers.convert * np.asarray(convert.mean)[:, None], 1.0)
    return replace(
        answers,
        click=np.minimum(answers.click * np.asarray(click.mean)[:, None], 1.0),
        convert=sold,
        usual_convert=np.minimum(answers.usual_convert * np.asarray(convert.mean)[:, None], 1.0),
        buy_log_sd=np.hypot(answers.buy_log_sd, np.hypot(click.log_sd, convert.log_sd)[:, None]),
    )


def _of(measure: str, lineup: Lineup, priors: Priors) -> LogNormal:
    pairs = zip(lineup.platform.astype(str), lineup.texts("niche"), strict=True)
    each = [priors.leaning(measure, str(platform), str(niche)) for platform, niche in pairs]
    median, log_sd = (np.array([float(getattr(one, name)) for one in each]) for name in ("median", "log_sd"))
    return LogNormal(median, log_sd)
