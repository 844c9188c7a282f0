"""How often people would see a plan: the reach–frequency curve, and a word where it is too often."""

from typing import Final

from asterism.planning.alternatives import Chosen
from asterism.planning.draws import CommonDraws
from asterism.planning.objective import frequency, frequency_on_draws
from asterism.planning.plan import Duplication, Pick
from asterism.planning.question import Question
from asterism.quantities import Interval, figure

TOP: Final = 10
"""The largest number of exposures told apart."""
SHARERS: Final = 0.05
"""Two picks who share a smaller part than this are not worth naming as the cause."""


def reach_frequency(question: Question, chosen: Chosen, luck: CommonDraws) -> tuple[Interval, ...]:
    """People on target reached at least 1, 2 … 10 times, each with its 80% interval from the common draws."""
    offers, rows = question.offers, chosen.offers
    samples = question.samples.only(offers.creator[rows])
    draws = luck.of(offers, rows, samples.n_variants)
    drawn = frequency_on_draws(samples, offers, rows, draws, TOP)
    return tuple(Interval.of_draws(column) for column in drawn.T)


def cap_of(question: Question) -> int:
    """How many exposures of one person are still welcome: the brief's `limits.frequency_cap`, else the prior's."""
    stated = question.brief.limits.frequency_cap
    return stated if stated is not None else round(question.priors.entry("frequency_cap").value)


def too_often(question: Question, picks: tuple[Pick, ...], rows: Chosen, shared: Duplication) -> tuple[str, ...]:
    """A warning where too large a part of those reached would see it more often than the cap, with what to change."""
    cap = cap_of(question)
    times = frequency(question.samples, question.offers, rows.offers, cap + 1)
    reached, beyond = sum(times), times[-1]
    if not reached or beyond / reached <= question.priors.entry("frequency_cap_share").value:
        return ()
    who = f"About {figure(beyond)} people, {100 * beyond / reached:.2g}% of those reached, would see it more than"
    return (f"{who} {cap} times: lower `limits.posts_per_creator`{_sharers(picks, shared)}.",)


def _sharers(picks: tuple[Pick, ...], shared: Duplication) -> str:
    """The two picks who share the largest part of the smaller audience, if that is worth naming."""
    share = shared.share
    pairs = [(share[a][b], a, b) for b in range(len(share)) for a in range(b)]
    most, a, b = max(pairs, default=(0.0, 0, 0), key=lambda pair: (pair[0], -pair[1], -pair[2]))
    if most < SHARERS:
        return ""
    one, other = picks[a].handle, picks[b].handle
    return f", or choose between {one} and {other}, who share {100 * most:.2g}% of the smaller audience"
