"""The trend of a creator's posts: older ones count less, and the level is carried forward to the next post.

A creator's log level wanders: level(t) is a random walk with variance q per year around a drift b. A post of age a then
speaks of today's level with variance σ² + q·a, so it weighs 1 / (1 + a·q/σ²). Harvey 1989, doi:10.1017/
CBO9781107049994, the local linear trend. Posts whose time is unknown count as of the day of the latest.
"""

from dataclasses import dataclass, replace
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import Priors
from asterism.signals.forecasting.growth_curve import grown
from asterism.signals.shrink import Evidence

Floats = NDArray[np.float64]

POSTS_NEED: Final = (
    "creator_id", "platform", "format", "posted_at", "seen_at", "likes", "comments", "shares", "views", "reach",
    "sponsored", "sponsor",
)  # fmt: skip
SCATTER: Final = {"engagement": "post_log_sd", "views": "post_log_sd.views", "reach": "post_log_sd.reach"}
"""What is forecast of a post, and the prior of its scatter from post to post."""
YEAR: Final = 365.25 * 86_400
OLDEST: Final = 5.0
"""Years beyond which a post grows no older."""
_KEYS: Final = ("creator_id", "platform", "format")
_MAY_LACK: Final = ("mean_log", "middle", "var_log", "slope", "last", "share_last", "mean_paid", "mean_own")


def history(posts: ir.Table, creators: ir.Table, what: str, priors: Priors) -> ir.Table:
    """What the posts of each creator × format say of one of `SCATTER`, in logarithms of final counts.

    Columns: creator_id, platform, format, n, weight Σw, noise Σw²/share, mean_log (weighted), middle (unweighted mean),
    var_log (null under two posts), age (weighted mean, years before the latest), squares_age Σ(a − ā)², slope
    Σ(a − ā)y / Σ(a − ā)² (null without), span (years), idle (years from the latest post to the last look), last and
    share_last (the latest post and how far it has grown, null without times), paid (share of the weight), and n and
    mean of paid and of other posts. A post not yet grown counts as grown, and weighs as much as it has grown.
    """
    known = _settled(posts, creators)
    share = grown(known, priors)
    made = known.select(
        *_KEYS, "posted_at", "seen_at", "paid", share=share, y=(_count(known, what) / share + _half(what)).ln()
    )
    counted = made.filter(made.y.notnull())
    return _summed(_aged(counted, _fading(what, priors)))


def _count(posts: ir.Table, what: str) -> ir.Value:
    """The count of a post, null where it was not measured or makes no sense."""
    counts = {name: ibis.greatest(posts[name], 0) for name in ("likes", "comments", "shares", "views", "reach")}
    if what == "engagement":
        likes = ibis.ifelse(posts.likes >= 0, posts.likes, None).cast("float64")
        return likes + counts["comments"].fill_null(0) + counts["shares"].fill_null(0)
    least = 1 if what == "reach" else 0  # platforms return a reach of 0 for posts without insights
    return ibis.ifelse(posts[what] >= least, posts[what], None).cast("float64")


def _half(what: str) -> float:
    return 0.0 if what == "reach" else 0.5


def _settled(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """The posts of known creators, each with a platform, a format and a word on whether it was paid."""
    who = creators.select(owner="creator_id", home="platform").distinct()
    same = ibis.or_(posts.platform == who.home, posts.platform.isnull(), who.home.isnull())
    joined = posts.join(who, [posts.creator_id == who.owner, same])
    platform = ibis.coalesce(joined.home, joined.platform)
    main = ibis.ifelse(platform.isin(VIEWS_FIRST), "video", "post")
    paid = ibis.coalesce(joined.sponsored, ibis.ifelse(joined.sponsor.notnull(), True, None))
    return joined.mutate(platform=platform, format=ibis.coalesce(joined.format, main), paid=paid)


def _fading(what: str, priors: Priors) -> float:
    return float(priors.entry("trend.walk").value / priors.entry(SCATTER[what]).value ** 2)


def _aged(posts: ir.Table, fading: float) -> ir.Table:
    latest = posts.posted_at.max().over(ibis.window(group_by=_KEYS))
    years = (latest.epoch_seconds() - posts.posted_at.epoch_seconds()) / YEAR
    age = ibis.least(ibis.greatest(years.fill_null(0.0), 0.0), OLDEST)
    return posts.mutate(age=age, w=posts.share / (1.0 + fading * age))


def _summed(posts: ir.Table) -> ir.Table:
    w, y, age, paid = posts.w, posts.y, posts.age, posts.paid.fill_null(False)
    squares = age.var(how="pop") * posts.count()
    looked = (posts.seen_at.max().epoch_seconds() - posts.posted_at.max().epoch_seconds()) / YEAR
    return posts.group_by(*_KEYS).aggregate(
        n=posts.count(),
        weight=w.sum(),
        noise=(w * w / posts.share).sum(),
        mean_log=(w * y).sum() / w.sum(),
        middle=y.mean(),
        var_log=y.var(how="sample"),
        age=(w * age).sum() / w.sum(),
        squares_age=squares,
        slope=age.cov(y, how="pop") * posts.count() / squares.nullif(0.0),
        span=age.max() - age.min(),
        idle=ibis.least(ibis.greatest(looked.fill_null(0.0), 0.0), OLDEST),
        last=y.argmax(posts.posted_at),
        share_last=posts.share.argmax(posts.posted_at),
        paid=(w * paid.cast("float64")).sum() / w.sum(),
        n_paid=posts.count(where=posts.paid),
        mean_paid=y.mean(where=posts.paid),
        n_own=posts.count(where=~posts.paid),
        mean_own=y.mean(where=~posts.paid),
    )


@dataclass(frozen=True, slots=True)
class History:
    """The executed `history` of some creators on one platform and format, shape (n,) each; n is 0 without posts."""

    n: Floats
    weight: Floats
    noise: Floats
    mean_log: Floats
    middle: Floats
    var_log: Floats
    age: Floats
    squares_age: Floats
    slope: Floats
    span: Floats
    idle: Floats
    last: Floats
    share_last: Floats
    paid: Floats
    n_paid: Floats
    mean_paid: Floats
    n_own: Floats
    mean_own: Floats

    @classmethod
    def of(cls, table: pa.Table, suffix: str = "") -> "History":
        """The columns of a table, null as none or NaN."""
        return cls(*(_numbers(table[name + suffix], name) for name in cls.__slots__))

    def take(self, rows: NDArray[np.int64]) -> "History":
        """The history of some of the creators."""
        return History(*(getattr(self, name)[rows] for name in self.__slots__))

    def evidence(self, post_log_sd: float, priors: Priors) -> Evidence:
        """What the posts say of the creators' levels when the next post comes.

        The drift b of all is Σ p·slope / (Σ p + 1/s²), s the prior's, p the precision of a creator's own slope, which
        the walk makes worse: σ²/Σ(a − ā)² + 1.2·q/span. A creator's own drift is drawn from its slope to b. The
        weighted mean lies a mean age before the latest post, and the next post a usual gap after it: the level is
        carried over that distance, with the doubt of the drift and of the walk, q·(⅔·age + gap).
        """
        walk = priors.entry("trend.walk").value
        ahead = self._ahead()
        drift, doubt = self._drift(post_log_sd**2, walk, priors)
        distance = self.age + ahead
        carried = self.mean_log + drift * distance
        return Evidence(
            np.where(self.n > 0, self.weight**2 / np.where(self.n > 0, self.noise, 1.0), 0.0),
            carried,
            self._steadied(walk),
            walk * (2 / 3 * self.age + ahead) + (doubt * distance) ** 2,
        )

    def without_last(self) -> "History":
        """The history of creators of several posts as it was before the latest one; nothing of the others.

        When the latest post would come was not known then: a creator of one post left has everybody's usual gap.
        """
        several = (self.n > 1) & np.isfinite(self.last)
        n, share = np.where(several, self.n, 2.0), np.where(several, self.share_last, 0.0)
        weight = np.where(several, self.weight - share, 1.0)
        squares = (n - 1) * self.var_log - (self.last - self.middle) ** 2 * n / (n - 1)
        return replace(
            self,
            n=np.where(several, self.n - 1, 0.0),
            weight=weight,
            noise=np.where(several, self.noise - share, 1.0),
            mean_log=(self.weight * self.mean_log - share * self.last) / weight,
            var_log=np.where(several & (n > 2), np.maximum(squares, 0.0) / np.maximum(n - 2, 1.0), np.nan),
            age=np.maximum(self.weight * self.age / weight - self._gaps(), 0.0),
            slope=np.where(n > 2, self.slope, np.nan),
            span=self.span * (n - 2) / (n - 1),
            idle=np.where(n > 2, 0.0, self._usual_gap()),
        )

    def _gaps(self) -> Floats:
        """Mean years from post to post, 0 under two posts."""
        return self.span / np.maximum(self.n - 1, 1.0)

    def _usual_gap(self) -> float:
        several = self.span > 0
        return float(np.median(self._gaps()[several])) if several.any() else 0.0

    def _ahead(self) -> Floats:
        """Years from the latest post to the next: a usual gap of the creator's, or since the last look if longer."""
        return np.maximum(np.where(self.span > 0, self._gaps(), self._usual_gap()), self.idle)

    def _drift(self, noise: float, walk: float, priors: Priors) -> tuple[Floats, Floats]:
        """Log change per year of each creator's level, and its standard deviation."""
        own = priors.entry("trend.creator_log_sd").value ** 2
        sure = np.isfinite(self.slope) & (self.squares_age > 0)
        spread = noise / np.where(sure, self.squares_age, 1.0) + 1.2 * walk / np.where(sure, self.span, 1.0)
        slope, precision = np.where(sure, -self.slope, 0.0), np.where(sure, 1.0 / (spread + own), 0.0)
        total = precision.sum() + priors.entry("trend.platform_log_sd").value ** -2
        common = float(precision @ slope) / total
        trust = np.where(sure, own / (own + spread), 0.0)
        return common + trust * (slope - common), np.sqrt((1 - trust) * own + (1 - trust) ** 2 / total)

    def _steadied(self, walk: float) -> Floats:
        """The variance of a creator's posts less what the walk put into it, q·span/6, at most half of it."""
        return np.maximum(self.var_log - walk * self.span / 6, 0.5 * self.var_log)


def _numbers(column: pa.ChunkedArray, name: str) -> Floats:
    values = column.to_numpy().astype(float)
    return np.where(np.isfinite(values), values, np.nan if name in _MAY_LACK else 0.0)
