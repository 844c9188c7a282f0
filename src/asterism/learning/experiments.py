"""Experiments: what could be found out before the money is spent, ranked by what knowing it is worth.

What a tier brings is log-normal around its mean; the doubt is shared out to where it comes from: what its creators
bring when they reach somebody (response), how many see a post (reach), what they ask (price), who is in the audience
(audience); for two phases also how much better a person converts who was met before (priming). An option is a split of
the budget over tiers. An experiment measures some doubts with an error; it is worth what the better choice after it
brings on average above the best choice now:

    EVSI = E_y[ max_a E(V_a | y) ] − max_a E(V_a),

with E(V_a | y) in closed form and the outer mean over draws. What is off for all alike changes no choice: its part is
set so that the best alternative is the best as often as the plan's own draws say. Nothing can be worth more than
knowing all (EVPI). Raiffa & Schlaifer 1961; Strong, Oakley & Brennan 2015, doi:10.1177/0272989X15575286.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.priors import Priors
from asterism.priors.curves import Z
from asterism.quantities import Interval, figure

Floats = NDArray[np.float64]

DRAWS: Final = 4_000
KINDS: Final = ("response", "reach", "price", "audience")
SHARED: Final = 0.5
"""Part of a creator's variance that is doubt of its tier's level, as in `columns`."""
OTHER_LOG_SDS: Final = {"reach": 0.4, "price": 0.8, "audience": 0.3}
"""Usual log-sds of one creator's reach, fee and share on target (an assumption)."""
STEPS: Final = 12
"""Bisections of the part of the doubt that is not common to all."""
MATTERS: Final = 0.01
"""Part by which another choice must be better to be called a change."""
HARDLY: Final = 0.005
_MOST: Final = 60.0


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier alone at the whole budget: its value with its range, cost, creators; `price_known` part of its fees."""

    name: str
    value: Interval
    cost: float
    creators: int
    price_known: float = 0.0


@dataclass(frozen=True, slots=True)
class Option:
    """One way to spend the budget.

    Parameters
    ----------
    parts
        What each tier in it brings on average.
    shares
        Part of the money each tier gets.
    primed
        Whether it stands on people who are met twice.
    chance_best
        How often it is the best in the plan's own draws; None for what the plan did not judge.
    """

    name: str
    parts: Mapping[str, float]
    shares: Mapping[str, float]
    primed: bool = False
    chance_best: float | None = None

    @property
    def mean(self) -> float:
        """What it brings on average."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is decided: tiers and options, what one unit of value is worth in the currency, and where answers flip."""

    tiers: tuple[Tier, ...]
    options: tuple[Option, ...]
    unit: float
    currency: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """One thing that could be found out: of which tier, at what cost, how.

    `error` maps each kind of doubt measured to the variance of the log of what is seen around the tier's truth.
    """

    what: str
    tier: str
    cost: float
    error: Mapping[str, float]
    how: str


@dataclass(frozen=True, slots=True)
class Worth:
    """An experiment with its value: `worth` before its cost, `changes` how often the choice changes, `to` what."""

    experiment: Experiment
    worth: float
    changes: float
    to: str
    reason: str

    @property
    def net(self) -> float:
        """Worth less cost."""
        return self.worth - self.experiment.cost

    def to_dict(self) -> dict[str, Any]:
        """The experiment and its worth as plain values."""
        about = {**asdict(self.experiment), "error": dict(self.experiment.error)}
        figures = {"worth": self.worth, "net": self.net, "changes": self.changes, "to": self.to, "reason": self.reason}
        return {**about, **figures}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Experiments by what is left of their worth after their cost; `perfect` is what knowing everything is worth."""

    worths: tuple[Worth, ...]
    perfect: float
    currency: str
    now: str
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """The ranking as plain values."""
        about = {"now": self.now, "perfect": self.perfect, "currency": self.currency, "sentence": self.sentence}
        return {**about, "experiments": [worth.to_dict() for worth in self.worths]}


def rank(stakes: Stakes, experiments: Sequence[Experiment], priors: Priors, seed: int = 0) -> Ranking:
    """The experiments by what is left of their worth, best first; worthless ones too, so that it shows."""
    choice = _Choice.of(stakes, priors, seed)
    perfect = choice.after(np.ones_like(choice.lean), 1.0).gain * stakes.unit
    found = [_worth(one, stakes, choice) for one in experiments]
    ordered = tuple(sorted(found, key=lambda w: (-w.net, w.experiment.what)))
    now = stakes.options[choice.now].name
    return Ranking(ordered, perfect, stakes.currency, now, _sentence(ordered, perfect, now, stakes))


@dataclass(frozen=True, slots=True)
class _After:
    """What a better informed choice gains on average, how often it is another, and where the money then goes."""

    gain: float
    changes: float
    to: str


@dataclass(frozen=True, slots=True)
class _Choice:
    """The options as arrays, and draws of every doubt.

    `parts` (n_options, n_tiers), `lean` (n_tiers, n_kinds) log-sds, `priming` the log-sd of that factor, `normal`
    (n, n_tiers, n_kinds) and `met` (n,) standard normal draws.
    """

    stakes: Stakes
    parts: Floats
    primed: NDArray[np.bool_]
    lean: Floats
    priming: float
    normal: Floats
    met: Floats

    @classmethod
    def of(cls, stakes: Stakes, priors: Priors, seed: int) -> "_Choice":
        rng, names = np.random.default_rng(seed), [tier.name for tier in stakes.tiers]
        half = rng.standard_normal((DRAWS // 2, len(names) * len(KINDS) + 1))
        both = np.concatenate([half, -half])
        whole = cls(
            stakes,
            np.array([[o.parts.get(name, 0.0) for name in names] for o in stakes.options]),
            np.array([o.primed for o in stakes.options]),
            np.array([_lean(tier, priors) for tier in stakes.tiers]),
            priors.entry("priming").sd / 2,
            both[:, 1:].reshape(-1, len(names), len(KINDS)),
            both[:, 0],
        )
        return whole._without_common()

    @property
    def now(self) -> int:
        """The option that is the best on average."""
        return int(np.argmax(self.parts.sum(axis=1)))

    def values(self, seen: Floats, met: float) -> Floats:
        """E(V | what is seen), (n, n_options): `seen` is the part of each doubt's variance that is known."""
        leaning = self.lean * np.sqrt(seen)
        factor = np.exp((self.normal * leaning).sum(axis=2) - 0.5 * (leaning**2).sum(axis=1))
        sd = self.priming * sqrt(met)
        twice = np.exp(sd * self.met - 0.5 * sd**2)
        return np.asarray((factor @ self.parts.T) * np.where(self.primed, twice[:, None], 1.0))

    def after(self, seen: Floats, met: float) -> _After:
        """The choice after seeing a part of every doubt."""
        values = self.values(seen, met)
        best, kept = values.argmax(axis=1), values[:, self.now]
        other = values.max(axis=1) > kept * (1 + MATTERS)
        gain = float((values.max(axis=1) - kept).mean())
        return _After(gain, float(other.mean()), self._towards(best[other]))

    def _towards(self, chosen: NDArray[np.int64]) -> str:
        """The tier that gets the most more money on average, or else the most frequent other option."""
        if not chosen.size:
            return ""
        options, now = self.stakes.options, self.stakes.options[self.now]
        more = {
            tier.name: float(np.mean([options[i].shares.get(tier.name, 0) for i in chosen.tolist()]))
            - now.shares.get(tier.name, 0)
            for tier in self.stakes.tiers
        }
        name = max(more, key=lambda tier: more[tier])
        return f"more {name}" if more[name] > HARDLY else options[int(np.bincount(chosen).argmax())].name

    def _without_common(self) -> "_Choice":
        """The doubts without what is off for all alike, so that the best is the best as often as the plan says."""
        judged = [i for i, o in enumerate(self.stakes.options) if o.chance_best is not None]
        if not judged:
            return self
        first = max(judged, key=lambda i: self.stakes.options[i].mean)
        stated, least, most = self.stakes.options[first].chance_best or 0.0, 0.05, 1.0
        for _ in range(STEPS):
            kept = self._scaled((least + most) / 2)
            values = kept.values(np.ones_like(kept.lean), 1.0)[:, judged]
            often = float((values.argmax(axis=1) == judged.index(first)).mean())
            least, most = ((least + most) / 2, most) if often >= stated else (least, (least + most) / 2)
        return self._scaled((least + most) / 2)

    def _scaled(self, by: float) -> "_Choice":
        """The same with all doubts smaller."""
        return _Choice(
            self.stakes, self.parts, self.primed, self.lean * by, self.priming * by, self.normal, self.met
        )  # fmt: skip


def log_sds(priors: Priors) -> dict[str, float]:
    """How far a tier's level may lie from what is believed, by kind of doubt, as log-sds."""
    response = float(np.hypot(priors.entry("click.any").sd, priors.entry("convert").sd))
    return {kind: sd * sqrt(SHARED) for kind, sd in {"response": response, **OTHER_LOG_SDS}.items()}


def _lean(tier: Tier, priors: Priors) -> Floats:
    """The doubt of a tier by kind, so that together it is as wide as the plan's own range."""
    own = log_sds(priors)
    parts = np.array([own[kind] for kind in KINDS])
    parts[KINDS.index("price")] *= sqrt(1.0 - tier.price_known)
    low = max(tier.value.low, tier.value.mean / _MOST)
    spread = log(max(tier.value.high / low, 1.001)) / (2 * Z)
    return np.asarray(parts * spread / np.sqrt((parts**2).sum()))


def _worth(one: Experiment, stakes: Stakes, choice: _Choice) -> Worth:
    rows = [tier.name == one.tier for tier in stakes.tiers]
    seen = np.zeros_like(choice.lean)
    for column, kind in enumerate(KINDS):
        if kind in one.error:
            variance = choice.lean[rows, column] ** 2
            seen[rows, column] = variance / (variance + one.error[kind])
    known = choice.priming**2
    met = known / (known + one.error["priming"]) if "priming" in one.error and known else 0.0
    after = choice.after(seen, met)
    worth = after.gain * stakes.unit
    return Worth(one, worth, after.changes, after.to, _reason(one, worth, after, stakes.currency))


def _reason(one: Experiment, worth: float, after: _After, unit: str) -> str:
    if after.changes < HARDLY:
        return f"{one.how}; whatever it shows, the choice would hardly ever change"
    cases, to = figure(100 * after.changes), after.to.replace("_", "-")
    said = f"{one.how}; the choice changes in {cases}% of cases, mostly to {to}"
    return f"{said}; worth {figure(worth)} {unit} on average against a cost of {figure(one.cost)} {unit}"


def _sentence(found: Sequence[Worth], perfect: float, now: str, stakes: Stakes) -> str:
    name = now.replace("_", "-")
    if not found or max(worth.changes for worth in found) < HARDLY:
        return f"Nothing here would change the answer: {name} stays the best whatever is found out."
    whole = f"Knowing everything before the start would be worth {figure(perfect)} {stakes.currency}"
    best = found[0]
    if best.net <= 0:
        return f"{whole}; no experiment here is worth its cost. Go ahead with {name}, and learn from it."
    first = best.experiment.what[0].lower() + best.experiment.what[1:]
    return f"{whole}. First {first}: worth {figure(best.worth)} for {figure(best.experiment.cost)} {stakes.currency}."
