"""Return in words: what each unit of money brought back, per tier and in all, and where it cannot be told yet."""

from collections.abc import Sequence
from typing import Final

from asterism.measurement.ledger import OWN, Group, Return
from asterism.measurement.roi import Roi
from asterism.quantities import Interval
from asterism.reports.results import Ledger
from asterism.reports.words import NOTHING, Words, spoken

BY: Final = {
    "causal": "by lift tests",
    "survey_adjusted": "adjusted by survey",
    "counting": "by tracked orders",
}
"""The figures of return by name, as the answer says them; the best known first."""
VIEWS: Final = (("tracked", "tracked"), ("survey_adjusted", "survey-adjusted"), ("causal", "causal"))
"""The three views of the same money, in the order they stand."""
UNMEASURED: Final = {"survey_adjusted": "not known", "causal": "not measured"}
NO_SUM: Final = "They are three views of the same money and are never added."


def returned(roi: float, currency: str, words: Words) -> str:
    """What one unit of money brought back: 1 + ROI.

    >>> returned(0.4, "USD", Words()), returned(-0.3, "USD", Words())
    ('$1.40', '$0.70')
    """
    return words.money(1 + roi, currency)


def returned_span(roi: Interval, currency: str, words: Words) -> str:
    """The same with its range.

    >>> returned_span(Interval(0.4, 0.1, 0.8), "USD", Words())
    '$1.40 ($1.10–$1.80)'
    """
    low, high = returned(roi.low, currency, words), returned(roi.high, currency, words)
    dash = " to " if roi.low < -1 else "–"
    return returned(roi.mean, currency, words) + (f" ({low}{dash}{high})" if low != high else "")


def loss(roi: float, words: Words) -> str:
    """The return on investment itself, with its sign.

    >>> loss(-0.3, Words()), loss(0.4, Words())
    ('ROI -30%', 'ROI +40%')
    """
    sign = "+" if roi > 0 else ""
    return f"ROI {sign}{words.percent(roi)}"


def answer(result: Ledger, words: Words) -> str:
    """What each tier brought back for one unit of money, by one kind of figure, in one sentence."""
    tiers = tiers_of(result)
    kind = shared_view(tiers)
    told = [(group, found) for group in by_return(tiers, kind) if _told(group) and (found := getattr(group.roi, kind))]
    if not told and _told(result.total) and (whole := result.total.roi.best):
        back = returned_span(whole[1], result.currency, words)
        unit = words.compact_money(1, result.currency)
        return f"The campaign returned {back} for each {unit} spent, {BY[whole[0]]}; no tier can be told apart yet."
    if not told:
        needs = result.total.roi.needs
        return f"What this campaign returned cannot be told yet{f': it takes {needs}' if needs else ''}."
    unit = words.compact_money(1, result.currency)
    parts = [f"{named(group)} {returned_span(found, result.currency, words)}" for group, found in told]
    first = f"{parts[0]} for each {unit} spent".replace(" ", " returned ", 1)
    open_ = [named(group) for group in tiers if not _told(group)]
    rest = f"; {listed(open_)} cannot be told yet" if open_ else ""
    said = f"{', '.join((first, *parts[1:]))}, {BY[kind]}{rest}."
    return f"{said[:1].upper()}{said[1:]}"


def tiers_of(result: Ledger | Return) -> list[Group]:
    """The tiers that cost something; what is the campaign's own is none."""
    return [group for group in result.by("tier") if group.names != (OWN,) and group.costs.total]


def several_phases(result: Ledger) -> bool:
    """Whether there is more than one phase, what is the campaign's own left out."""
    return len({group.names for group in result.by("phase")} - {(OWN,)}) > 1


def shared_view(groups: Sequence[Group]) -> str:
    """The best kind of figure that all groups have: kinds are never mixed in one comparison."""
    kinds = ("causal", "survey_adjusted")
    return next((k for k in kinds if groups and all(getattr(g.roi, k) is not None for g in groups)), "counting")


def doubt(result: Ledger, words: Words) -> str:
    """The campaign as a whole, in three figures side by side."""
    roi = result.total.roi
    if roi.tracked is None:
        return "Nothing was spent yet, so there is no return to speak of."
    said = [f"{label} {view(roi, name, result.currency, words)}" for name, label in VIEWS]
    return f"Of the whole campaign, for each {words.compact_money(1, result.currency)}: {', '.join(said)}. {NO_SUM}"


def view(roi: Roi, name: str, currency: str, words: Words) -> str:
    """One of the three figures of return, or that it is missing."""
    if name == "tracked":
        if roi.tracked is None:
            return NOTHING
        if roi.counting is None:
            return returned(roi.tracked, currency, words)
        return returned_span(Interval(roi.tracked, roi.counting.low, roi.counting.high), currency, words)
    found: Interval | None = getattr(roi, name)
    return UNMEASURED[name] if found is None else returned_span(found, currency, words)


def mean_of(roi: Roi, name: str) -> float | None:
    """The middle of one of the three figures; None where it is missing."""
    if name == "tracked":
        return roi.tracked
    found: Interval | None = getattr(roi, name)
    return None if found is None else found.mean


def by_return(groups: Sequence[Group], kind: str) -> list[Group]:
    """The groups by a kind of figure, the highest first; those without one, and the campaign's own, last."""
    return sorted(groups, key=lambda group: (group.names == (OWN,), -_middle(group, kind), group.name))


def named(group: Group) -> str:
    """A group as a table calls it."""
    return OWN if group.names == (OWN,) else spoken(group.name)


def listed(names: Sequence[str]) -> str:
    """Names in one phrase.

    >>> listed(["nano", "micro", "mid"])
    'nano, micro and mid'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _told(group: Group) -> bool:
    return group.roi.verdict != "cannot tell yet"


def _middle(group: Group, kind: str) -> float:
    found: Interval | None = getattr(group.roi, kind)
    return float("-inf") if found is None else found.mean
