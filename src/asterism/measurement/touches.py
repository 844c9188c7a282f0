"""Touches: the clicks that lead to an order, by the keys that came back with it and by the same visitor."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from asterism.measurement.crediting import BY_LINK, BY_VISITOR, FIRST_CLICK, LAST_CLICK, SKEW, Note, Rule
from asterism.measurement.events import Click, Order
from asterism.measurement.instants import instant


@dataclass(frozen=True, slots=True)
class Touch:
    """What speaks for a partner, or for a campaign alone: `why` and `evidence` as on a credit."""

    at: datetime
    evidence: str
    partner: str
    campaign: str
    why: str


@dataclass(frozen=True, slots=True)
class Clicks:
    """Clicks by their keys, and the counted ones of each visitor in order of time."""

    by_key: Mapping[str, Click]
    times: Mapping[str, list[tuple[datetime, str]]]

    @classmethod
    def of(cls, by_key: Mapping[str, Click]) -> "Clicks":
        """The clicks, sorted for looking up."""
        times: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for click in by_key.values():
            at = instant(click.at, f"the click `{click.key}`")
            if click.counted and click.visitor:
                times[click.visitor].append((at, click.key))
        for known in times.values():
            known.sort()
        return cls(by_key, dict(times))


Mine = Callable[[str], bool]
"""Whether a partner is the customer of the order at hand."""


def touches(order: Order, clicks: Clicks, rule: Rule, mine: Mine) -> tuple[list[Touch], list[Note]]:
    """The clicks that a rule credits, in order of time, and a note on each that came back and does not count.

    Clicks of the customer's own links are left out, unless nothing else is there: then they are all that is given.
    """
    handed, notes = _handed(order, clicks, rule)
    same = _of_visitor(order, clicks, rule)
    if rule.name in _ONE:
        same = _until_other(same, mine)
    found = {touch.evidence: touch for touch in [*same, *handed]}
    ordered = sorted(found.values(), key=lambda touch: (touch.at, touch.evidence))
    others = [touch for touch in ordered if not mine(touch.partner)]
    return (others or ordered)[_ONE.get(rule.name, slice(None))], notes


_ONE: Final = {LAST_CLICK: slice(-1, None), FIRST_CLICK: slice(0, 1)}


def _handed(order: Order, clicks: Clicks, rule: Rule) -> tuple[list[Touch], list[Note]]:
    found, notes = [], []
    for key in dict.fromkeys(order.clicks):
        click = clicks.by_key.get(key)
        wrong = _wrong(order, key, click, rule)
        if wrong:
            notes.append(Note(order.key, key, *wrong))
        elif click is not None:
            found.append(_touch(click, BY_LINK))
    return found, notes


def _wrong(order: Order, key: str, click: Click | None, rule: Rule) -> tuple[str, str] | None:
    if click is None:
        return "unknown_click", f"The click {key} is not known."
    if not click.counted:
        return "filtered", f"The click {key} is no person's by the rule «{click.filtered}»."
    before = instant(order.at, "an order") - instant(click.at, "a click")
    if before < -SKEW:
        return "after_order", f"The click {key} came {-before} after the order."
    if before > rule.window:
        return "outside_window", f"The click {key} came {before} before the order; the window is {rule.window}."
    return None


def _of_visitor(order: Order, clicks: Clicks, rule: Rule) -> Iterable[Touch]:
    known = clicks.times.get(order.visitor, []) if order.visitor else []
    at = instant(order.at, "an order")
    first = bisect_left(known, at - rule.window, key=itemgetter(0))
    last = bisect_right(known, at, key=itemgetter(0))
    # Read from the end that the rule wants, so that an address shared by thousands costs no more than one.
    span = range(last - 1, first - 1, -1) if rule.name == LAST_CLICK else range(first, last)
    return (_touch(clicks.by_key[known[i][1]], BY_VISITOR) for i in span)


def _until_other(same: Iterable[Touch], mine: Mine) -> Iterator[Touch]:
    for touch in same:
        yield touch
        if not mine(touch.partner):
            return


def _touch(click: Click, why: str) -> Touch:
    return Touch(instant(click.at, "a click"), click.key, click.partner, click.campaign, why)
