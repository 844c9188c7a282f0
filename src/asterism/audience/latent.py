"""Latent classes with structure: people are segment × activity class, and each creator draws on every segment."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.activity import Link, gamma_classes

Floats = NDArray[np.float64]

CLASSES: Final = 6
SEGMENT_SD: Final = 0.5
"""Believed spread of the segments' log sizes."""
DISPERSION: Final = (0.8, 0.8)
"""Believed variance of activity: median, and log-normal spread."""
_RANGE: Final = (0.03, 8.0)
_SIZE_ERROR: Final = 1e-3
_DIFFERENCE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sizes, and overlaps as targets or as caps.

    Parameters
    ----------
    sizes
        People per audience, (n,), > 0.
    shared
        People in both audiences, (n, n), where `known`; the most there can be, where `censored`.
    known, censored
        Which pairs are which, symmetric, false on the diagonal; pairs that are neither are free.
    looseness
        How far a cap may be passed, as a part of it: 0 where creators are few and the model is fine enough for all
        caps; where they are many, the caps would else outweigh the few known pairs by their number.
    trust, size_trust
        Weights of the squared errors. Counts of people vary like Poisson counts, caps besides by `looseness` of
        themselves; a thousandth of a size is nothing, and the last step removes it.
    """

    sizes: Floats
    shared: Floats
    known: NDArray[np.bool_]
    censored: NDArray[np.bool_]

    looseness: float = 0.0
    trust: Floats = field(init=False)
    size_trust: Floats = field(init=False)

    def __post_init__(self) -> None:
        variance = self.shared + 1.0
        capped = np.where(self.censored, 1.0 / (variance + (self.looseness * self.shared) ** 2), 0.0)
        object.__setattr__(self, "trust", np.where(self.known, 1.0 / variance, capped))
        object.__setattr__(self, "size_trust", 1.0 / np.maximum(_SIZE_ERROR * self.sizes, 1.0) ** 2)


@dataclass(frozen=True, slots=True)
class Model:
    """What stays fixed while parameters move.

    The link, the universe in people, the number of creators and of segments, and the believed spread of a creator's
    log intensity over the segments, which regularises it where pairs are few.
    """

    link: Link
    universe: float
    n_creators: int
    n_segments: int = 8
    taste_sd: float = 1.0

    def intensities(self, theta: Floats) -> Floats:
        """Log intensity of each creator in each segment, (n_creators, n_segments)."""
        return np.clip(theta[: -self.n_segments - 1].reshape(self.n_creators, self.n_segments), -30.0, 8.0)

    def start(self, sizes: Floats, rng: np.random.Generator) -> Floats:
        """Random parameters near «everybody alike»: log intensities, log segment sizes, log dispersion."""
        taste = np.log(sizes / self.universe)[:, None] + rng.normal(0.0, 1.0, (self.n_creators, self.n_segments))
        return self.parameters(taste)

    def parameters(self, taste: Floats) -> Floats:
        """The parameters of these log intensities, (n_creators, n_segments), segments alike, activity as believed."""
        return np.concatenate([taste.ravel(), np.zeros(self.n_segments), [np.log(DISPERSION[0])]])


@dataclass(frozen=True, slots=True)
class State:
    """The people a parameter vector describes.

    `people` (n_segments, CLASSES); `chance` and its derivative by log intensity `rise`, (n, n_segments, CLASSES);
    `by_spread`: derivatives of chance and people by log dispersion; `part` (n_segments,) of the universe.
    """

    chance: Floats
    rise: Floats
    people: Floats
    part: Floats
    by_spread: tuple[Floats, Floats]

    @property
    def flat(self) -> tuple[Floats, Floats]:
        """Chances (n, types) and people (types,)."""
        return self.chance.reshape(len(self.chance), -1), self.people.ravel()


def state(model: Model, theta: Floats) -> State:
    """The people that these parameters describe."""
    log_part = theta[-model.n_segments - 1 : -1]
    part = np.exp(log_part - log_part.max())
    part /= part.sum()
    spread = float(np.clip(theta[-1], *np.log(_RANGE)))
    here, below, above = (gamma_classes(float(np.exp(spread + d)), CLASSES) for d in (0, -_DIFFERENCE, _DIFFERENCE))
    scale = np.exp(model.intensities(theta))[:, :, None]
    slope = model.link.slope(scale * here.level)
    level_step = (above.level - below.level) / (2 * _DIFFERENCE)
    weight_step = (above.weight - below.weight) / (2 * _DIFFERENCE)
    return State(
        chance=model.link.chance(scale * here.level),
        rise=slope * scale * here.level,
        people=model.universe * part[:, None] * here.weight,
        part=part,
        by_spread=(slope * scale * level_step, model.universe * part[:, None] * weight_step),
    )


def misfit(seen: State, evidence: Evidence) -> tuple[Floats, Floats, Floats]:
    """Errors of the overlaps (n, n) and the sizes (n,) in people, and the weights of the pairs that count now.

    A censored pair errs only where it exceeds its cap, and has no weight elsewhere.
    """
    chance, people = seen.flat
    pair = (chance * people) @ chance.T - evidence.shared
    pair = np.where(evidence.known, pair, np.where(evidence.censored, np.maximum(pair, 0.0), 0.0))
    return pair, chance @ people - evidence.sizes, np.where(pair != 0.0, evidence.trust, 0.0)


def belief(model: Model, theta: Floats) -> tuple[float, Floats]:
    """Half the squared distance from what is believed before, and its gradient."""
    taste = model.intensities(theta)
    off = (taste - taste.mean(axis=1, keepdims=True)) / model.taste_sd
    part = theta[-model.n_segments - 1 : -1] / SEGMENT_SD
    spread = (theta[-1] - np.log(DISPERSION[0])) / DISPERSION[1]
    slope = np.concatenate([off.ravel() / model.taste_sd, part / SEGMENT_SD, [spread / DISPERSION[1]]])
    return 0.5 * float((off**2).sum() + (part**2).sum() + spread**2), slope


def loss(model: Model, evidence: Evidence, theta: Floats) -> tuple[float, Floats]:
    """Half the weighted squared misfit plus belief, and its gradient (n_parameters,)."""
    seen = state(model, theta)
    pair, size, trust = misfit(seen, evidence)
    before, slope = belief(model, theta)
    value = 0.25 * float((trust * pair**2).sum()) + 0.5 * float((evidence.size_trust * size**2).sum()) + before
    return value, slope + _slope(seen, trust * pair, evidence.size_trust * size)


def _slope(seen: State, pair: Floats, size: Floats) -> Floats:
    chance, people = seen.flat
    by_chance = ((pair @ chance + size[:, None]) * people).reshape(seen.chance.shape)
    by_people = (0.5 * ((pair @ chance) * chance).sum(axis=0) + size @ chance).reshape(seen.people.shape)
    in_segment = (by_people * seen.people).sum(axis=1)
    by_part = in_segment - seen.part * in_segment.sum()
    by_spread = float((by_chance * seen.by_spread[0]).sum() + (by_people * seen.by_spread[1]).sum())
    return np.concatenate([(by_chance * seen.rise).sum(axis=2).ravel(), by_part, [by_spread]])


def curvature(model: Model, evidence: Evidence, theta: Floats) -> Floats:
    """The Gauss–Newton matrix of `loss`, (n_parameters, n_parameters)."""
    seen = state(model, theta)
    _, _, trust = misfit(seen, evidence)
    own = np.einsum("csm,dsm->csd", seen.rise * seen.people, seen.chance, optimize=True)
    own_size = (seen.rise * seen.people).sum(axis=2)
    shared, shared_size = _global_steps(seen)
    n, k, size_trust = model.n_creators, model.n_segments, evidence.size_trust
    matrix = np.zeros((n * k + k + 1,) * 2)
    local = matrix[: n * k, : n * k].reshape(n, k, n, k)
    weighted = trust[:, None, :] * own
    local[:] = np.einsum("csd,dtc->csdt", weighted, own)
    each = np.arange(n)
    local[each, :, each, :] += np.einsum("csd,ctd->cst", weighted, own)
    local[each, :, each, :] += size_trust[:, None, None] * own_size[:, :, None] * own_size[:, None, :]
    local[each, :, each, :] += (np.eye(k) - 1 / k) / model.taste_sd**2
    cross = np.einsum("csd,gcd->csg", weighted, shared, optimize=True)
    cross += np.einsum("c,cs,gc->csg", size_trust, own_size, shared_size)
    matrix[: n * k, n * k :] = cross.reshape(n * k, -1)
    matrix[n * k :, : n * k] = cross.reshape(n * k, -1).T
    corner = 0.5 * np.einsum("gcd,kcd->gk", shared * trust, shared, optimize=True)
    corner += (shared_size * size_trust) @ shared_size.T
    prior = [SEGMENT_SD**-2] * k + [DISPERSION[1] ** -2]
    matrix[n * k :, n * k :] = corner + np.diag(prior)
    return matrix


def _global_steps(seen: State) -> tuple[Floats, Floats]:
    """Derivatives of overlaps and sizes by log segment sizes and log dispersion, (n_segments + 1, n, n) and (…, n)."""
    weighted = seen.chance * seen.people
    pairs = np.einsum("csm,dsm->scd", weighted, seen.chance, optimize=True)
    sizes = weighted.sum(axis=2).T
    pairs = pairs - seen.part[:, None, None] * pairs.sum(axis=0)
    sizes = sizes - seen.part[:, None] * sizes.sum(axis=0)
    by_chance, by_people = seen.by_spread
    half = np.einsum("csm,dsm->cd", by_chance * seen.people, seen.chance, optimize=True)
    spread = half + half.T + np.einsum("csm,dsm->cd", seen.chance * by_people, seen.chance, optimize=True)
    spread_size = (by_chance * seen.people + seen.chance * by_people).sum(axis=(1, 2))
    return np.concatenate([pairs, spread[None]]), np.concatenate([sizes, spread_size[None]])
