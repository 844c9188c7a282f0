"""Dates: how long each phase lasts, and on which day each post goes out.

Days are counted from the start of the campaign, day 0; without a start they are still days of week 1, 2 … A creator
publishes at most once in any seven days, never on a blackout day, spread evenly over its phase; creators of a phase
begin on different days, except in the opening of a launch, which goes out at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.errors import Infeasible
from asterism.planning.occasions import LAUNCH_WEEKS, posts_wanted
from asterism.planning.plan import Flight, Phase, Pick, Post
from asterism.priors import Priors
from asterism.signals.pricing.price import parse_package

WEEK: Final = 7

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of an opening and of the follow-up after it, and the most posts a creator can publish in each."""

    opening: int
    following: int
    posts: tuple[int, int]


def free_days(brief: Brief) -> NDArray[np.bool_]:
    """Which days of the campaign are not blacked out, (7 · weeks,)."""
    free = np.ones(WEEK * brief.weeks, dtype=bool)
    if brief.start is not None:
        for span in brief.blackout:
            first, last = ((day - brief.start).days for day in (span.start, span.end))
            free[max(first, 0) : max(last + 1, 0)] = False
    return free


def room_for_posts(free: NDArray[np.bool_]) -> int:
    """How many posts of one creator fit on free days, seven days apart.

    >>> room_for_posts(np.ones(21, dtype=bool))
    3
    """
    return len(_earliest(np.flatnonzero(free)))


def most_posts(brief: Brief) -> int:
    """Posts one creator can publish in this campaign: what the brief wants, and at most one a week.

    Raises
    ------
    Infeasible
        Every day of the campaign is blacked out.
    """
    room = room_for_posts(free_days(brief))
    if not room:
        what = f"`blackout` covers all {brief.weeks} weeks from {brief.start}."
        raise Infeasible(what, "Move `start`, lengthen `weeks`, or shorten `blackout`.", ("blackout", "start", "weeks"))
    return min(posts_wanted(brief), room)


def divisions(brief: Brief, priors: Priors) -> tuple[Weeks, ...]:
    """The ways to divide the weeks between two phases that differ in how many posts they leave room for.

    Of several that leave the same room the one stays whose opening is nearest the usual length of a buzz; a division
    that leaves no more room in either phase than another is left out, as is one without a free day in a phase.
    """
    free, most = free_days(brief), most_posts(brief)
    usual = LAUNCH_WEEKS if brief.occasion == "launch" else priors.entry("buzz_weeks").value
    longest = min(LAUNCH_WEEKS, brief.weeks - 1) if brief.occasion == "launch" else brief.weeks - 1
    found: dict[tuple[int, int], Weeks] = {}
    for opening in sorted(range(1, longest + 1), key=lambda weeks: (abs(weeks - usual), weeks)):
        parts = free[: WEEK * opening], free[WEEK * opening :]
        posts = min(room_for_posts(parts[0]), most), min(room_for_posts(parts[1]), most)
        found.setdefault(posts, Weeks(opening, brief.weeks - opening, posts))
    return tuple(w for posts, w in found.items() if min(posts) > 0 and not _is_dominated(posts, found))


def _is_dominated(posts: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(o != posts and o[0] >= posts[0] and o[1] >= posts[1] for o in others)


def phase_weeks(brief: Brief, opening: int) -> tuple[tuple[int, int], ...]:
    """First and last week of each phase, counted from 1; `opening` weeks open, 0 for a campaign of one phase."""
    return ((1, opening), (opening + 1, brief.weeks)) if opening else ((1, brief.weeks),)


def day_of(brief: Brief, day: int) -> date | None:
    """The date of a day of the campaign; None without a start."""
    return brief.start and brief.start + timedelta(days=day)


def flights(brief: Brief, phases: Sequence[Phase], picks: Sequence[Pick]) -> tuple[Flight, ...]:
    """When each pick publishes, in the order of the picks."""
    made: dict[int, Flight] = {}
    for phase in phases:
        own = [i for i, pick in enumerate(picks) if pick.phase == phase.name]
        together = brief.occasion == "launch" and phase.name == "open"
        for place, i in enumerate(own):
            begin = 0.0 if together else place / len(own)
            made[i] = _flight(brief, phase, picks[i], begin)
    return tuple(made[i] for i in range(len(picks)))


def _flight(brief: Brief, phase: Phase, pick: Pick, begin: float) -> Flight:
    formats = [name for name, count in parse_package(pick.package) for _ in range(count)]
    first, last = WEEK * (phase.weeks[0] - 1), WEEK * phase.weeks[1]
    days = first + spread(free_days(brief)[first:last], len(formats), begin)
    posts = tuple(
        Post(name, int(day) // WEEK + 1, day_of(brief, int(day))) for name, day in zip(formats, days, strict=True)
    )
    return Flight(pick.creator_id, pick.handle, pick.platform, pick.phase, pick.package, posts)


def spread(free: NDArray[np.bool_], posts: int, begin: float) -> Days:
    """Days of `posts` posts on free days, at least seven apart and as even as they go, (posts,).

    Post i aims at the day (i + `begin`) / posts of the way, `begin` from 0 to 1, and takes the nearest day that still
    leaves room for those after it.

    >>> spread(np.ones(28, dtype=bool), 2, 0.0).tolist(), spread(np.ones(28, dtype=bool), 2, 0.5).tolist()
    ([0, 14], [7, 21])
    """
    days = np.flatnonzero(free)
    latest = _latest(days)[-posts:] if posts else []
    chosen: list[int] = []
    for i, last in enumerate(latest):
        first = chosen[-1] + WEEK if chosen else 0
        may = days[(days >= first) & (days <= last)]
        aim = (i + begin) * free.size / posts
        chosen.append(int(may[np.argmin(np.abs(may - int(aim)))]))
    return np.array(chosen, dtype=np.int64)


def _earliest(days: Days) -> list[int]:
    """The earliest days, each at least a week after the one before."""
    taken: list[int] = []
    for day in days.tolist():
        if not taken or day >= taken[-1] + WEEK:
            taken.append(day)
    return taken


def _latest(days: Days) -> list[int]:
    """As many days again, each as late as it can be."""
    return [-day for day in reversed(_earliest(-days[::-1]))]
