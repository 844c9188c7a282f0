"""Care: what to do next for a partner, when, and why; small creators and large ones want different things.

The rules are those of the trade: a personal bond, honest reviews and advocacy with small creators; clear expectations
and introductions with large ones; answers, thanks and a small token of gratitude for both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from asterism.campaigns.deadlines import day_of
from asterism.errors import BadInput

LARGE: Final = ("macro", "mega")
"""Tiers that count as large in the usual schemes; `planning.phases.opening_tiers` names them for any scheme."""
LONG_TERM: Final = 2
"""Collaborations from which a partner is a long-term one."""
ADVOCATE: Final = 4
"""Collaborations from which a partner may be asked to be an advocate."""
STRONG: Final = 0.5
"""Strength of the relationship from which a renewal is suggested; a weak one is mended first."""


@dataclass(frozen=True, slots=True)
class Partner:
    """What care needs to know of one creator; a day that is None did not come, or is not known.

    Parameters
    ----------
    handle, tier
        Who, and of which tier.
    collaborations
        Collaborations brought to their end.
    strength
        Of the relationship, 0 to 1; None where nothing is known.
    busy
        A collaboration is under way.
    opted_out
        Does not want to be written to.
    last_contact, agreed, live, paid, thanked, token, question
        The last day of each: either side wrote, terms were agreed, a post went live, money was sent, thanks were said,
        a token of gratitude was given; and the day of a question that is still open.
    introduced, reviewed, opinion, advocacy
        The last day on which an introduction, a look at expectations, an honest opinion, advocacy was asked for.
    ends
        The day on which the agreement ends.
    """

    handle: str
    tier: str
    collaborations: int = 0
    strength: float | None = None
    busy: bool = False
    opted_out: bool = False
    last_contact: date | None = None
    agreed: date | None = None
    live: date | None = None
    paid: date | None = None
    thanked: date | None = None
    token: date | None = None
    question: date | None = None
    introduced: date | None = None
    reviewed: date | None = None
    opinion: date | None = None
    advocacy: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.collaborations < 0 or not 0 <= (self.strength or 0) <= 1:
            raise BadInput(f"The history of {self.handle} counts from 0 upwards, its strength from 0 to 1.")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do next: its kind, the words, the day, and why."""

    kind: str
    text: str
    due: date
    why: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """So many days after a day, unless a later day settled it, for small or large creators or both (None)."""

    kind: str
    large: bool | None
    text: str
    why: str
    start: Callable[[Partner], date | None]
    days: int
    settled: Callable[[Partner], date | None]
    fits: Callable[[Partner], bool] = lambda _: True


def _never(_: Partner) -> date | None:
    return None


def _between(partner: Partner) -> bool:
    return not partner.busy


def _long_term(partner: Partner) -> bool:
    return partner.collaborations >= LONG_TERM


def _worth_keeping(partner: Partner) -> bool:
    return partner.strength is None or partner.strength >= STRONG


def _plus(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


_RULES: Final = (
    _Rule("answer", None, "Answer {handle}'s question", "An open channel is what both sides count on; asked on {day}.",
          lambda p: p.question, 1, _never),
    _Rule("thank-you", None, "Thank {handle} for the post, in your own words",
          "It went live on {day}, and thanks were not said since.", lambda p: p.live, 7, lambda p: p.thanked),
    _Rule("check-in", False, "Ask {handle} how things are, without a request",
          "A personal bond is what a long-term partner of this size stays for; last contact on {day}.",
          lambda p: p.last_contact, 30, _never, lambda p: _between(p) and _long_term(p)),
    _Rule("check-in", False, "Write to {handle} about something they made",
          "One collaboration is not yet a bond; last contact on {day}.",
          lambda p: p.last_contact, 60, _never, lambda p: _between(p) and 0 < p.collaborations < LONG_TERM),
    _Rule("token", None, "Send {handle} a small token of gratitude",
          "Several collaborations, the last paid on {day}, and no token for half a year.",
          lambda p: p.paid, 14, lambda p: _plus(p.token, 180), _long_term),
    _Rule("honest review", False, "Ask {handle} for an honest opinion, good and bad",
          "Honest reviews carry the trust of small creators; the last post went live on {day}.",
          lambda p: p.live, 14, lambda p: p.opinion),
    _Rule("renewal", None, "Offer {handle} a renewal before the agreement ends",
          "A long-term partner's agreement ends on {day}.", lambda p: p.ends, -21, lambda p: p.agreed,
          lambda p: _long_term(p) and _worth_keeping(p)),
    _Rule("renewal", None, "Offer {handle} another collaboration",
          "The last one ended with thanks on {day}, and the relationship is worth keeping.",
          lambda p: p.thanked, 30, lambda p: p.agreed, lambda p: _between(p) and _worth_keeping(p)),
    _Rule("advocacy", False, "Ask {handle} to become an advocate over the year",
          "At least four collaborations: months of relationship are where small creators pay; last thanks on {day}.",
          lambda p: p.thanked, 45, lambda p: _plus(p.advocacy, 365),
          lambda p: _between(p) and p.collaborations >= ADVOCATE),
    _Rule("expectation review", True, "Go through goals and deliverables with {handle} once more",
          "Large creators need expectations and deliverables clear; terms were agreed on {day}.",
          lambda p: p.agreed, 3, lambda p: max(filter(None, (p.reviewed, p.live)), default=None)),
    _Rule("expectation review", True, "Hold the result against the expectations with {handle}",
          "What was expected and what came should be said aloud; the last post went live on {day}.",
          lambda p: p.live, 21, lambda p: p.reviewed),
    _Rule("introduction", True, "Ask {handle} for an introduction to creators and brands they know",
          "Large creators open networks, best soon after a job done well: thanked on {day}.",
          lambda p: p.thanked, 14, lambda p: p.introduced),
)  # fmt: skip
KINDS: Final = tuple(dict.fromkeys(rule.kind for rule in _RULES))
"""Every kind of care."""


def care(partner: Partner, now: date | datetime, large: Sequence[str] = LARGE) -> tuple[Suggestion, ...]:
    """What to do next for a partner, the soonest first, one of each kind; a day gone by is still the day it was due.

    Nothing for somebody who does not want to be written to, nor for what has not happened yet.
    """
    if partner.opted_out:
        return ()
    big, today = partner.tier in large, day_of(now)
    rules = [rule for rule in _RULES if rule.large in (None, big) and rule.fits(partner)]
    made = [one for rule in rules if (one := _suggestion(rule, partner, today)) is not None]
    first = {one.kind: one for one in sorted(made, key=lambda one: one.due, reverse=True)}
    return tuple(sorted(first.values(), key=lambda one: (one.due, KINDS.index(one.kind))))


def _suggestion(rule: _Rule, partner: Partner, today: date) -> Suggestion | None:
    """The suggestion of a rule, None where its day is not known, lies ahead without being planned, or was settled."""
    start, settled = rule.start(partner), rule.settled(partner)
    ahead = start is not None and start > today and rule.days >= 0
    if start is None or ahead or (settled is not None and settled >= start):
        return None
    text, why = rule.text.format(handle=partner.handle), rule.why.format(day=start.isoformat())
    return Suggestion(rule.kind, text, start + timedelta(days=rule.days), why)
