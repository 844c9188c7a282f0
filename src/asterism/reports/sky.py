"""Where stars stand: near where they share people, apart from each other, inside a frame, with room for names."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.reports.drawing import LETTER

Floats = NDArray[np.float64]
Matrix = Sequence[Sequence[float]]

STEPS: Final = 150
"""Steps of stress majorisation, and of pushing stars apart; forty settle in under a hundred."""
STRIDES: Final = (1, 2, 3, 4)
NEAREST: Final = 0.15
"""Stars nearer than this are held no more firmly: they may as well stand side by side."""
STRETCH: Final = 1.35
"""The most by which one direction is drawn out against the other to fill a frame."""
GAP: Final = 8.0
ASCENT, DESCENT = 12.0, 4.0
"""How far a line of text reaches above and below its base line."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a star: its text, where its base line begins and its anchor."""

    text: str
    x: float
    y: float
    anchor: str

    @property
    def box(self) -> Box:
        """Left, top, right, bottom, by the widest of the common fonts."""
        width = len(self.text) * LETTER
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.anchor]
        return left, self.y - ASCENT, left + width, self.y + DESCENT


def seriation(share: Matrix) -> list[int]:
    """An order in which those who share most stand side by side, so that blocks show.

    The path with the largest sum of neighbours' shares: each next one is put where it adds most, then stretches of the
    path are turned round as long as that helps. Ties go to the earlier; the first of all stands in the first half.
    """
    path: list[int] = []
    for each in range(len(share)):
        path.insert(max(range(len(path) + 1), key=lambda at: (_added(path, at, each, share), -at)), each)
    while turn := _turn(path, share):
        path[turn[0] : turn[1]] = path[turn[0] : turn[1]][::-1]
    return path if not path or path.index(0) <= len(path) // 2 else path[::-1]


def _joint(path: Sequence[int], at: int, other: int, share: Matrix) -> float:
    """What `other` shares with whoever stands at a place of the path; nothing beyond its ends."""
    return share[path[at]][other] if 0 <= at < len(path) else 0.0


def _added(path: Sequence[int], at: int, each: int, share: Matrix) -> float:
    parted = _joint(path, at - 1, path[at], share) if 0 < at < len(path) else 0.0
    return _joint(path, at - 1, each, share) + _joint(path, at, each, share) - parted


def _turn(path: Sequence[int], share: Matrix) -> tuple[int, int] | None:
    """The first stretch (start, end) whose turn makes the path better, None where there is none."""
    for start in range(len(path) - 1):
        for end in range(start + 2, len(path) + 1):
            first, last = path[start], path[end - 1]
            before = _joint(path, start - 1, first, share) + _joint(path, end, last, share)
            if _joint(path, start - 1, last, share) + _joint(path, end, first, share) > before + 1e-12:
                return start, end
    return None


def distances(share: Matrix) -> Floats:
    """How far apart two stars should stand, 0 to 1: 1 − √share, so that a few shared people already draw together."""
    apart = 1.0 - np.sqrt(np.clip(np.asarray(share, dtype=float), 0.0, 1.0))
    np.fill_diagonal(apart, 0.0)
    return np.asarray(apart)


def constellation(share: Matrix) -> Floats:
    """Places (n, 2) that follow `distances` d: the least stress Σ d⁻² (‖x − y‖ − d)² found by majorisation.

    Whoever shares much is held more firmly than whoever shares nothing. It starts from circles in the order of
    `seriation`, and of every second, third and fourth of it. The long side lies flat and the first star left and
    above, so that the same shares always give the same sky.

    References
    ----------
    Gansner, Koren and North (2005), doi:10.1007/978-3-540-31843-9_25.
    """
    wanted, n = distances(share), len(share)
    if n < 2:
        return np.zeros((n, 2))
    firm = np.maximum(wanted, NEAREST) ** -2.0
    np.fill_diagonal(firm, 0.0)
    around = np.argsort(seriation(share))
    starts = [2 * np.pi * (around * skip + around * skip // n) / n for skip in STRIDES]
    skies = [_settled(np.stack([np.cos(turn), np.sin(turn)], axis=1) / 2, wanted, firm) for turn in starts]
    best = min(skies, key=lambda places: _stress(places, wanted, firm))
    return _laid_flat(best - best.mean(axis=0, keepdims=True))


def _settled(places: Floats, wanted: Floats, firm: Floats) -> Floats:
    """The places after steps that each lower the stress: the Guttman transform."""
    settle = np.linalg.pinv(np.diag(firm.sum(axis=1)) - firm)
    for _ in range(STEPS):
        apart = _apart(places)
        pull = -np.divide(firm * wanted, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = settle @ pull @ places
    return places


def _apart(places: Floats) -> Floats:
    return np.asarray(np.linalg.norm(places[:, None] - places[None], axis=2))


def _stress(places: Floats, wanted: Floats, firm: Floats) -> float:
    return round(float((firm * (_apart(places) - wanted) ** 2).sum()), 9)


def _laid_flat(places: Floats) -> Floats:
    x, y = places.T
    angle = 0.5 * math.atan2(2 * float(x @ y), float(x @ x - y @ y))
    turned = places @ np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return np.asarray(turned * np.where(turned[0] > 0, -1.0, 1.0))


def framed(places: Floats, frame: Box, radius: Sequence[float], spread: float) -> Floats:
    """The places inside a frame (left, top, right, bottom), no star over another; `spread` is the part they fill."""
    left, top, right, bottom = frame
    room = np.array([right - left, bottom - top])
    extent = np.maximum(np.ptp(places, axis=0), 1e-9) if len(places) > 1 else np.ones(2)
    fit = room / extent
    scale = np.minimum(fit, fit.min() * STRETCH) * spread
    middle = (places.max(axis=0) + places.min(axis=0)) / 2 if len(places) else np.zeros(2)
    at = (places - middle) * scale + np.array([left + right, top + bottom]) / 2
    return _pushed(at, np.asarray(radius, dtype=float), frame)


def _pushed(at: Floats, radius: Floats, frame: Box) -> Floats:
    """Stars moved apart until none touches another, as far as the frame allows."""
    need = radius[:, None] + radius[None] + GAP
    np.fill_diagonal(need, 0.0)
    low, high = np.array(frame[:2]), np.array(frame[2:])
    for _ in range(STEPS):
        away, apart = at[:, None] - at[None], _apart(at)
        lack = np.maximum(need - apart, 0.0)
        if not lack.any():
            break
        # two in one place part along a direction of their own, which depends on their numbers alone
        turn = np.subtract.outer(np.arange(len(at)), np.arange(len(at))) * 2.4
        aside = np.sign(turn)[..., None] * np.stack([np.cos(np.abs(turn)), np.sin(np.abs(turn))], axis=2)
        unit = np.where(apart[..., None] > 1e-6, away / np.maximum(apart, 1e-6)[..., None], aside)
        at = np.clip(at + (unit * lack[..., None]).sum(axis=1) * 0.3, low, high)
    return np.asarray(at)


def labels(at: Floats, radius: Sequence[float], names: Sequence[str], frame: Box) -> list[Label | None]:
    """A label per star that covers no star and no other label: its number and name, else its number, else none.

    Numbers are set first for everybody; names then take what room is left, those of the largest stars first. A place
    beside the line that joins the stars is taken before one on it.
    """
    stars = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(at.tolist(), radius, strict=True)]
    way = list(pairwise(map(tuple, at.tolist())))
    found: list[Label | None] = [None] * len(stars)
    for long in (False, True):
        for i in sorted(range(len(stars)), key=lambda i: -radius[i]):
            others = [each.box for j, each in enumerate(found) if each is not None and j != i]
            taken = [*stars[:i], *stars[i + 1 :], *others]
            options = _beside(f"{i + 1} {names[i]}" if long else f"{i + 1}", stars[i])
            free = [each for each in options if _inside(each.box, frame) and _free(each.box, taken)]
            clear = (each for each in free if not any(_crosses(*step, each.box) for step in way))
            found[i] = next(clear, next(iter(free), found[i]))
    return found


def _beside(text: str, star: Box) -> list[Label]:
    """The eight places of a label around a star, the usual ones first."""
    left, top, right, bottom = star
    x, y = (left + right) / 2, (top + bottom) / 2 + 5
    return [
        Label(text, right + 3, y, "start"), Label(text, left - 3, y, "end"),
        Label(text, x, top - 6, "middle"), Label(text, x, bottom + 14, "middle"),
        Label(text, right, top, "start"), Label(text, right, bottom + 10, "start"),
        Label(text, left, top, "end"), Label(text, left, bottom + 10, "end"),
    ]  # fmt: skip


def _crosses(a: Sequence[float], b: Sequence[float], box: Box) -> bool:
    """Whether the straight line from a to b passes through the box.

    References
    ----------
    Liang and Barsky (1984), doi:10.1145/357332.357333.
    """
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = b[axis] - a[axis]
        near, far = box[axis] - a[axis], box[axis + 2] - a[axis]
        if not step:
            if near > 0 or far < 0:
                return False
            continue
        enter, leave = sorted((near / step, far / step))
        first, last = max(first, enter), min(last, leave)
    return first < last


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _free(box: Box, taken: Sequence[Box]) -> bool:
    return all(box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in taken)
