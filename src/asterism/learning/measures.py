"""Measures: what each kind of result says of which entries, as rows that can be pooled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import exp, expm1, log, log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.learning.columns import SHARED, Column, Layout, group, parts, views_first, with_own_curves
from asterism.learning.evidence import Evidence, Posted, Priced, Who, Work, engaging, prices, seen
from asterism.learning.pooling import FARTHEST, Pooled, Rows, pool, pool_counts
from asterism.priors import Priors

Floats = NDArray[np.float64]

CURVES: Final = ("reach_rate", "views_rate", "engagement_rate", "fee")
COUNTED: Final = ("click", "convert")
RESPONSE_LOG_SD: Final = 0.2
"""Usual scatter of clicks and purchases from one collaboration of a creator to the next, a log-sd (an assumption)."""
FEWEST_IN_GROUP: Final = 5
"""Creators of a niche or platform below which nothing is said of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of one measure: log of what came over what was believed, and which entries it speaks of.

    `uses` names each entry with how far it counts; `count` of `expected` stands for counts, whose y is not looked at.
    """

    who: Who
    uses: tuple[tuple[str, float], ...]
    campaign: str = ""
    at: date | None = None
    y: float = 0.0
    noise: float = 0.0
    scatter: float = 0.0
    count: float = 0.0
    expected: float = 0.0
    freedom: float = 0.0
    squares: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """The results of one measure, the columns they speak of, and what they say together."""

    measure: str
    results: tuple[Result, ...]
    layout: Layout
    pooled: Pooled
    priors: Priors

    def of(self, name: str) -> tuple[Result, ...]:
        """The results that speak of an entry."""
        return tuple(r for r in self.results if any(n == name and far for n, far in r.uses))


def of_mean(log_sd: float, posts: float) -> float:
    """Variance of the log of a mean of so many posts that scatter log-normally."""
    return log1p(expm1(log_sd**2) / posts)


def day(at: datetime | None) -> date | None:
    """The day of a time."""
    return None if at is None else at.date()


def hear(measure: str, results: Sequence[Result], priors: Priors) -> Heard | None:
    """What the results of a measure say together; None where there is none."""
    if not results:
        return None
    grouped = _with_groups(measure, results)
    layout = Layout.of(_column(name, priors, measure) for r in grouped for name, _ in r.uses)
    rows = _rows(measure, grouped, layout, priors)
    if measure in COUNTED:
        counts, expected = (np.array([getattr(r, name) for r in grouped]) for name in ("count", "expected"))
        return Heard(
            measure, tuple(grouped), layout, pool_counts(counts, expected, rows, layout.prior, leaks=True), priors
        )
    return Heard(measure, tuple(grouped), layout, pool(rows, layout.prior), priors)


def _with_groups(measure: str, results: Sequence[Result]) -> list[Result]:
    """The results with the columns of their niche, and for responses of their platform, where enough creators are."""
    found = list(results)
    for kind in ("niche", "platform") if measure in COUNTED else ("niche",):
        members: dict[str, set[str]] = {}
        for r in found:
            members.setdefault(getattr(r.who, kind), set()).add(r.who.creator_id)
        large = {name for name, who in members.items() if name and len(who) >= FEWEST_IN_GROUP}
        if len(large) > 1:
            found = [_in_group(r, kind, measure) if getattr(r.who, kind) in large else r for r in found]
    return found


def _in_group(result: Result, kind: str, measure: str) -> Result:
    return replace(result, uses=(*result.uses, (f"{kind}.{measure}.{getattr(result.who, kind)}", 1.0)))


def _column(name: str, priors: Priors, measure: str) -> Column:
    first = name.partition(".")[0]
    if first in ("niche", "platform"):
        return group(name)
    return Column(priors.entry(name), "creator" if first == measure else "level")


def _rows(measure: str, results: Sequence[Result], layout: Layout, priors: Priors) -> Rows:
    size = np.array([r.who.followers for r in results])
    spread = np.array([_usual_sd(measure, r, priors) for r in results])
    limit = FARTHEST * spread
    return Rows(
        y=np.clip([r.y for r in results], -limit, limit),
        x=layout.matrix([r.uses for r in results], size),
        noise=np.array([r.noise for r in results]),
        scatter=np.array([r.scatter for r in results]),
        between=SHARED * spread**2,
        creator=_numbered([r.who.creator_id for r in results]),
        campaign=_numbered([r.campaign for r in results], blank=True),
        squares=sum(r.squares for r in results),
        freedom=sum(r.freedom for r in results),
    )


def _usual_sd(measure: str, result: Result, priors: Priors) -> float:
    """The shipped log-sd of the creator's own rate or fee."""
    name = next(n for n, _ in result.uses if n.partition(".")[0] == measure)
    return float(priors.entry(name).at(result.who.followers).log_sd)


def _numbered(words: Sequence[str], blank: bool = False) -> NDArray[np.int64]:
    """Numbers from 0 in the order of first mention; −1 for empty words where `blank`."""
    order = {word: i for i, word in enumerate(dict.fromkeys(w for w in words if w or not blank))}
    return np.array([order.get(word, -1) for word in words], dtype=np.int64)


def believed(priors: Priors, uses: Iterable[tuple[str, float]], followers: float) -> float:
    """Log of what the entries together say, each as far as it counts."""
    return sum(far * log(float(priors.entry(name).at(followers).median)) for name, far in uses)


def _uses(priors: Priors, measure: str, who: Who, kind: str) -> tuple[tuple[str, float], ...]:
    if measure == "views_rate":
        return ((f"views_rate.{who.platform}", 1.0),)
    return tuple((name, 1.0) for name in parts(priors, measure, who.platform, kind))


def _of_posts(measure: str, posted: Iterable[Posted], scatter: str, priors: Priors) -> list[Result]:
    """A row per creator, format and kind of post: the mean lies above the middle of the logs by half their variance."""
    found = list(posted)
    usual = priors.entry(scatter).value ** 2
    freedom = sum(p.n - 1 for p in found)
    pooled = (10.0 * usual + sum(p.squares for p in found)) / (10.0 + freedom)
    return [_of_one(measure, p, usual, pooled, priors) for p in found]


def _of_one(measure: str, p: Posted, usual: float, pooled: float, priors: Priors) -> Result:
    uses = _uses(priors, measure, p.who, p.format)
    if measure == "engagement_rate" and p.sponsored:
        uses = (*uses, ("sponsored_effect", 1.0))
    y = p.mean + 0.5 * pooled - believed(priors, uses, p.who.followers)
    return Result(
        p.who, uses, at=day(p.at), y=y, scatter=usual / p.n, freedom=float(p.n - 1), squares=p.squares / usual
    )


def views(evidence: Evidence, works: Sequence[Work], priors: Priors) -> list[Result]:
    """Views per follower where people watch what they do not follow; people reached tell of views there."""
    own = [p for p in seen(evidence, "views") if f"views_rate.{p.who.platform}" in priors.entries]
    part = float(priors.reach_rate("youtube", "video", 1.0).mean)
    found = _of_posts("views_rate", own, "post_log_sd.views", priors)
    for w in works:
        if w.reach and w.posts and f"views_rate.{w.who.platform}" in priors.entries:
            share = part * w.posts / (1.0 - part + part * w.posts)
            unique = priors.entry(f"unique_views.{w.who.platform}").value
            found.append(_reached(w, "views_rate", log(w.reach * part / (share * unique * w.who.followers)), priors))
    return found


def reach(evidence: Evidence, works: Sequence[Work], priors: Priors) -> list[Result]:
    """Reach per follower of one post elsewhere; of several posts as they saturate an audience."""
    own = [p for p in seen(evidence, "reach") if not views_first(p.who.platform)]
    found = _of_posts("reach_rate", own, "post_log_sd.reach", priors)
    for w in works:
        if w.reach and w.posts and not views_first(w.who.platform):
            found.append(_reached(w, "reach_rate", log(_exposures(w) / w.posts), priors))
    return found


def _exposures(work: Work) -> float:
    """Posts that a member of the audience saw on average, from how many saw at least one."""
    share = min((work.reach or 0.0) / work.who.followers, 0.95)
    return share / (1.0 + share / (work.posts or 1) - share)


def _reached(work: Work, measure: str, rate: float, priors: Priors) -> Result:
    uses = _uses(priors, measure, work.who, work.format or "post")
    scatter = priors.entry("post_log_sd.views" if measure == "views_rate" else "post_log_sd.reach").value
    y = rate - believed(priors, uses, work.who.followers)
    return Result(
        work.who, uses, work.campaign, day(work.at), y, 1.0 / (work.reach or 1.0), of_mean(scatter, work.posts or 1)
    )


def engagement(evidence: Evidence, works: Sequence[Work], priors: Priors) -> list[Result]:
    """Engagements per follower of one post, or per view; paid posts tell of the sponsored effect too."""
    own = [p for p in engaging(evidence, VIEWS_FIRST) if _has_curve(priors, p.who)]
    found = _of_posts("engagement_rate", own, "post_log_sd", priors)
    usual = priors.entry("post_log_sd").value
    for w in works:
        over = _over(w, priors)
        if w.engagements and over and _has_curve(priors, w.who):
            uses = (*_uses(priors, "engagement_rate", w.who, w.format or "post"), ("sponsored_effect", 1.0))
            y = log(w.engagements / over) - believed(priors, uses, w.who.followers)
            noise, scatter = 1.0 / w.engagements, of_mean(usual, w.posts or 1)
            found.append(Result(w.who, uses, w.campaign, day(w.at), y, noise, scatter))
    return found


def _has_curve(priors: Priors, who: Who) -> bool:
    return any(name.startswith(f"engagement_rate.{who.platform}.") for name in priors.entries)


def _over(work: Work, priors: Priors) -> float | None:
    """What the engagements of a collaboration are a share of: followers times posts, or views."""
    if not work.posts:
        return None
    if not views_first(work.who.platform):
        return work.who.followers * work.posts
    part = float(priors.reach_rate("youtube", "video", 1.0).mean)
    if not work.reach or f"unique_views.{work.who.platform}" not in priors.entries:
        return None
    exposures = work.reach * (1.0 - part + part * work.posts)
    return exposures / priors.entry(f"unique_views.{work.who.platform}").value


def fees(evidence: Evidence, priors: Priors) -> tuple[list[Result], Priors]:
    """Dollars asked and paid per post; and the priors with a curve of its own for each platform that has prices."""
    priced = prices(evidence)
    own = with_own_curves(priors, "fee", (p.who.platform for p in priced))
    return [_fee(p, own) for p in priced], own


def _fee(priced: Priced, priors: Priors) -> Result:
    """A bundle speaks of the formats in it by their part of its usual fee."""
    each = {kind: _uses(priors, "fee", priced.who, kind) for kind, _ in priced.package}
    usual = {k: n * exp(believed(priors, each[k], priced.who.followers)) for k, n in priced.package}
    total = sum(usual.values())
    far: dict[str, float] = {}
    for kind, fee in usual.items():
        for name, one in each[kind]:
            far[name] = far.get(name, 0.0) + one * fee / total
    if priced.paid:
        far["paid_to_quote"] = 1.0
    asked = priced.dollars / (priors.entry("paid_to_quote").value if priced.paid else 1.0)
    scatter = priors.entry("fee_log_sd_of_quotes").value ** 2
    return Result(priced.who, tuple(far.items()), at=day(priced.at), y=log(asked / total), scatter=scatter)


def clicks(works: Sequence[Work], priors: Priors) -> list[Result]:
    """Clicks of people reached."""
    found = []
    for w in works:
        if w.reach and w.clicks is not None:
            name = f"click.{w.format}"
            uses = ((name if name in priors.entries else "click.any", 1.0),)
            found.append(_counted(w, uses, w.clicks, w.reach, priors))
    return found


def conversions(works: Sequence[Work], priors: Priors) -> list[Result]:
    """Orders of people who clicked, or where clicks were not counted of those who usually do; `priors` know how many.

    A click after an opening converts better, as far as its people had met it.
    """
    found = []
    for w in works:
        of = w.clicks if w.clicks is not None else (w.reach or 0.0) * float(priors.click(w.format or "any").median)
        if of and w.orders is not None:
            found.append(_counted(w, (("convert", 1.0), ("priming", w.primed)), w.orders, of, priors))
    return found


def _counted(
    work: Work, uses: tuple[tuple[str, float], ...], count: float, of: float, priors: Priors
) -> Result:  # fmt: skip
    kept = tuple((name, far) for name, far in uses if far)
    expected = of * exp(believed(priors, kept, work.who.followers))
    scatter = RESPONSE_LOG_SD**2
    return Result(work.who, kept, work.campaign, day(work.at), scatter=scatter, count=count, expected=expected)
