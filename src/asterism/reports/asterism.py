"""The signature picture: the chosen creators as stars on a night sky, joined in the order they are added."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from asterism.planning.plan import Plan
from asterism.reports.drawing import LETTER, dot, line, picture, plate, text
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.sky import Box, Floats, distances, framed, labels
from asterism.reports.words import Words, shortened

_SHORTEST: Final = 0.42
"""The part of the sky that creators who share everybody still fill: a heap says nothing."""
_GROUP: Final = Markup('<g class="night">{}</g>')


def asterism_picture(plan: Plan, places: Floats, width: float, label: str) -> Markup:
    """The sky at a width as SVG, stars at `places` (n, 2) of a constellation; `label` is the text alternative."""
    n = len(plan.duplication.shared)
    height = _height(width, n)
    kinds = list(dict.fromkeys(pick.tier for pick in plan.picks[:n]))
    below = 32.0 * len(_lines(kinds, width))
    gained, radius = _gained(plan, n), _radii(plan, n, width)
    inner: Box = (32, 36, width - 32, height - 24)
    apart = distances(plan.duplication.share)
    spread = max(_SHORTEST, float(apart.max(initial=0.0)) if n > 2 else 0.7 * float(apart.max(initial=0.0)))
    at = framed(places, inner, radius, spread)
    names = [shortened(pick.handle, 20) for pick in plan.picks[:n]]
    marks = [plate(width, height + below, "sky-plate")]
    marks += [line(x, y, to_x, to_y, "order") for (x, y), (to_x, to_y) in pairwise(at.tolist())]
    for (x, y), r, pick, gain in zip(at.tolist(), radius, plan.picks, gained, strict=False):
        kind = f"fill-{tint(pick.tier)}"
        marks += [dot(x, y, f"halo {kind}", round(_halo(r), 1)), dot(x, y, f"star {kind}", round(r, 1))]
        marks += [dot(x, y, "glint", round(max(0.28 * r, 1.0), 1))] if gain > 0 else []
    for each in labels(at, [_halo(r) for r in radius], names, (8, 8, width - 8, height)):
        marks += [] if each is None else [text(each.x, each.y, each.text, "", each.anchor)]
    marks += _legend(kinds, width, height)
    return picture(width, height + below, [_GROUP.format(Markup("").join(marks))], label)


def _height(width: float, n: int) -> float:
    """A sky for few stars is low; for many it is as high as a phone is wide, or half as high as a desk is wide."""
    full = max(0.56 * width, min(width, 440.0))
    return round(full if n > 6 else full * (0.46 + 0.09 * n))


def _gained(plan: Plan, n: int) -> list[float]:
    """People each pick adds to those reached before it; the picks' own audiences where that is not known."""
    if len(plan.build_up) >= n:
        return [max(after - before, 0.0) for before, after in pairwise((0.0, *plan.build_up[:n]))]
    return [row[i] for i, row in enumerate(plan.duplication.shared)]


def _radii(plan: Plan, n: int, width: float) -> list[float]:
    """Areas follow the people added; the smallest is still a star."""
    gained = _gained(plan, n)
    most, largest = max(gained, default=0.0) or 1.0, (11.0 if width < 560 else 15.0) * (1.0 if n <= 20 else 0.85)
    return [max(3.0, largest * math.sqrt(gain / most)) for gain in gained]


def _halo(radius: float) -> float:
    return 1.7 * radius + 2.5


def _lines(kinds: Sequence[str], width: float) -> list[list[str]]:
    """The tiers of the legend, as many to a line as fit."""
    rows: list[list[str]] = [[]]
    for kind in kinds:
        if rows[-1] and sum(map(_wide, [*rows[-1], kind])) > width - 32:
            rows.append([])
        rows[-1].append(kind)
    return rows if kinds else []


def _wide(kind: str) -> float:
    return len(shortened(kind, 24)) * LETTER + 44


def _legend(kinds: Sequence[str], width: float, top: float) -> list[Markup]:
    marks = []
    for i, row in enumerate(_lines(kinds, width)):
        x, y = 24.0, top + 12 + 32.0 * i
        for kind in row:
            marks += [dot(x, y, f"star fill-{tint(kind)}", 5), text(x + 14, y + 5, shortened(kind, 24), "soft")]
            x += _wide(kind)
    return marks


def asterism_grid(plan: Plan, words: Words) -> Grid:
    """Each star with the people it adds and whom it stands nearest to."""
    share, n = plan.duplication.share, len(plan.duplication.shared)
    columns = (
        Column("creator"), Column("tier"), Column("people added", True), Column("shares most with"),
        Column("of the smaller audience", True),
    )  # fmt: skip
    rows = []
    for i, (pick, gain) in enumerate(zip(plan.picks, _gained(plan, n), strict=False)):
        near = max((b for b in range(n) if b != i), key=lambda b: (share[i][b], -b), default=None)
        shown = ("–", "–") if near is None else (plan.picks[near].handle, words.percent(share[i][near]))
        tier = Cell(pick.tier, tint=tint(pick.tier))
        rows.append((Cell(f"{i + 1} {pick.handle}"), tier, *texts(words.number(gain), *shown)))
    return Grid("The stars, in the order they are added", columns, tuple(rows))
